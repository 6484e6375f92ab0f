// A page of `sim serve` in a browser, for tests that look at one run each.

import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './browser.ts';
import { served } from './served.ts';

/** Has a browser and a server while the tests around it run. Opens a page at an address. */
export function pages(): (hash: string, width?: number) => Promise<Page> {
  let context: BrowserContext;
  let leave: () => Promise<void>;
  let server: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    ({ context, leave } = await openBrowser());
    server = await served();
  }, 60_000);
  afterAll(async () => {
    server?.process.kill('SIGINT');
    await leave?.();
  });
  return async (hash, width = 1440) => {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${server.url}${hash}`);
    await page.waitForSelector('.sequence svg');
    return page;
  };
}

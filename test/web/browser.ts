// A real browser for the tests of the page: Debian's Chromium, if it is there.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

export const hasBrowser = existsSync(CHROMIUM);
export const WHY = hasBrowser ? '' : ' (not run: chromium is not installed)';

const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Opens a browser with a profile of its own; `leave` closes it and forgets the profile. */
export async function openBrowser(): Promise<{
  context: BrowserContext;
  leave: () => Promise<void>;
}> {
  const profile = mkdtempSync(join(tmpdir(), 'indoubt-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ARGUMENTS,
    viewport: { width: 1440, height: 900 },
  });
  const leave = async (): Promise<void> => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, leave };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong for those who cannot see or point, if it is serious. */
export async function seriousProblems(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: readFileSync(AXE, 'utf8') }).catch(() => {});
  const results = await page.evaluate('globalThis.axe ? axe.run() : null');
  const { violations } = results as {
    violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

// The page while it waits for its server, and where an address or an answer is not as it should be.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, WHY } from './browser.ts';
import { pages } from './opened.ts';

describe.runIf(hasBrowser)(`in a browser${WHY}`, () => {
  const opened = pages();
  const output = (page: Page) => page.locator('.scrub output').textContent();

  it.each([
    ['9999', '43'],
    ['-5', '0'],
    ['1.5', '1'],
    ['x', '0'],
  ])('opened at step %s, it shows step %s', async (given, shown) => {
    const page = await opened(`#s=ticket-saga&n=${given}`);
    expect(await output(page)).toMatch(new RegExp(`^${shown} / 43`));
    await page.close();
  });

  it('shows what was asked for last, whichever answer comes first', async () => {
    const page = await opened('#s=ticket-saga&n=5');
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/film*', async (route) => {
      if (route.request().postData()?.includes('SELECT')) await slow;
      await route.continue();
    });
    await page.locator('.sql textarea').fill('SELECT deposit FROM user.customer');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByLabel('Scenario').selectOption('chained-jdbc');
    await page.waitForURL(/#s=chained-jdbc/);
    const late = page.waitForResponse('**/api/film*');
    answer();
    await (await late).finished();
    // What comes too late is not shown: there is nothing to wait for.
    await page.waitForTimeout(500);
    expect(page.url()).toContain('#s=chained-jdbc');
    await page.close();
  });

  it('goes on from what was picked, though its run is not here yet', async () => {
    const page = await opened('#s=ticket-saga&n=5');
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/film*', async (route) => {
      await slow;
      await route.continue();
    });
    const faults = page.getByRole('combobox', { name: 'Faults', exact: true });
    const add = page.getByRole('button', { name: 'Add a fault' });
    const remove = page.getByRole('button', { name: 'Remove between-commits' });
    await page.getByLabel('Scenario').selectOption('chained-jdbc');
    await faults.fill('between-commits');
    await add.click();
    answer();
    await remove.waitFor();
    await page.waitForURL(/#s=chained-jdbc.*between-commits/);
    // What cannot be is not kept.
    await faults.fill('no-such-fault');
    await add.click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Remove no-such-fault' }).waitFor({ state: 'detached' });
    await remove.waitFor();
    await page.close();
  });

  it('says that a page could not be saved', async () => {
    const page = await opened('#s=ticket-saga&n=5');
    const thrown: unknown[] = [];
    page.on('pageerror', (error) => thrown.push(error));
    await page.route('**/api/page*', (route) => route.abort());
    await page.getByRole('button', { name: 'Save as a page' }).click();
    await page.getByRole('alert').waitFor();
    expect(thrown).toEqual([]);
    await page.close();
  });
});

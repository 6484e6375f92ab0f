// What one sees of a run on the page, and how one comes back to it by the browser's own buttons.

import { describe, expect, it } from 'vitest';
import { hasBrowser, WHY } from './browser.ts';
import { pages } from './opened.ts';

describe.runIf(hasBrowser)(`in a browser${WHY}`, () => {
  const opened = pages();

  it('keeps the event, and the names of the lanes, in sight', async () => {
    for (const width of [1280, 390]) {
      const page = await opened('#s=ticket-saga&n=28', width);
      const words = page.locator('.sequence g.row text', { hasText: 'charging' });
      const [box, seen] = [await page.locator('.svg').boundingBox(), await words.boundingBox()];
      expect(seen?.x).toBeGreaterThan(box?.x ?? 0);
      expect(seen?.x).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0) - 100);
      expect(seen?.y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));
      // As large as it was drawn.
      expect(seen?.height).toBeGreaterThan(12);
      const lane = page.locator('.lanes span', { hasText: /^user$/ });
      const name = await lane.boundingBox();
      expect(Math.abs((name?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(4);
      await page.close();
    }
  });

  it('shows what a message says, and whose each part is', async () => {
    const page = await opened('#s=ticket-saga&n=28');
    expect(await page.locator('.queues .message').textContent()).toContain('"ticketNum":110');
    expect(await page.locator('.log').textContent()).toContain('order:pay, comes again');
    await page.keyboard.press('Home');
    expect(await page.locator('.happened').textContent()).toContain('nothing has happened yet');
    await page.getByLabel('Compare with').selectOption('ticket-saga');
    await page.waitForSelector('.compare');
    const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    await page.close();
  });

  it('goes back to the run before by the button of the browser, and on again', async () => {
    const page = await opened('#s=ticket-saga&n=5');
    for (let steps = 0; steps < 3; steps++) await page.keyboard.press('ArrowRight');
    await page.locator('.faults').last().locator('button').first().click();
    await page.locator('.tree [aria-current]', { hasText: 'step 8' }).waitFor();
    await page.getByLabel('Scenario').selectOption('chained-jdbc');
    await page.waitForURL(/#s=chained-jdbc/);
    await page.goBack();
    await page.waitForURL(/#s=ticket-saga.*n=9$/);
    await page.locator('.chip').waitFor();
    await page.goBack();
    await page.waitForURL(/#s=ticket-saga.*n=8$/);
    await page.locator('.chip').waitFor({ state: 'detached' });
    await page.goForward();
    await page.locator('.chip').waitFor();
    // An address that is typed is gone to as well.
    await page.evaluate('location.hash = "#s=outbox&n=2"');
    await page.waitForURL(/#s=outbox&w=.*n=2$/);
    await page.goBack();
    await page.waitForURL(/#s=ticket-saga.*n=9$/);
    await page.close();
  });

  it('sets a parameter, keeps it in the address, and compares with another choice', async () => {
    const page = await opened('#s=compare-patterns&n=0');
    const parameters = page.getByRole('combobox', { name: 'Parameters', exact: true });
    const set = page.getByRole('button', { name: 'Set', exact: true });
    await parameters.fill('pattern=sagaa');
    await set.click();
    await page.getByRole('alert').getByText('saga').waitFor();
    await parameters.fill('pattern=saga');
    await set.click();
    await page.getByRole('button', { name: 'Remove pattern=saga' }).waitFor();
    await page.waitForURL(/pattern.*saga/);
    await page.reload();
    await page.getByRole('button', { name: 'Remove pattern=saga' }).waitFor();
    await page.getByLabel('Compare with').selectOption('pattern=xa');
    await page.locator('.side h2', { hasText: 'pattern=xa' }).waitFor();
    await page.locator('.side h2', { hasText: 'compare-patterns · pattern=saga' }).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Remove pattern=saga' }).click();
    await page.getByRole('button', { name: 'Remove pattern=saga' }).waitFor({ state: 'detached' });
    await page.close();
  });
});

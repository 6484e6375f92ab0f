// Timelines of many services: what jobs do over and over is left out, and lanes leave room for
// words.

import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { performRun } from '../../src/cli/run.ts';
import { PLAIN, runReport, textsIn } from '../../src/report/index.ts';
import { catalogue } from '../support.ts';

function reportOf(fails: readonly string[], width = 80): readonly string[] {
  const asked = { scenario: 'ticket-shop', fails, settings: {}, seed: null };
  const layout = { width, measure: stringWidth, paint: PLAIN };
  return runReport(performRun(catalogue, asked), layout, textsIn('en'), 'en');
}
const count = (lines: readonly string[], text: string) =>
  lines.filter((line) => line.includes(text)).length;

it('shows a heartbeat when it registers, and not when it renews', () => {
  const lines = reportOf(['instance-dies']);
  expect(count(lines, 'heartbeat · timer')).toBe(6); // five registrations, and the one that crashes
  expect(count(lines, 'registering · calls')).toBe(5);
  expect(count(lines, 'renewing · calls')).toBe(1);
});

it('shows a list that was fetched when it is another than the last one', () => {
  const lines = reportOf(['instance-dies']);
  // Empty at 0 s, full at 30 s, without the dead instance at 180 s: by the gateway and by user.
  expect(count(lines, 'refresh · timer')).toBe(6);
  expect(count(lines, 'evict · timer')).toBe(1);
});

it('shows the first of many failures', () => {
  const lines = reportOf(['registry-dies']);
  const failures = (words: string) => lines.filter((line) => line.includes(`! ${words} · `)).length;
  expect(failures('fetching')).toBe(2);
  // Once each for order-1, proxy, user and ticket; order-2 comes later and cannot even register.
  expect(failures('registering')).toBe(1);
  expect(lines.filter((line) => /! renewing · connection refused/.test(line))).toHaveLength(4);
});

it('narrows its lanes where they would leave no room for words', () => {
  const header = (width: number) => reportOf([], width).find((line) => /^ +ms /.test(line));
  expect(header(80)).toBe('    ms  b  p  r  o1 o2 u  t');
  expect(header(120)).toMatch(/ms {2}browser +proxy +registry +order-1 +order-2 +user +ticket$/);
  for (const line of reportOf(['circuit-opens'])) {
    expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  }
});

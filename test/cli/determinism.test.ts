// Seeds in one process against the same seeds in fresh processes. `npm run determinism` does it for
// 1,000 of them.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allParameters, readInput } from '../../src/scenarios/index.ts';
import { runWorld, seededSchedule, World } from '../../src/sim/index.ts';
import { ROOT, ticketSaga } from '../support.ts';

it('a seed ends alike in one process and in a fresh one', () => {
  const world = new World(ticketSaga, readInput(ticketSaga, allParameters(ticketSaga, {})));
  const seeds = Array.from({ length: 25 }, (_, n) => n * 37 - 100);
  const here = seeds.map((seed) => runWorld(world, [], seededSchedule(seed)).fingerprint);
  const there = seeds.map((seed) => {
    const args = ['run', 'ticket-saga', '--json', '--quiet', '--seed', String(seed)];
    const { stdout } = spawnSync(process.execPath, [join(ROOT, 'dist/bin/sim.js'), ...args]);
    return (JSON.parse(stdout.toString()) as { fingerprint: string }).fingerprint;
  });
  expect(there).toEqual(here);
  expect(new Set(here).size).toBeGreaterThan(1);
});

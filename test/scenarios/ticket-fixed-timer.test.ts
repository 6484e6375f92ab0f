// The mended saga's timer, at the moment an order finishes: between finding it overdue and failing
// it, others have had their turn.

import { expect, it } from 'vitest';
import { seededSchedule } from '../../src/sim/index.ts';
import { runScenario } from '../support.ts';

it('fails no order that has finished since it was found overdue', () => {
  const { events } = runScenario('ticket-saga-fixed', [], { relayDelayMs: 1 });
  const finishing = events.find(({ place }) => place.state === 'finishing');
  const atMs = finishing?.atMs ?? 0;
  expect(atMs).toBeGreaterThan(0);
  let met = 0;
  for (let timeoutMs = atMs - 20; timeoutMs < atMs + 5; timeoutMs++) {
    for (const seed of [null, 1, 2, 3, 4, 5, 6, 7, 8]) {
      const set = { relayDelayMs: 1, timeoutMs, checkDelayMs: 1 };
      const schedule = seed === null ? undefined : seededSchedule(seed);
      const result = runScenario('ticket-saga-fixed', [], set, schedule);
      const changes = result.events.flatMap(({ place, happening }) =>
        happening.kind === 'changed' ? [[place.state, happening.affected]] : [],
      );
      const finished = changes.some(([state, rows]) => state === 'finishing' && rows === 1);
      if (changes.some(([state, rows]) => state === 'timing-out' && rows === 0)) met += 1;
      expect([timeoutMs, seed, result.verdicts.filter(({ holds }) => holds !== true)]).toEqual([
        timeoutMs,
        seed,
        [],
      ]);
      expect([timeoutMs, seed, result.after['order.customer_order']?.[0]?.['status']]).toEqual([
        timeoutMs,
        seed,
        finished ? 'FINISH' : 'FAIL',
      ]);
    }
  }
  // It did come to that: the order was found, and had finished when it was to be failed.
  expect(met).toBeGreaterThan(0);
});

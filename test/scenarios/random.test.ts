// The saga under random faults, orders and schedules: no internal error, no message and no money
// that vanishes or comes from nowhere, and a replay that goes the same way.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { performReplay } from '../../src/cli/replay.ts';
import { performRun } from '../../src/cli/run.ts';
import { allParameters, readFaults, readInput } from '../../src/scenarios/index.ts';
import { kindsFor, run, SandboxError, seededSchedule } from '../../src/sim/index.ts';
import { catalogue, ticketSaga } from '../support.ts';

const fault = fc
  .record({
    point: fc.constantFrom(...ticketSaga.points),
    kind: fc.nat(),
    when: fc.constantFrom('before', 'after'),
    nth: fc.integer({ min: 1, max: 3 }),
    restart: fc.constantFrom('', ',restart=5ms', ',restart=30s', ',restart=never'),
    delay: fc.constantFrom('', ',delay=0', ',delay=5s', ',delay=90s'),
  })
  .map(({ point: { id, effect }, kind: at, when, nth, restart, delay }) => {
    const kinds = kindsFor(effect);
    const kind = kinds[at % kinds.length] ?? 'crash';
    const late = ['duplicate', 'delay', 'reorder'].includes(kind);
    return `${kind}@${id}:${when}#${nth}${kind.startsWith('crash') ? restart : late ? delay : ''}`;
  });

const order = fc.record({
  customerId: fc.integer({ min: 1, max: 2 }),
  ticketNum: fc.constantFrom(110, 111, 999),
  amount: fc.constant(100),
  atMs: fc.constantFrom(0, 0, 3, 10, 500, 75_000),
});

const asked = fc.record({
  fails: fc.array(fault, { maxLength: 3 }),
  settings: fc.record({
    redeliveryDelayMs: fc.constantFrom(0, 20, 1000),
    consumers: fc.constantFrom(1, 2, 10),
    redeliveriesMax: fc.constantFrom(0, 1, 6),
    lockWaitTimeoutMs: fc.constantFrom(0, 3, 50_000),
  }),
  document: fc.record({
    customers: fc.constant([{ deposit: 100 }, { deposit: 1000 }]),
    tickets: fc.constant([{ ticketNum: 110 }, { ticketNum: 111 }]),
    orders: fc.array(order, { minLength: 1, maxLength: 4 }),
  }),
  seed: fc.nat({ max: 1_000_000 }),
});

it('keeps every message and all the money, whatever is done to it', () => {
  fc.assert(
    fc.property(asked, ({ fails, settings, document, seed }) => {
      const { faults } = readFaults(ticketSaga, fails);
      const input = readInput(ticketSaga, allParameters(ticketSaga, settings), document);
      const { events, queues, verdicts } = run(ticketSaga, input, faults, seededSchedule(seed));
      const published = events.filter(({ happening }) => happening.kind === 'published').length;
      const acknowledged = events.filter(
        ({ happening, place }) =>
          happening.kind === 'committed' &&
          happening.resource === 'session' &&
          place.state === 'acknowledging',
      ).length;
      const left = queues.reduce((sum, { messages }) => sum + messages.length, 0);
      expect(acknowledged + left).toBe(published);
      expect(verdicts.find(({ property }) => property === 'money-conserved')?.holds).toBe(true);
    }),
    { numRuns: 400, seed: 11 },
  );
});

it('is replayed the same way', () => {
  let replayed = 0;
  fc.assert(
    fc.property(asked, (one) => {
      try {
        const report = performRun(catalogue, { scenario: 'ticket-saga', ...one });
        const { result } = performReplay(catalogue, report.code, {});
        expect(result.fingerprint).toBe(report.result.fingerprint);
        expect(result.events).toEqual(report.result.events);
        replayed += 1;
      } catch (error) {
        // Most random faults name a point that this run does not come by.
        if (!(error instanceof SandboxError) || error.code !== 'fault-never-struck') throw error;
      }
    }),
    { numRuns: 200, seed: 12 },
  );
  expect(replayed).toBeGreaterThan(50);
});

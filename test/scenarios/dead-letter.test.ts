// A message that is never handled: the price of each way out, what only the timeout finds, and
// that nobody is paid back twice, or paid back and served, where the order is guarded.

import { describe, expect, it } from 'vitest';
import { readFaults } from '../../src/scenarios/index.ts';
import {
  DEAD_LETTER_QUEUE,
  kindsFor,
  type RunResult,
  type RunSummary,
  runWorld,
  seededSchedule,
  World,
} from '../../src/sim/index.ts';
import { inputOf, runScenario, scenarioOf } from '../support.ts';

const scenario = scenarioOf('dead-letter');
type Settings = Readonly<Record<string, string | number | null>>;
const runIt = (fails: readonly string[] = [], set: Settings = {}) =>
  runScenario('dead-letter', fails, set);

const violatedBy = ({ verdicts }: RunSummary) =>
  verdicts.filter(({ holds }) => holds === false).map(({ property }) => property);

const countOf = ({ events }: RunResult, point: string, kind: string): number =>
  events.filter(
    ({ place, happening }) =>
      `${place.service}.${place.handler}.${place.state}` === point && happening.kind === kind,
  ).length;

const endOf = ({ after, queues }: RunResult) => ({
  deposit: after['shop.customer']?.[0]?.['deposit'],
  order: after['shop.customer_order']?.[0]?.['status'],
  parcel: after['delivery.parcel']?.[0]?.['status'],
  stored: after['shop.failed_message']?.map(({ round, state }) => `${round} ${state}`),
  dead: queues.find(({ queue }) => queue === DEAD_LETTER_QUEUE)?.messages.length,
});

const REFUNDED = { deposit: 1000, order: 'REFUNDED', parcel: 'CANCELLED' };
const SERVED = { deposit: 900, order: 'DELIVERED', parcel: 'DISPATCHED' };

/** How long the customer's money was gone, in whole seconds. */
const goneFor = ({ after }: RunResult): number => {
  const paid = Number(after['shop.customer_order']?.[0]?.['paid_ms']);
  return Math.floor((Number(after['shop.refund']?.[0]?.['at_ms']) - paid) / 1000);
};

describe('the three ways out', () => {
  // 1 + 6 deliveries, a second apart: dead after six.
  it('the failure queue compensates as soon as the message is dead', () => {
    const result = runIt();
    expect(countOf(result, 'delivery.deliver.receiving', 'received')).toBe(7);
    expect(endOf(result)).toEqual({ ...REFUNDED, stored: [], dead: 0 });
    expect(goneFor(result)).toBe(6);
  });

  it('the timeout compensates later, and lets the dead letter lie', () => {
    const result = runIt([], { way: 'timeout' });
    expect(countOf(result, 'delivery.deliver.receiving', 'received')).toBe(7);
    expect(countOf(result, 'shop.dead-letters.receiving', 'received')).toBe(0);
    expect(endOf(result)).toEqual({ ...REFUNDED, stored: [], dead: 1 });
    expect(goneFor(result)).toBe(20);
  });

  it.each([
    ['retry', { ...SERVED, stored: ['1 RETRIED'] }],
    ['refund', { ...REFUNDED, stored: ['1 REFUNDED'] }],
    ['drop', { deposit: 900, order: 'PAID', parcel: undefined, stored: ['1 DROPPED'] }],
  ])('the person decides: %s', (person, end) => {
    const result = runIt([], { way: 'person', person });
    expect(endOf(result)).toEqual({ ...end, dead: 0 });
    // Decided when he looks, not before.
    const [stored] = result.after['shop.failed_message'] ?? [];
    expect(Math.floor(Number(stored?.['stored_ms']) / 1000)).toBe(6);
    expect(Math.floor(Number(stored?.['decided_ms']) / 1000)).toBe(60);
  });

  it('redelivery needs none of them for what passes by itself', () => {
    const last = runIt([], { failures: 6 });
    expect(endOf(last)).toEqual({ ...SERVED, stored: [], dead: 0 });
    expect(endOf(runIt([], { failures: 7 }))).toMatchObject(REFUNDED);
  });

  it('a person who tries again too early tries until it works, or until he gives up', () => {
    const early = runIt(['person-retry-early']);
    expect(endOf(early)).toEqual({ ...SERVED, stored: ['1 RETRIED', '2 RETRIED'], dead: 0 });
    expect(countOf(early, 'delivery.deliver.breaking', 'failed')).toBe(2 * 7);
    const hopeless = runIt(['person-retry-hopeless']);
    const stored = ['1 RETRIED', '2 RETRIED', '3 REFUNDED'];
    expect(endOf(hopeless)).toEqual({ ...REFUNDED, stored, dead: 0 });
    expect(countOf(hopeless, 'delivery.deliver.breaking', 'failed')).toBe(3 * 7);
  });
});

describe('a message that never was', () => {
  const lost = 'crash@shop.buy.committing:after';

  it('is found by the timeout alone', () => {
    for (const way of ['failure-queue', 'person']) {
      const open = { deposit: 900, order: 'PAID', parcel: undefined, stored: [], dead: 0 };
      expect(endOf(runIt([lost], { way })), way).toEqual(open);
    }
    expect(endOf(runIt([lost], { way: 'timeout' }))).toEqual({ ...REFUNDED, stored: [], dead: 0 });
  });
});

describe('what is dead or late may be done all the same', () => {
  it('dead: the guard finds it out, and nobody else does', () => {
    const result = runIt(['done-and-dead']);
    expect(endOf(result)).toMatchObject(SERVED);
    expect(countOf(result, 'delivery.cancel.sending-delivered', 'sent')).toBe(1);
    const both = { deposit: 1000, order: 'REFUNDED', parcel: 'DISPATCHED' };
    expect(endOf(runIt(['done-and-dead-unguarded']))).toMatchObject(both);
    expect(endOf(runIt(['done-and-dead-refund']))).toMatchObject(both);
  });

  it('late: whoever settles the order first is heeded by the other', () => {
    const set = { way: 'timeout', timeoutMs: 3000, checkDelayMs: 1000 };
    const tooLate = runIt([], { ...set, failures: 5 });
    expect(endOf(tooLate)).toEqual({ ...REFUNDED, stored: [], dead: 0 });
    expect(countOf(tooLate, 'delivery.deliver.finding-parcel', 'queried')).toBe(1);
    expect(endOf(runIt([], { ...set, failures: 2 }))).toMatchObject(SERVED);
    const unguarded = runIt([], { ...set, failures: 5, guarded: 0 });
    expect(endOf(unguarded)).toMatchObject({ deposit: 1000, parcel: 'DISPATCHED' });
  });

  it('a race in any order: one or the other with the guard, both at times without', () => {
    // The timeout and the delivery that would succeed meet at the same second.
    const set = { way: 'timeout', timeoutMs: 990, checkDelayMs: 1000, failures: 1 };
    const endsOf = (guarded: number) => {
      const world = new World(scenario, inputOf(scenario, { ...set, guarded }));
      const ends = Array.from({ length: 60 }, (_, seed) => {
        const summary = runWorld(world, [], seededSchedule(seed));
        return [summary.outcome.word, ...violatedBy(summary)].join(' ');
      });
      world.close();
      return new Set(ends);
    };
    expect(endsOf(1)).toEqual(new Set(['committed', 'compensated']));
    expect(endsOf(0)).toContain('half-committed not-both');
  });
});

describe('compensation is idempotent', () => {
  it.each([
    [['crash@shop.refund.committing:after']],
    [['crash@shop.refund.acknowledging:before']],
    [['crash@delivery.cancel.committing:after']],
    [['duplicate@shop.dead-letters.receiving']],
    [['duplicate@delivery.cancel.sending-refund']],
    [['duplicate@shop.refund.receiving,delay=60s']],
  ])('%s', (fails) => {
    const once = runIt(fails);
    expect(once.neverStruck).toEqual([]);
    expect(once.after['shop.refund']).toHaveLength(1);
    expect(endOf(once)).toMatchObject(REFUNDED);
  });

  it('and without its inbox it is not', () => {
    for (const name of ['crash-compensating-twice', 'duplicate-dead-letter-twice']) {
      const twice = runIt([name]);
      expect(twice.after['shop.refund'], name).toHaveLength(2);
      expect(endOf(twice), name).toMatchObject({ deposit: 1100 });
    }
  });

  it('a dead letter that comes twice is stored once', () => {
    const result = runIt(['duplicate-dead-letter-person']);
    expect(countOf(result, 'shop.dead-letters.receiving', 'received')).toBe(2);
    expect(endOf(result)).toEqual({ ...SERVED, stored: ['1 RETRIED'], dead: 0 });
  });

  it('a decision that is taken twice is carried out once', () => {
    const result = runIt(['crash-person']);
    expect(countOf(result, 'shop.person.sending-again', 'sent')).toBe(2);
    expect(endOf(result)).toEqual({ ...SERVED, stored: ['1 RETRIED'], dead: 0 });
  });
});

describe('any fault at any step, guarded', () => {
  // What a lost message leaves open may be stuck; but never both, never twice.
  it.each([
    { way: 'failure-queue' },
    { way: 'timeout' },
    { way: 'timeout', timeoutMs: 3000, checkDelayMs: 1000, failures: 5 },
    { way: 'person', person: 'retry' },
    { way: 'person', person: 'refund' },
  ])('$way $person $timeoutMs', (set) => {
    const world = new World(scenario, inputOf(scenario, set));
    let struck = 0;
    for (const { id, effect, hasDatabase } of scenario.points) {
      for (const kind of kindsFor(effect, hasDatabase)) {
        for (const when of ['before', 'after']) {
          const fault = `${kind}@${id}:${when}`;
          const result = runWorld(world, readFaults(scenario, [fault]).faults);
          if (result.neverStruck.length > 0) continue;
          struck += 1;
          const violated = violatedBy(result);
          expect(violated, fault).not.toContain('not-both');
          expect(violated, fault).not.toContain('refunded-once');
          expect(violated, fault).not.toContain('money-conserved');
          // The timeout looks until every order is closed.
          if (set.way === 'timeout')
            expect([result.ending, violated], fault).toEqual(['at-rest', []]);
        }
      }
    }
    world.close();
    expect(struck).toBeGreaterThan(200);
  });
});

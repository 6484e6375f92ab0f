// The saga's named faults, and every fault at every point. Final rows are those of the reference
// (ticket-saga.md, and the measured case named beside each row).

import { describe, expect, it } from 'vitest';
import { allParameters, judge, readFaults, readInput } from '../../src/scenarios/index.ts';
import { type RunResult, run, runWorld, seededSchedule, World } from '../../src/sim/index.ts';
import { runSaga, ticketSaga } from '../support.ts';

interface Expected {
  readonly outcome: string;
  readonly orders: readonly (readonly [status: string, reason: string | null])[];
  readonly deposit: number;
  readonly lockUser?: number;
  readonly owner?: number;
  /** The order ids of the payments. */
  readonly paid?: readonly (number | null)[];
  /** What is left, as queue: count. */
  readonly left?: Readonly<Record<string, number>>;
  readonly violated?: readonly string[];
}

const FINISHED = {
  outcome: 'committed',
  orders: [['FINISH', null]],
  deposit: 900,
  owner: 1,
  paid: [1],
} as const;
const NO_MONEY = {
  outcome: 'compensated',
  orders: [['FAIL', 'NOT_ENOUGH_DEPOSIT']],
  deposit: 50,
} as const;
const REFUSED = ['FAIL', 'TICKET_LOCK_FAIL'] as const;

const TABLE: Readonly<Record<string, Expected>> = {
  none: FINISHED, // saga-happy
  deposit: NO_MONEY, // saga-not-enough-deposit
  locked: { outcome: 'rolled-back', orders: [REFUSED], deposit: 1000, lockUser: 2 },
  sold: {
    outcome: 'half-committed',
    orders: [['FINISH', null]],
    deposit: 900,
    owner: 1,
    paid: [1],
    violated: ['sold-once', 'owner-kept'],
  }, // saga-resell-sold-ticket, its second order
  timeout: {
    outcome: 'compensated',
    orders: [['FAIL', null]],
    deposit: 1000,
    left: { 'order:pay': 1 },
  }, // saga-user-down-timeout
  'late-payment': {
    outcome: 'half-committed',
    orders: [['FINISH', null]],
    deposit: 900,
    paid: [1],
    violated: ['finished-owns-ticket'],
  }, // saga-timeout-then-late-payment
  'duplicate-new': {
    ...FINISHED,
    orders: [['FINISH', null], REFUSED],
    violated: ['one-row-per-order'],
  }, // real-stack.md: "In flight: one FINISH and one FAIL row with the same uuid"
  'duplicate-locked': {
    ...FINISHED,
    outcome: 'half-committed',
    deposit: 800,
    paid: [1, null],
    left: { 'ActiveMQ.DLQ': 1 },
    violated: ['charged-once'],
  }, // saga-dup-inflight-locked
  'duplicate-pay': FINISHED, // saga-dup-inflight-pay
  'duplicate-ticket_move': FINISHED, // saga-dup-inflight-ticket_move
  'duplicate-finish': FINISHED, // saga-dup-late-finish
  'duplicate-ticket_error': NO_MONEY, // saga-dup-late-ticket_error
  'duplicate-fail': {
    outcome: 'rolled-back',
    orders: [REFUSED, REFUSED],
    deposit: 1000,
    lockUser: 2,
    violated: ['one-row-per-order'],
  }, // saga-dup-late-fail-lockfail
  'crash-before-commit': FINISHED, // saga-db-commit-fails-pay
  'crash-after-commit': {
    outcome: 'half-committed',
    orders: [['FAIL', null]],
    deposit: 900,
    paid: [1],
    violated: ['failed-not-charged'],
  }, // saga-kill9-between-commits-pay-then-timeout
};

const violatedBy = ({ verdicts }: RunResult) =>
  verdicts.filter(({ holds }) => !holds).map(({ property }) => property);

describe('named faults', () => {
  it('are all in the table', () => {
    expect(Object.keys(TABLE)).toEqual(['none', ...Object.keys(ticketSaga.namedFaults)]);
  });

  it.each(Object.entries(TABLE))('%s', (name, expected) => {
    const named = name === 'none' ? [] : [name];
    const result = runSaga(named);
    const orders = result.after['order.customer_order'] ?? [];
    expect(orders.map(({ status, reason }) => [status, reason])).toEqual(expected.orders);
    expect(new Set(orders.map(({ uuid }) => uuid)).size).toBe(1);
    const { lockUser = null, owner = null } = expected;
    expect(result.after['ticket.ticket']).toMatchObject([{ lock_user: lockUser, owner }]);
    expect(result.after['user.customer']).toMatchObject([{ id: 1, deposit: expected.deposit }]);
    const payments = (result.after['user.pay_info'] ?? []).map(({ order_id }) => order_id);
    expect(payments).toEqual(expected.paid ?? []);
    const left = result.queues.filter(({ messages }) => messages.length > 0);
    expect(Object.fromEntries(left.map(({ queue, messages }) => [queue, messages.length]))).toEqual(
      expected.left ?? {},
    );
    expect(result.outcome.word).toBe(expected.outcome);
    expect(violatedBy(result)).toEqual(expected.violated ?? []);
    expect(result.neverStruck).toEqual([]);
    expect(judge(ticketSaga, { named, own: false }, result)).toMatchObject({ asExpected: true });
  });

  it('combine', () => {
    const result = runSaga(['deposit', 'duplicate-new']);
    expect(result.outcome.word).toBe('compensated');
    expect(violatedBy(result)).toEqual(['one-row-per-order']);
    expect(() => readFaults(ticketSaga, ['deposit', 'locked', 'duplicate-fail'])).not.toThrow();
  });
});

describe('what the saga gets wrong by itself', () => {
  it('sells a sold ticket again, as soon as the second customer pays', () => {
    const document = {
      customers: [{ deposit: 1000 }, { deposit: 1000 }],
      orders: [
        { customerId: 1, ticketNum: 110, amount: 100 },
        { atMs: 100, customerId: 2, ticketNum: 110, amount: 100 },
      ],
    };
    const input = readInput(ticketSaga, allParameters(ticketSaga, {}), document);
    const result = run(ticketSaga, input);
    expect(violatedBy(result)).toEqual(['sold-once', 'owner-kept', 'finished-owns-ticket']);
    const at = result.events.findIndex(({ happening }) => happening.kind === 'violated');
    const handled = result.events
      .slice(0, at)
      .filter(({ happening }) => happening.kind === 'received');
    // The five messages of the first order, then new, locked and pay of the second.
    expect(handled).toHaveLength(8);
  });

  it('lets a deposit go negative when two payments of one customer pass the check at once', () => {
    const order = { customerId: 1, ticketNum: 110, amount: 100 };
    const document = {
      customers: [{ deposit: 100 }],
      tickets: [{ ticketNum: 110 }, { ticketNum: 111 }],
      orders: [order, { ...order, ticketNum: 111 }],
    };
    const input = readInput(ticketSaga, allParameters(ticketSaga, {}), document);
    const result = run(ticketSaga, input);
    expect(result.after['user.customer']).toMatchObject([{ deposit: -100 }]);
    expect(violatedBy(result)).toContain('no-negative-deposit');
  });
});

describe('determinism', () => {
  const world = () => new World(ticketSaga, readInput(ticketSaga, allParameters(ticketSaga, {})));

  it('one world, run after run, gives what fresh worlds give', () => {
    const reused = world();
    for (let seed = 0; seed < 100; seed++) {
      const again = runWorld(reused, [], seededSchedule(seed));
      const fresh = world();
      expect(runWorld(fresh, [], seededSchedule(seed))).toEqual(again);
      fresh.close();
    }
  });

  it('a mark in the middle of a run brings everything back', () => {
    const one = world();
    const { faults } = readFaults(ticketSaga, ['duplicate-locked', 'crash-before-commit']);
    const straight = runWorld(one, faults, seededSchedule(5));
    one.reset(faults);
    const schedule = seededSchedule(5);
    for (let n = 0; n < 25; n++) one.step(schedule);
    const before = one.fingerprint();
    const mark = one.mark();
    for (let detour = 0; detour < 3; detour++) {
      const other = seededSchedule(100 + detour);
      while (one.step(other));
      one.rewind(mark);
      expect(one.fingerprint()).toBe(before);
    }
    while (one.step(schedule));
    expect(one.fingerprint()).toBe(straight.fingerprint);
    expect(one.choices).toEqual(straight.choices);
  });

  it('every event names an earlier event as its cause, and only outside events have none', () => {
    for (const fails of [[], ['late-payment'], ['duplicate-locked'], ['crash-after-commit']]) {
      const { events } = runSaga(fails);
      expect(events.map(({ id }) => id)).toEqual(events.map((_event, at) => at + 1));
      for (const { id, cause, happening } of events) {
        if (cause !== null) expect(cause).toBeLessThan(id);
        else expect(['requested', 'ticked', 'struck']).toContain(happening.kind);
      }
    }
  });
});

// The real saga, with SQL and a broker, breaks as its plain model does: the same properties, no
// others, by ways of the same lengths (ticket-saga.md: messages handled, a timer that does
// something counting as one).

import { describe, expect, it } from 'vitest';
import { lengthsOf, searchWorld } from './worlds.ts';

const RESOLD = { 'sold-once': 7, 'owner-kept': 8, 'finished-owns-ticket': 10 };
const REPEATED = { 'charged-once': 5, 'one-row-per-order': 8, 'failed-not-charged': 9 };

describe('ticket-saga, a handler at a step', () => {
  it.each([
    { given: 'nothing', faults: 0, stalls: 0, lengths: RESOLD },
    { given: 'a duplicate', faults: 1, stalls: 0, lengths: { ...RESOLD, ...REPEATED } },
    {
      given: 'the timer',
      faults: 0,
      stalls: 1,
      lengths: { ...RESOLD, 'failed-not-charged': 10 },
    },
    {
      given: 'a duplicate and the timer',
      faults: 1,
      stalls: 1,
      // Ten without a duplicate, and what takes no fault comes first.
      lengths: { ...RESOLD, ...REPEATED, 'failed-not-charged': 10 },
    },
  ])('breaks with $given as the plain model does', ({ faults, stalls, lengths }) => {
    const found = searchWorld('ticket-saga', { kinds: ['duplicate'], faults, stalls });
    expect(found.cut).toBeNull();
    expect(lengthsOf(found)).toEqual(lengths);
  });

  it.each([
    { kinds: ['duplicate'], faults: 1 },
    { kinds: ['crash', 'duplicate'], faults: 2 },
  ] as const)('is the same with $faults of $kinds, with more steps, in every order', (wanted) => {
    const less = searchWorld('ticket-saga', wanted);
    const all = searchWorld('ticket-saga', { ...wanted, everyOrder: true });
    expect(all).toMatchObject({ states: less.states, ends: less.ends });
    expect(lengthsOf(all)).toEqual(lengthsOf(less));
    expect(all.steps).toBeGreaterThan(less.steps);
  });
});

// Check-then-charge is two statements: with money for one order, both pass the check.
it('lets a deposit go negative with one preemption, a statement at a step', () => {
  const order = { customerId: 1, ticketNum: 110, amount: 100 };
  const document = {
    customers: [{ deposit: 100 }],
    tickets: [{ ticketNum: 110 }, { ticketNum: 111 }],
    orders: [order, { ...order, ticketNum: 111 }],
  };
  const wanted = { document, pace: 'statement' } as const;
  expect(searchWorld('ticket-saga', { ...wanted, preemptions: 0 }).broken).toEqual([]);
  const found = searchWorld('ticket-saga', { ...wanted, preemptions: 1 });
  expect(found.cut).toBeNull();
  expect(found.broken).toEqual(['no-negative-deposit']);
});

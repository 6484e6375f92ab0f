// Every scenario of the catalogue, explored with at most one fault: what breaks is what it says,
// and the number of states is what it was. A change of that number is no mistake by itself, but it
// wants a reason.

import { describe, expect, it } from 'vitest';
import { judgeExploration } from '../../src/scenarios/index.ts';
import { type FaultKind, faultText } from '../../src/sim/index.ts';
import { catalogue, scenarioOf } from '../support.ts';
import { lengthsOf, searchWorld } from './worlds.ts';

const STATES: Readonly<Record<string, number>> = {
  'ticket-saga': 7823,
  isolation: 6232,
  propagation: 143,
  'jpa-local': 67,
  'chained-jdbc': 120,
  'chained-jpa': 139,
  'jms-session': 111,
  'best-effort': 253,
  'jta-single': 98,
  'jta-xa': 274,
  'ticket-lock': 3880,
  tcc: 1080,
  'saga-orchestrated': 407,
  idempotency: 954,
  'compare-patterns': 1014,
  'event-sourcing': 2719,
  outbox: 669,
  'dead-letter': 699,
  'ticket-saga-fixed': 9455,
};

/** Their services look for each other every second, so there are too many ways to try them all. */
const ENDLESS = ['unique-id', 'ticket-shop'];

it('covers the catalogue', () => {
  expect([...Object.keys(STATES), ...ENDLESS].sort()).toEqual([...catalogue.keys()].sort());
});

it.each(Object.entries(STATES))('%s has %i states', (id, states) => {
  const found = searchWorld(id, { faults: 1, stalls: 0 });
  const { broken, cut } = found;
  expect(found).toMatchObject({ cut: null, states });
  const searched = { complete: cut === null, faults: 1, asWritten: true, broken };
  expect(judgeExploration(scenarioOf(id), searched)).toEqual({
    asExpected: true,
    unexpected: [],
    missing: [],
  });
});

it.each(ENDLESS)('%s breaks as it says, as far as one gets', (id) => {
  const { cut, broken } = searchWorld(id, { faults: 1, stalls: 0, maxStates: 5000 });
  const searched = { complete: false, faults: 1, asWritten: true, broken };
  expect({ cut, ...judgeExploration(scenarioOf(id), searched) }).toMatchObject({
    cut: 'states',
    unexpected: [],
  });
});

// What a clock begins can break as well as what a message begins.
it.each([
  ['a run of a job', 'outbox', 'every-order-credited', {}, /^lose@shop\.relay\.sending/],
  ['what follows a pause', 'unique-id', 'all-merged', { orders: 2 }, /^lose@\w+\.create\.sending/],
])('a fault is tried in %s', (_, id, property, set, expected) => {
  const { cut, broken, ways } = searchWorld(id, { faults: 1, kinds: ['lose'], set });
  expect({ cut, broken }).toEqual({ cut: null, broken: [property] });
  const faults = ways.get(property)?.actions.flatMap(({ fault }) => (fault ? [fault] : [])) ?? [];
  expect(faults.map(faultText).join()).toMatch(expected);
});

// One manager commits, the next does not: that takes a fault, and one is enough.
it.each(['chained-jdbc', 'chained-jpa'])('%s is half-committed with exactly one fault', (id) => {
  expect(searchWorld(id, { faults: 0 }).broken).toEqual([]);
  const { ways } = searchWorld(id, { faults: 1 });
  const way = ways.get('charged-what-was-ordered')?.actions ?? [];
  expect(way.filter(({ fault }) => fault)).toHaveLength(1);
});

describe('jta-xa', () => {
  const HARMLESS: readonly FaultKind[] = [
    ...(['error', 'crash', 'crash-db', 'crash-broker'] as const),
    ...(['lost-reply', 'refuse', 'disconnect', 'timeout'] as const),
  ];

  it.each(['annotation', 'two-databases', 'listen'])(
    'as %s has no half-commit with two faults, and leaves no branch in doubt',
    (way) => {
      const found = searchWorld('jta-xa', { faults: 2, kinds: HARMLESS, set: { way } });
      expect(found.cut).toBeNull();
      expect(lengthsOf(found)).toEqual({});
    },
    120_000,
  );
});

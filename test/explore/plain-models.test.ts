// The two plain models give the figures others have published or counted for the same systems, so
// that a search of them can be held against these. The search here is as simple as one can be.

import { describe, expect, it } from 'vitest';
import { Exhaustive } from '../../src/explore/exhaustive.ts';
import {
  type Action,
  type Budget,
  ENDLESS,
  isIndependent,
  type Model,
  spend,
} from '../../src/explore/model.ts';
import { PlainSaga } from './plain-saga.ts';
import { TwoPhaseCommit } from './two-phase-commit.ts';

/** What the search that is put to the test finds, with every order of swappable steps and without. */
function searched<Taken extends Action>(model: Model<Taken>, faults = 0) {
  const budget = { ...ENDLESS, faults };
  return [true, false].map((everyOrder) => {
    const maxStates = Number.POSITIVE_INFINITY;
    const search = new Exhaustive(model, { budget, maxStates, everyOrder });
    expect(search.advance(Number.POSITIVE_INFINITY)).toBe(true);
    const { states, steps, ends, ways, cut } = search.result;
    expect(cut).toBeNull();
    const lengths = Object.fromEntries([...ways].map(([name, { length }]) => [name, length]));
    return { states, steps, ends, lengths };
  });
}

/** Both must agree with the simple search; trying less must not take more steps. */
function expectSame<Taken extends Action>(model: Model<Taken>, found: Found, faults = 0): void {
  const [all, less] = searched(model, faults);
  const { states, lengths } = found;
  expect(all).toMatchObject({ states, lengths });
  expect(less).toMatchObject({ states, lengths, ends: all?.ends });
  expect(less?.steps).toBeLessThan(all?.steps ?? 0);
}

interface Found {
  readonly states: number;
  /** Of each broken property, the fewest steps to it. */
  readonly lengths: Readonly<Record<string, number>>;
  readonly marks: readonly unknown[];
}

/** Breadth first, so the first way to a property is a shortest. Its model's marks are values. */
function searchAll<Taken extends Action>(model: Model<Taken>, faults = 0): Found {
  const seen = new Set<number>();
  const lengths: Record<string, number> = {};
  const queue: { mark: unknown; left: Budget; length: number }[] = [];
  const visit = (left: Budget, length: number): void => {
    const fingerprint = model.fingerprint();
    if (seen.has(fingerprint)) return;
    seen.add(fingerprint);
    for (const property of model.broken()) lengths[property] ??= length;
    queue.push({ mark: model.mark(), left, length });
  };
  model.reset();
  visit({ ...ENDLESS, faults }, 0);
  for (const { mark, left, length } of queue) {
    model.rewind(mark);
    for (const action of model.enabled()) {
      const rest = spend(left, action.cost);
      if (!rest) continue;
      model.rewind(mark);
      model.apply(action);
      visit(rest, length + 1);
    }
  }
  return { states: seen.size, lengths, marks: queue.map(({ mark }) => mark) };
}

/** What the footprints promise and do not keep. A reduction that trusts such a one misses states. */
function brokenPromises<Taken extends Action>(
  model: Model<Taken>,
  found: Found,
): readonly string[] {
  const broken: string[] = [];
  const from = (mark: unknown, ...actions: readonly Taken[]) => {
    model.rewind(mark);
    const footprints = actions.map((action) => model.apply(action).footprint);
    return { last: footprints.at(-1) ?? null, fingerprint: model.fingerprint() };
  };
  for (const mark of found.marks) {
    model.rewind(mark);
    const enabled = model.enabled();
    const keys = new Set(enabled.map(({ key }) => key));
    for (const first of enabled) {
      const { last: footprint } = from(mark, first);
      const after = model.enabled();
      for (const second of after.filter(({ key }) => !keys.has(key))) {
        if (isIndependent(footprint, from(mark, first, second).last)) {
          broken.push(`${first.key} makes way for ${second.key}`);
        }
      }
      for (const second of enabled) {
        if (first === second || !isIndependent(footprint, from(mark, second).last)) continue;
        const stays = after.some(({ key }) => key === second.key);
        const there = from(mark, first, second).fingerprint;
        if (!stays || there !== from(mark, second, first).fingerprint) {
          broken.push(`${first.key} does not commute with ${second.key}`);
        }
      }
    }
  }
  return broken;
}

describe('TwoPhaseCommit', () => {
  // The figures are those of Stateright's examples/2pc.rs.
  it.each([
    { managers: 3, states: 288 },
    { managers: 5, states: 8832 },
  ])('has $states states of $managers resource managers, all consistent', (expected) => {
    const model = new TwoPhaseCommit(expected.managers);
    const found = searchAll(model);
    const { states, lengths } = found;
    expect({ states, lengths }).toEqual({ states: expected.states, lengths: {} });
    expectSame(model, found);
  });

  // Two votes sent and counted, the decision heard by one, and the third aborts alone.
  it('is inconsistent if it commits without the last vote', () => {
    expect(searchAll(new TwoPhaseCommit(3, 2)).lengths).toEqual({ consistent: 7 });
  });

  it('has honest footprints', () => {
    const model = new TwoPhaseCommit(3);
    expect(brokenPromises(model, searchAll(model))).toEqual([]);
  });
});

describe('PlainSaga', () => {
  const RESOLD = {
    'one customer pays': 7,
    'the owner never changes': 8,
    'a finished order owns the ticket': 10,
  };
  const REPEATED = {
    'an order is charged once': 5,
    'an order has one row, and it is final': 8,
    'a failed order is not charged': 9,
  };

  it.each([
    { given: 'nothing', duplicates: 0, timer: false, states: 51, lengths: RESOLD },
    {
      given: 'a duplicate',
      duplicates: 1,
      timer: false,
      states: 963,
      lengths: { ...RESOLD, ...REPEATED },
    },
    {
      given: 'the timer',
      duplicates: 0,
      timer: true,
      states: 529,
      lengths: { ...RESOLD, 'a failed order is not charged': 10 },
    },
    {
      given: 'both',
      duplicates: 1,
      timer: true,
      states: 15_863,
      lengths: { ...RESOLD, ...REPEATED },
      // Without a duplicate it takes longer, and what takes no fault is preferred.
      preferred: { 'a failed order is not charged': 10 },
    },
  ])('has $states states with $given', (expected) => {
    const model = new PlainSaga(expected);
    const found = searchAll(model, expected.duplicates);
    const { states, lengths } = found;
    expect({ states, lengths }).toEqual({ states: expected.states, lengths: expected.lengths });
    const preferred = { ...lengths, ...expected.preferred };
    expectSame(model, { ...found, lengths: preferred }, expected.duplicates);
  });

  // Here the timer alone is at fault: it takes the ticket back from who has paid or will pay.
  it('breaks by the timer only if a ticket that has an owner is not locked again', () => {
    expect(searchAll(new PlainSaga({ checksOwner: true })).lengths).toEqual({});
    expect(searchAll(new PlainSaga({ checksOwner: true, timer: true })).lengths).toEqual({
      'one customer pays': 8,
      'a failed order is not charged': 10,
      'a finished order owns the ticket': 10,
    });
  });

  it.each([
    { given: 'a duplicate', duplicates: 1, timer: false },
    { given: 'the timer', duplicates: 0, timer: true },
  ])('has honest footprints with $given', (rules) => {
    const model = new PlainSaga(rules);
    expect(brokenPromises(model, searchAll(model, rules.duplicates))).toEqual([]);
  });
});

// Several searches that share what they have seen go everywhere between them, and what they have
// gone along gives the same shortest ways as one search alone.

import { expect, it } from 'vitest';
import { Exhaustive } from '../../src/explore/exhaustive.ts';
import { SharedSeen } from '../../src/explore/index.ts';
import { ENDLESS } from '../../src/explore/model.ts';
import { shortestAlong } from '../../src/explore/web.ts';
import { WorldModel } from '../../src/explore/world-model.ts';
import { allParameters, readInput } from '../../src/scenarios/index.ts';
import { World } from '../../src/sim/index.ts';
import { ticketSaga } from '../support.ts';

const { explore } = ticketSaga;
const parameters = allParameters(ticketSaga, explore.set);
const input = readInput(ticketSaga, parameters, explore.document);
const budget = { ...ENDLESS, faults: 1, stalls: 0 };
const LIMITS = { budget, maxStates: 100_000 };

const modelOf = () =>
  new WorldModel(new World(ticketSaga, input), {
    ...{ pace: 'handler', kinds: ['duplicate', 'crash'] },
    ...{ countsPreemptions: false, stallMs: 10_000 },
  });

const alone = new Exhaustive(modelOf(), LIMITS);
alone.advance(Number.POSITIVE_INFINITY);
const LENGTHS = new Map([...alone.result.ways].map(([property, { length }]) => [property, length]));

it.each([
  { members: 2, slice: 37 },
  { members: 3, slice: 500 },
])('a team of $members, by turns of $slice steps', ({ members, slice }) => {
  const seen = new SharedSeen(2 ** 16, budget);
  const team = Array.from({ length: members }, (_, member) => {
    // Each has its own view of the shared table, as in a thread of its own.
    const own = new SharedSeen(seen.buffer, budget);
    return new Exhaustive(modelOf(), { ...LIMITS, team: { seen: own, member } });
  });
  for (let over = 0; over < members; ) over = team.filter((one) => one.advance(slice)).length;
  const names = new Set(team.flatMap((one) => [...one.names]));
  expect(names).toEqual(new Set(alone.names));
  for (const one of team) expect(one.names.size).toBeLessThan(names.size);
  const ways = shortestAlong(
    team.map(({ web }) => web),
    budget,
  );
  expect(new Map([...ways].map(([property, { length }]) => [property, length]))).toEqual(LENGTHS);
});

it('goes on where the table is full: a state is then gone through twice, never left out', () => {
  const seen = new SharedSeen(16, budget);
  for (let name = 1; name <= 1000; name++) expect(seen.claim(name, budget)).toBe(true);
  const tiny = new SharedSeen(16, budget);
  const one = new Exhaustive(modelOf(), { ...LIMITS, team: { seen: tiny, member: 0 } });
  one.advance(Number.POSITIVE_INFINITY);
  expect(new Set(one.names)).toEqual(new Set(alone.names));
});

it('counts a state once, however often it is claimed', () => {
  const seen = new SharedSeen(64, budget);
  for (const name of [5, 6, 5]) {
    for (const faults of [0, 1]) seen.claim(name, { ...budget, faults });
  }
  expect(seen.states).toBe(2);
});

it('claims a state once, and for less if it was claimed with more', () => {
  const two = { ...ENDLESS, faults: 2, stalls: 1 };
  const seen = new SharedSeen(64, two);
  expect(seen.claim(5, { ...two, stalls: 0 })).toBe(true);
  expect(seen.claim(5, { ...two, stalls: 0 })).toBe(false);
  expect(seen.claim(5, { ...two, faults: 1, stalls: 0 })).toBe(false);
  expect(seen.claim(5, two)).toBe(true);
  expect(seen.claim(6, { ...two, faults: 0, stalls: 0 })).toBe(true);
});

// Ids made in two places: which ways keep them unique, which keep them in order, and what a clock,
// a clone or a counter that forgets does to each. First the generator by itself.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  behindMs,
  type Generator,
  type Guard,
  newGenerator,
  nextId,
  type OwnWay,
} from '../../src/scenarios/id-generator.ts';
import { gregorianTicks } from '../../src/scenarios/ids.ts';
import { readFaults } from '../../src/scenarios/index.ts';
import { START_MS } from '../../src/scenarios/unique-id.ts';
import { type RunResult, runWorld, seededSchedule, World } from '../../src/sim/index.ts';
import { inputOf, runScenario, scenarioOf } from '../support.ts';

const uniqueId = scenarioOf('unique-id');
const OWN: readonly OwnWay[] = ['uuid-v1', 'uuid-v4', 'uuid-v7', 'objectid'];

function made(way: OwnWay, guard: Guard, clocks: readonly number[], source = 'east') {
  let generator = newGenerator(source, source);
  return clocks.map((clock) => {
    const next = nextId(way, generator, clock, guard);
    generator = next.generator;
    return next.id;
  });
}

const isRising = (ids: readonly string[]): boolean =>
  ids.every((id, at) => at === 0 || id > (ids[at - 1] ?? ''));

describe('a generator', () => {
  const clocks = fc.array(fc.integer({ min: START_MS, max: START_MS + 20 }), { maxLength: 40 });

  it('that bumps makes no id twice, whatever its clock does', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OWN), clocks, (way, times) => {
        expect(new Set(made(way, 'bump', times)).size).toBe(times.length);
      }),
    );
  });

  it('that bumps makes rising ids of version 7, and rising ObjectIds', () => {
    fc.assert(
      fc.property(clocks, (times) => {
        expect(isRising(made('uuid-v7', 'bump', times))).toBe(true);
        const seconds = times.map((ms) => ms + (ms % 20) * 1000);
        expect(isRising(made('objectid', 'bump', seconds))).toBe(true);
      }),
    );
  });

  it('that bumps goes on to the next millisecond when its counter is full', () => {
    const fresh = newGenerator('east', 'east');
    const full: Generator = { ...fresh, lastMs: START_MS, within: 4095 };
    const { id, generator } = nextId('uuid-v7', full, START_MS - 5, 'bump');
    expect(generator.lastMs).toBe(START_MS + 1);
    expect(id.slice(0, 13).replace('-', '')).toBe((START_MS + 1).toString(16).padStart(12, '0'));
  });

  it('that does not look makes one version 1 twice when its clock shows one time twice', () => {
    const times = [START_MS, START_MS + 1, START_MS];
    expect(new Set(made('uuid-v1', 'none', times)).size).toBe(2);
    for (const way of ['uuid-v4', 'uuid-v7', 'objectid'] as const) {
      expect(new Set(made(way, 'none', times)).size, way).toBe(3);
    }
  });

  it('is told apart from that of another node, and not from that of a clone', () => {
    const times = [START_MS, START_MS + 1];
    for (const way of OWN) {
      const own = made(way, 'none', times);
      expect(own, way).toEqual(made(way, 'none', times));
      const others = made(way, 'none', times, 'west');
      expect(
        own.filter((id) => others.includes(id)),
        way,
      ).toEqual([]);
    }
  });

  it('that waits, waits until its clock is past its last id', () => {
    const last = { ...newGenerator('east', 'east'), lastMs: START_MS };
    expect(behindMs(last, START_MS - 3000)).toBe(3001);
    expect(behindMs(last, START_MS)).toBe(1);
    expect(behindMs(last, START_MS + 1)).toBe(0);
  });
});

it('the time of version 1 begins again 1.7 s after a run begins', () => {
  const low = (ms: number) => BigInt.asUintN(32, gregorianTicks(START_MS + ms));
  expect(low(1699)).toBeGreaterThan(low(0));
  expect(low(1701)).toBeLessThan(low(0));
});

type Settings = Readonly<Record<string, string | number>>;
const rows = ({ after }: RunResult) => after['warehouse.customer_order'] ?? [];
const collisions = ({ after }: RunResult) => after['warehouse.collision'] ?? [];
const broken = (result: RunResult): readonly string[] =>
  result.verdicts.filter(({ holds }) => holds === false).map(({ property }) => property);

describe('in any order', () => {
  const SAFE: readonly Settings[] = [
    { way: 'auto-increment', increment: 2, westOffset: 2 },
    { way: 'uuid-v1' },
    { way: 'uuid-v4' },
    { way: 'uuid-v7' },
    { way: 'objectid' },
    { way: 'counter-server' },
    { way: 'counter-server', durable: 0 },
    { way: 'versioned-node' },
  ];

  it.each(SAFE)('$way gives no id twice, also when both ask at once', (set) => {
    const input = inputOf(uniqueId, { lagMs: 0, orders: 3, ...set });
    const world = new World(uniqueId, input);
    for (let seed = 0; seed < 25; seed++) {
      runWorld(world, [], seededSchedule(seed));
      expect(world.query('SELECT id FROM warehouse.customer_order'), `${seed}`).toHaveLength(6);
      expect(world.query('SELECT * FROM warehouse.collision'), `${seed}`).toEqual([]);
    }
    world.close();
  });

  it('counting alone gives the same ids twice', () => {
    const result = runScenario('unique-id', [], { way: 'auto-increment', orders: 3 });
    expect(collisions(result).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(rows(result).map(({ node }) => node)).toEqual(['east', 'east', 'east']);
  });
});

describe('a counter', () => {
  // Wherever it dies: with its number on disk it may leave some out, and gives none twice.
  const points = uniqueId.points.filter(({ id }) => id.startsWith('counter.next.'));
  const faults = points.flatMap(({ id }) =>
    ['before', 'after'].flatMap((when) => [1, 2, 3].map((nth) => `crash@${id}:${when}#${nth}`)),
  );

  function idsUnder(durable: number): readonly (readonly [string, number, number])[] {
    const input = inputOf(uniqueId, { way: 'counter-server', durable, orders: 2 });
    const world = new World(uniqueId, input);
    const seen = faults.flatMap((fault): [string, number, number][] => {
      const { neverStruck } = runWorld(world, readFaults(uniqueId, [fault]).faults);
      if (neverStruck.length > 0) return [];
      const count = (sql: string) => world.query(sql).length;
      const merged = count('SELECT id FROM warehouse.customer_order');
      return [[fault, merged, count('SELECT id FROM warehouse.collision')]];
    });
    world.close();
    return seen;
  }

  it('on disk gives no number twice, wherever it crashes', () => {
    const seen = idsUnder(1);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.filter(([, merged, twice]) => merged !== 4 || twice > 0)).toEqual([]);
  });

  it('in memory gives numbers again', () => {
    const twice = idsUnder(0).filter(([, , collided]) => collided > 0);
    expect(twice.map(([fault]) => fault)).toContain('crash@counter.next.beginning:before#3');
  });

  it('leaves out the number whose answer was lost', () => {
    const ids = rows(runScenario('unique-id', ['counter-crash'])).map(({ id }) => id);
    expect(ids).toHaveLength(8);
    expect(ids).not.toContain('3');
  });
});

describe('a clock that goes back by three seconds', () => {
  const under = (set: Settings) => runScenario('unique-id', [], { clockBackMs: 3000, ...set });
  const ownIds = (result: RunResult): readonly string[] =>
    rows(result)
      .filter(({ node }) => node === 'east')
      .sort((one, other) => Number(one['number']) - Number(other['number']))
      .map(({ id }) => String(id));

  it('breaks the order of version 7 and ObjectId, if nobody looks', () => {
    for (const way of ['uuid-v7', 'objectid']) {
      const result = under({ way, guard: 'none' });
      expect(isRising(ownIds(result)), way).toBe(false);
      expect(broken(result), way).toContain('rising-per-node');
      const held = under({ way, guard: 'bump' });
      expect(isRising(ownIds(held)), way).toBe(true);
      expect(broken(held), way).not.toContain('rising-per-node');
    }
  });

  it('holds a node up that waits: it makes its third id 3 s after its second', () => {
    const made = rows(under({ guard: 'wait' })).filter(({ node }) => node === 'east');
    const [, second = 0, third = 0] = made.map((row) => Number(row['made_at']));
    expect(third).toBeGreaterThan(second + 3000);
    expect(third).toBeLessThan(second + 3010);
    expect(isRising(ownIds(under({ guard: 'wait' })))).toBe(true);
  });
});

it('two batches at once have generators of their own', () => {
  for (const way of OWN) {
    const input = inputOf(uniqueId, { way, orders: 2 }, [{ batch: 'a' }, { batch: 'b' }]);
    const world = new World(uniqueId, input);
    runWorld(world);
    expect(world.query('SELECT id FROM warehouse.customer_order'), way).toHaveLength(8);
    world.close();
  }
});

// Every kind of fault at every point of the scenarios whose parameters choose the way: a verdict,
// never an internal error, and no transaction that is left open.

import { describe, expect, it } from 'vitest';
import { mergeSettings, readFaults } from '../../src/scenarios/index.ts';
import {
  FAULT_KINDS,
  type FaultKind,
  kindsFor,
  type RunSummary,
  recordEvents,
  runWorld,
  type Scenario,
  type TraceEvent,
  World,
} from '../../src/sim/index.ts';
import { inputOf, scenarioOf } from '../support.ts';

type Settings = Readonly<Record<string, string | number>>;

// Beside the named faults, settings with which a run comes by points that those miss.
const MORE: Readonly<Record<string, readonly Settings[]>> = {
  propagation: [
    { outer: 'none', innerFails: 'checked' },
    { outer: 'none', propagation: 'NOT_SUPPORTED', sameRow: 1 },
    { propagation: 'NESTED', sameRow: 1, pauseMs: 5 },
    { propagation: 'NOT_SUPPORTED', innerFails: 'runtime', outerCatches: 1 },
    { propagation: 'REQUIRES_NEW', innerFails: 'checked', outerFails: 'runtime' },
    { outerFails: 'checked' },
  ],
};

/** One way through a scenario: a world in which it is gone again and again, with other faults. */
class Way {
  readonly name: string;
  readonly #scenario: Scenario;
  readonly #fails: readonly string[];
  readonly #world: World;
  readonly #events: readonly TraceEvent[];

  constructor(scenario: Scenario, fails: readonly string[], settings: Settings) {
    this.name = [...fails, JSON.stringify(settings)].join(' ');
    this.#scenario = scenario;
    this.#fails = fails;
    const set = mergeSettings(settings, readFaults(scenario, fails));
    this.#world = new World(scenario, inputOf(scenario, set));
    this.#events = recordEvents(this.#world.events);
  }

  run(...more: readonly string[]): RunSummary & { readonly events: readonly TraceEvent[] } {
    const { faults } = readFaults(this.#scenario, [...this.#fails, ...more]);
    return { ...runWorld(this.#world, faults), events: this.#events.slice() };
  }

  /** How many rows a table has at the end of the last run. */
  count(table: string): number {
    return this.#world.tables()[table]?.length ?? 0;
  }
}

const pointsOf = (events: readonly TraceEvent[]): ReadonlySet<string> =>
  new Set(events.map(({ place }) => `${place.service}.${place.handler}.${place.state}`));

/** Transactions that were begun and never ended. What a crash takes is not told one by one. */
function leftOpen(events: readonly TraceEvent[]): readonly number[] {
  const open = new Set<number>();
  for (const { happening } of events) {
    const { kind } = happening;
    if (kind === 'began') open.add(happening.transaction);
    if (kind === 'committed' || kind === 'rolled-back') open.delete(happening.transaction ?? 0);
    if (kind === 'crashed') open.clear();
  }
  return [...open];
}

describe.each(Object.entries(MORE))('%s', (id, more) => {
  const scenario = scenarioOf(id);
  const named = Object.keys(scenario.namedFaults).map((name) => new Way(scenario, [name], {}));
  const ways = [...named, ...[{}, ...more].map((set) => new Way(scenario, [], set))];

  it('comes by every point where a fault can be put', () => {
    const reached = new Set(ways.flatMap((way) => [...pointsOf(way.run().events)]));
    const silent = scenario.points.filter(({ effect }) => ['sleep', 'start'].includes(effect));
    const missing = scenario.points.filter((one) => !silent.includes(one) && !reached.has(one.id));
    expect(missing).toEqual([]);
  });

  const kinds = Object.keys(FAULT_KINDS) as FaultKind[];
  it.each(kinds)('%s, before and after, on every way: a verdict', (kind) => {
    const points = scenario.points.filter(({ effect }) => kindsFor(effect).includes(kind));
    let struck = 0;
    for (const way of ways) {
      const reached = pointsOf(way.run().events);
      const there = points.filter(
        ({ effect, id: point }) => effect !== 'sql' || reached.has(point),
      );
      for (const { id: point } of there) {
        for (const when of ['before', 'after']) {
          const fault = `${kind}@${point}:${when}`;
          const result = way.run(fault);
          const where = `${way.name} + ${fault}`;
          expect(result.ending, where).toBe('at-rest');
          expect(result.outcome.rule, where).not.toBeNull();
          expect(leftOpen(result.events), where).toEqual([]);
          if (result.neverStruck.length === 0) struck += 1;
        }
      }
    }
    expect(struck > 0).toBe(points.length > 0);
  });
});

describe('propagation', () => {
  const scenario = scenarioOf('propagation');

  it.each(['REQUIRED', 'SUPPORTS', 'MANDATORY', 'NESTED'])(
    '%s: both methods keep their row or neither does, whatever strikes an order that goes well',
    (name) => {
      const way = new Way(scenario, [], { propagation: name });
      for (const { id, effect } of scenario.points) {
        for (const kind of kindsFor(effect)) {
          for (const when of ['before', 'after']) {
            way.run(`${kind}@${id}:${when}`);
            const rows = [way.count('shop.customer_order'), way.count('shop.audit_log')];
            expect(
              [
                [0, 0],
                [1, 1],
              ],
              `${kind}@${id}:${when}`,
            ).toContainEqual(rows);
          }
        }
      }
    },
  );
});

// Every kind of fault at every point of every scenario: a verdict, never an internal error; and
// every named fault comes to what the catalogue expects of it.

import { describe, expect, it } from 'vitest';
import { judge, mergeSettings, readFaults } from '../../src/scenarios/index.ts';
import {
  kindsFor,
  type RunSummary,
  recordEvents,
  runWorld,
  type Scenario,
  type TraceEvent,
  World,
} from '../../src/sim/index.ts';
import { inputOf, scenarioOf } from '../support.ts';
import { type Settings, WAYS } from './ways.ts';

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

  run(...more: readonly string[]): RunSummary {
    const { faults } = readFaults(this.#scenario, [...this.#fails, ...more]);
    return runWorld(this.#world, faults);
  }

  /** The points the last run came by. */
  get reached(): ReadonlySet<string> {
    return new Set(
      this.#events.map(({ place }) => `${place.service}.${place.handler}.${place.state}`),
    );
  }
}

describe.each(Object.keys(WAYS))('%s', (id) => {
  const scenario = scenarioOf(id);
  const { more, unreachable = {}, once = false } = WAYS[id] ?? { more: [] };
  const named = Object.keys(scenario.namedFaults).map((name) => new Way(scenario, [name], {}));
  const own = more.map(([settings, fails = []]) => new Way(scenario, fails, settings));
  const ways = [new Way(scenario, [], {}), ...named, ...own];

  it.each(['', ...Object.keys(scenario.namedFaults)])('comes to what is expected: %s', (name) => {
    const fails = name === '' ? [] : [name];
    const summary = new Way(scenario, fails, {}).run();
    const judgement = judge(scenario, { named: fails, own: false }, summary);
    expect(judgement.expectation).not.toBeNull();
    expect([summary.neverStruck, judgement, summary.outcome]).toMatchObject([
      [],
      { asExpected: true },
      {},
    ]);
  });

  it('any fault anywhere, before and after: a verdict; and some run comes by every point', () => {
    const known = new Set<string>();
    const done = new Set<string>();
    let struck = 0;
    // What only a fault leads to is found by that fault, and gets faults of its own.
    const found: { readonly way: Way; readonly first: string; readonly points: Set<string> }[] = [];
    const strikeAll = (way: Way, points: ReadonlySet<string>, first: readonly string[]) => {
      for (const { id: point, effect, hasDatabase } of scenario.points) {
        if (!points.has(point) || (once && done.has(point))) continue;
        done.add(point);
        for (const kind of kindsFor(effect, hasDatabase)) {
          for (const when of ['before', 'after']) {
            const fault = `${kind}@${point}:${when}`;
            const result = way.run(...first, fault);
            const where = `${way.name} + ${[...first, fault].join(' + ')}`;
            if (result.ending === 'at-rest') expect(result.outcome.rule, where).not.toBeNull();
            if (result.neverStruck.length === 0) struck += 1;
            const fresh = [...way.reached].filter((one) => !known.has(one));
            for (const one of fresh) known.add(one);
            if (fresh.length > 0 && first.length === 0) {
              found.push({ way, first: fault, points: new Set(fresh) });
            }
          }
        }
      }
    };
    const silent = new Set(
      scenario.points
        .filter(({ effect }) => ['sleep', 'start', 'recall'].includes(effect))
        .map(({ id: point }) => point),
    );
    const plain = ways.map((way) => {
      const { fingerprint } = way.run();
      for (const one of way.reached) known.add(one);
      return [way, new Set([...way.reached, ...silent]), fingerprint] as const;
    });
    for (const [way, points] of plain) strikeAll(way, points, []);
    for (const { way, first, points } of found) strikeAll(way, points, [first]);
    expect(struck).toBeGreaterThan(20);
    // However much was done to a world, it goes the same way again.
    for (const [way, , fingerprint] of plain) {
      expect([way.name, way.run().fingerprint]).toEqual([way.name, fingerprint]);
    }
    const missing = scenario.points.filter(
      ({ id: point }) => !known.has(point) && !silent.has(point),
    );
    expect(missing.map((point) => point.id).sort()).toEqual(Object.keys(unreachable).sort());
  }, 300_000);
});

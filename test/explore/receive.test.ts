// Synchronous receives under exploration: what waits, and who was given what, is in the name of a
// state; what a step touches is right, or leaving orders out would lose states.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WorldModel } from '../../src/explore/world-model.ts';
import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import { allParameters, readInput } from '../../src/scenarios/index.ts';
import { type Scenario, World } from '../../src/sim/index.ts';
import { AT_ONCE, put, STORE, take, taking, WAITING } from '../scenarios/receiving.ts';
import { ROOT } from '../support.ts';
import { lengthsOf, searchScenario, type Wanted } from './worlds.ts';

const LISTENER = `    listeners:
      hear:
        queue: q
        flow: [{ sql: "INSERT INTO got (v, who) VALUES (:v, 'listener')" }]
`;
const NAMED = WAITING.replace('got (v) VALUES (:v)', 'got (v, who) VALUES (:v, :name)');
const PROPERTIES = `properties:
  hears: SELECT id FROM shop.got WHERE v = -1
  one-by-one: SELECT 1 FROM shop.got WHERE v = 1 AND who = 'b'
  both: { when: eventually, sql: "SELECT count(*) AS n FROM shop.got HAVING n < 2" }
`;
const one = (name: string): string => `take, name: ${name}`;
const ONE_LISTENER = `${LISTENER}defaults: { consumers: 1 }
${PROPERTIES}`;
const TWO = [one('a'), one('b'), put(1, 0), put(2, 0)];

// The last is a receive of which its session is ended by hand, or by nobody.
const scenarios = {
  'two who wait': taking(NAMED, 'best-effort', TWO, PROPERTIES),
  'two who wait, at once': taking(NAMED, 'none', TWO, PROPERTIES),
  'one and a listener': taking(NAMED, 'best-effort', TWO.slice(1), ONE_LISTENER),
  'nobody waits': taking(AT_ONCE, 'best-effort', [take(0), put(1, 0), put(2, 0)]),
  'in one global transaction': taking(NAMED, 'xa', TWO.slice(1), PROPERTIES),
  'with a session that nobody ends': taking(
    `${STORE.replace(':ms', '500')}\n- if: { v: 99 }\n  commit: session`,
    'none',
    [take(0), put(1, 0), put(2, 0)],
  ),
};

const budgets: readonly Wanted[] = [
  { faults: 1, stalls: 1, kinds: ['crash', 'crash-broker', 'duplicate', 'lost-reply'] },
  { faults: 0, stalls: 1, pace: 'statement' },
];

describe.each(Object.entries(scenarios))('%s', (_name, scenario) => {
  it.each(budgets)('reaches the same without trying every order: %o', (wanted) => {
    const less = searchScenario(scenario, wanted);
    const all = searchScenario(scenario, { ...wanted, everyOrder: true });
    expect([less.cut, all.cut]).toEqual([null, null]);
    expect(all).toMatchObject({ states: less.states, ends: less.ends, broken: less.broken });
    expect(lengthsOf(all)).toEqual(lengthsOf(less));
    expect(all.steps).toBeGreaterThanOrEqual(less.steps);
  });
});

/** The states in which a world can end, found by going every way, whatever they have in common. */
function everyEnd(scenario: Scenario): ReadonlySet<number> {
  const input = readInput(scenario, allParameters(scenario, {}));
  const world = new World(scenario, input);
  const options = { pace: 'handler', stallMs: 0, countsPreemptions: false } as const;
  const model = new WorldModel(world, options);
  const ends = new Set<number>();
  const go = (): void => {
    const enabled = model.enabled().filter(({ cost }) => cost.stalls === 0);
    if (enabled.length === 0) ends.add(model.fingerprint());
    const mark = model.mark();
    for (const action of enabled) {
      model.apply(action);
      go();
      model.rewind(mark);
    }
  };
  go();
  world.close();
  return ends;
}

it.each([
  ['two who wait', 53, ['one-by-one']],
  ['two who wait, at once', 45, []],
  ['one and a listener', 40, ['one-by-one', 'hears']],
] as const)('%s: %i states, and no end is missed by their names', (name, states, broken) => {
  const found = searchScenario(scenarios[name]);
  expect(found).toMatchObject({ states, broken });
  expect(new Set(found.ends)).toEqual(everyEnd(scenarios[name]));
});

it('a request and its reply break with one fault, or a stall', () => {
  const path = `${ROOT}examples/request-reply.yaml`;
  const scenario = readScenarioFile(readFileSync(path, 'utf8'), path);
  expect(searchScenario(scenario).broken).toEqual([]);
  expect(searchScenario(scenario, { stalls: 1 }).broken).toEqual(['reserved-to-sell']);
  expect(searchScenario(scenario, { set: { commitFirst: 0 } }).broken).toEqual([
    'reserved-to-sell',
  ]);
});

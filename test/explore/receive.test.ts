// Synchronous receives under exploration: what waits, and who was given what, is in the name of a
// state; what a step touches is right, or leaving orders out would lose states.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WorldModel } from '../../src/explore/world-model.ts';
import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import { allParameters, readInput } from '../../src/scenarios/index.ts';
import { type Scenario, World } from '../../src/sim/index.ts';
import { AT_ONCE, put, STORE, take, taking } from '../scenarios/receiving.ts';
import { ROOT } from '../support.ts';
import { lengthsOf, searchScenario, type Wanted } from './worlds.ts';

const LISTENER = `    listeners:
      hear:
        queue: q
        flow: [{ sql: "INSERT INTO got (v, who) VALUES (:v, 'listener')" }]
`;
const NAMED = STORE.replace('got (v) VALUES (:v)', 'got (v, who) VALUES (:v, :name)');
// Outcomes of its own: the usual ones ask for branches in doubt, and then every order counts.
const PROPERTIES = `properties:
  hears: SELECT id FROM shop.got WHERE v = -1
  one-by-one: SELECT 1 FROM shop.got WHERE v = 1 AND who = 'b'
  both: { when: eventually, sql: "SELECT count(*) AS n FROM shop.got HAVING n < 2" }
outcomes: [{ word: committed, sql: SELECT 1 AS done }]
`;
const one = (name: string, ms: number): string => `take, name: ${name}, ms: ${ms}`;
const ONE_LISTENER = `${LISTENER}defaults: { consumers: 1 }
${PROPERTIES}`;
const TWO = [one('a', 500), one('b', 400), put(1, 0), put(2, 0)];

// The last is a receive of which its session is ended by hand, or by nobody.
const scenarios = {
  'two who wait': taking(NAMED, 'best-effort', TWO, PROPERTIES),
  'two who wait, at once': taking(NAMED, 'none', TWO, PROPERTIES),
  'one and a listener': taking(NAMED, 'best-effort', TWO.slice(1), ONE_LISTENER),
  'nobody waits': taking(AT_ONCE, 'best-effort', [take(0), put(1, 0), put(2, 0)], PROPERTIES),
  'in one global transaction': taking(NAMED, 'xa', TWO.slice(1), PROPERTIES),
  'with a session that nobody ends': taking(
    `${STORE.replace(':ms', '500')}\n- if: { v: 99 }\n  commit: session`,
    'none',
    [take(0), put(1, 0), put(2, 0)],
    PROPERTIES,
  ),
};

const faulty: Wanted = { faults: 1, kinds: ['crash', 'crash-broker', 'duplicate', 'lost-reply'] };

describe.each(Object.entries(scenarios))('%s', (_name, scenario) => {
  it('reaches every state without trying every order', () => {
    const wanted = { ...faulty, stalls: 1 };
    const [less, all] = [false, true].map((everyOrder) => {
      return searchScenario(scenario, { ...wanted, everyOrder });
    });
    expect([less?.cut, all?.cut]).toEqual([null, null]);
    expect(all).toMatchObject({ states: less?.states, ends: less?.ends, broken: less?.broken });
    expect(less && all && lengthsOf(all)).toEqual(less && lengthsOf(less));
  });
});

// Statement by statement, databases tell apart more than makes a difference (which transaction
// began first), so only where it all leads is compared.
it.each([
  'two who wait, at once',
  'one and a listener',
  'with a session that nobody ends',
] as const)('%s: reaches every end, a statement at a step', (name) => {
  const [less, all] = [false, true].map((everyOrder) => {
    return searchScenario(scenarios[name], { pace: 'statement', stalls: 1, everyOrder });
  });
  expect(all).toMatchObject({ cut: null, ends: less?.ends, broken: less?.broken });
  expect(all?.steps).toBeGreaterThan(less?.steps ?? 0);
});

/**
 * Goes every way, whatever they have in common. Returns the states in which the world can end, and
 * those that go on differently though they are called the same.
 */
function everyWay(scenario: Scenario) {
  const input = readInput(scenario, allParameters(scenario, {}));
  const world = new World(scenario, input);
  const options = { pace: 'handler', stallMs: 1000, countsPreemptions: false } as const;
  const model = new WorldModel(world, options);
  const ends = new Set<number>();
  const known = new Map<number, string>();
  const mistaken: number[] = [];
  const go = (): void => {
    const name = model.fingerprint();
    const enabled = model.enabled();
    const mark = model.mark();
    const onward = enabled.map((action) => {
      model.apply(action);
      const next = model.fingerprint();
      if (action.cost.stalls === 0) go();
      model.rewind(mark);
      return `${action.key} leads to ${next}`;
    });
    if (enabled.length === 0) ends.add(name);
    const text = onward.sort().join('\n');
    if (text !== (known.get(name) ?? text)) mistaken.push(name);
    known.set(name, text);
  };
  go();
  world.close();
  return { ends, mistaken };
}

it.each([
  ['two who wait', 53, ['one-by-one']],
  ['two who wait, at once', 45, ['one-by-one']],
  ['one and a listener', 40, ['one-by-one', 'hears']],
] as const)('%s: %i states, whose names say how they go on', (name, states, broken) => {
  const found = searchScenario(scenarios[name]);
  expect(found).toMatchObject({ states, broken: [...broken] });
  expect(everyWay(scenarios[name])).toEqual({ ends: new Set(found.ends), mistaken: [] });
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

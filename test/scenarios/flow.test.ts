// What flows do: each kind of step, each way to lead elsewhere, each transaction manager.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explore, loadScenario } from '../../src/index.ts';
import { shoot } from '../../src/report/view/shoot.ts';
import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import {
  allParameters,
  judge,
  mergeSettings,
  readFaults,
  readInput,
} from '../../src/scenarios/index.ts';
import { type Json, type RunResult, run, type Scenario } from '../../src/sim/index.ts';
import { ROOT } from '../support.ts';

const DATABASES = `databases:
  one: CREATE TABLE t (id INTEGER PRIMARY KEY, v INT);
  two: CREATE TABLE t (id INTEGER PRIMARY KEY, v INT);
`;

/** A scenario whose only entry, of a service with two databases, has this flow. */
function withFlow(flow: string, more = '', transaction = 'none'): Scenario {
  const steps = flow
    .trim()
    .split('\n')
    .map((line) => `          ${line}`);
  const text = `${DATABASES}services:
  s:
    databases: [one, two]
    entries:
      go:
        transaction: ${transaction}
        flow:
${steps.join('\n')}
${more}`;
  return readScenarioFile(text, 'test.yaml');
}

type Set = Readonly<Record<string, string | number | null>>;

function play(scenario: Scenario, fails: readonly string[] = [], set: Set = {}): RunResult {
  const asked = readFaults(scenario, fails);
  const parameters = allParameters(scenario, mergeSettings(set, asked));
  return run(scenario, readInput(scenario, parameters), asked.faults);
}

const column = ({ after }: RunResult, table: string, name = 'v') =>
  (after[table] ?? []).map((row) => row[name]);

const repliesOf = ({ events }: RunResult): readonly Json[] =>
  events.flatMap(({ happening }) => (happening.kind === 'replied' ? [happening.value] : []));

/** The states of a handler that a run came by. */
const passed = ({ events }: RunResult, handler: string): readonly (string | null)[] => [
  ...new Set(
    events.flatMap(({ place }) => (place.handler === handler && place.state ? [place.state] : [])),
  ),
];

describe('values in hand', () => {
  it('are of the request, or else parameters; then what steps gave', () => {
    const scenario = withFlow(
      `- sql: INSERT INTO t (v) VALUES (:word)
- sql: SELECT id AS found, v || ':x' AS more FROM t WHERE id = :lastId
- uuid: fresh
- sql: INSERT INTO t (v) VALUES (:more), (length(:fresh)), (:now), (:limit)
- reply: { found: :found, more: :more, plain: text, flag: true }`,
      'parameters: { limit: 9, word: from-parameter }\nrequests: [{ word: hello }]\n',
    );
    const result = play(scenario);
    expect(column(result, 'one.t')).toEqual(['hello', 'hello:x', 36, 3, 9]);
    expect(repliesOf(result)).toEqual([{ found: 1, more: 'hello:x', plain: 'text', flag: 1 }]);
  });

  it('are null where a query found nothing, also what it had found before', () => {
    const scenario = withFlow(
      `- sql: SELECT 'old' AS got
- sql: SELECT v AS got FROM t
- sql: INSERT INTO t (v) VALUES (coalesce(:got, 'nothing'))`,
    );
    expect(column(play(scenario), 'one.t')).toEqual(['nothing']);
  });
});

describe('ways to lead elsewhere', () => {
  it('when none or some', () => {
    const scenario = withFlow(
      `- sql: UPDATE t SET v = 'x' WHERE id = :id
  when:
    none: [{ sql: "INSERT INTO t (v) VALUES ('inner')" }]
    some: end
- sql: INSERT INTO t (v) VALUES ('after')`,
      "parameters: { id: 7 }\nrows: { one.t: [{ id: 1, v: ':v' }] }\n".replace(':v', 'old'),
    );
    expect(column(play(scenario), 'one.t')).toEqual(['old', 'inner', 'after']);
    expect(column(play(scenario, [], { id: 1 }), 'one.t')).toEqual(['x']);
  });

  it('if, do and go-to', () => {
    const scenario = withFlow(
      `- if: { mode: [a, b], strict: true }
  do:
    - sql: INSERT INTO t (v) VALUES ('inside')
    - sql: INSERT INTO t (v) VALUES ('inside too')
  go-to: last
- sql: INSERT INTO t (v) VALUES ('between')
- name: last
  if: { mode: :wanted }
  sql: INSERT INTO t (v) VALUES ('last')`,
      'parameters: { mode: a, strict: true, wanted: c }\n',
    );
    const values = (set: Set) => column(play(scenario, [], set), 'one.t');
    expect(values({})).toEqual(['inside', 'inside too']);
    expect(values({ mode: 'b', wanted: 'b' })).toEqual(['inside', 'inside too', 'last']);
    expect(values({ mode: 'c' })).toEqual(['between', 'last']);
    expect(values({ strict: 0 })).toEqual(['between']);
  });

  it('in a loop', () => {
    const scenario = withFlow(
      `- name: counting
  sql: SELECT count(*) AS n, count(*) < 3 AS goes FROM t
- if: { goes: 0 }
  go-to: end
- sql: INSERT INTO t (v) VALUES (:n)
  go-to: counting`,
    );
    expect(column(play(scenario), 'one.t')).toEqual([0, 1, 2]);
  });

  it('on-error, with the error in hand; else the flow fails', () => {
    const handled = withFlow(
      `- name: failing
  sql: INSERT INTO t (id, v) VALUES (1, 'again')
  on-error:
    - sql: INSERT INTO t (v) VALUES (:error)
- sql: INSERT INTO t (v) VALUES ('after')`,
      'rows: { one.t: [{ id: 1, v: first }] }\n',
    );
    expect(column(play(handled), 'one.t')).toEqual(['first', 'duplicate-key', 'after']);
    expect(passed(play(handled, ['error@s.go.failing']), 'go')).toContain('insert-t');
    const plain = withFlow(`- throw: Nothing\n  detail: at all`);
    const failures = play(plain).events.flatMap(({ happening }) =>
      happening.kind === 'failed' ? [happening.failure] : [],
    );
    expect(failures[0]).toEqual({ code: 'Nothing', definite: true, detail: 'at all' });
  });

  it('sleeps, and ends transactions by hand', () => {
    const scenario = withFlow(
      `- begin: two
- sql: INSERT INTO t (v) VALUES ('kept')
  database: two
- commit: two
- begin: two
- sql: INSERT INTO t (v) VALUES ('lost')
  database: two
- rollback: two
- sleep: :ms
- reply: late`,
      'parameters: { ms: 5000 }\n',
    );
    const result = play(scenario);
    expect(column(result, 'two.t')).toEqual(['kept']);
    expect(result.endedAtMs).toBeGreaterThanOrEqual(5000);
    expect(repliesOf(result)).toEqual(['late']);
  });

  it('calls another service, whose answer is in hand', () => {
    const text = `${DATABASES}services:
  one:
    entries:
      ask:
        flow:
          - call: two.answer
            body: { n: 20 }
            on-error: lost
          - sql: INSERT INTO t (v) VALUES (:twice)
            go-to: end
          - name: lost
            sql: INSERT INTO t (v) VALUES (:error)
  two:
    entries:
      answer:
        flow:
          - sql: SELECT 2 * :n AS twice
          - reply: { twice: :twice }
requests: [{ entry: one.ask }]
`;
    const scenario = readScenarioFile(text, 'calls.yaml');
    expect(column(play(scenario), 'one.t')).toEqual([40]);
    const lost = play(scenario, ['lose@one.ask.call-two-answer']);
    expect(column(lost, 'one.t')).toEqual(['call-timed-out']);
  });
});

describe('transactions', () => {
  const both = `- sql: INSERT INTO t (v) VALUES ('1')
- sql: INSERT INTO t (v) VALUES ('2')
  database: two
- name: sending
  send: q`;
  const queues = 'queues: [q]\n';
  const left = (result: RunResult) => [
    column(result, 'one.t').length,
    column(result, 'two.t').length,
    result.queues.find(({ queue }) => queue === 'q')?.messages.length,
  ];

  // What of one, two and the message is there after an exception as the last thing.
  it.each([
    ['none', [1, 1, 1]],
    ['local', [0, 1, 1]],
    ['best-effort', [0, 1, 0]],
    ['chained', [0, 0, 0]],
    ['xa', [0, 0, 0]],
  ])('%s', (word, expected) => {
    const scenario = withFlow(`${both}\n- throw: Late`, queues, word);
    expect(left(play(scenario))).toEqual(expected);
    expect(left(play(withFlow(both, queues, word)))).toEqual([1, 1, 1]);
  });

  it('chained leaves half of it where the second commit fails; xa does not', () => {
    const chained = withFlow(both, queues, 'chained');
    expect(left(play(chained, ['crash@s.go.committing-one']))).toEqual([0, 1, 0]);
    const global = withFlow(both, queues, 'xa');
    const result = play(global, ['crash@s.go.committing-two']);
    expect(left(result)).toEqual([1, 1, 1]);
    expect(passed(result, 'recovery')).toContain('committing-two');
  });

  it.each([
    ['best-effort', ['beginning', 'receiving', 'insert-t', 'committing', 'acknowledging']],
    ['local', ['receiving', 'insert-t', 'committing', 'acknowledging']],
    ['none', ['receiving', 'insert-t', 'acknowledging']],
    ['chained', ['receiving', 'insert-t', 'committing-one', 'acknowledging']],
    ['xa', ['receiving', 'insert-t', 'preparing-session', 'committing-one', 'logging-end']],
  ])('%s in a listener, and in a job', (word, states) => {
    const text = `${DATABASES}services:
  one:
    entries:
      go: { flow: [{ send: q, body: { v: sent } }] }
    listeners:
      take:
        queue: q
        transaction: ${word}
        flow: [{ sql: "INSERT INTO t (v) VALUES (:v)" }]
    jobs:
      tidy:
        every: 100
        waitsFor: SELECT 1 FROM one.t WHERE v = 'sent'
        transaction: ${word}
        flow: [{ sql: "UPDATE t SET v = 'tidied' WHERE v = 'sent'" }]
`;
    const result = play(readScenarioFile(text, 'words.yaml'));
    const came = passed(result, 'take');
    expect(came.filter((state) => states.includes(state ?? ''))).toEqual(states);
    expect(column(result, 'one.t')).toEqual(['tidied']);
    expect(result.ending).toBe('at-rest');
  });
});

const names = readdirSync(`${ROOT}examples`);
const examples = await Promise.all(names.map((name) => loadScenario(`${ROOT}examples/${name}`)));

describe.each(examples)('examples/$id.yaml', (scenario) => {
  it.each([null, ...Object.keys(scenario.namedFaults)])('goes as it says: %s', (name) => {
    const named = name === null ? [] : [name];
    const judgement = judge(scenario, { named, own: false }, play(scenario, named));
    expect(judgement).toMatchObject({ asExpected: true, unexpected: [], missing: [] });
  });

  it('says in a film which file it is of', () => {
    const { found } = shoot(scenario, { fails: [], settings: {} });
    expect(found).toBe(`--scenarios ${ROOT}examples/${scenario.id}.yaml`);
  });

  it('breaks what it says, by as many faults, and nothing else', async () => {
    const { findings, complete } = await explore(scenario);
    expect(complete).toBe(true);
    const found = findings.map(({ property, faults }) => [property, faults.length]);
    expect(Object.fromEntries(found)).toEqual(scenario.explore.breaks);
  });
});

describe('the examples', () => {
  it('have each one property that can be broken', () => {
    const counts = examples.map(({ explore: { breaks } }) => Object.keys(breaks).length);
    expect(counts).toEqual(names.map(() => 1));
  });
});

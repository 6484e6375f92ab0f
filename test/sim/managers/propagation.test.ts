// Transactional methods three deep: marks, savepoints and suspended transactions as Spring's
// AbstractPlatformTransactionManager keeps them; and the composed machine against XState's own.

import { describe, expect, it } from 'vitest';
import { buildScenario, readFaults, type ScenarioData } from '../../../src/scenarios/index.ts';
import {
  advanceMachine,
  boundaryOf,
  calledMethod,
  type EffectEvent,
  type Exit,
  failing,
  fork,
  type Method,
  type Propagation,
  type RunResult,
  run,
  type Service,
  startMachine,
  step,
  transactionalHandler,
} from '../../../src/sim/index.ts';
import { advanceByXState, startByXState } from '../../../src/sim/kernel/machine.ts';
import { inputOf } from '../../support.ts';

type States = Method<object>['states'];

const insert = (name: string, exit: string) =>
  step<object, 'sql'>(
    'sql',
    { sql: 'INSERT INTO line (name) VALUES (:name)', params: { name } },
    exit,
  );

const when = (target: string, parameter: string): Exit<object> => ({
  target,
  test: ({ parameters }) => parameters[parameter] === 1,
});

/** A method that writes a line, calls the next, writes another, and may then fail. */
function methodOf(name: string, prefix: string, calls: string | null, called: States) {
  return {
    prefix,
    definition: ({ parameters }) => ({ propagation: parameters[name] as Propagation }),
    commitsOn: [],
    first: `${name}-writing`,
    states: {
      [`${name}-writing`]: insert(name, calls ? `${calls}-called` : `${name}-deciding`),
      ...called,
      [`${name}-going-on`]: insert(`${name}+`, `${name}-deciding`),
      [`${name}-deciding`]: fork([when(`${name}-failing`, `${name}Fails`), `${prefix}returned`]),
      [`${name}-failing`]: failing(`${name}Exception`, 'as it was told'),
    },
  } satisfies Method<object>;
}

const inner = calledMethod<object>({
  ...methodOf('inner', 'inner-', null, {}),
  caller: 'middle-',
  returns: 'middle-going-on',
  catches: when('middle-going-on', 'middleCatches'),
});
const middle = calledMethod<object>({
  ...methodOf('middle', 'middle-', 'inner', inner),
  caller: '',
  returns: 'outer-going-on',
  catches: when('outer-going-on', 'outerCatches'),
});
const machine = transactionalHandler<object>('app.call', methodOf('outer', '', 'middle', middle));

const text = { en: 'three methods', zh: '三个方法' };
const flag = { type: 'boolean', default: 0, ...text } as const;
const propagation = { type: 'text', default: 'REQUIRED', ...text } as const;
const data: ScenarioData = {
  title: text,
  story: text,
  participants: { app: text },
  databases: { app: 'CREATE TABLE line (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)' },
  inspects: false,
  queues: [],
  parameters: {
    outer: propagation,
    middle: propagation,
    inner: propagation,
    outerFails: flag,
    middleFails: flag,
    innerFails: flag,
    outerCatches: flag,
    middleCatches: flag,
  },
  defaults: {},
  rows: { 'app.line': [] },
  input: { tables: {}, requests: 'calls', entry: 'app.call', fields: {}, request: {} },
  properties: {},
  outcomes: [],
  expect: { outcome: 'committed', violated: [] },
  mistakes: {},
  faults: {},
};
const app: Service = {
  name: 'app',
  databases: ['app'],
  entries: [{ name: 'call', machine }],
  listeners: [],
  jobs: [],
};
const scenario = buildScenario('three', data, [app]);

type Settings = Readonly<Record<string, string | number>>;
const call = (set: Settings, fails: readonly string[] = []): RunResult =>
  run(scenario, inputOf(scenario, set), readFaults(scenario, fails).faults);
const lines = ({ after }: RunResult) => (after['app.line'] ?? []).map(({ name }) => name).join(' ');
const thrown = ({ events }: RunResult) =>
  events.flatMap(({ happening, place }) => {
    return happening.kind === 'failed' && place.state === 'throwing' ? happening.failure.code : [];
  });
const numbers = ({ events }: RunResult) =>
  events.flatMap(({ happening: one }) => (one.kind === 'changed' ? [one.transaction] : []));
const ALL = 'outer middle inner middle+ outer+';
const caught = { innerFails: 1, middleCatches: 1 };

describe('boundaryOf', () => {
  // The table of Spring's reference, "Transaction Propagation", and of Propagation's javadoc.
  it.each([
    ['REQUIRED', 'begin', 'join'],
    ['SUPPORTS', 'nothing', 'join'],
    ['MANDATORY', 'refuse', 'join'],
    ['REQUIRES_NEW', 'begin', 'suspend-and-begin'],
    ['NOT_SUPPORTED', 'nothing', 'suspend'],
    ['NEVER', 'nothing', 'refuse'],
    ['NESTED', 'begin', 'savepoint'],
  ] as const)('%s: %s without a transaction, %s within one', (name, without, within) => {
    expect([boundaryOf(name, false), boundaryOf(name, true)]).toEqual([without, within]);
  });
});

describe('three methods deep', () => {
  it('commits all that shares one transaction', () => {
    const result = call({});
    expect(lines(result)).toBe(ALL);
    expect(result.events.filter(({ happening }) => happening.kind === 'committed')).toHaveLength(1);
  });

  it('carries the mark of the innermost to the outermost, which wanted to commit', () => {
    expect(thrown(call(caught))).toEqual(['UnexpectedRollbackException']);
    expect(lines(call(caught))).toBe('');
  });

  it('lets the exception that comes by itself stand, whatever is marked', () => {
    expect(thrown(call({ ...caught, outerFails: 1 }))).toEqual(['outerException']);
  });

  it('keeps the mark within a transaction of its own', () => {
    const result = call({ middle: 'REQUIRES_NEW', outerCatches: 1, ...caught });
    expect(lines(result)).toBe('outer outer+');
    expect(thrown(result)).toEqual([]);
    expect(thrown(call({ middle: 'REQUIRES_NEW', ...caught }))).toEqual([
      'UnexpectedRollbackException',
    ]);
  });

  it('takes the mark away by rolling back to a savepoint set before', () => {
    const result = call({ middle: 'NESTED', outerCatches: 1, ...caught });
    expect(lines(result)).toBe('outer outer+');
    expect(thrown(result)).toEqual([]);
  });

  it('undoes the innermost savepoint alone', () => {
    const result = call({ middle: 'NESTED', inner: 'NESTED', ...caught });
    expect(lines(result)).toBe('outer middle middle+ outer+');
    const marks = result.events.flatMap(({ happening }) =>
      happening.kind === 'marked' ? [`${happening.mark} ${happening.name}`] : [],
    );
    expect(marks).toEqual([
      'savepoint middle',
      'savepoint inner',
      'rollback-to inner',
      'release middle',
    ]);
  });

  it('takes suspended transactions up again in turn', () => {
    const result = call({ middle: 'REQUIRES_NEW', inner: 'REQUIRES_NEW' });
    expect(lines(result)).toBe(ALL);
    expect(numbers(result)).toEqual([1, 2, 3, 2, 1]);
  });

  it('begins a transaction within a suspension, and none is bound after it', () => {
    const result = call({ middle: 'NOT_SUPPORTED', middleFails: 1, outerCatches: 1 });
    expect(lines(result)).toBe(ALL);
    const numbers = result.events.flatMap(({ happening }) =>
      happening.kind === 'changed' ? [happening.transaction] : [],
    );
    // A statement in autocommit mode takes a number for itself.
    expect(numbers).toEqual([1, null, 3, null, 1]);
  });

  it('refuses MANDATORY where the transaction is suspended, and NEVER is content there', () => {
    const set = { middle: 'NOT_SUPPORTED' };
    expect(thrown(call({ ...set, inner: 'MANDATORY' }))).toEqual([
      'IllegalTransactionStateException',
    ]);
    expect(lines(call({ ...set, inner: 'NEVER' }))).toBe(ALL);
  });
});

describe('when the manager itself fails', () => {
  it('cannot begin: the caller goes on in its own transaction', () => {
    const set = { middle: 'REQUIRES_NEW', outerCatches: 1 };
    for (const fault of [
      'error@app.call.middle-beginning',
      'disconnect@app.call.middle-beginning:after',
    ]) {
      expect(lines(call(set, [fault])), fault).toBe('outer outer+');
    }
    expect(thrown(call({}, ['crash-db@app.call.beginning,restart=never']))).toEqual([
      'CannotCreateTransactionException',
    ]);
  });

  it('cannot commit: nothing is left of that transaction, and its locks are gone', () => {
    const result = call({ middle: 'REQUIRES_NEW', outerCatches: 1 }, [
      'error@app.call.middle-committing',
    ]);
    expect(lines(result)).toBe('outer outer+');
    const late = call({}, ['lost-reply@app.call.committing:after']);
    expect([lines(late), thrown(late)]).toEqual([ALL, ['TransactionSystemException']]);
  });

  it('cannot roll back to a savepoint: the caller that goes on commits what should be gone', () => {
    const set = { inner: 'NESTED', ...caught };
    expect(lines(call(set, ['error@app.call.inner-rolling-back-to-savepoint']))).toBe(ALL);
  });

  it('cannot release a savepoint: nobody minds', () => {
    const result = call({ inner: 'NESTED' }, ['error@app.call.inner-releasing-savepoint']);
    expect([lines(result), thrown(result)]).toEqual([ALL, []]);
  });

  it('sets no savepoint in a transaction that can only roll back', () => {
    const parameters = { outer: 'REQUIRED', middle: 'REQUIRED', inner: 'NESTED' };
    const started = startMachine(machine, { body: {}, parameters, nowMs: 0 });
    const calls = [
      { boundary: 'begin', before: 'none' },
      { boundary: 'join', before: 'open' },
    ];
    const context = {
      parameters,
      memory: {},
      managed: { mark: 'rollback-only', calls, thrown: null },
    };
    const done: EffectEvent = { type: 'done', result: {}, nowMs: 1 };
    const next = advanceMachine({ ...started, state: 'middle-writing', context }, done);
    expect(next.effect).toMatchObject({ error: { code: 'CannotCreateTransactionException' } });
  });
});

const NAMES = 'REQUIRED REQUIRES_NEW NESTED SUPPORTS NOT_SUPPORTED MANDATORY NEVER'.split(' ');

describe('the composed machine', () => {
  const failure: EffectEvent = { type: 'error', failure: { code: 'x', definite: true }, nowMs: 9 };
  const success: EffectEvent = { type: 'done', result: {}, nowMs: 9 };

  it('goes as XState goes, whatever fails on the way', () => {
    let compared = 0;
    for (const name of NAMES) {
      for (let bits = 0; bits < 16; bits++) {
        const parameters = {
          outer: 'REQUIRED',
          middle: name,
          inner: NAMES[(NAMES.indexOf(name) + bits) % 7] ?? 'REQUIRED',
          innerFails: bits & 1,
          middleCatches: (bits >> 1) & 1,
          outerCatches: (bits >> 2) & 1,
          outerFails: 0,
          middleFails: 0,
        };
        const input = { body: {}, parameters, nowMs: 0 };
        for (let failAt = 0; failAt < 12; failAt++) {
          let own = startMachine(machine, input);
          let xstate = startByXState(machine, input);
          for (let at = 0; own.effect && at < 60; at++) {
            expect([own.state, own.effect, own.context]).toEqual([
              xstate.state,
              xstate.effect,
              xstate.context,
            ]);
            const event = at === failAt || own.effect.kind === 'throw' ? failure : success;
            own = advanceMachine(own, event);
            xstate = advanceByXState(xstate, event);
            compared += 1;
          }
          expect(own.effect).toBeNull();
          expect(own.state).toBe(xstate.state);
        }
      }
    }
    expect(compared).toBeGreaterThan(10_000);
  });
});

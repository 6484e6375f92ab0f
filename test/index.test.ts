// The library's door: a scenario of one's own, defined, run, broken and judged from a test.

import { describe, expect, it } from 'vitest';
import {
  allParameters,
  bestEffortListener,
  defineScenario,
  handlerMachine,
  readFaults,
  readInput,
  run,
  type ScenarioData,
  type Service,
  step,
} from '../src/index.ts';

type Memory = { readonly amount: number };

const withdraw = handlerMachine('bank.withdraw', 'sending', 'failing', {
  sending: step<Memory, 'send'>(
    'send',
    ({ memory }) => ({ queue: 'bank:debit', body: { amount: memory.amount } }),
    'publishing',
  ),
  publishing: step('commit', { resource: 'session' }, 'finished'),
  failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
});

const debit = bestEffortListener('bank.debit', {
  first: 'debiting',
  states: {
    debiting: step<Memory, 'sql'>(
      'sql',
      ({ memory }) => ({
        sql: 'UPDATE account SET balance = balance - :amount WHERE id = 1',
        params: { amount: memory.amount },
      }),
      'committing',
    ),
  },
});

const bank: Service = {
  name: 'bank',
  databases: ['bank'],
  entries: [{ name: 'withdraw', machine: withdraw }],
  listeners: [{ name: 'debit', queue: 'bank:debit', machine: debit }],
  jobs: [],
};

const text = { en: 'a bank', zh: '一家银行' };
const data: ScenarioData = {
  title: text,
  story: text,
  participants: { bank: text },
  databases: { bank: 'CREATE TABLE account (id INTEGER PRIMARY KEY, balance INT)' },
  inspects: false,
  queues: ['bank:debit'],
  parameters: { amount: { type: 'integer', default: 30, ...text } },
  defaults: {},
  rows: { 'bank.account': [{ id: 1, balance: 100 }] },
  input: {
    tables: { accounts: 'bank.account' },
    requests: 'withdrawals',
    entry: 'bank.withdraw',
    fields: { amount: { type: 'integer' } },
    request: { amount: ':amount' },
  },
  properties: {
    solvent: { when: 'always', ...text, sql: 'SELECT * FROM bank.account WHERE balance < 0' },
  },
  outcomes: [],
  expect: { outcome: 'committed', violated: [] },
  mistakes: {},
  faults: {},
};
const scenario = defineScenario('bank', data, [bank]);

const runBank = (fails: readonly string[], amount = 30) => {
  const { faults } = readFaults(scenario, fails);
  return run(scenario, readInput(scenario, allParameters(scenario, { amount })), faults);
};
const balance = (result: ReturnType<typeof runBank>) =>
  result.after['bank.account']?.[0]?.['balance'];

describe("a scenario of one's own", () => {
  it('runs', () => {
    const result = runBank([]);
    expect([balance(result), result.outcome.word]).toEqual([70, 'committed']);
  });

  it('is broken by a crash between the two commits: the money goes twice', () => {
    expect(balance(runBank(['crash@bank.debit.committing:after']))).toBe(40);
    expect(balance(runBank(['crash@bank.debit.committing:before']))).toBe(70);
    expect(balance(runBank(['lose@bank.withdraw.sending']))).toBe(100);
  });

  it('shows when a property breaks', () => {
    const [verdict] = runBank([], 130).verdicts;
    expect(verdict).toMatchObject({ holds: false, rows: [{ id: 1, balance: -30 }] });
  });

  it("redelivers a poison message at the broker's pace, and buries it", () => {
    const errors = [1, 2, 3, 4, 5, 6, 7].map((nth) => `error@bank.debit.debiting#${nth}`);
    const result = runBank(errors);
    const times = result.events
      .filter(({ happening }) => happening.kind === 'received')
      .map(({ atMs }) => atMs);
    expect(times).toHaveLength(7);
    expect(
      times
        .slice(1)
        .map((at, index) => at - (times[index] ?? 0))
        .every((ms) => ms >= 1000),
    ).toBe(true);
    const dead = result.queues.find(({ queue }) => queue === 'ActiveMQ.DLQ');
    expect(dead?.messages).toMatchObject([{ originalQueue: 'bank:debit' }]);
    expect(balance(result)).toBe(100);
  });
});

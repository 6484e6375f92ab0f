// Scenarios that go wrong in ways of their own end in a clear verdict: they loop, never rest, fill
// a queue without end, throw in a property, or are not deterministic.

import { describe, expect, it } from 'vitest';
import {
  defineScenario,
  type ExploreWanted,
  explore,
  type HandlerState,
  handlerMachine,
  type ScenarioData,
  type Service,
  step,
} from '../../src/index.ts';

const text = { en: 'a shop', zh: '一家店' };
const BASE: Omit<ScenarioData, 'properties'> = {
  title: text,
  story: text,
  participants: { shop: text },
  databases: { shop: 'CREATE TABLE sale (id INTEGER PRIMARY KEY AUTOINCREMENT, price INT)' },
  inspects: false,
  queues: ['shop:again'],
  parameters: {},
  defaults: {},
  rows: { 'shop.sale': [{ id: 1, price: 10 }] },
  input: { tables: {}, requests: 'orders', entry: 'shop.order', fields: {}, request: {} },
  outcomes: [],
  expect: { outcome: 'committed', violated: [] },
  mistakes: {},
  faults: {},
};
const HOLDS = { holds: { when: 'always', ...text, sql: 'SELECT 1 WHERE 0' } } as const;

function shop(
  order: Readonly<Record<string, HandlerState>>,
  again: Readonly<Record<string, HandlerState>> | null = null,
  properties: ScenarioData['properties'] = HOLDS,
) {
  const [first = ''] = Object.keys(order);
  const [onAgain = ''] = Object.keys(again ?? {});
  const listener = again && handlerMachine('shop.again', onAgain, 'failed', again);
  const service: Service = {
    name: 'shop',
    databases: ['shop'],
    entries: [{ name: 'order', machine: handlerMachine('shop.order', first, 'failed', order) }],
    listeners: listener ? [{ name: 'again', queue: 'shop:again', machine: listener }] : [],
    jobs: [],
  };
  return defineScenario('shop', { ...BASE, properties }, [service]);
}

const looking = (onward: string) => step('sql', { sql: 'SELECT * FROM sale', params: {} }, onward);
const sending = (onward: string) =>
  step('send', { queue: 'shop:again', body: {}, transacted: false }, onward);
const explored = (scenario: ReturnType<typeof shop>, wanted: ExploreWanted = {}) =>
  explore(scenario, { faults: 0, ...wanted });

describe('a handler that loops for ever', () => {
  const scenario = shop({ looking: looking('again'), again: looking('looking') });

  it('is named, a handler at a step', async () => {
    await expect(explored(scenario)).rejects.toMatchObject({
      code: 'endless',
      data: { where: expect.stringContaining('shop.order.'), steps: 10_000 },
    });
  });

  it('comes by the same states again, a statement at a step', async () => {
    const found = await explored(scenario, { granularity: 'statement' });
    expect(found).toMatchObject({ complete: true, outcomes: [] });
    expect(found.states).toBeLessThan(10);
  });
});

describe('a queue that grows without bound', () => {
  const scenario = shop(
    { sending: sending('finished') },
    {
      receiving: step('receive', {}, 'sending'),
      sending: sending('twice'),
      twice: sending('committing'),
      committing: step('commit', { resource: 'session' }, 'finished'),
    },
  );

  it('stops the search at its limit, and says so', async () => {
    const found = await explored(scenario, { maxStates: 300 });
    expect(found).toMatchObject({ complete: false, stoppedBy: 'states' });
    expect(found.guarantee).toContain('not complete: stopped at 300 states');
  });

  it('or at the depth one asks for, within which it is complete', async () => {
    const found = await explored(scenario, { depth: 6 });
    expect(found.guarantee).toContain('≤ 6 steps deep');
  });
});

it('a property that throws is named with its SQL', async () => {
  const sql = 'SELECT abs(-9223372036854775808) FROM shop.sale WHERE price = 10';
  const scenario = shop({ looking: looking('finished') }, null, {
    throws: { when: 'always', ...text, sql },
  });
  await expect(explored(scenario)).rejects.toMatchObject({ code: 'bad-sql', data: { sql } });
});

it('a scenario that is not deterministic is found out by repeating each run', async () => {
  let count = 0;
  const scenario = shop({
    looking: looking('inserting'),
    inserting: step(
      'sql',
      () => {
        count += 1;
        return { sql: `INSERT INTO sale (price) VALUES (${count % 7})`, params: {} };
      },
      'finished',
    ),
  });
  await expect(explored(scenario, { strategy: 'random', runs: 20 })).rejects.toMatchObject({
    code: 'nondeterministic',
  });
});

it('what some run should show, and none does, is reported', async () => {
  const scenario = shop({ looking: looking('finished') }, null, {
    ...HOLDS,
    cheap: { when: 'sometimes', ...text, sql: 'SELECT * FROM shop.sale WHERE price = 10' },
    dear: { when: 'sometimes', ...text, sql: 'SELECT * FROM shop.sale WHERE price = 99' },
  });
  const { findings, unreached } = await explored(scenario);
  expect(findings).toEqual([]);
  expect(unreached.sometimes).toEqual(['dear']);
});

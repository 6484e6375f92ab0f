// A saga of two banks: one takes the money, the other gets it, and a message goes between them.

import { bestEffortListener, defineScenario, handlerMachine, type Service, step } from 'indoubt';

interface Transfer {
  readonly id: string;
  readonly amount: number;
}

/** The client's request: it gets an id, and goes to the first bank. */
const order = handlerMachine('from.order', 'naming', 'failing', {
  naming: step<Transfer, 'uuid'>('uuid', {}, [
    {
      target: 'sending',
      remember: ({ memory, result }) => ({ id: String(result.value), amount: memory.amount }),
    },
  ]),
  sending: step<Transfer, 'send'>(
    'send',
    ({ memory }) => ({ queue: 'transfer:debit', body: { ...memory } }),
    'publishing',
  ),
  publishing: step('commit', { resource: 'session' }, 'finished'),
  failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
});

const booked = ({ result }: { result: { rows?: readonly unknown[] } }) =>
  (result.rows?.length ?? 0) > 0;

/** One bank's part: books once, or, as first written, as often as it is asked. */
function booking(name: string, sign: '+' | '-', onceOnly: boolean, next: string) {
  const book = step<Transfer, 'sql'>(
    'sql',
    ({ memory }) => ({
      sql: `UPDATE account SET balance = balance ${sign} :amount WHERE id = 1`,
      params: { amount: memory.amount },
    }),
    next,
  );
  const passing = step<Transfer, 'send'>(
    'send',
    ({ memory }) => ({ queue: 'transfer:credit', body: { ...memory } }),
    'committing',
  );
  const plain = { booking: book, ...(next === 'passing' && { passing }) };
  if (!onceOnly) return bestEffortListener(name, { first: 'booking', states: plain });
  return bestEffortListener(name, {
    first: 'looking',
    states: {
      looking: step<Transfer, 'sql'>(
        'sql',
        ({ memory }) => ({
          sql: 'SELECT * FROM booked WHERE id = :id',
          params: { id: memory.id },
        }),
        [{ target: next, test: booked }, 'noting'],
      ),
      noting: step<Transfer, 'sql'>(
        'sql',
        ({ memory }) => ({
          sql: 'INSERT INTO booked (id) VALUES (:id)',
          params: { id: memory.id },
        }),
        'booking',
      ),
      ...plain,
    },
  });
}

const services = (onceOnly: boolean): readonly Service[] => [
  {
    name: 'from',
    databases: ['from'],
    entries: [{ name: 'order', machine: order }],
    listeners: [
      {
        name: 'debit',
        queue: 'transfer:debit',
        machine: booking('from.debit', '-', onceOnly, 'passing'),
      },
    ],
    jobs: [],
  },
  {
    name: 'into',
    databases: ['into'],
    entries: [],
    listeners: [
      {
        name: 'credit',
        queue: 'transfer:credit',
        machine: booking('into.credit', '+', onceOnly, 'committing'),
      },
    ],
    jobs: [],
  },
];

const TABLES = `
  CREATE TABLE account (id INTEGER PRIMARY KEY, balance INT);
  CREATE TABLE booked (id VARCHAR(36) PRIMARY KEY NOT NULL);`;

/** The scenario, as first written or mended. */
export function transfer(onceOnly: boolean) {
  const text = { en: 'a transfer between two banks', zh: '两家银行之间的转账' };
  return defineScenario(
    'transfer',
    {
      title: text,
      story: text,
      participants: { from: text, into: text },
      databases: { from: TABLES, into: TABLES },
      inspects: false,
      queues: ['transfer:debit', 'transfer:credit'],
      parameters: { amount: { type: 'integer', default: 30, ...text } },
      defaults: {},
      rows: {
        'from.account': [{ id: 1, balance: 100 }],
        'into.account': [{ id: 1, balance: 0 }],
      },
      input: {
        tables: {},
        requests: 'transfers',
        entry: 'from.order',
        fields: { amount: { type: 'integer' } },
        request: { amount: ':amount' },
      },
      properties: {
        'money-conserved': {
          when: 'eventually',
          en: 'at rest no money was made, and none was lost',
          zh: '停歇时，钱既没有多出来，也没有少',
          sql: `SELECT f.balance AS from_balance, i.balance AS into_balance
            FROM "from".account f, "into".account i WHERE f.balance + i.balance <> 100`,
        },
      },
      outcomes: [],
      expect: { outcome: 'committed', violated: [] },
      mistakes: {},
      faults: {},
    },
    services(onceOnly),
  );
}

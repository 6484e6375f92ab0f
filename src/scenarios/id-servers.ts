// Whom the nodes of unique-id ask for a number, and where their orders meet: a counter, a znode
// with a version as ZooKeeper has it, and the warehouse.

import {
  bestEffortListener,
  type Given,
  type HandlerState,
  handlerMachine,
  type MessageBody,
  type Row,
  step,
} from '../sim/index.ts';

const firstRow = ({ result }: Given<unknown>): Row => result.rows?.[0] ?? {};

const replying = <Memory>(value: (given: Given<Memory>) => MessageBody): HandlerState =>
  step<Memory, 'reply'>('reply', (given) => ({ value: value(given) }), 'finished');

/** The number the counter gives next. */
interface Count {
  readonly value: number;
}

const after = (row: Row | null): Count => ({ value: Number(row?.['value'] ?? 0) + 1 });

// One request at a time: whoever counts holds the row, even where the number is in memory only.
export const countUp = () =>
  handlerMachine('counter.next', 'beginning', 'rolling-back', {
    beginning: step('begin', {}, 'taking-turn'),
    'taking-turn': step<Count, 'sql'>(
      'sql',
      { sql: 'SELECT value FROM counter WHERE id = 1 FOR UPDATE', params: {} },
      [
        {
          target: 'saving',
          test: ({ parameters }) => parameters['durable'] === 1,
          remember: (given) => after(firstRow(given)),
        },
        'recalling',
      ],
    ),
    saving: step<Count, 'sql'>(
      'sql',
      ({ memory: { value } }) => ({
        sql: 'UPDATE counter SET value = :value WHERE id = 1',
        params: { value },
      }),
      'committing',
    ),
    recalling: step<Count, 'recall'>('recall', {}, [
      { target: 'keeping', remember: ({ result }) => after(result.value as Row | null) },
    ]),
    keeping: step<Count, 'keep'>(
      'keep',
      ({ memory: { value } }) => ({ entries: { value } }),
      'committing',
    ),
    committing: step('commit', { resource: 'database' }, 'replying'),
    replying: replying<Count>(({ memory: { value } }) => ({ number: value })),
    'rolling-back': step('rollback', { resource: 'database' }, 'failed', 'failed'),
  });

export const readVersion = () =>
  handlerMachine('registry.read', 'reading', 'failed', {
    reading: step(
      'sql',
      { sql: "SELECT version FROM znode WHERE path = '/ids'", params: {} },
      'replying',
    ),
    replying: replying((given) => ({ version: firstRow(given)['version'] ?? 0 })),
  });

/** Only who knows the version that is there may set the next one. */
export const setVersion = () =>
  handlerMachine('registry.set', 'setting', 'failed', {
    setting: step<{ version: number }, 'sql'>(
      'sql',
      ({ memory: { version } }) => ({
        sql: "UPDATE znode SET version = version + 1 WHERE path = '/ids' AND version = :version",
        params: { version },
      }),
      'replying',
    ),
    replying: replying<{ version: number }>(({ memory: { version }, result }) => {
      return result.affected === 1 ? { won: true, version: version + 1 } : { won: false };
    }),
  });

/** An order on its way to the warehouse. */
interface Numbered {
  readonly id: string;
  readonly node: string;
  readonly batch: string;
  readonly number: number;
  readonly madeAtMs: number;
}

const columnsOf = ({ memory: { id, node, batch, number, madeAtMs } }: Given<Numbered>): Row => {
  return { id, node, batch, number, madeAt: madeAtMs };
};

// A message may come twice; only an id that another order holds is a collision.
const isItself = (given: Given<Numbered>): boolean => {
  const { node, batch, number } = firstRow(given);
  const { memory } = given;
  return node === memory.node && batch === memory.batch && number === memory.number;
};

export const mergeOrder = () =>
  bestEffortListener('warehouse.merge', {
    first: 'inserting',
    states: {
      inserting: step<Numbered, 'sql'>(
        'sql',
        (given) => ({
          sql: `INSERT INTO customer_order (id, node, batch, number, made_at)
  VALUES (:id, :node, :batch, :number, :madeAt)`,
          params: columnsOf(given),
        }),
        'committing',
        [{ target: 'finding-holder', test: ({ failure }) => failure?.code === 'duplicate-key' }],
      ),
      'finding-holder': step<Numbered, 'sql'>(
        'sql',
        ({ memory: { id } }) => ({
          sql: 'SELECT node, batch, number FROM customer_order WHERE id = :id',
          params: { id },
        }),
        [{ target: 'committing', test: isItself }, 'recording-collision'],
      ),
      'recording-collision': step<Numbered, 'sql'>(
        'sql',
        (given) => ({
          sql: `INSERT OR IGNORE INTO collision (id, node, batch, number, made_at)
  VALUES (:id, :node, :batch, :number, :madeAt)`,
          params: columnsOf(given),
        }),
        'committing',
      ),
    },
  });

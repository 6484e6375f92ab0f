// A JTA transaction over two resources: a database and the broker, or two databases. Every resource
// votes, the decision goes to a log, and recovery ends what a crash has left in doubt. Data,
// properties, named faults and words are in scenarios.yaml.

import {
  failing,
  fork,
  type Given,
  type GlobalMethod,
  globalHandler,
  managedHandler,
  type Participant,
  recoveryMachine,
  type Service,
  type States,
  step,
} from '../sim/index.ts';
import { decideByHand, touchCustomer } from './jta-onlookers.ts';

/** A customer to be created, or an order to be written. */
interface Asked {
  readonly id: number | null;
  readonly name: string;
  readonly customerId: number;
  readonly amount: number;
}

type Found = Given<Asked>;

const isError = ({ memory }: Found): boolean => memory.name.includes('error');
const failure: States = { failing: failing('RuntimeException', 'Error') };

const checkingId: States = {
  'checking-id': fork<Asked>([
    { target: 'refusing-id', test: ({ memory }) => (memory.id ?? null) !== null },
    'called',
  ]),
  'refusing-id': failing('RuntimeException', 'the customer exists already'),
};

const saving = (way: string, onward: string): States => ({
  saving: step<Asked, 'sql'>(
    'sql',
    ({ memory: { name } }) => ({
      database: 'user',
      sql: 'INSERT INTO customer (user_name, deposit) VALUES (:name, 100)',
      params: { name: `${way}:${name}` },
    }),
    onward,
  ),
});

const replying = (way: string, onward: string): States => ({
  'sending-reply': step<Asked, 'send'>(
    'send',
    ({ memory: { name } }) => ({
      queue: 'customer:msg:reply',
      body: { msg: `${way}:${name} created.` },
    }),
    onward,
  ),
});

const ending: States = {
  deciding: fork<Asked>([{ target: 'failing', test: isError }, 'returned']),
  ...failure,
};

const global = (name: string, method: Omit<GlobalMethod<Asked>, 'before'>, checks = true) =>
  globalHandler<Asked>(`app.${name}`, { ...method, ...(checks && { before: checkingId }) });

const sendingFirst: States = {
  ...replying('Annotation', 'saving'),
  ...saving('Annotation', 'deciding'),
  ...ending,
};
const savingFirst: States = {
  ...saving('Code', 'sending-reply'),
  ...replying('Code', 'deciding'),
  ...ending,
};

// The order in which they are used is the order in which they prepare and commit.
const annotation = () =>
  global('annotation', {
    participants: ['session', 'user'],
    first: 'sending-reply',
    states: sendingFirst,
  });

const code = () =>
  global('code', {
    participants: ['user', 'session'],
    timeoutMs: 15_000,
    isolation: ({ parameters }) =>
      parameters['isolation'] === 'default' ? null : String(parameters['isolation']),
    first: 'saving',
    states: savingFirst,
  });

// What the listener's own code begins joins the container's transaction.
const listener = (name: string, first: string, states: States) =>
  global(name, { participants: ['session', 'user'], listens: true, first, states }, false);

const placeOrder = () =>
  global('two-databases', {
    participants: ['user', 'order'],
    first: 'charging',
    states: {
      charging: step<Asked, 'sql'>(
        'sql',
        ({ memory: { customerId, amount } }) => ({
          database: 'user',
          sql: 'UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId',
          params: { customerId, amount },
        }),
        'inserting-order',
      ),
      'inserting-order': step<Asked, 'sql'>(
        'sql',
        ({ memory: { customerId, name, amount } }) => ({
          database: 'order',
          sql: `INSERT INTO customer_order (customer_id, title, amount)
  VALUES (:customerId, :name, :amount)`,
          params: { customerId, name, amount },
        }),
        'deciding',
      ),
      ...ending,
    },
  });

const send = (name: string, queue: string) =>
  managedHandler<Asked>(`app.${name}`, {
    units: [],
    first: 'sending',
    states: {
      sending: step<Asked, 'send'>(
        'send',
        ({ memory }) => ({ queue, body: { name: memory.name }, transacted: false }),
        'returned',
      ),
    },
  });

// What recovery can still end: a branch of a resource it knows, or a decision it has not closed; of
// neither while a resource is gone for good.
const UNFINISHED = `SELECT b.xid FROM xa.branches b JOIN world.resources r ON r.name = b.resource
  WHERE NOT r.gone AND (:registered = 1 OR b.resource <> 'user')
  UNION ALL
  SELECT l.xid FROM xa.log l WHERE l.decision = 'commit'
    AND NOT EXISTS (SELECT 1 FROM xa.log e WHERE e.xid = l.xid AND e.decision <> 'commit')
    AND NOT EXISTS (SELECT 1 FROM world.resources WHERE gone)`;

const PARTICIPANTS: readonly Participant[] = ['session', 'user', 'order'];

const recover = () =>
  recoveryMachine('app.recovery', {
    participants: PARTICIPANTS,
    afterMs: 10_000,
    knows: (participant, { registered }) => participant !== 'user' || registered === 1,
  });

export const jtaXaServices = (): readonly Service[] => [
  {
    name: 'app',
    databases: ['user', 'order'],
    entries: [
      { name: 'annotation', machine: annotation() },
      { name: 'code', machine: code() },
      { name: 'listen', machine: send('listen', 'customer:msg:new') },
      { name: 'listen-code', machine: send('listen-code', 'customer:msg2:new') },
      { name: 'two-databases', machine: placeOrder() },
    ],
    listeners: [
      {
        name: 'handle',
        queue: 'customer:msg:new',
        machine: listener('handle', 'sending-reply', sendingFirst),
      },
      {
        name: 'handle-code',
        queue: 'customer:msg2:new',
        machine: listener('handle-code', 'saving', savingFirst),
      },
    ],
    jobs: [
      {
        name: 'recovery',
        machine: recover(),
        delayParameter: 'recoveryDelayMs',
        waitsFor: UNFINISHED,
      },
    ],
  },
  {
    name: 'operator',
    databases: ['user', 'order'],
    entries: [
      { name: 'commit', machine: decideByHand('commit') },
      { name: 'rollback', machine: decideByHand('rollback') },
    ],
    listeners: [],
    jobs: [],
  },
  {
    name: 'other',
    databases: ['user'],
    entries: [{ name: 'touch', machine: touchCustomer() }],
    listeners: [],
    jobs: [],
  },
];

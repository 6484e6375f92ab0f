// A database and a JMS session, synchronised: the database commits first, the session follows. By a
// listener, whose container has the session, and by a direct call, whose session joins at the first
// send. Data, properties, named faults and words are in scenarios.yaml.

import {
  failing,
  fork,
  type Given,
  handlerMachine,
  managedListener,
  type Service,
  type States,
  step,
  synchronizedHandler,
  type Unit,
} from '../sim/index.ts';

interface Customer {
  readonly id?: number | null;
  readonly name: string;
  readonly created?: number;
}

type Found = Given<Customer>;

const JPA: readonly Unit[] = [{ name: '', kind: 'jpa' }];

const named = (word: string) => (given: Found) => given.memory.name.includes(word);

/** Save, and answer by a message; with error1 or error2 in the name it throws before or after. */
const creating = (prefix: string): States => ({
  saving: step<Customer, 'sql'>(
    'sql',
    ({ memory: { name } }) => ({
      sql: `INSERT INTO customer (deposit, password, role, user_name)
  VALUES (100, NULL, NULL, :name)`,
      params: { name: `${prefix}${name}` },
    }),
    [{ target: 'failing-first', test: named('error1') }, 'sending-reply'],
  ),
  'sending-reply': step<Customer, 'send'>(
    'send',
    ({ memory: { name } }) => ({
      queue: 'customer:msg:reply',
      body: { msg: `${prefix}${name} created.` },
    }),
    [{ target: 'failing-second', test: named('error2') }, 'returned'],
  ),
  'failing-first': failing('RuntimeException', 'Error1'),
  'failing-second': failing('RuntimeException', 'Error2'),
});

// Something that was registered before the session, and throws once the database has committed.
const afterCommit: States = {
  'after-commit': fork<Customer>([
    {
      target: 'failing-after-commit',
      test: ({ parameters }) => parameters['afterCommit'] === 'throws',
    },
    'after-over',
  ]),
  'failing-after-commit': failing('RuntimeException', 'afterCommit callback failed'),
};

const handle = () =>
  managedListener<Customer>('app.handle', {
    units: JPA,
    synchronization: { after: afterCommit },
    first: 'saving',
    states: creating(''),
  });

const create = () =>
  synchronizedHandler<Customer>('app.direct', {
    units: JPA,
    synchronization: { after: afterCommit },
    first: 'checking-id',
    states: {
      'checking-id': fork<Customer>([
        { target: 'refusing-id', test: ({ memory }) => (memory.id ?? null) !== null },
        'saving',
      ]),
      'refusing-id': failing('RuntimeException', 'the customer exists already'),
      ...creating('Annotation:'),
    },
  });

// JmsTemplate with a transacted session, outside of any transaction: a session of its own.
const send = () =>
  handlerMachine('app.listen', 'sending', 'rolling-back', {
    sending: step<Customer, 'send'>(
      'send',
      ({ memory: { name } }) => ({ queue: 'customer:msg:new', body: { name } }),
      'publishing',
    ),
    publishing: step('commit', { resource: 'session' }, 'finished'),
    'rolling-back': step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

export const bestEffortServices = (): readonly Service[] => [
  {
    name: 'app',
    databases: ['user'],
    entries: [
      { name: 'listen', machine: send() },
      { name: 'direct', machine: create() },
    ],
    listeners: [{ name: 'handle', queue: 'customer:msg:new', machine: handle() }],
    jobs: [],
  },
];

// Write a row and publish a message: by an outbox, or by two writes that nothing joins. Data,
// properties, named faults and words are in scenarios.yaml.

import {
  bestEffortListener,
  fork,
  type Given,
  managedHandler,
  type Service,
  type States,
  step,
  type Unit,
} from '../sim/index.ts';
import { posting, recording, relayOf } from './patterns.ts';

/** A customer's order, and the message that tells of it. */
type Order = {
  readonly uuid: string;
  readonly customer: string;
  readonly points: number;
};
type Found = Given<Order>;

const JDBC: readonly Unit[] = [{ name: '', kind: 'jdbc' }];
const CREATED = 'order:created';

const naming: States = {
  naming: step<Order, 'uuid'>('uuid', {}, [
    {
      target: 'called',
      remember: ({ memory: { customer, points }, result }) => {
        return { uuid: String(result.value), customer, points };
      },
    },
  ]),
};

const inserting = (then: string) =>
  step<Order, 'sql'>(
    'sql',
    ({ memory: { uuid, customer, points } }) => ({
      sql: 'INSERT INTO customer_order (uuid, customer, points) VALUES (:uuid, :customer, :points)',
      params: { uuid, customer, points },
    }),
    then,
  );

const sending = (then: string) =>
  step<Order, 'send'>(
    'send',
    ({ memory }) => ({ queue: CREATED, body: memory, transacted: false }),
    then,
  );

const method = { units: JDBC, before: naming, first: 'inserting-order' };
const reply = ({ memory }: Found): string => memory.uuid;

const takeByOutbox = () =>
  managedHandler<Order>('shop.outbox', {
    ...method,
    states: {
      'inserting-order': inserting('posting'),
      posting: posting<Order>(
        ({ memory }) => ({ messageId: memory.uuid, queue: CREATED, body: memory }),
        'returned',
      ),
    },
    reply,
  });

const commitThenSend = () =>
  managedHandler<Order>('shop.commit-then-send', {
    ...method,
    states: { 'inserting-order': inserting('returned') },
    afterwards: { sending: sending('replying') },
    reply,
  });

const sendThenCommit = () =>
  managedHandler<Order>('shop.send-then-commit', {
    ...method,
    states: { 'inserting-order': inserting('sending'), sending: sending('returned') },
    reply,
  });

const isIdempotent = ({ parameters }: Found): boolean => parameters['idempotent'] === 1;

const creditPoints = () =>
  bestEffortListener('bonus.credit', {
    first: 'choosing',
    states: {
      choosing: fork<Order>([{ target: 'recording-message', test: isIdempotent }, 'crediting']),
      'recording-message': recording<Order>(({ memory }) => memory.uuid, {
        first: 'crediting',
        again: 'committing',
      }),
      crediting: step<Order, 'sql'>(
        'sql',
        ({ memory: { uuid, customer, points } }) => ({
          sql: 'INSERT INTO credit (order_uuid, customer, points) VALUES (:uuid, :customer, :points)',
          params: { uuid, customer, points },
        }),
        'committing',
      ),
    },
  });

export const outboxServices = (): readonly Service[] => [
  {
    name: 'shop',
    databases: ['shop'],
    entries: [
      { name: 'outbox', machine: takeByOutbox() },
      { name: 'commit-then-send', machine: commitThenSend() },
      { name: 'send-then-commit', machine: sendThenCommit() },
    ],
    listeners: [],
    jobs: [relayOf('shop')],
  },
  {
    name: 'bonus',
    databases: ['bonus'],
    entries: [],
    listeners: [{ name: 'credit', queue: CREATED, machine: creditPoints() }],
    jobs: [],
  },
];

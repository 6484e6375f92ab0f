// Ways to lock a ticket for one buyer: read and save, one conditional UPDATE, a single consumer, a
// distributed lock with a lease. Data, properties, named faults and words are in scenarios.yaml.

import {
  type Exit,
  type FindingExit,
  failing,
  finding,
  fork,
  type Given,
  type Handler,
  handlerMachine,
  managedHandler,
  managedListener,
  type Service,
  type States,
  step,
  type Unit,
} from '../sim/index.ts';
import { distributedLock, leaseService } from './lease.ts';

export interface Buyer {
  readonly customerId: number;
  readonly ticketNum: number;
  readonly count?: number;
  readonly atMs?: number;
}

type Found = Given<Buyer>;

const JPA: readonly Unit[] = [{ name: '', kind: 'jpa' }];

const pausing = (onward: string) =>
  step<Buyer, 'sleep'>(
    'sleep',
    ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['pauseMs']) }),
    onward,
  );

/** The UPDATE of `lock2`, which asks whether the ticket is free; the count is the answer. */
const counted = (sql: string, onward: string) =>
  step<Buyer, 'sql'>(
    'sql',
    ({ memory: { customerId, ticketNum } }) => ({ sql, params: { customerId, ticketNum } }),
    [
      {
        target: onward,
        remember: ({ memory, result }) => ({ ...memory, count: result.affected ?? 0 }),
      },
    ],
  );

// Whoever looks first sees that somebody has it.
const taken: FindingExit<Buyer> = {
  target: 'returned',
  test: (row) => row?.['lock_user'] !== null,
  remember: ({ memory }) => ({ ...memory, count: 0 }),
};

/** Reads the ticket, pauses, and saves it: JPA writes it all back at the commit. */
const saving = (refuses: boolean): States => ({
  'finding-ticket': finding<Buyer>(
    { table: 'ticket', by: 'ticket_num', key: ({ memory }) => memory.ticketNum },
    [
      { target: 'refusing-no-row', test: (row) => row === undefined },
      ...(refuses ? [taken] : []),
      {
        target: 'pausing',
        change: (_, { memory }) => ({ lock_user: memory.customerId }),
        remember: ({ memory }) => ({ ...memory, count: 1 }),
      },
    ],
  ),
  pausing: pausing('returned'),
  'refusing-no-row': failing('NullPointerException', 'there is no such ticket'),
});

const reply = ({ memory: { customerId, count = 0 } }: Found) => ({ customerId, locked: count });

const lock = () =>
  managedHandler<Buyer>('ticket.lock', {
    units: JPA,
    first: 'finding-ticket',
    states: saving(false),
    reply,
  });

const lock2 = () =>
  managedHandler<Buyer>('ticket.lock2', {
    units: JPA,
    first: 'locking',
    states: {
      locking: counted(
        `UPDATE ticket SET lock_user = :customerId
  WHERE lock_user IS NULL AND ticket_num = :ticketNum`,
        'pausing',
      ),
      pausing: pausing('returned'),
    },
    reply,
  });

const unlock = () =>
  managedHandler<Buyer>('ticket.unlock', {
    units: JPA,
    first: 'unlocking',
    states: {
      unlocking: counted(
        `UPDATE ticket SET lock_user = NULL
  WHERE lock_user = :customerId AND ticket_num = :ticketNum`,
        'returned',
      ),
    },
    reply,
  });

/** What the ticket service offers to callers: the two ways of the course, and the way back. */
export const lockEntries = (): readonly Handler[] => [
  { name: 'lock', machine: lock() },
  { name: 'lock2', machine: lock2() },
  { name: 'unlock', machine: unlock() },
];

// One consumer handles one message after the other; a second instance has a consumer of its own.
const consume = () =>
  managedListener<Buyer>('ticket.consume', {
    units: JPA,
    redeliverAfterMs: () => 0,
    first: 'finding-ticket',
    states: saving(true),
  });

const ask: States = {
  waiting: step<Buyer, 'sleep'>(
    'sleep',
    ({ memory, parameters }) => ({
      untilMs: memory.customerId === 1 ? 0 : Number(parameters['gapMs']),
    }),
    'choosing',
  ),
  choosing: fork<Buyer>([
    { target: 'sending', test: ({ parameters }) => parameters['way'] === 'consumer' },
    'calling',
  ]),
  calling: step<Buyer, 'call'>(
    'call',
    ({ memory: { customerId, ticketNum }, parameters }) => ({
      service: 'ticket',
      handler: String(parameters['way']),
      body: { customerId, ticketNum },
      timeoutMs: 120_000,
    }),
    'finished',
  ),
  sending: step<Buyer, 'send'>(
    'send',
    ({ memory: { customerId, ticketNum } }) => ({
      queue: 'ticket:lock',
      body: { customerId, ticketNum },
      transacted: false,
    }),
    'finished',
  ),
};

/** A buyer: asks in his turn, and hears whether he has the ticket. */
const buyer = (customerId: number): Service => {
  const name = `buyer-${customerId}`;
  const start: Exit<Buyer> = {
    target: 'waiting',
    remember: ({ memory }) => ({ customerId, ticketNum: memory.ticketNum }),
  };
  return {
    name,
    databases: [],
    entries: [
      {
        name: 'ask',
        machine: handlerMachine(`${name}.ask`, 'arriving', 'failed', {
          arriving: step<Buyer, 'sleep'>('sleep', { untilMs: 0 }, [start]),
          ...ask,
        }),
      },
    ],
    listeners: [],
    jobs: [],
  };
};

export const ticketLockServices = (): readonly Service[] => [
  buyer(1),
  buyer(2),
  {
    name: 'ticket',
    databases: ['ticket'],
    entries: [...lockEntries(), { name: 'distributed', machine: distributedLock() }],
    listeners: [{ name: 'consume', queue: 'ticket:lock', machine: consume() }],
    jobs: [],
  },
  leaseService(),
];

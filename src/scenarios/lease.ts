// A distributed lock: a service that gives out leases, each with a fencing token that grows; and a
// ticket service that takes one before it reads and saves. A lease ends by itself, whatever its
// holder is doing; a token lets the storage refuse whoever comes too late.

import {
  type Exit,
  type Given,
  handlerMachine,
  type Service,
  type States,
  step,
} from '../sim/index.ts';

/** A buyer's way through: his lease, and what he read of the ticket. */
interface Holder {
  readonly customerId: number;
  readonly ticketNum: number;
  readonly fencingToken?: number;
  readonly count?: number;
}

type Found = Given<Holder>;

const refused: Exit<Holder> = {
  target: 'replying',
  remember: ({ memory }) => ({ ...memory, count: 0 }),
};

const LEASE = 'ticket';

/** While somebody pauses between reading and writing, his lease may run out. */
const stalling = step<Holder, 'sleep'>(
  'sleep',
  ({ memory, nowMs, parameters }) => {
    const stallMs = memory.customerId === 1 ? Number(parameters['stallMs']) : 0;
    return { untilMs: nowMs + stallMs };
  },
  'saving',
);

const fenced = ({ parameters }: Found): boolean => parameters['fencing'] === 1;

const states: States = {
  acquiring: step<Holder, 'call'>(
    'call',
    ({ memory, parameters }) => ({
      service: 'lease',
      handler: 'acquire',
      body: {
        name: LEASE,
        holder: memory.customerId,
        leaseMs: Number(parameters['leaseMs']),
      },
    }),
    [
      { ...refused, test: ({ result }) => result.value === null },
      {
        target: 'reading',
        remember: ({ memory, result }) => ({ ...memory, fencingToken: Number(result.value) }),
      },
    ],
    [refused],
  ),
  reading: step<Holder, 'sql'>(
    'sql',
    ({ memory: { ticketNum } }) => ({
      sql: 'SELECT lock_user FROM ticket WHERE ticket_num = :ticketNum',
      params: { ticketNum },
    }),
    [
      {
        ...refused,
        target: 'releasing',
        test: ({ result }) => result.rows?.[0]?.['lock_user'] !== null,
      },
      'stalling',
    ],
  ),
  stalling,
  saving: step<Holder, 'sql'>(
    'sql',
    (found) => {
      const { customerId, ticketNum, fencingToken = 0 } = found.memory;
      const params = { customerId, ticketNum, token: fencingToken };
      const still = fenced(found) ? ' AND fencing_token < :token' : '';
      return {
        sql: `UPDATE ticket SET lock_user = :customerId, fencing_token = :token
  WHERE ticket_num = :ticketNum${still}`,
        params,
      };
    },
    [
      {
        target: 'releasing',
        remember: ({ memory, result }) => ({ ...memory, count: result.affected ?? 0 }),
      },
    ],
  ),
  // A lease that cannot be given back ends by itself.
  releasing: step<Holder, 'call'>(
    'call',
    ({ memory: { fencingToken = 0 } }) => ({
      service: 'lease',
      handler: 'release',
      body: { name: LEASE, fencingToken },
    }),
    'replying',
    'replying',
  ),
  replying: step<Holder, 'reply'>(
    'reply',
    ({ memory: { customerId, count = 0 } }) => ({ value: { customerId, locked: count } }),
    'finished',
  ),
};

/** Lock the ticket under a lease: acquire, read, save, release. */
export const distributedLock = () =>
  handlerMachine('ticket.distributed', 'acquiring', 'failed', states);

interface Lease {
  readonly name: string;
  readonly holder: number;
  readonly leaseMs: number;
  readonly fencingToken: number;
}

const acquire = () =>
  handlerMachine('lease.acquire', 'beginning', 'rolling-back', {
    beginning: step('begin', {}, 'acquiring'),
    acquiring: step<Lease, 'sql'>(
      'sql',
      ({ memory: { name, holder, leaseMs }, nowMs }) => ({
        sql: `UPDATE lease SET holder = :holder, until_ms = :untilMs, fencing_token = fencing_token + 1
  WHERE name = :name AND until_ms <= :nowMs`,
        params: { name, holder, untilMs: nowMs + leaseMs, nowMs },
      }),
      [{ target: 'refusing', test: ({ result }) => result.affected === 0 }, 'reading-token'],
    ),
    'reading-token': step<Lease, 'sql'>(
      'sql',
      ({ memory: { name } }) => ({
        sql: 'SELECT fencing_token FROM lease WHERE name = :name',
        params: { name },
      }),
      [
        {
          target: 'committing',
          remember: ({ memory, result }) => ({
            ...memory,
            fencingToken: Number(result.rows?.[0]?.['fencing_token']),
          }),
        },
      ],
    ),
    committing: step('commit', { resource: 'database' }, 'replying'),
    replying: step<Lease, 'reply'>(
      'reply',
      ({ memory }) => ({ value: memory.fencingToken }),
      'finished',
    ),
    refusing: step('rollback', { resource: 'database' }, 'finished', 'finished'),
    'rolling-back': step('rollback', { resource: 'database' }, 'failed', 'failed'),
  });

const release = () =>
  handlerMachine('lease.release', 'releasing', 'failed', {
    releasing: step<Lease, 'sql'>(
      'sql',
      ({ memory: { name, fencingToken } }) => ({
        sql: 'UPDATE lease SET until_ms = 0 WHERE name = :name AND fencing_token = :fencingToken',
        params: { name, fencingToken },
      }),
      'finished',
    ),
  });

/** Gives out leases by name; each grant has a token higher than all before. */
export const leaseService = (): Service => ({
  name: 'lease',
  databases: ['lease'],
  entries: [
    { name: 'acquire', machine: acquire() },
    { name: 'release', machine: release() },
  ],
  listeners: [],
  jobs: [],
});

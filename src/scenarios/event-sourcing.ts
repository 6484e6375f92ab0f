// An account that is nothing but its events: two counters rebuild it, decide, and append, each with
// the version it expects. Data, story, properties and named faults are in scenarios.yaml.

import {
  type Exit,
  failing,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  type Row,
  type Service,
  step,
} from '../sim/index.ts';
import { followEvents, projectEvent, STREAM } from './event-projection.ts';

/** A withdrawal in hand: what the counter believes of the account, and how often it has tried. */
interface Withdrawal {
  readonly amount: number;
  readonly version: number;
  readonly balance: number;
  readonly tries: number;
}

type Found = Given<Withdrawal>;

const sql = (
  text: string | ((found: Found) => string),
  params: (found: Found) => Row,
  exits: string | readonly (string | Exit<Withdrawal>)[],
  onError?: readonly (string | Exit<Withdrawal>)[],
): HandlerState =>
  step<Withdrawal, 'sql'>(
    'sql',
    (found) => ({
      sql: typeof text === 'string' ? text : text(found),
      params: { stream: STREAM, ...params(found) },
    }),
    exits,
    onError,
  );

const fromSnapshot = ({ memory, result }: Found): Withdrawal => {
  const { version = 0, balance = 0 } = result.rows?.[0] ?? {};
  return { ...memory, version: Number(version), balance: Number(balance) };
};

/** The snapshot with the events after it. */
const replayed = ({ memory, result }: Found): Withdrawal => {
  const events = result.rows ?? [];
  const version = Number(events.at(-1)?.['version'] ?? memory.version);
  const balance = events.reduce((sum, { amount }) => sum + Number(amount), memory.balance);
  return { ...memory, version, balance };
};

// Who expects no version takes whichever comes next: the key is never in its way.
const APPEND_EXPECTING = `INSERT INTO event (stream, version, kind, amount)
  VALUES (:stream, :version, 'withdrawn', :amount)`;
const APPEND_BLINDLY = `INSERT INTO event (stream, version, kind, amount)
  SELECT :stream, max(version) + 1, 'withdrawn', :amount FROM event WHERE stream = :stream`;

const expects = ({ parameters }: Found): boolean => parameters['expectedVersion'] === 1;
const nextVersion = ({ memory }: Found): number => memory.version + 1;

const isSnapshotDue = (found: Found): boolean => {
  const every = Number(found.parameters['snapshotEvery']);
  return every > 0 && nextVersion(found) % every === 0;
};

const byQueue = ({ parameters }: Found): boolean => parameters['feed'] === 'queue';

const withdraw = (counter: string) =>
  handlerMachine(`${counter}.withdraw`, 'starting', 'rolling-back', {
    starting: fork<Withdrawal>([
      {
        target: 'reading-snapshot',
        remember: ({ memory: { amount } }) => ({ amount, version: 0, balance: 0, tries: 0 }),
      },
    ]),
    'reading-snapshot': sql(
      'SELECT version, balance FROM snapshot WHERE stream = :stream',
      () => ({}),
      [{ target: 'replaying', remember: fromSnapshot }],
    ),
    replaying: sql(
      `SELECT version, kind, amount FROM event
  WHERE stream = :stream AND version > :version ORDER BY version`,
      ({ memory: { version } }) => ({ version }),
      [{ target: 'deciding', remember: replayed }],
    ),
    deciding: fork<Withdrawal>([
      { target: 'refusing', test: ({ memory: { balance, amount } }) => balance < amount },
      {
        target: 'thinking',
        test: ({ parameters }) => counter === 'teller' && Number(parameters['thinkMs']) > 0,
      },
      'beginning',
    ]),
    thinking: step<Withdrawal, 'sleep'>(
      'sleep',
      ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['thinkMs']) }),
      'beginning',
    ),
    beginning: step('begin', {}, 'appending'),
    appending: sql(
      (found) => (expects(found) ? APPEND_EXPECTING : APPEND_BLINDLY),
      (found) => ({
        amount: -found.memory.amount,
        ...(expects(found) && { version: nextVersion(found) }),
      }),
      [{ target: 'snapshotting', test: isSnapshotDue }, 'committing'],
      [{ target: 'conflicting', test: ({ failure }) => failure?.code === 'duplicate-key' }],
    ),
    snapshotting: sql(
      `INSERT INTO snapshot (stream, version, balance) VALUES (:stream, :version, :balance)
  ON CONFLICT (stream) DO UPDATE SET version = excluded.version, balance = excluded.balance`,
      (found) => ({
        version: nextVersion(found),
        balance: found.memory.balance - found.memory.amount,
      }),
      'committing',
    ),
    committing: step<Withdrawal, 'commit'>('commit', { resource: 'database' }, [
      { target: 'publishing', test: byQueue },
      'replying',
    ]),
    // Not in the transaction: a database and a broker are two.
    publishing: step<Withdrawal, 'send'>(
      'send',
      (found) => ({
        queue: 'account:event',
        body: { version: nextVersion(found), kind: 'withdrawn', amount: -found.memory.amount },
        transacted: false,
      }),
      'replying',
    ),
    replying: step<Withdrawal, 'reply'>(
      'reply',
      ({ memory: { balance, amount } }) => ({ value: { done: true, balance: balance - amount } }),
      'finished',
    ),
    refusing: step<Withdrawal, 'reply'>(
      'reply',
      ({ memory: { balance } }) => ({ value: { done: false, balance } }),
      'finished',
    ),
    conflicting: step<Withdrawal, 'rollback'>('rollback', { resource: 'database' }, [
      {
        target: 'giving-up',
        test: ({ memory, parameters }) => memory.tries + 1 >= Number(parameters['triesMax']),
      },
      {
        target: 'reading-snapshot',
        remember: ({ memory }) => ({ ...memory, tries: memory.tries + 1 }),
      },
    ]),
    'giving-up': failing('ConcurrencyException', 'somebody else was always faster'),
    'rolling-back': step('rollback', { resource: 'database' }, 'failed', 'failed'),
  });

const counterService = (name: string): Service => ({
  name,
  databases: ['ledger'],
  entries: [{ name: 'withdraw', machine: withdraw(name) }],
  listeners: [],
  jobs: [],
});

/** Two counters over one ledger, and the reader with its view. */
export const eventSourcingServices = (): readonly Service[] => [
  counterService('teller'),
  counterService('online'),
  {
    name: 'reader',
    databases: ['view', 'ledger'],
    entries: [],
    listeners: [{ name: 'project', queue: 'account:event', machine: projectEvent() }],
    jobs: [
      {
        name: 'follow',
        machine: followEvents(),
        delayParameter: 'followMs',
        waitsFor: `SELECT 1 FROM ledger.event AS event JOIN view.account AS account
  ON account.stream = event.stream AND event.version > account.version
  WHERE :feed = 'job'`,
      },
    ],
  },
];

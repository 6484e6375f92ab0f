// The read model of event-sourcing: a projection that takes the events from a queue, or follows the
// ledger by itself; and that knows how far it has come, or does not.

import {
  bestEffortListener,
  type Exit,
  failing,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  type Row,
  type States,
  step,
} from '../sim/index.ts';

/** The one account of this ledger. */
export const STREAM = 'acc-1';

/** An event in hand; of the follower, at first only the version it has come to. */
interface Event {
  readonly version: number;
  readonly kind: string;
  readonly amount: number;
  /** The version of the last event that was applied, as far as the follower remembers. */
  readonly seen?: number;
}

type Found = Given<Event>;

const sql = (
  text: string,
  params: (found: Found) => Row,
  exits: string | readonly (string | Exit<Event>)[],
  database = 'view',
): HandlerState =>
  step<Event, 'sql'>(
    'sql',
    (found) => ({ database, sql: text, params: { stream: STREAM, ...params(found) } }),
    exits,
  );

const knowsPosition = ({ parameters }: Found): boolean => parameters['projection'] === 'position';
const viewVersion = ({ result }: Found): number => Number(result.rows?.[0]?.['version']);
const isOld = (found: Found): boolean => found.memory.version <= viewVersion(found);
const isEarly = (found: Found): boolean => found.memory.version > viewVersion(found) + 1;

const versionOf = ({ memory: { version } }: Found): Row => ({ version });
const changeOf = ({ memory: { version, amount } }: Found): Row => ({ version, amount });

/**
 * Applies an event to the view; with its position, which is then written in the same statement.
 * What has been applied before leads to `skipping`.
 */
const applying = (early: readonly Exit<Event>[] = []): States => ({
  applying: fork<Event>([{ target: 'locking', test: knowsPosition }, 'updating']),
  locking: sql('SELECT version FROM account WHERE stream = :stream FOR UPDATE', () => ({}), [
    { target: 'skipping', test: isOld },
    ...early,
    'updating-with-position',
  ]),
  'updating-with-position': sql(
    'UPDATE account SET balance = balance + :amount, version = :version WHERE stream = :stream',
    changeOf,
    'booking',
  ),
  updating: sql(
    'UPDATE account SET balance = balance + :amount WHERE stream = :stream',
    ({ memory: { amount } }) => ({ amount }),
    'booking',
  ),
  booking: sql(
    'INSERT INTO booking (stream, version, amount) VALUES (:stream, :version, :amount)',
    changeOf,
    'committing',
  ),
});

export const projectEvent = () =>
  bestEffortListener('reader.project', {
    first: 'applying',
    states: {
      ...applying([{ target: 'refusing-gap', test: isEarly }]),
      skipping: fork(['committing']),
      'refusing-gap': failing('GapException', 'an earlier event has not come yet'),
    },
  });

const onView = { resource: 'database', database: 'view' } as const;

// The bookmark in memory spares the look into the view, until the process dies.
export const followEvents = () =>
  handlerMachine('reader.follow', 'recalling', 'rolling-back', {
    recalling: step<Event, 'recall'>('recall', {}, [
      {
        target: 'looking',
        test: ({ result }) => typeof (result.value as Row | null)?.['seen'] === 'number',
        remember: ({ memory, result }) => {
          return { ...memory, seen: Number((result.value as Row)['seen']) };
        },
      },
      'reading-bookmark',
    ]),
    // Where the events are sent, there is no bookmark for it and nothing to follow.
    'reading-bookmark': sql(
      "SELECT version FROM account WHERE stream = :stream AND :feed = 'job'",
      ({ parameters }) => ({ feed: parameters['feed'] ?? null }),
      [
        { target: 'finished', test: ({ result }) => (result.rows?.length ?? 0) === 0 },
        {
          target: 'remembering',
          remember: (found) => ({ ...found.memory, version: viewVersion(found) }),
        },
      ],
    ),
    looking: step<Event, 'sql'>(
      'sql',
      ({ memory: { seen = 0 } }) => ({
        database: 'ledger',
        sql: `SELECT version, kind, amount FROM event
  WHERE stream = :stream AND version > :seen ORDER BY version LIMIT 1`,
        params: { stream: STREAM, seen },
      }),
      [
        { target: 'finished', test: ({ result }) => (result.rows?.length ?? 0) === 0 },
        {
          target: 'beginning',
          remember: ({ memory, result }) => ({ ...memory, ...(result.rows?.[0] as object) }),
        },
      ],
    ),
    beginning: step('begin', { database: 'view' }, 'applying'),
    ...applying(),
    skipping: step('rollback', onView, 'remembering'),
    committing: step<Event, 'commit'>('commit', onView, [
      { target: 'remembering', test: knowsPosition },
      'moving-bookmark',
    ]),
    // The mistake: the event is applied for good, and how far that is comes only now.
    'moving-bookmark': sql(
      'UPDATE account SET version = :version WHERE stream = :stream',
      versionOf,
      'remembering',
    ),
    remembering: step<Event, 'keep'>(
      'keep',
      ({ memory: { version } }) => ({ entries: { seen: version } }),
      [{ target: 'looking', remember: ({ memory }) => ({ ...memory, seen: memory.version }) }],
    ),
    'rolling-back': step('rollback', onView, 'failed', 'failed'),
  });

// Patterns that scenarios share: the outbox with its relay, and the idempotent receiver. Their
// tables are the scenario's: `outbox(id, message_id UNIQUE, queue, body, sent)` in the database of
// whoever sends, `inbox(message_id PRIMARY KEY)` in that of whoever receives.

import {
  type Exit,
  type Given,
  type HandlerState,
  handlerMachine,
  type Job,
  type MessageBody,
  type Row,
  step,
} from '../sim/index.ts';

type Exits<Memory> = string | readonly (string | Exit<Memory>)[];

/** A message on its way out. */
interface Posting {
  /** Says which message it is, however often it comes. */
  readonly messageId: string;
  readonly queue: string;
  readonly body: MessageBody;
}

// Posting a message once more means that it is to be sent once more.
const POST = `INSERT INTO outbox (message_id, queue, body, sent)
  VALUES (:messageId, :queue, :body, 0)
  ON CONFLICT (message_id) DO UPDATE SET sent = 0`;

/** Writes a message into the outbox, in the transaction of what it tells of. */
export function posting<Memory>(
  make: (given: Given<Memory>) => Posting,
  exits: Exits<Memory>,
): HandlerState {
  return step<Memory, 'sql'>(
    'sql',
    (given) => {
      const { messageId, queue, body } = make(given);
      return { sql: POST, params: { messageId, queue, body: JSON.stringify(body) } };
    },
    exits,
  );
}

/** What a relay has in hand: the messages it found, and which is next. */
interface Backlog {
  readonly rows: readonly Row[];
  readonly next: number;
}

const nextOf = ({ memory: { rows, next } }: Given<Backlog>): Row => rows?.[next] ?? {};

// It looks for a mark, not for ids above the last one it has seen: of two transactions, the one
// with the lower id may commit later.
const READ = 'SELECT id, queue, body FROM outbox WHERE sent = 0 ORDER BY id';

/**
 * Sends what is in the outbox, in order; marks a message only once the broker has it. Whatever
 * happens in between makes it send again: a message may come twice, but is never forgotten.
 */
function outboxRelay(id: string) {
  return handlerMachine(id, 'reading', 'returning', {
    reading: step<Backlog, 'sql'>('sql', { sql: READ, params: {} }, [
      { target: 'finished', test: ({ result }) => (result.rows?.length ?? 0) === 0 },
      { target: 'sending', remember: ({ result }) => ({ rows: result.rows ?? [], next: 0 }) },
    ]),
    sending: step<Backlog, 'send'>(
      'send',
      (given) => {
        const { queue, body } = nextOf(given);
        return { queue: String(queue), body: JSON.parse(String(body ?? '{}')) as MessageBody };
      },
      'publishing',
    ),
    publishing: step('commit', { resource: 'session' }, 'marking'),
    marking: step<Backlog, 'sql'>(
      'sql',
      (given) => ({
        sql: 'UPDATE outbox SET sent = 1 WHERE id = :id',
        params: { id: nextOf(given)['id'] ?? null },
      }),
      [
        {
          target: 'sending',
          test: ({ memory: { rows, next } }) => next + 1 < (rows?.length ?? 0),
          remember: ({ memory: { rows, next } }) => ({ rows, next: next + 1 }),
        },
        'finished',
      ],
    ),
    returning: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });
}

/** The relay of a service, at its first database; it runs every `relayDelayMs`. */
export function relayOf(service: string, database = service): Job {
  return {
    name: 'relay',
    machine: outboxRelay(`${service}.relay`),
    delayParameter: 'relayDelayMs',
    waitsFor: `SELECT 1 FROM ${database}.outbox WHERE sent = 0`,
  };
}

/**
 * An idempotent receiver's first question: have I seen this message? It is recorded in the
 * transaction of the effect, so that there is never the one without the other. Of two copies that
 * come at once, the second waits here until the first is through.
 */
export function recording<Memory>(
  messageId: (given: Given<Memory>) => string,
  { first, again }: { readonly first: string; readonly again: string },
): HandlerState {
  return step<Memory, 'sql'>(
    'sql',
    (given) => ({
      sql: 'INSERT OR IGNORE INTO inbox (message_id) VALUES (:messageId)',
      params: { messageId: messageId(given) },
    }),
    [{ target: again, test: ({ result }) => result.affected === 0 }, first],
  );
}

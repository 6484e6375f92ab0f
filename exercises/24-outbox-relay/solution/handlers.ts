// Read, send, commit the session, and only then mark: if anything happens before the mark, the
// message is sent again. So it may come twice, which the receiver bears, but is never forgotten.
// Each row is marked by its own id: of two transactions, the one with the lower id may commit
// later, and its row was not among those that were read.

import { type Given, handlerMachine, type Row, step } from 'indoubt/words';

type Backlog = { readonly rows: readonly Row[]; readonly next: number };

const nextOf = ({ memory: { rows, next } }: Given<Backlog>): Row => rows[next] ?? {};

const relay = handlerMachine('shop.relay', 'reading', 'returning', {
  reading: step<Backlog, 'sql'>(
    'sql',
    { sql: 'SELECT id, queue, body FROM outbox WHERE sent = 0 ORDER BY id', params: {} },
    [
      { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
      { target: 'sending', remember: ({ result }) => ({ rows: result.rows ?? [], next: 0 }) },
    ],
  ),
  sending: step<Backlog, 'send'>(
    'send',
    (given) => {
      const { queue, body } = nextOf(given);
      return { queue: String(queue), body: JSON.parse(String(body)) };
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
        test: ({ memory: { rows, next } }) => next + 1 < rows.length,
        remember: ({ memory: { rows, next } }) => ({ rows, next: next + 1 }),
      },
      'finished',
    ],
  ),
  returning: step('rollback', { resource: 'session' }, 'failed', 'failed'),
});

export const handlers = { 'shop.relay': relay };

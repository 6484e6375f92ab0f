// A shop writes its messages into a table, the outbox, in the transactions they tell of. Write the
// relay, a job that runs every 500 ms while there is something to send: it gives each message to
// the broker, in the order of the ids, and marks it as sent. None may be forgotten, whatever dies.
//
//   table     outbox(id, message_id, queue, body, sent)   body: the message as JSON
//                                                         sent: 0, or 1 once the broker has it
//
// A job begins with nothing in hand: `memory` is {}, and no transaction is open. A `send` leaves
// when the session is committed: step('commit', { resource: 'session' }, …).

import { handlerMachine, type Row, step } from 'indoubt/words';

/** What the relay has in hand: the rows it has found, and which is next. */
type Backlog = { readonly rows: readonly Row[]; readonly next: number };

const relay = handlerMachine('shop.relay', 'reading', 'returning', {
  reading: step<Backlog, 'sql'>(
    'sql',
    { sql: 'SELECT id, queue, body FROM outbox WHERE sent = 0 ORDER BY id', params: {} },
    'finished',
  ),
  // Whatever fails, and says nothing else, leads here.
  returning: step('rollback', { resource: 'session' }, 'failed', 'failed'),
});

export const handlers = { 'shop.relay': relay };

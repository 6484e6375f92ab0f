// The key is stored in the transaction that charges, and first of all: of two requests that come at
// once, the second waits at the key until the first is through. If the first committed, the second
// finds its charge; if it did not, its key is gone, too, and the second does the work.

import { handlerMachine, statement, step, unchanged } from 'indoubt/words';

type Charging = {
  readonly purchase: string;
  readonly amount: number;
  readonly idempotencyKey: string;
  readonly charge?: number;
};

const post = handlerMachine('bank.post', 'beginning', 'rolling-back', {
  beginning: step('begin', {}, 'storing-key', 'failed'),
  'storing-key': statement<Charging>(
    'INSERT OR IGNORE INTO idempotency_key (idempotency_key) VALUES (:idempotencyKey)',
    [unchanged('finding-charge'), 'charging'],
  ),
  charging: statement<Charging>(
    'UPDATE account SET balance = balance - :amount WHERE id = 1 AND balance >= :amount',
    [unchanged('refusing'), 'recording'],
  ),
  recording: statement<Charging>(
    'INSERT INTO charge (purchase, amount) VALUES (:purchase, :amount)',
    [
      {
        target: 'storing-charge',
        remember: ({ memory, result }) => ({ ...memory, charge: result.lastId ?? 0 }),
      },
    ],
  ),
  'storing-charge': statement<Charging>(
    'UPDATE idempotency_key SET charge_id = :charge WHERE idempotency_key = :idempotencyKey',
    'committing',
  ),
  'finding-charge': statement<Charging>(
    'SELECT charge_id FROM idempotency_key WHERE idempotency_key = :idempotencyKey',
    [
      {
        target: 'committing',
        remember: ({ memory, result }) => {
          return { ...memory, charge: Number(result.rows?.[0]?.['charge_id']) };
        },
      },
    ],
  ),
  committing: step('commit', { resource: 'database' }, 'replying'),
  replying: step<Charging, 'reply'>(
    'reply',
    ({ memory: { purchase, charge = 0 } }) => ({ value: { status: 201, purchase, charge } }),
    'finished',
  ),
  refusing: step('rollback', { resource: 'database' }, 'replying-refusal'),
  'replying-refusal': step<Charging, 'reply'>(
    'reply',
    ({ memory: { purchase } }) => ({ value: { status: 402, purchase } }),
    'finished',
  ),
  'rolling-back': step('rollback', { resource: 'database' }, 'failed', 'failed'),
});

export const handlers = { 'bank.post': post };

// Every method opens, or reads, the fence before it does anything, in the transaction of its
// effect. Try writes TRIED; confirm and cancel go on only from there. A cancel that finds nothing
// writes SUSPENDED, so that the try, should it come later, is refused.

import {
  compensating,
  failing,
  type Given,
  managedHandler,
  type States,
  statement,
  unchanged,
} from 'indoubt/words';

/** What the coordinator calls each method with. */
type Branch = {
  readonly xid: string;
  readonly customerId: number;
  readonly amount: number;
};

// One local transaction, which a manager begins and commits; a failure rolls it back.
const method = (name: string, first: string, states: States) =>
  managedHandler<Branch>(name, {
    units: [{ name: '', kind: 'jdbc' }],
    first,
    states,
    reply: () => null,
  });

const says =
  (...known: readonly string[]) =>
  ({ result }: Given<Branch>): boolean =>
    known.includes(String(result.rows?.[0]?.['status']));

// A locking read: it shows what is committed now, not what was when the transaction began.
const READ = 'SELECT status FROM tcc_fence_log WHERE xid = :xid FOR UPDATE';

const tryIt = method('user.try', 'opening-fence', {
  'opening-fence': statement<Branch>(
    "INSERT OR IGNORE INTO tcc_fence_log (xid, status) VALUES (:xid, 'TRIED')",
    [unchanged('reading-fence'), 'freezing'],
  ),
  'reading-fence': statement<Branch>(READ, [
    { target: 'returned', test: says('TRIED', 'CONFIRMED') },
    'refusing-late-try',
  ]),
  freezing: statement<Branch>(
    `UPDATE customer SET deposit = deposit - :amount, frozen = frozen + :amount
      WHERE id = :customerId AND deposit >= :amount`,
    [unchanged('refusing'), 'returned'],
  ),
  refusing: failing('NOT_ENOUGH_DEPOSIT', 'the deposit is too small'),
  'refusing-late-try': failing('SUSPENDED', 'the transaction has been cancelled already'),
});

const confirm = method('user.confirm', 'reading-fence', {
  'reading-fence': statement<Branch>(READ, [
    { target: 'charging', test: says('TRIED') },
    'returned',
  ]),
  charging: statement<Branch>(
    'UPDATE customer SET frozen = frozen - :amount WHERE id = :customerId',
    'recording-payment',
  ),
  'recording-payment': statement<Branch>(
    'INSERT INTO pay_info (xid, customer_id, amount) VALUES (:xid, :customerId, :amount)',
    'closing-fence',
  ),
  'closing-fence': statement<Branch>(
    "UPDATE tcc_fence_log SET status = 'CONFIRMED' WHERE xid = :xid",
    'returned',
  ),
});

const cancel = method('user.cancel', 'opening-fence', {
  'opening-fence': statement<Branch>(
    "INSERT OR IGNORE INTO tcc_fence_log (xid, status) VALUES (:xid, 'SUSPENDED')",
    [unchanged('reading-fence'), 'returned'],
  ),
  'reading-fence': statement<Branch>(READ, [
    { target: 'unfreezing', test: says('TRIED') },
    'returned',
  ]),
  unfreezing: compensating(
    statement<Branch>(
      `UPDATE customer SET deposit = deposit + :amount, frozen = frozen - :amount
        WHERE id = :customerId`,
      'closing-fence',
    ),
  ),
  'closing-fence': statement<Branch>(
    "UPDATE tcc_fence_log SET status = 'CANCELLED' WHERE xid = :xid",
    'returned',
  ),
});

export const handlers = { 'user.try': tryIt, 'user.confirm': confirm, 'user.cancel': cancel };

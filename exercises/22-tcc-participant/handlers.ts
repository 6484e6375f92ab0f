// The user service takes part in Try-Confirm-Cancel: try freezes the money, confirm takes it, and
// cancel gives it back. All three do what they are for, and nothing more. Teach them, by the fence
// table, to be told twice, to be cancelled untried, and to be tried after that.
//
//   table     tcc_fence_log(xid PRIMARY KEY, status)   what has become of a branch, in your words

import {
  compensating,
  failing,
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

const tryIt = method('user.try', 'freezing', {
  freezing: statement<Branch>(
    `UPDATE customer SET deposit = deposit - :amount, frozen = frozen + :amount
      WHERE id = :customerId AND deposit >= :amount`,
    [unchanged('refusing'), 'returned'],
  ),
  refusing: failing('NOT_ENOUGH_DEPOSIT', 'the deposit is too small'),
});

const confirm = method('user.confirm', 'charging', {
  charging: statement<Branch>(
    'UPDATE customer SET frozen = frozen - :amount WHERE id = :customerId',
    'recording-payment',
  ),
  'recording-payment': statement<Branch>(
    'INSERT INTO pay_info (xid, customer_id, amount) VALUES (:xid, :customerId, :amount)',
    'returned',
  ),
});

const cancel = method('user.cancel', 'unfreezing', {
  unfreezing: compensating(
    statement<Branch>(
      `UPDATE customer SET deposit = deposit + :amount, frozen = frozen - :amount
        WHERE id = :customerId`,
      'returned',
    ),
  ),
});

export const handlers = { 'user.try': tryIt, 'user.confirm': confirm, 'user.cancel': cancel };

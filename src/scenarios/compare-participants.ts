// What a coordinator calls: to try, confirm and cancel, or to do and undo. Every call may come
// twice, late, or for what never was; the row that its first act leaves says so.

import { compensating, failing, managedHandler, type States, type Unit } from '../sim/index.ts';
import { refundSteps } from './compare-messages.ts';
import { charging, ordering, type Purchase, refusingPayment } from './compare-words.ts';
import { statement, unchanged } from './statements.ts';

const JDBC: readonly Unit[] = [{ name: '', kind: 'jdbc' }];

const method = (id: string, first: string, states: States) =>
  managedHandler<Purchase>(id, { units: JDBC, first, states });

const cancelled = failing('Cancelled', 'it has been cancelled before');

/** The row of a table is there already: it was cancelled, or this call comes again. */
const looking = (table: string) =>
  statement<Purchase>(`SELECT status FROM ${table} WHERE uuid = :uuid`, [
    {
      target: 'refusing-cancelled',
      test: ({ result }) => result.rows?.[0]?.['status'] === 'CANCELLED',
    },
    'returned',
  ]);

export const tryPayment = () =>
  method('payments.try', 'reserving', {
    reserving: statement<Purchase>(
      "INSERT OR IGNORE INTO payment (uuid, amount, status) VALUES (:uuid, :amount, 'FROZEN')",
      [unchanged('looking'), 'freezing'],
    ),
    looking: looking('payment'),
    freezing: statement<Purchase>(
      `UPDATE customer SET deposit = deposit - :amount, frozen = frozen + :amount
  WHERE id = :customerId AND deposit >= :amount`,
      [unchanged('refusing-payment'), 'returned'],
    ),
    'refusing-cancelled': cancelled,
    ...refusingPayment,
  });

export const confirmPayment = () =>
  method('payments.confirm', 'paying', {
    paying: statement<Purchase>(
      "UPDATE payment SET status = 'PAID' WHERE uuid = :uuid AND status = 'FROZEN'",
      [unchanged('returned'), 'charging'],
    ),
    charging: statement<Purchase>(
      'UPDATE customer SET frozen = frozen - :amount WHERE id = :customerId',
      'returned',
    ),
  });

// A cancel whose try has not come leaves a row all the same: it will refuse the try.
export const cancelPayment = () =>
  method('payments.cancel', 'marking', {
    marking: statement<Purchase>(
      "INSERT OR IGNORE INTO payment (uuid, amount, status) VALUES (:uuid, :amount, 'CANCELLED')",
      [unchanged('cancelling'), 'returned'],
    ),
    cancelling: compensating(
      statement<Purchase>(
        "UPDATE payment SET status = 'CANCELLED' WHERE uuid = :uuid AND status = 'FROZEN'",
        [unchanged('returned'), 'unfreezing'],
      ),
    ),
    unfreezing: compensating(
      statement<Purchase>(
        `UPDATE customer SET deposit = deposit + :amount, frozen = frozen - :amount
  WHERE id = :customerId`,
        'returned',
      ),
    ),
  });

// No key keeps an order from being written twice: not every pattern can live with one.
const insertOrder = (status: string) => `INSERT INTO customer_order
  (uuid, customer_id, amount, status) SELECT :uuid, :customerId, :amount, '${status}'
  WHERE NOT EXISTS (SELECT 1 FROM customer_order WHERE uuid = :uuid)`;

export const tryOrder = () =>
  method('orders.try', 'asking', {
    ...ordering('returned'),
    ordering: statement<Purchase>(insertOrder('PENDING'), [unchanged('looking'), 'returned']),
    looking: looking('customer_order'),
    'refusing-cancelled': cancelled,
  });

const closing = (from: string, to: string) =>
  statement<Purchase>(
    `UPDATE customer_order SET status = '${to}' WHERE uuid = :uuid AND status = '${from}'`,
    'returned',
  );

export const confirmOrder = () =>
  method('orders.confirm', 'confirming', { confirming: closing('PENDING', 'FINISH') });

export const cancelOrder = () =>
  method('orders.cancel', 'marking', {
    marking: statement<Purchase>(insertOrder('CANCELLED'), [unchanged('cancelling'), 'returned']),
    cancelling: compensating(closing('PENDING', 'CANCELLED')),
  });

/** Charges, unless it has; an orchestrator's first step. */
export const charge = () =>
  method('payments.charge', 'looking', {
    looking: statement<Purchase>('SELECT uuid FROM payment WHERE uuid = :uuid', [
      { target: 'returned', test: ({ result }) => result.rows?.length === 1 },
      'charging',
    ]),
    ...charging('refusing-payment', 'returned'),
    ...refusingPayment,
  });

export const undoCharge = () =>
  method('payments.undo-charge', 'refunding', refundSteps('returned'));

export const placeOrder = () =>
  method('orders.place', 'asking', {
    ...ordering('returned'),
    ordering: statement<Purchase>(insertOrder('FINISH'), 'returned'),
  });

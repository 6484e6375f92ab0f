// Check and charge are one statement. A plain SELECT shows what was committed when the transaction
// first looked, and holds nobody back; an UPDATE locks the row and looks at its newest version, so
// of two payments the second sees what the first has left.

import {
  bestEffortListener,
  findOne,
  firstRow,
  fork,
  hasNoId,
  noSuchRow,
  send,
  sql,
  twoSuchRows,
  when,
} from 'indoubt/words';

const payOrder = bestEffortListener('user.pay', {
  first: 'checking-id',
  states: {
    'checking-id': fork([when('refusing-no-row', hasNoId), 'finding-payment']),
    'finding-payment': findOne(
      'SELECT * FROM pay_info WHERE order_id = :id',
      ({ memory: { id } }) => ({ id }),
      [when('committing', (found) => firstRow(found) !== undefined), 'charging'],
    ),
    charging: sql(
      `UPDATE customer SET deposit = deposit - :amount
        WHERE id = :customerId AND deposit >= :amount`,
      ({ memory: { amount, customerId } }) => ({ amount, customerId }),
      [when('sending-ticket-error', ({ result }) => result.affected === 0), 'recording-payment'],
    ),
    'sending-ticket-error': send('order:ticket_error', () => ({ status: 'NOT_ENOUGH_DEPOSIT' })),
    'recording-payment': sql(
      "INSERT INTO pay_info (amount, order_id, status) VALUES (:amount, :id, 'PAID')",
      ({ memory: { amount, id } }) => ({ amount, id }),
      'sending-ticket-move',
    ),
    'sending-ticket-move': send('order:ticket_move', () => ({ status: 'PAID' })),
    'refusing-no-row': noSuchRow,
    'refusing-two-rows': twoSuchRows,
  },
});

export const handlers = { 'user.pay': payOrder };

// The user service takes the money for an order, if the customer has enough. As it stands, two
// orders of one customer that are paid for at the same time may both pass the check, and the
// deposit ends below zero. Mend it.

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
      [when('committing', (found) => firstRow(found) !== undefined), 'finding-customer'],
    ),
    'finding-customer': sql(
      'SELECT * FROM customer WHERE id = :customerId',
      ({ memory: { customerId } }) => ({ customerId }),
      [
        when('refusing-no-row', (found) => !firstRow(found)),
        when('sending-ticket-error', (found) => {
          return Number(firstRow(found)?.['deposit']) < found.memory.amount;
        }),
        'recording-payment',
      ],
    ),
    'sending-ticket-error': send('order:ticket_error', () => ({ status: 'NOT_ENOUGH_DEPOSIT' })),
    'recording-payment': sql(
      "INSERT INTO pay_info (amount, order_id, status) VALUES (:amount, :id, 'PAID')",
      ({ memory: { amount, id } }) => ({ amount, id }),
      'charging',
    ),
    charging: sql(
      'UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId',
      ({ memory: { amount, customerId } }) => ({ amount, customerId }),
      'sending-ticket-move',
    ),
    'sending-ticket-move': send('order:ticket_move', () => ({ status: 'PAID' })),
    'refusing-no-row': noSuchRow,
    'refusing-two-rows': twoSuchRows,
  },
});

export const handlers = { 'user.pay': payOrder };

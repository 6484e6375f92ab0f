// The order service writes the order that a ticket was locked for, and asks for its payment. As it
// stands, an order:locked that comes twice makes the customer pay twice. Mend it: however often the
// message comes, the order is there once, is paid for once, and goes on.

import {
  bestEffortListener,
  findOne,
  firstRow,
  insertOrder,
  send,
  twoSuchRows,
  when,
} from 'indoubt/words';

const createOrder = bestEffortListener('order.locked', {
  first: 'finding-order',
  states: {
    'finding-order': findOne(
      'SELECT * FROM customer_order WHERE uuid = :uuid',
      ({ memory: { uuid } }) => ({ uuid }),
      [when('sending-pay', (found) => firstRow(found) !== undefined), 'inserting-order'],
    ),
    'inserting-order': insertOrder('NEW', null, 'sending-pay'),
    // A new order has its id from the INSERT; the message came without one.
    'sending-pay': send('order:pay', ({ memory, result }) => {
      return { id: result.lastId ?? memory.id, status: 'NEW' };
    }),
    'refusing-two-rows': twoSuchRows,
  },
});

export const handlers = { 'order.locked': createOrder };

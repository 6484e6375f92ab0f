// A message that comes again finds its order, and goes on with that order's id: the user service
// knows a payment by it. It must go on, since the first time may have ended between the commit of
// the database and that of the session, with the order written and no message sent.

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
      [when('sending-pay-again', (found) => firstRow(found) !== undefined), 'inserting-order'],
    ),
    'inserting-order': insertOrder('NEW', null, 'sending-pay'),
    'sending-pay': send('order:pay', ({ result }) => {
      return { id: result.lastId ?? null, status: 'NEW' };
    }),
    'sending-pay-again': send('order:pay', (found) => {
      return { id: Number(firstRow(found)?.['id']), status: 'NEW' };
    }),
    'refusing-two-rows': twoSuchRows,
  },
});

export const handlers = { 'order.locked': createOrder };

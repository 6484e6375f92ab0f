// The order service hears of one order from two sides: order:locked says that the ticket is there,
// order:fail that it is not. As it stands, an order:new that comes twice makes both true: the first
// copy locks the ticket, the second cannot. The order fails, and is charged. Mend both handlers.

import {
  bestEffortListener,
  compensating,
  type Found,
  findOne,
  findOrder,
  firstRow,
  fork,
  hasNoId,
  insertOrder,
  noSuchRow,
  type Row,
  saveOrder,
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
    'sending-pay': send('order:pay', ({ memory, result }) => {
      return { id: result.lastId ?? memory.id, status: 'NEW' };
    }),
    'refusing-two-rows': twoSuchRows,
  },
});

const failed = ({ memory }: Found): Row => ({
  status: 'FAIL',
  ...(memory.status === 'NOT_ENOUGH_DEPOSIT' && { reason: 'NOT_ENOUGH_DEPOSIT' }),
});

const failOrder = bestEffortListener('order.fail', {
  first: 'checking-id',
  states: {
    'checking-id': fork([when('inserting-order', hasNoId), 'finding-order']),
    'inserting-order': insertOrder('FAIL', 'TICKET_LOCK_FAIL', 'committing'),
    'finding-order': findOrder('failing', failed),
    failing: compensating(saveOrder(failed)),
    'refusing-no-row': noSuchRow,
  },
});

export const handlers = { 'order.locked': createOrder, 'order.fail': failOrder };

// The order service writes down that an order has failed. An order whose ticket could not be locked
// has no row yet, so one is inserted. As it stands, an order:fail that comes twice inserts two.
// Mend it: one order leaves one row, however often the message comes.

import {
  bestEffortListener,
  compensating,
  type Found,
  findOrder,
  fork,
  hasNoId,
  insertOrder,
  noSuchRow,
  type Row,
  saveOrder,
  when,
} from 'indoubt/words';

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

export const handlers = { 'order.fail': failOrder };

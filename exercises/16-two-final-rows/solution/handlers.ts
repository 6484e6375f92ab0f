// Without an id there is still the uuid, which the order has had from the beginning. Who finds a
// row by it has been here before, and is done.

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
  twoSuchRows,
  when,
} from 'indoubt/words';

const failed = ({ memory }: Found): Row => ({
  status: 'FAIL',
  ...(memory.status === 'NOT_ENOUGH_DEPOSIT' && { reason: 'NOT_ENOUGH_DEPOSIT' }),
});

const failOrder = bestEffortListener('order.fail', {
  first: 'checking-id',
  states: {
    'checking-id': fork([when('finding-by-uuid', hasNoId), 'finding-order']),
    'finding-by-uuid': findOne(
      'SELECT * FROM customer_order WHERE uuid = :uuid',
      ({ memory: { uuid } }) => ({ uuid }),
      [when('committing', (found) => firstRow(found) !== undefined), 'inserting-order'],
    ),
    'inserting-order': insertOrder('FAIL', 'TICKET_LOCK_FAIL', 'committing'),
    'finding-order': findOrder('failing', failed),
    failing: compensating(saveOrder(failed)),
    'refusing-no-row': noSuchRow,
    'refusing-two-rows': twoSuchRows,
  },
});

export const handlers = { 'order.fail': failOrder };

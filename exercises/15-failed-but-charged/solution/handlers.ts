// Both handlers know the order by its uuid, and agree on what counts: the ticket is locked for this
// order, whatever a copy of its message was told. So order:fail without an id leaves an order that
// is there alone; and order:locked takes up again what such an order:fail has written before it.

import {
  bestEffortListener,
  compensating,
  type Exit,
  type Found,
  findOne,
  findOrder,
  firstRow,
  fork,
  hasNoId,
  insertOrder,
  noSuchRow,
  type Order,
  type Row,
  saveOrder,
  send,
  sql,
  twoSuchRows,
  when,
} from 'indoubt/words';

const known = (target: string, test: (row: Row) => boolean): Exit<Order> => ({
  target,
  test: (found) => {
    const row = firstRow(found);
    return row !== undefined && test(row);
  },
  remember: (found) => ({ ...found.memory, id: Number(firstRow(found)?.['id']) }),
});

const createOrder = bestEffortListener('order.locked', {
  first: 'finding-order',
  states: {
    'finding-order': findOne(
      'SELECT * FROM customer_order WHERE uuid = :uuid',
      ({ memory: { uuid } }) => ({ uuid }),
      [
        known('reviving-order', (row) => row['status'] === 'FAIL'),
        known('sending-pay-again', () => true),
        'inserting-order',
      ],
    ),
    'reviving-order': sql(
      "UPDATE customer_order SET status = 'NEW', reason = NULL WHERE id = :id",
      ({ memory: { id } }) => ({ id }),
      'sending-pay-again',
    ),
    'sending-pay-again': send('order:pay', () => ({ status: 'NEW' })),
    'inserting-order': insertOrder('NEW', null, 'sending-pay'),
    'sending-pay': send('order:pay', ({ result }) => {
      return { id: result.lastId ?? null, status: 'NEW' };
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

export const handlers = { 'order.locked': createOrder, 'order.fail': failOrder };

// Nobody can know when the timer fires whether the payment is under way, so what the timer starts
// goes round all services: the ticket is released, then the money given back if it was taken, then
// the order fails. A payment that comes later finds no ticket to move, and is given back as well.

import {
  bestEffortListener,
  compensating,
  type Found,
  findOne,
  findOrder,
  firstRow,
  fork,
  type Given,
  handlerMachine,
  noSuchRow,
  type Order,
  type Row,
  saveOrder,
  send,
  sql,
  step,
  twoSuchRows,
  when,
} from 'indoubt/words';

/** What the timer has in hand: the orders it has found, and which is next. */
type Overdue = { readonly orders: readonly Row[]; readonly next: number };

/** An order of the table as the message that the services send each other. */
const messageOf = ({ memory: { orders, next } }: Given<Overdue>): Order => {
  const { id, uuid, customer_id, title, ticket_num, amount } = orders[next] ?? {};
  const order = { id, uuid, customerId: customer_id, title, ticketNum: ticket_num, amount };
  return { ...order, status: 'TIMEOUT' } as Order;
};

// A job: it has no transaction, and commits each message by itself.
const checkOrders = handlerMachine('order.check', 'searching', 'failing', {
  searching: step<Overdue, 'sql'>(
    'sql',
    ({ nowMs, parameters }) => ({
      sql: "SELECT * FROM customer_order WHERE status = 'NEW' AND created_date < :before",
      params: { before: nowMs - Number(parameters['timeoutMs']) },
    }),
    [
      { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
      { target: 'sending', remember: ({ result }) => ({ orders: result.rows ?? [], next: 0 }) },
    ],
  ),
  sending: step<Overdue, 'send'>(
    'send',
    (found) => ({ queue: 'order:ticket_error', body: messageOf(found) }),
    'publishing',
  ),
  publishing: step<Overdue, 'commit'>('commit', { resource: 'session' }, [
    {
      target: 'sending',
      test: ({ memory: { orders, next } }) => next + 1 < orders.length,
      remember: ({ memory: { orders, next } }) => ({ orders, next: next + 1 }),
    },
    'finished',
  ]),
  failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
});

const payOrder = bestEffortListener('user.pay', {
  first: 'choosing',
  states: {
    choosing: fork([
      when('finding-refund', ({ memory }) => memory.status === 'TIMEOUT'),
      'finding-payment',
    ]),
    // What was not paid for is not given back; what was, once, since its payment goes with it.
    'finding-refund': sql(
      'DELETE FROM pay_info WHERE order_id = :id',
      ({ memory: { id } }) => ({ id }),
      [when('sending-fail', ({ result }) => result.affected === 0), 'refunding'],
    ),
    refunding: compensating(
      sql(
        'UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId',
        ({ memory: { amount, customerId } }) => ({ amount, customerId }),
        'sending-fail',
      ),
    ),
    'sending-fail': send('order:fail', () => ({})),

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
    'refusing-two-rows': twoSuchRows,
  },
});

const moveTicket = bestEffortListener('ticket.ticket_move', {
  first: 'moving',
  states: {
    moving: sql(
      `UPDATE ticket SET owner = :customerId, lock_user = NULL
        WHERE lock_user = :customerId AND ticket_num = :ticketNum`,
      ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
      [when('finding-owner', ({ result }) => result.affected === 0), 'sending-finish'],
    ),
    // Nothing to move: either the message came twice, or the ticket was released in the meantime.
    'finding-owner': sql(
      'SELECT 1 FROM ticket WHERE owner = :customerId AND ticket_num = :ticketNum FOR UPDATE',
      ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
      [when('sending-refund', (found) => !firstRow(found)), 'sending-finish'],
    ),
    'sending-refund': send('order:pay', () => ({ status: 'TIMEOUT' })),
    'sending-finish': send('order:finish', () => ({ status: 'TICKET_MOVED' })),
  },
});

const releaseTicket = bestEffortListener('ticket.ticket_error', {
  first: 'unmoving',
  states: {
    unmoving: compensating(
      sql(
        'UPDATE ticket SET owner = NULL WHERE owner = :customerId AND ticket_num = :ticketNum',
        ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
        'unlocking',
      ),
    ),
    unlocking: compensating(
      sql(
        `UPDATE ticket SET lock_user = NULL
          WHERE lock_user = :customerId AND ticket_num = :ticketNum`,
        ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
        [when('sending-refund', ({ memory }) => memory.status === 'TIMEOUT'), 'sending-fail'],
      ),
    ),
    'sending-refund': send('order:pay', () => ({})),
    'sending-fail': send('order:fail', () => ({})),
  },
});

// An order that has failed stays failed: its ticket and its money are on their way back.
const finished = (found: Found): Row => {
  return firstRow(found)?.['status'] === 'FAIL' ? {} : { status: 'FINISH' };
};
const finishOrder = bestEffortListener('order.finish', {
  first: 'finding-order',
  states: {
    'finding-order': findOrder('finishing', finished),
    finishing: saveOrder(finished),
    'refusing-no-row': noSuchRow,
  },
});

export const handlers = {
  'order.check': checkOrders,
  'order.finish': finishOrder,
  'user.pay': payOrder,
  'ticket.ticket_move': moveTicket,
  'ticket.ticket_error': releaseTicket,
};

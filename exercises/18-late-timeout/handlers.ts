// A timer of the order service fails orders that are not finished in time. As it stands, it may
// fire after the payment: the ticket is taken back and the money kept, or the order is finished and
// the ticket gone. Mend what you need of these five handlers, so that all services agree at last.

import {
  bestEffortListener,
  compensating,
  findOne,
  findOrder,
  firstRow,
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
  first: 'finding-payment',
  states: {
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
      'sending-finish',
    ),
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
        'sending-fail',
      ),
    ),
    'sending-fail': send('order:fail', () => ({})),
  },
});

const finished = (): Row => ({ status: 'FINISH' });
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

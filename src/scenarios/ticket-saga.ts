// The ticket shop's saga, by messages alone: lock the ticket, create the order, take the money,
// hand the ticket over; each handler one best-effort transaction. The mistakes of the original
// are kept on purpose. Data, story, properties and named faults are in scenarios.yaml.

import {
  bestEffortListener,
  compensating,
  failing,
  fork,
  type Given,
  handlerMachine,
  type Row,
  type Service,
  step,
} from '../sim/index.ts';
import {
  type Found,
  findOne,
  findOrder,
  firstRow,
  hasNoId,
  insertOrder,
  noSuchRow,
  type Order,
  saveOrder,
  send,
  sql,
  twoSuchRows,
  when,
} from './ticket-words.ts';

const takeOrder = () =>
  handlerMachine('order.create', 'naming', 'failing', {
    naming: step<Order, 'uuid'>('uuid', {}, [
      {
        target: 'sending',
        remember: ({ memory, result }) => {
          const { customerId, title, ticketNum, amount } = memory;
          const uuid = String(result.value);
          return { id: null, uuid, customerId, title, ticketNum, amount, status: null };
        },
      },
    ]),
    sending: step<Order, 'send'>(
      'send',
      ({ memory }) => ({ queue: 'order:new', body: memory }),
      'publishing',
    ),
    publishing: step('commit', { resource: 'session' }, 'finished'),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

const lockTicket = () =>
  bestEffortListener('ticket.new', {
    first: 'locking',
    states: {
      locking: sql(
        'UPDATE ticket SET lock_user = :customerId WHERE lock_user IS NULL AND ticket_num = :ticketNum',
        ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
        [when('sending-fail', ({ result }) => result.affected === 0), 'sending-locked'],
      ),
      'sending-locked': send('order:locked', () => ({ status: 'TICKET_LOCKED' })),
      'sending-fail': send('order:fail', () => ({ status: 'TICKET_LOCK_FAIL' })),
    },
  });

// The original's mistake: for an order that is there already, the message goes on without its id.
const createOrder = () =>
  bestEffortListener('order.locked', {
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

// Check, then charge: two statements, so two payments at once may both pass the check.
const payOrder = () =>
  bestEffortListener('user.pay', {
    first: 'choosing-lookup',
    states: {
      'choosing-lookup': fork([when('finding-payment-without-id', hasNoId), 'finding-payment']),
      'finding-payment': findOne(
        'SELECT * FROM pay_info WHERE order_id = :id',
        ({ memory: { id } }) => ({ id }),
        [when('committing', (found) => firstRow(found) !== undefined), 'finding-customer'],
      ),
      'finding-payment-without-id': findOne(
        'SELECT * FROM pay_info WHERE order_id IS NULL',
        () => ({}),
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

const moveTicket = () =>
  bestEffortListener('ticket.ticket_move', {
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

const finished = (): Row => ({ status: 'FINISH' });
const finishOrder = () =>
  bestEffortListener('order.finish', {
    first: 'checking-id',
    states: {
      'checking-id': fork([when('refusing-no-id', hasNoId), 'finding-order']),
      'finding-order': findOrder('finishing', finished),
      finishing: saveOrder(finished),
      'refusing-no-id': failing('IllegalArgumentException', 'the given id is null'),
      'refusing-no-row': noSuchRow,
    },
  });

const releaseTicket = () =>
  bestEffortListener('ticket.ticket_error', {
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
          'UPDATE ticket SET lock_user = NULL WHERE lock_user = :customerId AND ticket_num = :ticketNum',
          ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
          'sending-fail',
        ),
      ),
      'sending-fail': send('order:fail', () => ({})),
    },
  });

const noDeposit = ({ memory }: Found): boolean => memory.status === 'NOT_ENOUGH_DEPOSIT';
const failed = (found: Found): Row => ({
  status: 'FAIL',
  ...(noDeposit(found) && { reason: 'NOT_ENOUGH_DEPOSIT' }),
});
const failOrder = () =>
  bestEffortListener('order.fail', {
    first: 'checking-id',
    states: {
      'checking-id': fork([when('inserting-order', hasNoId), 'finding-order']),
      'inserting-order': insertOrder('FAIL', 'TICKET_LOCK_FAIL', 'committing'),
      'finding-order': findOrder('failing', failed),
      failing: compensating(saveOrder(failed)),
      'refusing-no-row': noSuchRow,
    },
  });

/** What the timeout job has in hand: the orders it found, and which is next. */
interface Overdue {
  readonly orders: readonly Row[];
  readonly next: number;
}

const overdueOrder = ({ memory: { orders, next } }: Given<Overdue>): Row => orders[next] ?? {};

// Not in a transaction: each message is sent and committed by itself.
const checkOrders = () =>
  handlerMachine('order.check', 'searching', 'failing', {
    searching: step<Overdue, 'sql'>(
      'sql',
      ({ nowMs, parameters }) => ({
        sql: "SELECT * FROM customer_order WHERE status = 'NEW' AND created_date < :checkTime",
        params: { checkTime: nowMs - Number(parameters['timeoutMs']) },
      }),
      [
        { target: 'finished', test: ({ result }) => (result.rows?.length ?? 0) === 0 },
        {
          target: 'sending-ticket-error',
          remember: ({ result }) => ({ orders: result.rows ?? [], next: 0 }),
        },
      ],
    ),
    'sending-ticket-error': compensating(
      step<Overdue, 'send'>(
        'send',
        (found) => {
          const { id, uuid, customer_id, title, ticket_num, amount } = overdueOrder(found);
          return {
            queue: 'order:ticket_error',
            body: {
              id: id ?? null,
              uuid: uuid ?? null,
              customerId: customer_id ?? null,
              title: title ?? null,
              ticketNum: ticket_num ?? null,
              amount: amount ?? null,
              status: 'TIMEOUT',
            },
          };
        },
        'publishing',
      ),
    ),
    publishing: step<Overdue, 'commit'>('commit', { resource: 'session' }, [
      {
        target: 'sending-ticket-error',
        test: ({ memory: { orders, next } }) => next + 1 < orders.length,
        remember: ({ memory: { orders, next } }) => ({ orders, next: next + 1 }),
      },
      'finished',
    ]),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

/** Takes orders and keeps them; several processes may do so at one database. */
export const orderService = (name = 'order'): Service => ({
  name,
  databases: ['order'],
  entries: [{ name: 'create', machine: takeOrder() }],
  listeners: [
    { name: 'locked', queue: 'order:locked', machine: createOrder() },
    { name: 'finish', queue: 'order:finish', machine: finishOrder() },
    { name: 'fail', queue: 'order:fail', machine: failOrder() },
  ],
  jobs: [
    {
      name: 'check',
      machine: checkOrders(),
      delayParameter: 'checkDelayMs',
      waitsFor: "SELECT 1 FROM order.customer_order WHERE status = 'NEW'",
    },
  ],
});

export const ticketService = (): Service => ({
  name: 'ticket',
  databases: ['ticket'],
  entries: [],
  listeners: [
    { name: 'new', queue: 'order:new', machine: lockTicket() },
    { name: 'ticket_move', queue: 'order:ticket_move', machine: moveTicket() },
    { name: 'ticket_error', queue: 'order:ticket_error', machine: releaseTicket() },
  ],
  jobs: [],
});

export const userService = (): Service => ({
  name: 'user',
  databases: ['user'],
  entries: [],
  listeners: [{ name: 'pay', queue: 'order:pay', machine: payOrder() }],
  jobs: [],
});

/** The three services of the shop, each a process with a database of its own. */
export const ticketSagaServices = (): readonly Service[] => [
  orderService(),
  ticketService(),
  userService(),
];

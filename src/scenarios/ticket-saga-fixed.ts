// The ticket shop's saga, mended: every handler is one local transaction with an outbox, knows an
// order by its uuid, and does no harm when its message comes twice, late, or after the one that
// takes it back. Data, story, properties and named faults are in scenarios.yaml.

import {
  bestEffortListener,
  compensating,
  type Exit,
  fork,
  type Given,
  handlerMachine,
  managedHandler,
  type Service,
  step,
} from '../sim/index.ts';
import { relayOf } from './patterns.ts';
import { statement, unchanged } from './statements.ts';
import { meeting, type Order, post } from './ticket-fixed-words.ts';

// The order is there before anything is done for it, so that the timer knows of it.
const takeOrder = () =>
  managedHandler<Order>('order.create', {
    units: [{ name: '', kind: 'jdbc' }],
    before: {
      naming: step<Order, 'uuid'>('uuid', {}, [
        {
          target: 'called',
          remember: ({ memory: { customerId, title, ticketNum, amount }, result }) => {
            return {
              uuid: String(result.value),
              customerId,
              title,
              ticketNum,
              amount,
              reason: null,
            };
          },
        },
      ]),
    },
    first: 'inserting-order',
    states: {
      'inserting-order': statement<Order>(
        `INSERT INTO customer_order
  (uuid, customer_id, title, ticket_num, amount, status, created_date, reminders, due_ms)
  VALUES (:uuid, :customerId, :title, :ticketNum, :amount, 'NEW', :now, 0, :now + :timeoutMs)`,
        'posting-new',
      ),
      'posting-new': post('order:new', 'returned'),
    },
    reply: ({ memory }) => memory.uuid,
  });

const lockTicket = () =>
  bestEffortListener('ticket.new', {
    first: 'meeting-order',
    states: {
      'meeting-order': meeting({ first: 'locking', again: 'committing' }),
      locking: statement<Order>(
        `UPDATE ticket SET lock_user = :customerId, order_uuid = :uuid
  WHERE ticket_num = :ticketNum AND lock_user IS NULL AND owner IS NULL`,
        [unchanged('posting-fail'), 'posting-locked'],
      ),
      'posting-locked': post('order:locked', 'committing'),
      'posting-fail': post('order:fail', 'committing', 'TICKET_LOCK_FAIL'),
    },
  });

// To ask for money is not to take it: if the order fails at this moment, the refund meets it.
const askForPayment = () =>
  bestEffortListener('order.locked', {
    first: 'finding-order',
    states: {
      'finding-order': statement<Order>(
        "SELECT uuid FROM customer_order WHERE uuid = :uuid AND status = 'NEW'",
        [{ target: 'committing', test: ({ result }) => result.rows?.length === 0 }, 'posting-pay'],
      ),
      'posting-pay': post('order:pay', 'committing'),
    },
  });

// Check and charge are one statement: of two payments at once, the second sees what the first left.
const payOrder = () =>
  bestEffortListener('user.pay', {
    first: 'meeting-order',
    states: {
      'meeting-order': meeting({ first: 'charging', again: 'committing' }),
      charging: statement<Order>(
        `UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`,
        [unchanged('posting-ticket-error'), 'recording-payment'],
      ),
      'recording-payment': statement<Order>(
        `INSERT INTO pay_info (order_uuid, customer_id, status, amount)
  VALUES (:uuid, :customerId, 'PAID', :amount)`,
        'posting-ticket-move',
      ),
      'posting-ticket-move': post('order:ticket_move', 'committing'),
      'posting-ticket-error': post('order:ticket_error', 'committing', 'NOT_ENOUGH_DEPOSIT'),
    },
  });

const moveTicket = () =>
  bestEffortListener('ticket.ticket_move', {
    first: 'moving',
    states: {
      moving: statement<Order>(
        `UPDATE ticket SET owner = lock_user, lock_user = NULL
  WHERE order_uuid = :uuid AND lock_user IS NOT NULL`,
        [unchanged('committing'), 'posting-finish'],
      ),
      'posting-finish': post('order:finish', 'committing'),
    },
  });

// An order that has failed in the meantime stays failed: what it had is on its way back.
const finishOrder = () =>
  bestEffortListener('order.finish', {
    first: 'finishing',
    states: {
      finishing: statement<Order>(
        `UPDATE customer_order SET status = 'FINISH', due_ms = NULL
  WHERE uuid = :uuid AND status = 'NEW'`,
        'committing',
      ),
    },
  });

// Taken back goes: the ticket, then the money, then the order. Each says so whether there was
// anything to take back or not, so that a reminder runs through to the end.
const releaseTicket = () =>
  bestEffortListener('ticket.ticket_error', {
    first: 'meeting-order',
    states: {
      'meeting-order': meeting({ first: 'releasing', again: 'releasing' }),
      releasing: compensating(
        statement<Order>(
          `UPDATE ticket SET lock_user = NULL, owner = NULL, order_uuid = NULL
  WHERE order_uuid = :uuid`,
          'posting-refund',
        ),
      ),
      'posting-refund': post('order:refund', 'committing'),
    },
  });

const refundOrder = () =>
  bestEffortListener('user.refund', {
    first: 'meeting-order',
    states: {
      'meeting-order': meeting({ first: 'refunding', again: 'refunding' }),
      refunding: compensating(
        statement<Order>(
          "UPDATE pay_info SET status = 'REFUNDED' WHERE order_uuid = :uuid AND status = 'PAID'",
          [unchanged('posting-fail'), 'crediting'],
        ),
      ),
      crediting: compensating(
        statement<Order>(
          'UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId',
          'posting-fail',
        ),
      ),
      'posting-fail': post('order:fail', 'committing'),
    },
  });

const failOrder = () =>
  bestEffortListener('order.fail', {
    first: 'failing',
    states: {
      failing: compensating(
        statement<Order>(
          `UPDATE customer_order SET status = 'FAIL', reason = coalesce(reason, :reason),
  due_ms = NULL WHERE uuid = :uuid AND status <> 'FINISH'`,
          'closing-case',
        ),
      ),
      'closing-case': statement<Order>(
        'DELETE FROM open_case WHERE order_uuid = :uuid',
        'committing',
      ),
    },
  });

/** An order that the timer has to look at: it is not finished in time, or not all taken back. */
type Overdue = Order & {
  readonly status: 'NEW' | 'FAIL';
  readonly reminders: number;
  readonly dueMs: number;
};

const isNew = ({ memory }: Given<Overdue>): boolean => memory.status === 'NEW';
const isRemindedEnough = ({ memory, parameters }: Given<Overdue>): boolean =>
  memory.reminders >= Number(parameters['remindersMax']);

// Whatever has happened to the order since it was found leaves nothing to do.
const changed = (target: string): readonly (string | Exit<Overdue>)[] => [
  unchanged('committing'),
  target,
];

// It fails an order only if that is still NEW, and asks for all to be taken back in the same
// transaction. If nobody confirms that, a person must find out: the order itself stays failed.
const checkOrders = () =>
  handlerMachine('order.check', 'finding-overdue', 'rolling-back', {
    'finding-overdue': statement<Overdue>(
      `SELECT uuid, customer_id AS customerId, title, ticket_num AS ticketNum, amount,
  coalesce(reason, 'TIMEOUT') AS reason, status, reminders, due_ms AS dueMs
  FROM customer_order WHERE due_ms <= :now ORDER BY id LIMIT 1`,
      [
        { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
        { target: 'beginning', remember: ({ result }) => result.rows?.[0] as unknown as Overdue },
      ],
    ),
    beginning: step('begin', {}, 'choosing', 'failed'),
    choosing: fork<Overdue>([
      { target: 'timing-out', test: isNew },
      { target: 'giving-up', test: isRemindedEnough },
      'reminding',
    ]),
    'timing-out': statement<Overdue>(
      `UPDATE customer_order SET status = 'FAIL', reason = :reason, due_ms = :now + :remindMs
  WHERE uuid = :uuid AND status = 'NEW'`,
      changed('posting-ticket-error'),
    ),
    reminding: statement<Overdue>(
      `UPDATE customer_order SET reminders = reminders + 1, due_ms = :now + :remindMs
  WHERE uuid = :uuid AND due_ms = :dueMs`,
      changed('posting-ticket-error'),
    ),
    'posting-ticket-error': compensating(post('order:ticket_error', 'committing')),
    'giving-up': statement<Overdue>(
      'UPDATE customer_order SET due_ms = NULL WHERE uuid = :uuid AND due_ms = :dueMs',
      changed('opening-case'),
    ),
    'opening-case': statement<Overdue>(
      'INSERT INTO open_case (order_uuid, opened_ms) VALUES (:uuid, :now)',
      'committing',
    ),
    committing: step('commit', { resource: 'database' }, 'finding-overdue'),
    'rolling-back': step('rollback', { resource: 'database' }, 'failed', 'failed'),
  });

/** The three services of the shop, each with a database and an outbox of its own. */
export const ticketSagaFixedServices = (): readonly Service[] => [
  {
    name: 'order',
    databases: ['order'],
    entries: [{ name: 'create', machine: takeOrder() }],
    listeners: [
      { name: 'locked', queue: 'order:locked', machine: askForPayment() },
      { name: 'finish', queue: 'order:finish', machine: finishOrder() },
      { name: 'fail', queue: 'order:fail', machine: failOrder() },
    ],
    jobs: [
      relayOf('order'),
      {
        name: 'check',
        machine: checkOrders(),
        delayParameter: 'checkDelayMs',
        waitsFor: 'SELECT 1 FROM order.customer_order WHERE due_ms IS NOT NULL',
      },
    ],
  },
  {
    name: 'ticket',
    databases: ['ticket'],
    entries: [],
    listeners: [
      { name: 'new', queue: 'order:new', machine: lockTicket() },
      { name: 'ticket_move', queue: 'order:ticket_move', machine: moveTicket() },
      { name: 'ticket_error', queue: 'order:ticket_error', machine: releaseTicket() },
    ],
    jobs: [relayOf('ticket')],
  },
  {
    name: 'user',
    databases: ['user'],
    entries: [],
    listeners: [
      { name: 'pay', queue: 'order:pay', machine: payOrder() },
      { name: 'refund', queue: 'order:refund', machine: refundOrder() },
    ],
    jobs: [relayOf('user')],
  },
];

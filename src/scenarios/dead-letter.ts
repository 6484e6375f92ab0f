// A message that fails at every delivery, when the order has long been paid for: the shop, and the
// service that fails. Data, story, properties and named faults are in scenarios.yaml.

import {
  bestEffortListener,
  compensating,
  failing,
  fork,
  type Given,
  type HandlerState,
  type Listener,
  type Service,
  synchronizedHandler,
} from '../sim/index.ts';
import { deadLetters, jobs } from './dead-letter-ways.ts';
import {
  CANCELLATIONS,
  DELIVERIES,
  is,
  NEWS,
  type Order,
  REFUNDS,
  telling,
} from './dead-letter-words.ts';
import { recording } from './patterns.ts';
import { statement, unchanged } from './statements.ts';

interface Delivered extends Order {
  readonly deliveryCount: number;
}

const buy = () =>
  synchronizedHandler<Order>('shop.buy', {
    units: [{ name: '', kind: 'jdbc' }],
    first: 'charging',
    states: {
      charging: statement<Order>(
        `UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`,
        [unchanged('refusing'), 'inserting-order'],
      ),
      refusing: failing('NotEnoughDepositException', 'the customer has too little money'),
      'inserting-order': statement<Order>(
        `INSERT INTO customer_order (customer_id, amount, status, paid_ms)
  VALUES (:customerId, :amount, 'PAID', :now)`,
        [
          {
            target: 'asking-delivery',
            remember: ({ memory, result }) => ({ ...memory, orderId: Number(result.lastId) }),
          },
        ],
      ),
      'asking-delivery': telling(DELIVERIES, 'returned', () => 1),
    },
    reply: ({ memory }) => memory.orderId,
  });

// An order that has been paid back stays so, whatever is heard of it later.
const hearDelivered = () =>
  bestEffortListener('shop.delivered', {
    first: 'closing',
    states: {
      closing: statement<Order>(
        "UPDATE customer_order SET status = 'DELIVERED' WHERE id = :orderId AND status = 'PAID'",
        'committing',
      ),
    },
  });

const refund = () =>
  bestEffortListener('shop.refund', {
    first: 'knowing-again',
    states: {
      'knowing-again': fork<Order>([
        { target: 'recording', test: is('idempotent', 1) },
        'paying-back',
      ]),
      recording: recording<Order>(({ memory }) => `refund ${memory.orderId}`, {
        first: 'paying-back',
        again: 'committing',
      }),
      'paying-back': compensating(
        statement<Order>(
          'UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId',
          'logging-refund',
        ),
      ),
      'logging-refund': compensating(
        statement<Order>(
          'INSERT INTO refund (order_id, amount, at_ms) VALUES (:orderId, :amount, :now)',
          'closing',
        ),
      ),
      closing: compensating(
        statement<Order>(
          "UPDATE customer_order SET status = 'REFUNDED' WHERE id = :orderId",
          'committing',
        ),
      ),
    },
  });

const statusIs =
  (status: string) =>
  ({ result }: Given<Order>): boolean =>
    result.rows?.[0]?.['status'] === status;

// An order has one row, DISPATCHED or CANCELLED: whoever comes second finds what the first decided.
const settling = (status: string, first: string): HandlerState =>
  statement<Delivered>(
    `INSERT OR IGNORE INTO parcel (order_id, status, at_ms) VALUES (:orderId, '${status}', :now)`,
    [unchanged('finding-parcel'), first],
  );

const findingParcel = (cancelled: string): HandlerState =>
  statement<Order>('SELECT status FROM parcel WHERE order_id = :orderId', [
    { target: cancelled, test: statusIs('CANCELLED') },
    'sending-delivered',
  ]);

const isPoison = ({ memory: { deliveryCount }, parameters, nowMs }: Given<Delivered>): boolean =>
  deliveryCount <= Number(parameters['failures']) &&
  nowMs < Number(parameters['mendedAtMs'] ?? Number.POSITIVE_INFINITY);

const deliver = () =>
  bestEffortListener('delivery.deliver', {
    first: 'counting',
    states: {
      counting: fork<Delivered>([
        {
          target: 'dispatching',
          remember: ({ memory, result }) => {
            return { ...memory, deliveryCount: result.deliveryCount ?? 1 };
          },
        },
      ]),
      dispatching: settling('DISPATCHED', 'calling-carrier'),
      'calling-carrier': fork<Delivered>([
        { target: 'breaking', test: isPoison },
        'sending-delivered',
      ]),
      breaking: failing('CarrierException', 'the carrier cannot read this address'),
      'finding-parcel': findingParcel('committing'),
      'sending-delivered': telling(NEWS, 'committing'),
    },
  });

const cancel = () =>
  bestEffortListener('delivery.cancel', {
    first: 'promising',
    states: {
      promising: compensating(settling('CANCELLED', 'sending-refund')),
      'finding-parcel': findingParcel('sending-refund'),
      'sending-refund': compensating(telling(REFUNDS, 'committing')),
      'sending-delivered': telling(NEWS, 'committing'),
    },
  });

const listeners = (): readonly Listener[] => [
  { name: 'delivered', queue: NEWS, machine: hearDelivered() },
  { name: 'refund', queue: REFUNDS, machine: refund() },
  deadLetters(),
];

/** The shop, which takes the money and gives it back, and the service that fails. */
export const deadLetterServices = (): readonly Service[] => [
  {
    name: 'shop',
    databases: ['shop'],
    entries: [{ name: 'buy', machine: buy() }],
    listeners: listeners(),
    jobs: jobs(),
  },
  {
    name: 'delivery',
    databases: ['delivery'],
    entries: [],
    listeners: [
      { name: 'deliver', queue: DELIVERIES, machine: deliver() },
      { name: 'cancel', queue: CANCELLATIONS, machine: cancel() },
    ],
    jobs: [],
  },
];

// The business case by messages: best-effort commits one after the other, the same with an outbox,
// and a saga that undoes what cannot be finished.

import {
  bestEffortListener,
  compensating,
  type Given,
  handlerMachine,
  managedHandler,
  type Row,
  type States,
  step,
  synchronizedHandler,
  type Unit,
} from '../sim/index.ts';
import {
  CREATED,
  charging,
  type Found,
  numbering,
  ordering,
  type Purchase,
  refusingPayment,
  reply,
  send,
  telling,
} from './compare-words.ts';
import { posting, recording } from './patterns.ts';
import { statement, unchanged } from './statements.ts';

const USER: readonly Unit[] = [{ name: '', kind: 'jdbc', database: 'user' }];

/** Charge and send in one best-effort transaction. */
export const bestEffort = () =>
  synchronizedHandler<Purchase>('shop.best-effort', {
    units: USER,
    before: numbering('called'),
    first: 'charging',
    states: {
      ...charging('refusing-payment', 'sending'),
      sending: send('order:paid', 'returned'),
      ...refusingPayment,
    },
    reply,
  });

export const orderPaid = () =>
  bestEffortListener('orders.paid', {
    first: 'asking',
    states: { ...ordering('telling'), telling: telling('committing') },
  });

const post = (queue: string, onward: string) =>
  posting<Purchase>(
    ({ memory }) => ({ messageId: `${queue} ${memory.uuid}`, queue, body: memory }),
    onward,
  );

/** Charge and write the message down, in one local transaction. */
export const outbox = () =>
  managedHandler<Purchase>('shop.outbox', {
    units: USER,
    before: numbering('called'),
    first: 'charging',
    states: {
      ...charging('refusing-payment', 'posting'),
      posting: post('outbox:paid', 'returned'),
      ...refusingPayment,
    },
    reply,
  });

const seen = (first: string) =>
  recording<Purchase>(({ memory }) => memory.uuid, { first, again: 'committing' });

export const orderPosted = () =>
  bestEffortListener('orders.posted', {
    first: 'recording-message',
    states: {
      'recording-message': seen('asking'),
      ...ordering('posting'),
      posting: post(CREATED, 'committing'),
    },
  });

/** The third, which is told: it knows what it has been told before. */
export const tell = () =>
  bestEffortListener('mail.tell', {
    first: 'recording-message',
    states: {
      'recording-message': seen('noting'),
      noting: statement<Purchase>('INSERT INTO notice (uuid) VALUES (:uuid)', 'committing'),
    },
  });

/** The saga begins by a message. */
export const saga = () =>
  managedHandler<Purchase>('shop.saga', {
    units: [],
    before: numbering('called'),
    first: 'sending',
    states: { sending: send('saga:order', 'returned', false) },
    reply,
  });

export const sagaOrder = () =>
  bestEffortListener('orders.start', {
    first: 'recording-message',
    states: {
      'recording-message': seen('ordering'),
      ordering: step<Purchase, 'sql'>(
        'sql',
        ({ memory: { uuid, customerId, amount }, nowMs }) => ({
          sql: `INSERT INTO customer_order (uuid, customer_id, amount, status, created_ms)
  VALUES (:uuid, :customerId, :amount, 'NEW', :nowMs)`,
          params: { uuid, customerId, amount, nowMs },
        }),
        'sending-pay',
      ),
      'sending-pay': send('saga:pay', 'committing'),
    },
  });

export const sagaPay = () =>
  bestEffortListener('payments.pay', {
    first: 'looking',
    states: {
      looking: statement<Purchase>('SELECT uuid FROM payment WHERE uuid = :uuid', [
        { target: 'sending-paid', test: ({ result }) => result.rows?.length === 1 },
        'charging',
      ]),
      ...charging('sending-refused', 'sending-paid'),
      'sending-paid': send('saga:paid', 'committing'),
      'sending-refused': send('saga:refused', 'committing'),
    },
  });

const refuses = ({ parameters }: Found): boolean => parameters['refuses'] === 1;
const closing = (status: string, onward: string) =>
  statement<Purchase>(
    `UPDATE customer_order SET status = '${status}' WHERE uuid = :uuid AND status = 'NEW'`,
    onward,
  );

// What is paid too late, or for nothing, goes back.
export const sagaFinish = () =>
  bestEffortListener('orders.finish', {
    first: 'finishing',
    states: {
      finishing: statement<Purchase>(
        "UPDATE customer_order SET status = 'FINISH' WHERE uuid = :uuid AND status = 'NEW'",
        [
          { target: 'failing-order', test: refuses },
          { target: 'looking', test: ({ result }) => result.affected === 0 },
          'telling',
        ],
      ),
      looking: statement<Purchase>(
        "SELECT uuid FROM customer_order WHERE uuid = :uuid AND status = 'FINISH'",
        [
          { target: 'committing', test: ({ result }) => result.rows?.length === 1 },
          'sending-refund',
        ],
      ),
      telling: telling('committing'),
      'failing-order': statement<Purchase>(
        "UPDATE customer_order SET status = 'FAIL' WHERE uuid = :uuid",
        'sending-refund',
      ),
      'sending-refund': compensating(send('saga:refund', 'committing')),
    },
  });

export const sagaFail = () =>
  bestEffortListener('orders.fail', {
    first: 'failing-order',
    states: { 'failing-order': closing('FAIL', 'committing') },
  });

/** Gives the money back, once. */
export const refundSteps = (onward: string): States => ({
  refunding: compensating(
    statement<Purchase>(
      "UPDATE payment SET status = 'REFUNDED' WHERE uuid = :uuid AND status = 'PAID'",
      [unchanged(onward), 'crediting'],
    ),
  ),
  crediting: compensating(
    statement<Purchase>(
      'UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId',
      onward,
    ),
  ),
});

export const sagaRefund = () =>
  bestEffortListener('payments.refund', {
    first: 'refunding',
    states: refundSteps('committing'),
  });

type Overdue = { readonly rows: readonly Row[] };

// An order that nobody has finished in time fails; if it was paid, the money goes back.
export const sagaCheck = () =>
  handlerMachine('orders.check', 'searching', 'returning', {
    searching: step<Overdue, 'sql'>(
      'sql',
      ({ nowMs, parameters }) => ({
        sql: `SELECT uuid, customer_id, amount FROM customer_order
  WHERE status = 'NEW' AND created_ms <= :dueMs`,
        params: { dueMs: nowMs - Number(parameters['timeoutMs']) },
      }),
      [
        { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
        {
          target: 'sending-refund',
          remember: ({ result }: Given<unknown>) => ({ rows: result.rows ?? [] }),
        },
      ],
    ),
    'sending-refund': compensating(
      step<Overdue, 'send'>(
        'send',
        ({ memory: { rows } }) => {
          const { uuid = '', customer_id = 0, amount = 0 } = rows?.[0] ?? {};
          return { queue: 'saga:refund', body: { uuid, customerId: customer_id, amount } };
        },
        'publishing',
      ),
    ),
    publishing: step('commit', { resource: 'session' }, 'failing-order'),
    'failing-order': step<Overdue, 'sql'>(
      'sql',
      ({ memory: { rows } }) => ({
        sql: "UPDATE customer_order SET status = 'FAIL' WHERE uuid = :uuid AND status = 'NEW'",
        params: { uuid: rows?.[0]?.['uuid'] ?? null },
      }),
      'finished',
    ),
    returning: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

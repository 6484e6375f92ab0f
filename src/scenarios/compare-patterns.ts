// One business case under every pattern, for `sim matrix`: each way to do it is an entry of the
// shop. The other services take the parts that a pattern gives them. Data, faults and words are in
// scenarios.yaml.

import { handlerMachine, type Service, step } from '../sim/index.ts';
import { orchestrated, resume, tryConfirmCancel } from './compare-coordinated.ts';
import {
  bestEffort,
  orderPaid,
  orderPosted,
  outbox,
  saga,
  sagaCheck,
  sagaFail,
  sagaFinish,
  sagaOrder,
  sagaPay,
  sagaRefund,
  tell,
} from './compare-messages.ts';
import {
  cancelOrder,
  cancelPayment,
  charge,
  confirmOrder,
  confirmPayment,
  placeOrder,
  tryOrder,
  tryPayment,
  undoCharge,
} from './compare-participants.ts';
import { chained, oneByOne, recovery, twoPhase } from './compare-single.ts';
import { CREATED } from './compare-words.ts';
import { relayOf } from './patterns.ts';

// Another session holds the customer's row.
const hold = () =>
  handlerMachine('other.hold', 'beginning', 'rolling-back', {
    beginning: step('begin', {}, 'locking'),
    locking: step(
      'sql',
      { sql: 'SELECT id FROM customer WHERE id = 1 FOR UPDATE', params: {} },
      'holding',
    ),
    holding: step(
      'sleep',
      ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['holdMs']) }),
      'rolling-back',
    ),
    'rolling-back': step('rollback', { resource: 'database' }, 'finished', 'failed'),
  });

const shop = (): Service => ({
  name: 'shop',
  databases: ['user', 'order'],
  entries: [
    { name: 'one-by-one', machine: oneByOne() },
    { name: 'chained', machine: chained() },
    { name: 'xa', machine: twoPhase() },
    { name: 'best-effort', machine: bestEffort() },
    { name: 'outbox', machine: outbox() },
    { name: 'saga', machine: saga() },
    { name: 'orchestrated', machine: orchestrated() },
    { name: 'tcc', machine: tryConfirmCancel() },
  ],
  listeners: [],
  jobs: [
    relayOf('shop', 'user'),
    {
      name: 'recovery',
      machine: recovery(),
      delayParameter: 'recoveryDelayMs',
      waitsFor: `SELECT b.xid FROM xa.branches b JOIN world.resources r ON r.name = b.resource
        WHERE NOT r.gone`,
    },
    {
      name: 'resume',
      machine: resume(),
      delayParameter: 'resumeDelayMs',
      waitsFor: `SELECT uuid FROM order.coordination
        WHERE status NOT IN ('DONE', 'CANCELLED', 'UNDONE')`,
    },
  ],
});

const payments = (): Service => ({
  name: 'payments',
  databases: ['user'],
  entries: [
    { name: 'try', machine: tryPayment() },
    { name: 'confirm', machine: confirmPayment() },
    { name: 'cancel', machine: cancelPayment() },
    { name: 'charge', machine: charge() },
    { name: 'undo-charge', machine: undoCharge() },
  ],
  listeners: [
    { name: 'pay', queue: 'saga:pay', machine: sagaPay() },
    { name: 'refund', queue: 'saga:refund', machine: sagaRefund() },
  ],
  jobs: [],
});

const orders = (): Service => ({
  name: 'orders',
  databases: ['order'],
  entries: [
    { name: 'try', machine: tryOrder() },
    { name: 'confirm', machine: confirmOrder() },
    { name: 'cancel', machine: cancelOrder() },
    { name: 'place', machine: placeOrder() },
  ],
  listeners: [
    { name: 'paid', queue: 'order:paid', machine: orderPaid() },
    { name: 'posted', queue: 'outbox:paid', machine: orderPosted() },
    { name: 'start', queue: 'saga:order', machine: sagaOrder() },
    { name: 'finish', queue: 'saga:paid', machine: sagaFinish() },
    { name: 'fail', queue: 'saga:refused', machine: sagaFail() },
  ],
  jobs: [
    relayOf('orders', 'order'),
    {
      name: 'check',
      machine: sagaCheck(),
      delayParameter: 'checkDelayMs',
      waitsFor: "SELECT uuid FROM order.customer_order WHERE status = 'NEW'",
    },
  ],
});

export const comparePatternsServices = (): readonly Service[] => [
  shop(),
  payments(),
  orders(),
  {
    name: 'mail',
    databases: ['mail'],
    entries: [],
    listeners: [{ name: 'tell', queue: CREATED, machine: tell() }],
    jobs: [],
  },
  {
    name: 'other',
    databases: ['user'],
    entries: [{ name: 'hold', machine: hold() }],
    listeners: [],
    jobs: [],
  },
];

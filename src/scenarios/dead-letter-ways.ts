// The three ways out for an order whose delivery keeps failing: somebody listens to the dead
// letters and compensates, or a timeout does, or what failed is stored, and a person decides.

import {
  bestEffortListener,
  DEAD_LETTER_QUEUE,
  type Exit,
  fork,
  type HandlerState,
  handlerMachine,
  type Job,
  type Listener,
  step,
} from '../sim/index.ts';
import { compensate, DELIVERIES, is, type Order, requests, telling } from './dead-letter-words.ts';
import { isExhausted } from './retry.ts';
import { statement } from './statements.ts';

interface Decided extends Order {
  readonly decision: string;
}

/** Way one and way three begin here: both need somebody who listens to the dead letters. */
const hearDead = () =>
  bestEffortListener('shop.dead-letters', {
    first: 'choosing-way',
    states: {
      'choosing-way': fork<Order>([
        { target: 'storing', test: is('way', 'person') },
        ...compensate,
      ]),
      ...requests('committing'),
      storing: statement<Order>(
        `INSERT OR IGNORE INTO failed_message
  (order_id, round, customer_id, amount, state, stored_ms)
  VALUES (:orderId, :round, :customerId, :amount, 'OPEN', :now)`,
        'committing',
      ),
    },
  });

/** Looks for an order to see to; where there is none, that was all. */
const finding = (query: string, onward: string): HandlerState =>
  statement<Order>(query, [
    { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
    { target: onward, remember: ({ result }) => result.rows?.[0] as unknown as Order },
  ]);

// Way two. It does not ask why an order is still open, so it needs no dead letter. Whether its
// message arrives it never hears: as long as the order is open it asks again, a timeout later.
const checkOverdue = () =>
  handlerMachine('shop.check', 'finding-overdue', 'failing', {
    'finding-overdue': finding(
      `SELECT id AS orderId, customer_id AS customerId, amount, 1 AS round FROM customer_order
  WHERE status = 'PAID' AND coalesce(asked_ms, paid_ms) <= :now - :timeoutMs
    AND :way = 'timeout' ORDER BY id LIMIT 1`,
      'postponing',
    ),
    postponing: statement<Order>(
      'UPDATE customer_order SET asked_ms = :now WHERE id = :orderId',
      compensate,
    ),
    ...requests('publishing'),
    publishing: step('commit', { resource: 'session' }, 'finding-overdue'),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

const decides = (target: string, decision: string, test?: Exit<Order>['test']): Exit<Decided> => ({
  target,
  remember: ({ memory }) => ({ ...memory, decision }),
  ...(test && { test }),
});

// Way three. The message leaves before the decision is noted: who dies in between decides again,
// and so a decision may be carried out twice, but is never forgotten.
const person = () =>
  handlerMachine('shop.person', 'looking', 'failing', {
    looking: finding(
      `SELECT order_id AS orderId, round, customer_id AS customerId, amount FROM failed_message
  WHERE state = 'OPEN' AND :now >= :personAtMs ORDER BY stored_ms, order_id LIMIT 1`,
      'deciding',
    ),
    deciding: fork<Decided>([
      decides('noting', 'DROPPED', is('person', 'drop')),
      decides(
        'sending-again',
        'RETRIED',
        ({ memory: { round }, parameters }) =>
          parameters['person'] === 'retry' && !isExhausted(round, parameters),
      ),
      decides('cancelling', 'REFUNDED', is('guarded', 1)),
      decides('refunding', 'REFUNDED'),
    ]),
    'sending-again': telling<Decided>(DELIVERIES, 'publishing', ({ round }) => round + 1),
    ...requests<Decided>('publishing'),
    publishing: step('commit', { resource: 'session' }, 'noting'),
    noting: statement<Decided>(
      `UPDATE failed_message SET state = :decision, decided_ms = :now
  WHERE order_id = :orderId AND round = :round`,
      'looking',
    ),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

/** Subscribes only where somebody is to hear of dead letters; else they stay where they are. */
export const deadLetters = (): Listener => ({
  name: 'dead-letters',
  queue: DEAD_LETTER_QUEUE,
  machine: hearDead(),
  onlyIf: { parameter: 'way', is: ['failure-queue', 'person'] },
});

/** The timeout, and the person. */
export const jobs = (): readonly Job[] => [
  {
    name: 'check',
    machine: checkOverdue(),
    delayParameter: 'checkDelayMs',
    waitsFor: "SELECT 1 FROM shop.customer_order WHERE status = 'PAID' AND :way = 'timeout'",
  },
  {
    name: 'person',
    machine: person(),
    delayParameter: 'personEveryMs',
    waitsFor: "SELECT 1 FROM shop.failed_message WHERE state = 'OPEN'",
  },
];

// How the measured cases of the ticket saga are set up here.

import type { Json } from '../../../src/sim/index.ts';

/** How a measured case is set up here. */
export interface SagaSetup {
  readonly fails?: readonly string[];
  readonly set?: Readonly<Record<string, number>>;
  readonly deposit?: number;
  /** What the second customer has, if not the same. */
  readonly other?: number;
  readonly tickets?: readonly number[];
  /** What was done by hand in the middle. */
  readonly acts?: readonly Json[];
  readonly lockUser?: number;
  readonly orders?: readonly (readonly [atMs: number, customerId: number, ticketNum: number])[];
  /** The order of commits of unrelated handlers was chance: ids of orders may be swapped. */
  readonly idsByChance?: boolean;
  /** The timer struck twice before its message was handled; here it strikes once. */
  readonly timerByChance?: boolean;
}

const NEVER = { timeoutMs: 86_400_000, horizonMs: 60_000 };
const LATE = ',delay=5s';
const USER_DOWN = 'crash@user.process.starting,restart=never';

const ORDER = { uuid: 'by-hand', customerId: 1, title: 'new_order', ticketNum: 100, amount: 100 };
const sqlAt = (atMs: number, database: string, sql: string): Json => ({ atMs, database, sql });
const messageAt = (atMs: number, queue: string, body: Json): Json => ({ atMs, queue, body });

export const SAGA_SETUPS: Readonly<Record<string, SagaSetup>> = {
  'saga-happy': {},
  'saga-ticket-unknown': { orders: [[0, 1, 999]] },
  'saga-not-enough-deposit': { deposit: 50 },
  'saga-resell-sold-ticket': {
    orders: [
      [0, 1, 100],
      [500, 2, 100],
    ],
  },
  'saga-same-customer-two-orders-sequential': {
    orders: [
      [0, 1, 100],
      [500, 1, 100],
    ],
  },
  'saga-race-two-customers-concurrent': {
    orders: [
      [0, 1, 100],
      [0, 2, 100],
    ],
    idsByChance: true,
  },
  'saga-race-same-customer-concurrent': {
    orders: [
      [0, 1, 100],
      [0, 1, 100],
    ],
    idsByChance: true,
  },
  'saga-race-two-customers-queued': {
    fails: ['crash@ticket.process.starting'],
    orders: [
      [0, 1, 100],
      [1, 2, 100],
    ],
  },
  'saga-race-same-customer-queued': {
    fails: ['crash@ticket.process.starting'],
    orders: [
      [0, 1, 100],
      [1, 1, 100],
    ],
  },
  'saga-dup-late-pay': { fails: [`duplicate@order.locked.sending-pay${LATE}`] },
  'saga-dup-late-locked': { fails: [`duplicate@ticket.new.sending-locked${LATE}`] },
  'saga-dup-late-ticket_move': { fails: [`duplicate@user.pay.sending-ticket-move${LATE}`] },
  'saga-dup-late-finish': { fails: [`duplicate@ticket.ticket_move.sending-finish${LATE}`] },
  'saga-dup-late-fail-lockfail': {
    fails: [`duplicate@ticket.new.sending-fail${LATE}`],
    lockUser: 2,
  },
  'saga-dup-late-ticket_error': {
    fails: [`duplicate@user.pay.sending-ticket-error${LATE}`],
    deposit: 50,
  },
  'saga-kill9-between-commits-new': { fails: ['crash@ticket.new.committing:after'] },
  'saga-kill9-between-commits-fail': { fails: ['crash@order.fail.committing:after'], lockUser: 2 },
  'saga-kill9-between-commits-finish': { fails: ['crash@order.finish.committing:after'] },
  'saga-kill9-between-commits-ticket_error': {
    fails: ['crash@ticket.ticket_error.committing:after'],
    deposit: 50,
  },
  'saga-kill9-between-commits-pay': { fails: ['crash@user.pay.committing:after'], set: NEVER },
  'saga-kill9-between-commits-pay-then-timeout': { fails: ['crash@user.pay.committing:after'] },
  'saga-kill9-between-commits-locked-then-timeout': {
    fails: ['crash@order.locked.committing:after'],
  },
  'saga-broker-killed-between-commits-pay': {
    fails: ['crash-broker@user.pay.committing:after'],
    set: NEVER,
  },
  'saga-broker-killed-between-commits-locked': {
    fails: ['crash-broker@order.locked.committing:after'],
    set: NEVER,
  },
  'saga-db-commit-fails-new': { fails: ['disconnect@ticket.new.committing'] },
  'saga-db-commit-fails-pay': { fails: ['disconnect@user.pay.committing'] },
  'saga-customer-unknown-then-timeout': { orders: [[0, 77, 100]] },
  'saga-user-down-timeout': { fails: [USER_DOWN] },
  'saga-timeout-then-late-payment': { fails: ['crash@user.process.starting,restart=80s'] },
  'saga-timeout-then-late-payment-recheck': { fails: ['crash@user.process.starting,restart=80s'] },
  'saga-timeout-before-finish': { fails: ['delay@ticket.ticket_move.sending-finish,delay=80s'] },
  'saga-timeout-late-payment-same-customer': {
    fails: ['crash@user.process.starting,restart=80s'],
    orders: [
      [0, 1, 100],
      [75_000, 1, 100],
    ],
  },
  'saga-timeout-ticket-down-repeats': {
    fails: [USER_DOWN, 'crash@ticket.new.acknowledging:after,restart=105s'],
  },
  'saga-race-dup-pay-concurrent': { fails: ['duplicate@order.locked.sending-pay,delay=0'] },
  'saga-race-dup-pay-third': {
    fails: ['duplicate@order.locked.sending-pay,delay=0', `duplicate@user.pay.receiving${LATE}`],
  },
  'saga-race-dup-locked-concurrent': { fails: ['duplicate@ticket.new.sending-locked,delay=0'] },
  'saga-race-dup-locked-third': {
    fails: [
      'duplicate@ticket.new.sending-locked,delay=0',
      `duplicate@order.locked.receiving${LATE}`,
    ],
  },
  'saga-dup-late-fail': {
    fails: [
      `duplicate@user.pay.sending-ticket-error${LATE}`,
      'duplicate@ticket.ticket_error.sending-fail,delay=10s',
    ],
    deposit: 50,
  },
  'saga-dup-inflight-locked': {
    fails: ['crash@order.create.publishing:after', 'duplicate@ticket.new.sending-locked,delay=0'],
  },
  'saga-dup-inflight-pay': {
    fails: ['crash@user.process.starting', 'duplicate@order.locked.sending-pay,delay=0'],
  },
  'saga-dup-inflight-ticket_move': {
    fails: [
      'crash@ticket.new.acknowledging:after',
      'duplicate@user.pay.sending-ticket-move,delay=0',
    ],
  },
  'saga-dup-locked-swallowed-by-foreign-null-payinfo': {
    fails: [`duplicate@ticket.new.sending-locked${LATE}`],
    set: NEVER,
    tickets: [100, 101],
    acts: [
      sqlAt(20_000, 'ticket', 'UPDATE ticket SET lock_user = 2 WHERE ticket_num = 101'),
      sqlAt(
        20_000,
        'order',
        `INSERT INTO customer_order (amount, customer_id, status, ticket_num, title, uuid)
  VALUES (100, 2, 'NEW', 101, 'new_order', 'by-hand')`,
      ),
      messageAt(20_000, 'order:locked', {
        ...ORDER,
        id: null,
        uuid: 'by-hand',
        customerId: 2,
        ticketNum: 101,
        status: 'TICKET_LOCKED',
      }),
    ],
  },
  'saga-dup-ticket_error-after-rebuy': {
    fails: ['duplicate@user.pay.sending-ticket-error,delay=20s'],
    deposit: 50,
    other: 1000,
    acts: [sqlAt(5000, 'user', 'UPDATE customer SET deposit = 1000 WHERE id = 1')],
    orders: [
      [0, 1, 100],
      [10_000, 1, 100],
    ],
  },
  'saga-stale-timeout-unlocks-second-order': {
    fails: [USER_DOWN],
    set: { horizonMs: 100_000 },
    orders: [
      [0, 1, 100],
      [75_000, 1, 100],
    ],
    acts: [messageAt(80_000, 'order:ticket_error', { ...ORDER, id: 1, status: 'TIMEOUT' })],
    timerByChance: true,
  },
};

// These began in the middle: what came before was done by hand, and is not counted here.
export const BEGAN_LATER: Readonly<Record<string, readonly string[]>> = {
  'saga-dup-inflight-locked': ['order:new'],
  'saga-dup-inflight-pay': ['order:new', 'order:locked'],
  'saga-dup-inflight-ticket_move': ['order:new', 'order:locked', 'order:pay'],
  'saga-race-dup-pay-concurrent': ['order:new', 'order:locked'],
  'saga-race-dup-pay-third': ['order:new', 'order:locked'],
  'saga-race-dup-locked-concurrent': ['order:new'],
  'saga-race-dup-locked-third': ['order:new'],
};

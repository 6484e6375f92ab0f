// How the measured cases of the transaction managers are set up here: scenario, faults, parameters,
// input document.

import type { Json } from '../../../src/sim/index.ts';

export interface Setup {
  readonly scenario: string;
  readonly fails?: readonly string[];
  readonly set?: Readonly<Record<string, string | number | null>>;
  readonly document?: Json;
  /** Which of two at once came first was chance: rows are compared without their ids. */
  readonly idsByChance?: boolean;
}

const jdbc = (setup: Omit<Setup, 'scenario'>): Setup => ({ scenario: 'chained-jdbc', ...setup });
const jpa = (setup: Omit<Setup, 'scenario'>): Setup => ({ scenario: 'chained-jpa', ...setup });
const SWAPPED = { managers: 'order-user' };

const CHAINED: Readonly<Record<string, Setup>> = {
  'chained-ok': jdbc({}),
  'chained-error2': jdbc({ set: { title: 'error2' } }),
  'chained-title-null': jdbc({ set: { title: null } }),
  'chained-overdraw': jdbc({ set: { amount: 5000 } }),
  'chained-unknown-customer': jdbc({ set: { customerId: 99 } }),
  'chained-first-commit-conn-killed': jdbc({
    fails: ['disconnect@app.user-order.committing-order:before'],
  }),
  'chained-second-commit-server-killed': jdbc({
    fails: ['crash-db@app.user-order.committing-user:before'],
  }),
  'chained-jvm-kill9-between-commits': jdbc({
    fails: ['crash@app.user-order.committing-order:after'],
  }),
  'chained-order-db-down-at-begin': jdbc({
    fails: ['crash-db@app.user-order.beginning-order:before'],
  }),
  'chained-swapped-ok': jdbc({ set: SWAPPED }),
  'chained-swapped-first-commit-ack-lost': jdbc({
    set: SWAPPED,
    fails: ['error@app.order-user.committing-user:after'],
  }),
  'chained-swapped-first-commit-reply-lost-tcp': jdbc({
    set: SWAPPED,
    fails: ['lost-reply@app.order-user.committing-user'],
  }),
  'chained-swapped-second-commit-ack-lost': jdbc({
    set: SWAPPED,
    fails: ['error@app.order-user.committing-order:after'],
  }),
  'chained-swapped-second-commit-conn-killed': jdbc({
    set: SWAPPED,
    fails: ['disconnect@app.order-user.committing-order:before'],
  }),
  'chained-swapped-second-commit-reply-lost-tcp': jdbc({
    set: SWAPPED,
    fails: ['lost-reply@app.order-user.committing-order'],
  }),
  'chainedjpa-ok': jpa({}),
  'chainedjpa-error2': jpa({ set: { title: 'error2' } }),
  'chainedjpa-unknown-customer': jpa({ set: { customerId: 99 } }),
  'chainedjpa-lock-timeout-at-flush': jpa({ set: { holder: 'hold', lockWaitTimeoutMs: 2000 } }),
  'chainedjpa-swapped-ok': jpa({ set: SWAPPED }),
  'chainedjpa-swapped-error2': jpa({ set: { ...SWAPPED, title: 'error2' } }),
  'chainedjpa-swapped-unknown-customer': jpa({ set: { ...SWAPPED, customerId: 99 } }),
  'chainedjpa-swapped-lock-timeout-at-flush': jpa({
    set: { ...SWAPPED, holder: 'hold', lockWaitTimeoutMs: 2000 },
  }),
};

const A = { customerId: 1, title: 'A', amount: 100 };
const B = { customerId: 1, title: 'B', amount: 200 };
const both = (first: typeof A, second: typeof A): Json => ({ orders: [first, second] });
const AB = both(A, B);
const BA = both(B, A);
const RC = 'read-committed';
const RR = 'repeatable-read';

// Whose step came first was chance, and is set up as it was seen.
const CONCURRENT: Readonly<Record<string, Setup>> = {
  'conc-jdbc-relative-READ-COMMITTED': jdbc({ set: { isolation: RC }, document: BA }),
  'conc-jdbc-relative-SERIALIZABLE': jdbc({ set: { isolation: 'serializable' }, document: BA }),
  'conc-jdbc-rmw-READ-COMMITTED': jdbc({
    set: { isolation: RC, write: 'absolute' },
    document: AB,
  }),
  'conc-jdbc-rmw-REPEATABLE-READ': jdbc({
    set: { isolation: RR, write: 'absolute' },
    document: AB,
  }),
  'conc-jdbc-rmw-SERIALIZABLE': jdbc({
    set: { isolation: 'serializable', write: 'absolute' },
    document: AB,
  }),
  'conc-jpa-rmw-READ-COMMITTED': jpa({ set: { isolation: RC }, document: AB }),
  'conc-jpa-rmw-REPEATABLE-READ': jpa({ set: { isolation: RR }, document: BA }),
  'conc-jpa-rmw-SERIALIZABLE': jpa({
    set: { isolation: 'serializable' },
    document: BA,
    idsByChance: true,
  }),
};

const jms = (way: string, set: NonNullable<Setup['set']> = {}): Setup => {
  return { scenario: 'jms-session', set: { way, ...set } };
};

const JMS: Readonly<Record<string, Setup>> = {
  'jms-message1-direct-error': jms('message1-direct', { msg: 'error' }),
  'jms-message1-direct-ok': jms('message1-direct'),
  'jms-message1-listen-error-CACHE_NONE': jms('message1-listen', { msg: 'error' }),
  'jms-message1-listen-error-noTM-CACHE_CONSUMER': jms('message1-listen', {
    msg: 'error',
    manager: 'session',
  }),
  'jms-message1-listen-error': jms('message1-listen', { msg: 'error' }),
  'jms-message1-listen-ok': jms('message1-listen'),
  'jms-message2-direct-error': jms('message2-direct', { msg: 'error' }),
  'jms-message2-direct-ok': jms('message2-direct'),
  'jms-message2-listen-ok': jms('message2-listen'),
  'jms-vm-broker-cache-default-none': {
    scenario: 'jms-session',
    document: {
      messages: [
        { msg: 'hello', way: 'message1-listen' },
        { atMs: 50, msg: '', way: 'read' },
      ],
    },
  },
};

const effort = (way: string, name: string, ...fails: readonly string[]): Setup => {
  return { scenario: 'best-effort', set: { way, name }, fails };
};

const JMSDB: Readonly<Record<string, Setup>> = {
  'jmsdb-direct-ok': effort('direct', 'bob'),
  'jmsdb-direct-error1': effort('direct', 'error1'),
  'jmsdb-direct-error2': effort('direct', 'error2'),
  'jmsdb-direct-id-set': { scenario: 'best-effort', set: { way: 'direct', id: 7 } },
  'jmsdb-direct-db-commit-fails': effort(
    'direct',
    'bob',
    'disconnect@app.direct.committing:before',
  ),
  'jmsdb-direct-broker-down': effort('direct', 'bob', 'crash-broker@app.direct.beginning:before'),
  'jmsdb-direct-broker-killed-between-commits': effort(
    'direct',
    'bob',
    'crash-broker@app.direct.committing:after',
  ),
  'jmsdb-direct-afterCommit-throws': {
    scenario: 'best-effort',
    set: { way: 'direct', afterCommit: 'throws' },
  },
  'jmsdb-listen-ok': effort('listen', 'bob'),
  'jmsdb-listen-error1': effort('listen', 'error1'),
  'jmsdb-listen-db-commit-fails': effort(
    'listen',
    'bob',
    'disconnect@app.handle.committing:before',
  ),
  'jmsdb-listen-broker-killed-between-commits': effort(
    'listen',
    'bob',
    'crash-broker@app.handle.committing:after,restart=1500ms',
  ),
  'jmsdb-listen-kill9-before-db-commit': {
    scenario: 'best-effort',
    fails: ['crash@app.handle.committing:before'],
    document: {
      customers: [
        { name: 'bob', way: 'listen' },
        { name: 'carol', way: 'listen' },
      ],
    },
  },
};

const local = (set: NonNullable<Setup['set']>, ...fails: readonly string[]): Setup => {
  return { scenario: 'jpa-local', set, fails };
};

// Two of the measured methods do not put their own name before the customer's.
const JPA: Readonly<Record<string, Setup>> = {
  'jpa-annotation-ok': local({ way: 'annotation' }),
  'jpa-annotation-throw': local({ way: 'annotation', fails: 'runtime', prefix: 0 }),
  'jpa-annotation-checked': local({ way: 'annotation', fails: 'checked', prefix: 0 }),
  'jpa-no-transactional-throw': local({ way: 'plain', fails: 'runtime', prefix: 0 }),
  'jpa-code-ok': local({ way: 'code' }),
  'jpa-code-id-set': local({ way: 'code', id: 5 }),
  'jpa-code-commit-fails': local({ way: 'code' }, 'disconnect@app.code.committing:before'),
  'jpa-code-timeout': local({ way: 'code', pauseMs: 16_000 }),
};

// The reference began with an empty table of customers.
const jta = (set: NonNullable<Setup['set']>, ...fails: readonly string[]): Setup => {
  return { scenario: 'jta-xa', set, fails, document: { customers: [], requests: [request(set)] } };
};
const request = ({ id = null, name = 'bob' }: NonNullable<Setup['set']>): Json => {
  return { id, name, customerId: 1, amount: 100 };
};

const JTA: Readonly<Record<string, Setup>> = {
  'jta-direct-ok': jta({ way: 'annotation' }),
  'jta-direct-error': jta({ way: 'annotation', name: 'error' }),
  'jta-direct-id-set': jta({ way: 'annotation', id: 7 }),
  'jta-code-ok': jta({ way: 'code' }),
  'jta-code-isolation-serializable': jta({ way: 'code', isolation: 'serializable' }),
  'jta-listen-ok': jta({ way: 'listen' }),
  'jta-listen-error': jta({ way: 'listen', name: 'error' }),
  'jta-db-refuses-prepare': jta(
    { way: 'annotation' },
    'disconnect@app.annotation.preparing-user:before',
  ),
  'jta-db-kill9-after-prepare': jta(
    { way: 'annotation' },
    'crash-db@app.annotation.committing-user:before,restart=10400ms',
  ),
  'jta-coordinator-kill9-after-prepare': jta(
    { way: 'annotation' },
    'crash@app.annotation.committing-user:before',
  ),
  'jta-coordinator-kill9-resource-not-registered': jta(
    { way: 'annotation', registered: 0 },
    'crash@app.annotation.committing-user:before',
  ),
};

export const SETUPS: Readonly<Record<string, Setup>> = {
  ...CHAINED,
  ...CONCURRENT,
  ...JMS,
  ...JMSDB,
  ...JPA,
  ...JTA,
};

import { describe, expect, it } from 'vitest';
import {
  allParameters,
  mergeSettings,
  parseSetting,
  readFaults,
  readInput,
} from '../../src/scenarios/index.ts';
import { type Json, run, SandboxError } from '../../src/sim/index.ts';
import { ticketSaga } from '../support.ts';

const ORIGINAL = { customerId: 1, title: 'new_order', amount: 100, ticketNum: 110 };
const read = (document?: Json, set = {}) =>
  readInput(ticketSaga, allParameters(ticketSaga, set), document);
const failure = (act: () => unknown): SandboxError => {
  try {
    act();
  } catch (error) {
    if (error instanceof SandboxError) return error;
  }
  throw new Error('nothing was refused');
};

describe('readInput', () => {
  it('makes one request of the parameters where no document is given', () => {
    expect(read().requests).toEqual([
      { atMs: 0, service: 'order', handler: 'create', body: ORIGINAL },
    ]);
    expect(read(undefined, { amount: 7, ticketNum: 5 }).requests[0]?.body).toMatchObject({
      amount: 7,
      ticketNum: 5,
    });
  });

  it('takes one request, a list with times, or tables and requests by name', () => {
    expect(read(ORIGINAL).requests).toHaveLength(1);
    expect(read([ORIGINAL, { ...ORIGINAL, atMs: 300 }]).requests.map(({ atMs }) => atMs)).toEqual([
      0, 300,
    ]);
    const input = read({
      customers: [{ deposit: 5 }, { id: 7, userName: 'ann' }],
      tickets: [{ ticketNum: 1, lockUser: 7 }],
      orders: [{ ...ORIGINAL, customerId: 7 }],
    });
    expect(input.rows['user.customer']).toMatchObject([
      { id: 1, deposit: 5, user_name: 'imooc' },
      { id: 7, deposit: 1000, user_name: 'ann' },
    ]);
    expect(input.rows['ticket.ticket']).toMatchObject([{ id: 1, ticket_num: 1, lock_user: 7 }]);
    expect(read({ tickets: [] }).requests[0]?.body).toEqual(ORIGINAL);
  });

  it('takes quotes, emoji and SQL in a title as they are', () => {
    const title = `'); DROP TABLE customer_order; -- "票" 🎫`;
    const result = run(ticketSaga, read({ ...ORIGINAL, title }));
    expect(result.after['order.customer_order']).toMatchObject([{ title, status: 'FINISH' }]);
  });

  it.each<[string, Json, string]>([
    ['a negative amount', { ...ORIGINAL, amount: -1 }, 'bad-value'],
    ['an amount that is text', { ...ORIGINAL, amount: '100' }, 'bad-value'],
    ['half an amount', { ...ORIGINAL, amount: 0.5 }, 'bad-value'],
    ['an amount beyond whole numbers', { ...ORIGINAL, amount: 1e300 }, 'bad-value'],
    ['an unknown customer', { ...ORIGINAL, customerId: 77 }, 'no-such-row'],
    ['a title of 10 kB', { ...ORIGINAL, title: 'x'.repeat(10_240) }, 'bad-value'],
    ['no ticket', { customerId: 1, amount: 1 }, 'missing-value'],
    ['an unknown field', { ...ORIGINAL, amout: 1 }, 'unknown-name'],
    ['a time before the start', { ...ORIGINAL, atMs: -5 }, 'bad-value'],
    ['a number', 5, 'bad-value'],
    ['a list of numbers', [5], 'bad-value'],
    ['a deposit that no INT holds', { customers: [{ deposit: 2 ** 31 }] }, 'bad-value'],
    ['an empty list', [], 'missing-value'],
    ['no orders', { orders: [] }, 'missing-value'],
    ['an unknown table', { customers: [], cars: [] }, 'unknown-name'],
    ['an unknown column', { customers: [{ depositt: 5 }] }, 'unknown-name'],
    ['a list that is none', { orders: ORIGINAL }, 'bad-value'],
    ['a deposit that is text', { customers: [{ deposit: 'much' }] }, 'bad-value'],
  ])('refuses %s', (_what, document, code) => {
    expect(failure(() => read(document)).code).toBe(code);
  });

  it('lets everything through as the original does, if it is told to', () => {
    const careless = { checkInput: 0 };
    const rich = run(ticketSaga, read({ ...ORIGINAL, amount: -50 }, careless));
    expect(rich.after['user.customer']).toMatchObject([{ deposit: 1050 }]);
    const long = run(ticketSaga, read({ ...ORIGINAL, title: 'x'.repeat(10_240) }, careless));
    const dead = long.queues.find(({ queue }) => queue === 'ActiveMQ.DLQ');
    expect(dead?.messages).toMatchObject([{ originalQueue: 'order:locked' }]);
  });

  it('refuses rows that the tables refuse', () => {
    expect(failure(() => read({ customers: [{ id: 1 }, { id: 1 }] })).code).toBe('bad-rows');
    const input = read(ORIGINAL);
    const rows = { ...input.rows, 'user.customer': [{ id: 1, nobody: 1 }] };
    expect(failure(() => run(ticketSaga, { ...input, rows })).code).toBe('bad-rows');
  });
});

describe('parseSetting', () => {
  it.each([
    ['amount=40', ['amount', 40]],
    ['lockedBy=null', ['lockedBy', null]],
    ['checkInput=false', ['checkInput', 0]],
    ['title=a=b', ['title', 'a=b']],
    ['title=', ['title', '']],
  ])('%s', (text, expected) => {
    expect(parseSetting(ticketSaga, text)).toEqual(expected);
  });

  it.each([
    ['amount', 'bad-setting'],
    ['=5', 'bad-setting'],
    ['amont=1', 'unknown-name'],
    ['amount=ten', 'bad-value'],
    ['amount=-1', 'bad-value'],
    ['amount=', 'bad-value'],
    ['consumers=0', 'bad-value'],
    ['checkInput=maybe', 'bad-value'],
    ['toString=1', 'unknown-name'],
  ])('refuses %s', (text, code) => {
    expect(failure(() => parseSetting(ticketSaga, text)).code).toBe(code);
  });
});

describe('readFaults', () => {
  it('names the nearest fault, and all there are', () => {
    const { data } = failure(() => readFaults(ticketSaga, ['depositt']));
    expect(data).toMatchObject({ nearest: 'deposit', known: Object.keys(ticketSaga.namedFaults) });
    expect(failure(() => readFaults(ticketSaga, ['constructor'])).code).toBe('unknown-name');
  });

  it('refuses faults and settings that contradict each other', () => {
    const asked = readFaults(ticketSaga, ['deposit']);
    expect(mergeSettings({ deposit: 50 }, asked)).toEqual({ deposit: 50 });
    expect(failure(() => mergeSettings({ deposit: 60 }, asked)).code).toBe('conflict');
  });

  it('takes a fault once, however often it is asked for', () => {
    expect(readFaults(ticketSaga, ['timeout', 'timeout']).faults).toHaveLength(1);
  });
});

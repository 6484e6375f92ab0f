// Waiting for locks: deadlocks, timeouts, and who is served first. The rules are InnoDB's.

import { beforeEach, describe, expect, it } from 'vitest';
import { Database, type Isolation } from '../../../src/sim/index.ts';

const DDL = `
  CREATE TABLE ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT, ticket_num BIGINT, lock_user BIGINT, owner BIGINT);
  CREATE TABLE customer (id INTEGER PRIMARY KEY, deposit INT CHECK (deposit > -1000));
`;
const ROWS = {
  ticket: [
    { id: 1, ticket_num: 100, lock_user: null, owner: null },
    { id: 2, ticket_num: 101, lock_user: null, owner: null },
  ],
  customer: [
    { id: 1, deposit: 1000 },
    { id: 2, deposit: 1000 },
  ],
};
const PAY = 'UPDATE customer SET deposit = deposit - :a WHERE id = :id';

let db: Database;
beforeEach(() => {
  db = new Database('shop', { ddl: DDL, rows: ROWS });
});

function begin(isolation?: Isolation): number {
  const id = db.begin(isolation);
  if (id === null) throw new Error('the database is down');
  return id;
}

const deposit = (transaction: number | null, id = 1): unknown => {
  const sql = 'SELECT deposit FROM customer WHERE id = :id';
  const outcome = db.execute(transaction, sql, { id });
  return outcome.type === 'rows' ? outcome.rows[0]?.['deposit'] : outcome;
};
const pay = (transaction: number, amount: number, id = 1) =>
  db.execute(transaction, PAY, { a: amount, id });

describe('deadlocks and timeouts', () => {
  it('roll back the lightest of the cycle and let the other go on', () => {
    const [heavy, light] = [begin(), begin()];
    pay(heavy, 1, 1);
    db.execute(heavy, 'UPDATE ticket SET owner = 9', {});
    pay(light, 1, 2);
    expect(pay(light, 1, 1)).toMatchObject({ type: 'blocked' });
    expect(pay(heavy, 1, 2)).toMatchObject({ affected: 1 });
    expect(db.takeWoken()).toContain(light);
    expect(db.resume(light)).toEqual({
      type: 'failed',
      failure: { code: 'deadlock', definite: true },
    });
    db.commit(heavy);
    expect(db.committedRows('customer').map((row) => row['deposit'])).toEqual([999, 999]);
  });

  it('on a tie choose the transaction that closed the cycle', () => {
    const [first, second] = [begin(), begin()];
    pay(first, 1, 1);
    pay(second, 1, 2);
    expect(pay(first, 1, 2)).toMatchObject({ type: 'blocked' });
    expect(pay(second, 1, 1)).toMatchObject({ failure: { code: 'deadlock' } });
    expect(db.isOpen(second)).toBe(false);
    expect(db.takeWoken()).toEqual([first]);
    expect(db.resume(first)).toMatchObject({ affected: 1 });
  });

  it('a wait that times out fails the statement alone; locks and changes stay', () => {
    const [first, second, third] = [begin(), begin(), begin()];
    pay(first, 1, 1);
    pay(second, 7, 2);
    pay(second, 1, 1);
    expect(pay(third, 1, 1)).toMatchObject({ waitsFor: [first, second] });
    expect(db.timeOutWait(second)).toMatchObject({ failure: { code: 'lock-wait-timeout' } });
    db.commit(second);
    db.commit(first);
    expect(db.takeWoken()).toEqual([third]);
    expect(deposit(null, 2)).toBe(993);
  });

  it('serve those who wait in the order they came', () => {
    const [first, second, third] = [begin(), begin(), begin()];
    for (const transaction of [first, second, third]) pay(transaction, 1);
    db.commit(first);
    expect(db.takeWoken()).toEqual([second]);
    db.resume(second);
    db.rollback(second);
    expect(db.takeWoken()).toEqual([third]);
  });
});

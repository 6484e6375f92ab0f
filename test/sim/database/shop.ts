// The ticket shop's tables, and two things its clients do, for the tests of the database.

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
export const PAY = 'UPDATE customer SET deposit = deposit - :a WHERE id = :id';

/** A shop of a test's own, with what clients do in it. */
export function openShop() {
  const db = new Database('shop', { ddl: DDL, rows: ROWS });
  return {
    db,
    begin(isolation?: Isolation): number {
      const id = db.begin(isolation && { isolation });
      if (id === null) throw new Error('the database is down');
      return id;
    },
    /** The deposit as a transaction sees it, or what became of the query. */
    deposit(transaction: number | null, id = 1): unknown {
      const sql = 'SELECT deposit FROM customer WHERE id = :id';
      const outcome = db.execute(transaction, sql, { id });
      return outcome.type === 'rows' ? outcome.rows[0]?.['deposit'] : outcome;
    },
    pay: (transaction: number | null, amount: number, id = 1) =>
      db.execute(transaction, PAY, { a: amount, id }),
  };
}

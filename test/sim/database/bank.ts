// A bank with every kind of index and a foreign key, and statements that reach its rows in every
// way, for random tests of the database.

import { Database, type Isolation } from '../../../src/sim/index.ts';

export const LEVELS: readonly Isolation[] = [
  'read-uncommitted',
  'read-committed',
  'repeatable-read',
  'serializable',
];
const DDL = `CREATE TABLE account (id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER UNIQUE,
    branch INTEGER, balance INTEGER);
  CREATE INDEX account_branch ON account (branch);
  CREATE TABLE note (id INTEGER, kind TEXT NOT NULL DEFAULT 'plain',
    account INTEGER REFERENCES account (id), PRIMARY KEY (id, kind))`;
// Whoever changes a table with foreign keys is never alone on it.
export const DDL_WITHOUT_KEYS = DDL.replace('REFERENCES account (id)', '');
const ROWS = {
  account: [1, 2, 3, 4].map((id) => ({ id, owner: id * 10, branch: id % 2, balance: 10 })),
  note: [{ id: 1, kind: 'plain', account: 1 }],
};

// What a statement reads goes into what a later one writes, so that a wrong read shows in the end.
export const STATEMENTS = [
  'SELECT sum(balance) AS seen FROM account',
  'SELECT sum(balance) AS seen FROM account WHERE branch = 1',
  'SELECT balance AS seen FROM account WHERE id = 2',
  'SELECT count(*) AS seen FROM note WHERE account = 1',
  'SELECT balance AS seen FROM account WHERE owner = 30 FOR UPDATE',
  'SELECT max(balance) AS seen FROM account WHERE id BETWEEN 2 AND 3 LOCK IN SHARE MODE',
  'UPDATE account SET balance = balance + 1 WHERE id = 1',
  'UPDATE account SET balance = :seen WHERE id = 2',
  'UPDATE account SET balance = balance + :seen WHERE branch = 0',
  'UPDATE account SET branch = 1 - branch WHERE id = 3',
  'UPDATE account SET owner = owner + 5 WHERE owner BETWEEN 15 AND 35',
  'UPDATE account SET id = 9 WHERE id = 4',
  'DELETE FROM account WHERE balance > 25',
  'DELETE FROM note WHERE account = 1',
  'INSERT INTO account (id, owner, branch, balance) VALUES (20 + :seen, :seen, 1, 1)',
  'INSERT INTO account (id, owner, branch, balance) VALUES (7, 70, 0, :seen), (8, 20, 0, 1)',
  'INSERT INTO note (id, account) VALUES (:seen, 2)',
  'INSERT INTO note (id, account) SELECT id + 100, id FROM account WHERE branch = 1',
] as const;

/** The parameters of such a statement. */
export const paramsOf = (sql: string, seen: number) => (sql.includes(':seen') ? { seen } : {});

/** A bank that can be had as new again and again. */
export function makeBank(ddl = DDL): () => Database {
  const db = new Database('bank', { ddl, rows: ROWS });
  const start = db.mark();
  return () => {
    db.rewind(start);
    return db;
  };
}

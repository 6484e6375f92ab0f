// A bank with every kind of index and a foreign key, and statements that reach its rows in every
// way, for random tests of the database.

import { Database, type Isolation } from '../../../src/sim/index.ts';

export const LEVELS: readonly Isolation[] = [
  'read-uncommitted',
  'read-committed',
  'repeatable-read',
  'serializable',
];
export const DDL = `CREATE TABLE account (id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER UNIQUE,
    branch INTEGER, balance INTEGER);
  CREATE INDEX account_branch ON account (branch);
  CREATE TABLE note (id INTEGER, kind TEXT NOT NULL DEFAULT 'plain',
    account INTEGER REFERENCES account (id), PRIMARY KEY (id, kind));
  CREATE TABLE card (id INTEGER PRIMARY KEY, account INTEGER
    REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE);
  CREATE TABLE payment (id INTEGER PRIMARY KEY, card INTEGER
    REFERENCES card (id) ON DELETE SET NULL)`;
export const DDL_WITHOUT_KEYS = DDL.replace(
  /REFERENCES \w+ \(id\)(?: ON \w+ (?:CASCADE|SET NULL))*/g,
  '',
);
export const ROWS = {
  account: [1, 2, 3, 4].map((id) => ({ id, owner: id * 10, branch: id % 2, balance: 10 })),
  note: [{ id: 1, kind: 'plain', account: 1 }],
  card: [2, 3, 4].map((account) => ({ id: account * 10, account })),
  payment: [20, 20, 30].map((card, at) => ({ id: at + 1, card })),
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
  'UPDATE card SET account = 2 WHERE account = 3',
  'UPDATE account SET Balance = (SELECT count(*) FROM payment WHERE card = 20) WHERE Id = 1',
  'UPDATE account SET balance = 7 WHERE id = (SELECT max(account) FROM card)',
  'DELETE FROM account WHERE balance > 25',
  'DELETE FROM account WHERE owner = 20',
  'DELETE FROM card WHERE id = 30',
  'DELETE FROM note WHERE account = 1',
  'INSERT INTO account (id, owner, branch, balance) VALUES (20 + :seen, :seen, 1, 1)',
  'INSERT INTO account (id, owner, branch, balance) VALUES (7, 70, 0, :seen), (8, 20, 0, 1)',
  'INSERT INTO account SELECT id + 50, owner + 50, branch, balance FROM account WHERE branch = 1',
  'REPLACE INTO account (id, owner, branch, balance) VALUES (2, 30, 0, :seen)',
  'REPLACE INTO card (id, account) VALUES (20, 3)',
  'INSERT OR IGNORE INTO account (id, owner, balance) VALUES (2, 99, 1), (6, 10, 1), (8, 80, 1)',
  `INSERT INTO account (id, owner, balance) VALUES (3, 99, :seen)
    ON CONFLICT (id) DO UPDATE SET balance = balance + excluded.balance`,
  'INSERT INTO payment (id, card) SELECT account + 100, id FROM card WHERE account > 2',
  'INSERT INTO note (id, account) VALUES (:seen, 2)',
  'INSERT INTO note (id, account) SELECT id + 100, id FROM account WHERE branch = 1',
] as const;

// Their numbers are gone for good, also if they are rolled back: no serial order would show that.
export const NUMBERED = [
  'INSERT INTO account (owner, branch, balance) VALUES (:seen, 1, 1)',
  'INSERT INTO payment (card) SELECT id FROM card WHERE account > 2',
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

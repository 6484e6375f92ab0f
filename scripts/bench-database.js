// The simulated database against bare better-sqlite3, statement by statement, as ratios taken in
// one run: alone, with another transaction about, marks, and a return to the start.

import BetterSqlite3 from 'better-sqlite3';
import { Database } from '../dist/index.js';

const ROWS = 200;
const TIMES = 1000;
const DDL = `CREATE TABLE account (id INTEGER PRIMARY KEY, owner INTEGER, balance INTEGER);
  CREATE INDEX account_owner ON account (owner);
  CREATE TABLE bank (id INTEGER PRIMARY KEY, v INTEGER);
  CREATE TABLE card (id INTEGER PRIMARY KEY, bank INTEGER REFERENCES bank (id), v INTEGER);
  CREATE INDEX card_bank ON card (bank)`; // InnoDB makes it by itself.
const rows = Array.from({ length: ROWS }, (_, at) => ({ id: at + 1, owner: at % 20, balance: 10 }));
const start = { account: rows, bank: [{ id: 1, v: 0 }] };

const STATEMENTS = {
  'UPDATE by key': ['UPDATE account SET balance = balance + 1 WHERE id = :id', { id: 7 }],
  'SELECT by key': ['SELECT * FROM account WHERE id = :id', { id: 7 }],
  'UPDATE by index': ['UPDATE account SET balance = balance + 1 WHERE owner = :o', { o: 3 }],
  'SELECT by index': ['SELECT * FROM account WHERE owner = :o', { o: 3 }],
  INSERT: ['INSERT INTO account (owner, balance) VALUES (:o, 1)', { o: 1 }],
  'INSERT of a child': ['INSERT INTO card (bank, v) VALUES (1, 1)', {}],
  'UPDATE of a parent': ['UPDATE bank SET v = 1 WHERE id = 1', {}],
  DELETE: ['DELETE FROM account WHERE id = :id', { id: 9 }],
};
const UPDATE = STATEMENTS['UPDATE by key'];

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** Microseconds of one call; the two sides take turns, so that noise hits both alike. */
function compare(bare, simulated) {
  const times = { bare: [], simulated: [] };
  for (let warm = 0; warm < 3; warm++) for (const act of [bare, simulated]) act();
  for (let round = 0; round < 11; round++) {
    for (const [side, act] of Object.entries({ bare, simulated })) {
      const start = performance.now();
      act();
      times[side].push(((performance.now() - start) / TIMES) * 1000);
    }
  }
  return { bare: median(times.bare), simulated: median(times.simulated) };
}

function openBare() {
  const bare = new BetterSqlite3(':memory:');
  bare.exec(DDL);
  const insert = bare.prepare('INSERT INTO account VALUES (:id, :owner, :balance)');
  for (const row of rows) insert.run(row);
  bare.exec('INSERT INTO bank VALUES (1, 0)');
  return bare;
}

function bareTimes([sql, params]) {
  const bare = openBare();
  const prepared = bare.prepare(sql);
  const run = sql.startsWith('SELECT') ? () => prepared.all(params) : () => prepared.run(params);
  return () => {
    bare.exec('BEGIN');
    for (let n = 0; n < TIMES; n++) run();
    bare.exec('ROLLBACK');
  };
}

/** The statement in one open transaction; `other` changes another row of the table first. */
function simulatedTimes([sql, params], other) {
  const database = new Database('bench', { ddl: DDL, rows: start });
  const beginning = database.mark();
  return () => {
    if (other) {
      const id = database.begin();
      database.execute(id, 'UPDATE account SET balance = 0 WHERE id = 150', {});
    }
    const id = database.begin();
    for (let n = 0; n < TIMES; n++) database.execute(id, sql, params);
    database.rewind(beginning);
  };
}

function markTimes() {
  const database = new Database('bench', { ddl: DDL, rows: start });
  const id = database.begin();
  database.execute(id, ...UPDATE);
  const beginning = database.mark();
  return () => {
    for (let n = 0; n < TIMES; n++) database.rewind(database.mark());
    database.rewind(beginning);
  };
}

function resetTimes() {
  const database = new Database('bench', { ddl: DDL, rows: start });
  const beginning = database.mark();
  return () => {
    for (let n = 0; n < TIMES; n++) {
      database.rewind(beginning);
    }
  };
}

/** Prints a line for each ratio. Returns whether all bars are held. */
export function benchDatabase(line) {
  const held = [];
  const show = (name, { bare, simulated }, bar) => {
    const ratio = simulated / bare;
    held.push(line(name, `${ratio.toFixed(1)}x`, `<= ${bar}x`, ratio <= bar));
  };
  for (const [name, statement] of Object.entries(STATEMENTS)) {
    const bare = bareTimes(statement);
    show(`${name}, alone`, compare(bare, simulatedTimes(statement, false)), 6);
    show(`${name}, another changed the table`, compare(bare, simulatedTimes(statement, true)), 40);
  }
  const update = bareTimes(UPDATE);
  show('mark() and rewind() against an UPDATE', compare(update, markTimes()), 10);
  show('reset to the start against an UPDATE', compare(update, resetTimes()), 20);
  return held.every(Boolean);
}

// What a person can get wrong with a database: each mistake has a code, and within a scenario it
// says in which state of which service it was made.

import { describe, expect, it } from 'vitest';
import {
  Database,
  type HandlerState,
  handlerMachine,
  type Isolation,
  SandboxError,
  type Scenario,
  type Service,
  type SqlParams,
  step,
  World,
} from '../../../src/sim/index.ts';
import { openShop } from './shop.ts';

function mistake(act: () => unknown): SandboxError {
  try {
    act();
  } catch (error) {
    if (error instanceof SandboxError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const run = (sql: string, params: SqlParams = {}) => {
  const { db, begin } = openShop();
  return mistake(() => db.execute(begin(), sql, params));
};

describe('a statement is refused', () => {
  it.each([
    ['SELEC 1', 'near "SELEC"'],
    ['SELECT * FROM customer WHERE', 'incomplete'],
    ['SELECT * FROM nosuch', 'no such table: nosuch'],
    ['UPDATE nosuch SET x = 1', 'no such table: nosuch'],
    ['UPDATE CUSTOMER SET deposit = 1', 'no such table: CUSTOMER'],
    ['UPDATE customer SET depsit = 1', 'no such column: depsit'],
    ['SELECT depsit FROM customer', 'no such column: depsit'],
    ['INSERT INTO customer (id, depsit) VALUES (3, 1)', 'no such column: depsit'],
    ['INSERT INTO customer (id) VALUES (3, 4)', 'values for'],
    ['DROP TABLE customer', 'not a SELECT, INSERT, UPDATE or DELETE'],
    ['SELECT 1; SELECT 2', 'single statement'],
    ['UPDATE customer SET deposit = 1 WHERE id = ?', 'written :name'],
    ['UPDATE customer SET deposit = 1 FOR UPDATE', 'only a SELECT'],
    ['UPDATE customer SET deposit = t.id FROM ticket t', 'has no FROM'],
    ['DELETE FROM customer RETURNING id', 'RETURNING'],
    ['SELECT * FROM customer LIMIT -1', 'not negative'],
    ['SELECT (SELECT id FROM customer LIMIT 1 OFFSET -5)', 'not negative'],
    ['SELECT random()', 'random'],
    ['SELECT CURRENT_TIMESTAMP', 'differs from run to run'],
    ['UPDATE customer SET deposit = current_date', 'differs from run to run'],
    ['SELECT changes()', 'differs from run to run'],
    ['SELECT "last_insert_rowid"()', 'differs from run to run'],
    ["SELECT record('customer', 1, NULL, 1, 5)", 'no such function: record'],
    ['SELECT * FROM customer WHERE chosen(id)', 'no such function: chosen'],
    ["SELECT * FROM pragma_table_info('customer')", 'no such table: pragma_table_info'],
    ['SELECT * FROM pragma_table_list', 'no such table: pragma_table_list'],
    ['SELECT * FROM "customer rows"', 'no such table: customer rows'],
    ['INSERT INTO "customer rows" VALUES (1, 1)', 'no such table: customer rows'],
    ['UPDATE customer SET deposit = :__row', 'does not begin with __'],
    ['SELECT rowid FROM customer', 'no such column: rowid'],
    ['SELECT c.oid FROM customer c', 'no such column: oid'],
    ['UPDATE customer SET rowid = 9', 'no such column: rowid'],
    ['INSERT INTO customer (_rowid_) VALUES (9)', 'no such column: _rowid_'],
    ['SELECT * FROM CUSTOMER FOR UPDATE', 'no such table: CUSTOMER'],
    ['SELECT * FROM sqlite_schema', 'no such table: sqlite_schema'],
    ['SELECT * FROM temp."customer rows"', 'no such table: customer rows'],
    ['UPDATE OR IGNORE customer SET deposit = 1', 'OR is not understood'],
    ['UPDATE customer SET (id, deposit) = (1, 2)', 'one column at a time'],
    ["INSERT INTO customer (id, deposit) VALUES ('x', 1)", 'datatype mismatch'],
  ])('%s', (sql, why) => {
    const { code, data } = run(sql);
    expect(code).toBe('bad-sql');
    expect(data).toMatchObject({ sql, why: expect.stringContaining(why) });
  });

  it('with too few or too many parameters', () => {
    const sql = 'UPDATE customer SET deposit = :a WHERE id = :id';
    expect(run(sql, { a: 1 }).data).toEqual({ sql, missing: ['id'], unknown: [] });
    expect(run(sql, { a: 1, id: 1, b: 2 }).data).toEqual({ sql, missing: [], unknown: ['b'] });
    expect(run(sql, { a: 1, ID: 1 }).data).toEqual({ sql, missing: ['id'], unknown: ['ID'] });
  });

  it('on a transaction that its client has ended; one that was taken is a modelled failure', () => {
    const { db, begin } = openShop();
    const [first, second] = [begin(), begin()];
    db.commit(first);
    const error = mistake(() => db.execute(first, 'SELECT 1 AS one', {}));
    expect([error.code, error.data]).toEqual(['transaction-over', { transaction: first }]);
    db.crash();
    db.restart();
    const failure = { code: 'connection-lost', definite: true };
    expect(db.execute(second, 'SELECT 1 AS one', {})).toEqual({ type: 'failed', failure });
  });

  it('and leaves nothing open behind in autocommit mode', () => {
    const { db } = openShop();
    mistake(() => db.execute(null, 'UPDATE customer SET deposit = :a', {}));
    expect(db.transactions).toEqual([]);
  });
});

it('an isolation level that is not there is refused, and the nearest named', () => {
  const error = mistake(() => openShop().begin('repeatable-raed' as Isolation));
  expect(error.code).toBe('unknown-name');
  expect(error.data).toMatchObject({ what: 'isolation level', nearest: 'repeatable-read' });
});

describe('within a scenario a mistake says where it was made', () => {
  const DDL = 'CREATE TABLE account (id INTEGER PRIMARY KEY, balance INT)';
  function play(paying: HandlerState, ddl = DDL): SandboxError {
    const text = { en: 'x', zh: 'x' };
    const machine = handlerMachine('bank.pay', 'paying', 'failed', { paying });
    const service = { name: 'bank', databases: ['bank'], entries: [{ name: 'pay', machine }] };
    const services: Service[] = [{ ...service, listeners: [], jobs: [] }];
    const request = { atMs: 0, service: 'bank', handler: 'pay', body: {} };
    return mistake(() => {
      const world = new World(
        {
          ...{ id: 'mine', title: text, story: text, participants: {}, services, points: [] },
          ...{ databases: [{ name: 'bank', ddl }], queues: [], inspects: false, matrix: null },
          ...{ parameters: {}, properties: [], outcomes: [], namedFaults: {}, mistakes: {} },
          ...{ expect: { outcome: 'committed', violated: [], why: null }, rows: {} },
          input: {
            tables: {},
            requests: 'requests',
            entries: ['bank.pay'],
            fields: {},
            request: {},
          },
        } as unknown as Scenario,
        { parameters: {}, rows: {}, requests: [request] },
      );
      world.reset([]);
      while (world.step({ choose: () => 0 }));
    });
  }
  const sql = (text: string, params: SqlParams = {}) =>
    step('sql', { sql: text, params }, 'finished');

  it.each([
    ['bad-sql', sql('SELEC 1')],
    ['bad-sql', sql('UPDATE account SET balnce = 1')],
    ['bad-parameters', sql('UPDATE account SET balance = :b')],
    ['unknown-name', step('begin', { isolation: 'none' as Isolation }, 'finished')],
  ])('%s', (code, paying) => {
    const error = play(paying);
    expect(error.code).toBe(code);
    expect(error.data).toMatchObject({ where: 'mine: bank.pay.paying' });
  });

  it.each([
    ['no-primary-key', 'CREATE TABLE account (balance INT)'],
    ['bad-ddl', 'CREATE TABLE account (id INTEGER PRIMARY KEY) ENGINE=MyISAM'],
  ])('%s', (code, ddl) => {
    const error = play(sql('SELECT 1 AS one'), ddl);
    expect(error.code).toBe(code);
    expect(error.data).toMatchObject({ where: 'mine: bank' });
  });
});

describe("MySQL's spelling of DDL", () => {
  it('is taken where SQLite has an equivalent', () => {
    const ddl = `CREATE TABLE \`ticket\` (
        \`id\` BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'the number',
        \`num\` INT UNSIGNED NOT NULL,
        \`state\` ENUM('NEW', 'SOLD') NOT NULL DEFAULT 'NEW',
        \`name\` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
        PRIMARY KEY (\`id\`) USING BTREE,
        UNIQUE KEY \`ticket_num\` (\`num\`),
        KEY \`ticket_state\` (\`state\`, \`name\`)
      ) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COMMENT='tickets';
      CREATE INDEX ticket_name ON ticket (name) USING BTREE;`;
    const db = new Database('shop', { ddl, rows: {} });
    const insert = (num: number, state: string) =>
      db.execute(null, 'INSERT INTO ticket (num, state) VALUES (:num, :state)', { num, state });
    expect(insert(1, 'NEW')).toMatchObject({ affected: 1, lastId: 7 });
    expect(insert(-1, 'NEW')).toMatchObject({ failure: { code: 'check' } });
    expect(insert(2, 'GONE')).toMatchObject({ failure: { code: 'check' } });
    expect(insert(1, 'SOLD')).toMatchObject({ failure: { code: 'duplicate-key' } });
    const names = db.store.table('ticket').indexes.map(({ name }) => name);
    expect(names).toEqual(['PRIMARY', 'ticket_num', 'ticket_state', 'ticket_name']);
  });

  it('numbers never go back: neither by rollback, nor by failure, crash or deletion', () => {
    const ddl = 'CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, u INT UNIQUE)';
    const db = new Database('d', { ddl, rows: {} });
    const insert = (id: number | null, u: number) => {
      const outcome = db.execute(id, 'INSERT INTO t (u) VALUES (:u)', { u });
      return outcome.type === 'changed' ? outcome.lastId : outcome.type;
    };
    const open = db.begin();
    expect([insert(open, 1), insert(open, 2)]).toEqual([1, 2]);
    db.rollback(open ?? 0);
    expect(insert(null, 1)).toBe(3);
    expect(insert(null, 1)).toBe('failed');
    db.crash();
    db.restart();
    expect(insert(null, 2)).toBe(5);
    db.execute(null, 'DELETE FROM t', {});
    expect(insert(null, 2)).toBe(6);
  });

  it.each([
    ['CREATE TABLE t (\n  id INT PRIMARY KEY\n) ENGINE=MyISAM', 3, 10],
    ['CREATE TABLE t (id INT PRIMARY KEY, at DATETIME DEFAULT CURRENT_TIMESTAMP)', 1, 57],
    ['CREATE TABLE t (id INT PRIMARY KEY, n VARCHAR(9) COLLATE utf8_general_ci)', 1, 50],
    ['CREATE TABLE t (id INT PRIMARY KEY, FULLTEXT KEY f (id))', 1, 37],
    ['CREATE TABLE t (id INT PRIMARY KEY, n TEXT, KEY n (n(10)))', 1, 53],
    ['CREATE TABLE t (id INT PRIMARY KEY) WITHOUT ROWID', 1, 37],
    ['CREATE TABLE t (id INT PRIMARY KEY);\n\nCREATE VIEW v AS SELECT 1', 3, 8],
    ['CREATE TABLE t (id INT PRIMARY KEY);\nCREATE INDEX i ON t (id) WHERE id > 1', 2, 26],
    ['CREATE TABLE t (id INT PRIMARY KEY);\n  CREATE TABLE u (id INT PRIMARY', 2, 10],
    ['DROP TABLE t', 1, 1],
  ])('%j is refused, with its place', (ddl, line, column) => {
    const error = mistake(() => new Database('d', { ddl, rows: {} }));
    expect([error.code, error.data]).toMatchObject(['bad-ddl', { line, column }]);
  });
});

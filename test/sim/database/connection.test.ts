// What a client's connection answers: to statements that control transactions, to mistyped ones,
// while a statement waits, and after the server has crashed. Measured on MariaDB 10.11.

import { describe, expect, it } from 'vitest';
import { openTables } from './family.ts';

const open = () =>
  openTables('CREATE TABLE t (id INTEGER PRIMARY KEY, v INT)', { t: [{ id: 1, v: 0 }] });
const CHANGE = 'UPDATE t SET v = v + 1 WHERE id = 1';
const OK = { type: 'ok' };
const failure = (code: string) => ({ type: 'failed', failure: { code } });

describe('a crash', () => {
  it('is told by the next statement, whatever it is', () => {
    for (const sql of ['COMMIT', 'ROLLBACK', 'SAVEPOINT a', 'BEGIN', CHANGE, "XA END 'a'"]) {
      const { db, a, rows } = open();
      a.execute('BEGIN');
      a.execute(CHANGE);
      db.crash();
      db.restart();
      expect(a.execute(sql)).toMatchObject(failure('connection-lost'));
      expect(rows('t')).toEqual([[1, 0]]);
      // From then on it is a new connection.
      expect(a.begun).toBe(false);
      expect(a.execute(CHANGE)).toMatchObject({ affected: 1 });
    }
  });

  it('leaves a server that answers nothing until it is up again', () => {
    const { db, a } = open();
    db.crash();
    for (const sql of ['COMMIT', 'SELECT 1', 'XA RECOVER', "XA START 'a'", "XA COMMIT 'a'"]) {
      expect(a.execute(sql)).toMatchObject(failure('database-down'));
    }
    db.restart();
    expect(a.execute('XA RECOVER')).toEqual({ type: 'rows', rows: [] });
  });

  it('takes a prepared branch from its connection, as from any other', () => {
    const { db, a, rows } = open();
    for (const sql of ["XA START 'a'", CHANGE, "XA END 'a'", "XA PREPARE 'a'"]) a.execute(sql);
    db.crash();
    expect(a.execute("XA COMMIT 'a'")).toMatchObject(failure('database-down'));
    db.restart();
    expect(rows('t')).toEqual([[1, 0]]);
    expect(a.execute("XA COMMIT 'a' ONE PHASE")).toMatchObject(failure('xaer-inval'));
    expect(a.execute("XA COMMIT 'a'")).toEqual(OK);
    expect(rows('t')).toEqual([[1, 1]]);
  });

  it('tells the owner of a prepared branch once that its connection is gone', () => {
    const { db, a } = open();
    for (const sql of ["XA START 'a'", CHANGE, "XA END 'a'", "XA PREPARE 'a'"]) a.execute(sql);
    db.crash();
    db.restart();
    expect(a.execute("XA ROLLBACK 'a'")).toMatchObject(failure('connection-lost'));
    expect(a.execute("XA ROLLBACK 'a'")).toEqual(OK);
  });
});

describe('while its statement waits', () => {
  const wait = () => {
    const all = open();
    all.a.execute('BEGIN');
    all.a.execute(CHANGE);
    return all;
  };

  it('a connection takes no other', () => {
    for (const begin of ['BEGIN', "XA START 'x'", 'SELECT 1']) {
      const { a, b, rows } = wait();
      b.execute(begin);
      expect(b.execute(CHANGE)).toMatchObject({ type: 'blocked' });
      for (const sql of ['SELECT 1', 'COMMIT', 'BEGIN', "XA END 'x'", "XA PREPARE 'x'", CHANGE]) {
        expect(() => b.execute(sql)).toThrow(
          expect.objectContaining({ code: 'transaction-waits' }),
        );
      }
      a.execute('ROLLBACK');
      expect(b.resume()).toMatchObject({ affected: 1 });
      b.close();
      expect(rows('t')).toEqual([[1, begin === 'SELECT 1' ? 1 : 0]]);
    }
  });

  it('nothing else is asked of its transaction either', () => {
    const { db, b } = wait();
    b.execute('BEGIN');
    b.execute(CHANGE);
    const own = b.transaction ?? 0;
    const waits = expect.objectContaining({ code: 'transaction-waits' });
    expect(() => db.execute(own, 'SELECT 1', {})).toThrow(waits);
    expect(() => db.commit(own)).toThrow(waits);
  });

  it('it can time out, and a victim is told that it is one', () => {
    const { a, b, c } = wait();
    expect(b.execute(CHANGE)).toMatchObject({ type: 'blocked' });
    expect(b.timeOut()).toMatchObject(failure('lock-wait-timeout'));
    for (const act of [() => b.timeOut(), () => b.resume(), () => c.resume()]) {
      expect(act).toThrow(expect.objectContaining({ code: 'nothing-waits' }));
    }
    a.execute('INSERT INTO t VALUES (3, 0), (4, 0)');
    b.execute('BEGIN');
    b.execute('INSERT INTO t VALUES (2, 0)');
    b.execute(CHANGE);
    expect(a.execute('UPDATE t SET v = 5 WHERE id = 2')).toMatchObject({ affected: 0 });
    expect(b.timeOut()).toMatchObject(failure('deadlock'));
  });
});

describe('a statement that turns out to be a mistake', () => {
  it('leaves nothing behind: no change, no transaction of its own', () => {
    for (const others of [false, true]) {
      const { db, a, b, rows } = open();
      a.execute('INSERT INTO t VALUES (2, 0)');
      if (others) {
        b.execute('BEGIN');
        b.execute('INSERT INTO t VALUES (9, 9)');
      }
      const mistake = "UPDATE t SET v = CASE id WHEN 1 THEN 7 ELSE json('{') END WHERE id < 3";
      expect(() => a.execute(mistake)).toThrow(expect.objectContaining({ code: 'bad-sql' }));
      expect(a.transaction).toBeNull();
      a.execute('SET TRANSACTION READ ONLY');
      expect(a.execute(CHANGE)).toMatchObject(failure('read-only-transaction'));
      expect(db.transactions).toHaveLength(others ? 1 : 0);
      for (const sql of ['COMMIT', 'BEGIN']) a.execute(sql);
      a.execute('UPDATE t SET v = 3 WHERE id = 2');
      expect(() => a.execute(mistake)).toThrow(expect.objectContaining({ code: 'bad-sql' }));
      a.execute('COMMIT');
      expect(rows('t')).toEqual([
        [1, 0],
        [2, 3],
      ]);
    }
  });

  it('frees its connection, also where it had to wait first', () => {
    const { a, b } = open();
    a.execute('INSERT INTO t VALUES (2, 0)');
    a.execute('BEGIN');
    a.execute(CHANGE);
    const mistake = "UPDATE t SET v = json('{')";
    expect(b.execute(mistake)).toMatchObject({ type: 'blocked' });
    a.execute('COMMIT');
    expect(() => b.resume()).toThrow(expect.objectContaining({ code: 'bad-sql' }));
    expect(b.transaction).toBeNull();
    expect(b.execute(CHANGE)).toMatchObject({ affected: 1 });
    b.execute('BEGIN');
    b.execute(CHANGE);
    const rows = "INSERT OR IGNORE INTO t VALUES (10, 1), (11, json('{'))";
    expect(() => a.execute(rows)).toThrow(expect.objectContaining({ code: 'bad-sql' }));
    expect(a.execute('INSERT INTO t VALUES (10, 1)')).toMatchObject({ affected: 1 });
  });

  it('is a key beyond what a number holds exactly', () => {
    const { a } = open();
    const bad = expect.objectContaining({ code: 'bad-rows' });
    expect(() => a.execute('INSERT INTO t VALUES (9007199254740993, 1)')).toThrow(bad);
  });
});

describe('a statement that controls transactions', () => {
  it.each([
    "XA COMIT 'a'",
    `XA START '${'x'.repeat(65)}'`,
    "XA ROLLBAK 'a'",
    'XA COMMIT',
    "XA END 'a' ONE PHASE",
    "XA START 'a' RESUME",
    "XA START 'a', 'b', 2",
    'BEGIN; COMMIT',
    'BEGIN NONSENSE',
    'START',
    'START SLAVE',
    'START TRANSACTION READ',
    'START TRANSACTION READ ONLY,',
    'START TRANSACTION READ ONLY, READ WRITE',
    'SET TRANSACTION READ ONLY, READ ONLY',
    'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, ISOLATION LEVEL SERIALIZABLE',
    'COMMIT AND',
    'COMMIT RELEASE',
    'ROLLBACK TO',
    'SAVEPOINT',
    'SAVEPOINT a b',
    "SAVEPOINT 'a'",
    'RELEASE a',
    'SET TRANSACTION ISOLATION LEVEL SNAPSHOT',
    'SET GLOBAL TRANSACTION READ ONLY',
    'SET autocommit = 0',
  ])('is refused where it is mistyped: %s', (sql) => {
    const { a } = open();
    for (const one of ["XA START 'a'", "XA END 'a'"]) expect(a.execute(one)).toEqual(OK);
    expect(() => a.execute(sql)).toThrow(expect.objectContaining({ code: 'bad-sql' }));
    // And has done nothing.
    expect(a.execute("XA PREPARE 'a'")).toEqual(OK);
  });

  it('is understood in every spelling', () => {
    const { a, rows } = open();
    for (const [begin, end, kept] of [
      ['BEGIN WORK', 'ROLLBACK WORK', false],
      ['start transaction', 'COMMIT WORK AND NO CHAIN NO RELEASE;', true],
      ['START TRANSACTION READ WRITE, WITH CONSISTENT SNAPSHOT', 'rollback', false],
    ] as const) {
      const before = rows('t');
      for (const sql of [begin, CHANGE]) a.execute(sql);
      expect(a.begun).toBe(true);
      expect(a.execute(end)).toEqual(OK);
      expect(a.begun).toBe(false);
      expect(rows('t')).toEqual(kept ? [[1, 1]] : before);
    }
  });

  it('chains a transaction like the one before', () => {
    const { db, a, rows } = open();
    a.execute('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
    for (const sql of ['BEGIN', CHANGE, 'COMMIT AND CHAIN'])
      expect(a.execute(sql).type).not.toBe('failed');
    expect(rows('t')).toEqual([[1, 1]]);
    expect(db.find(a.transaction ?? 0)?.isolation).toBe('serializable');
    a.execute('COMMIT');
    a.execute('BEGIN');
    expect(db.find(a.transaction ?? 0)?.isolation).toBe('repeatable-read');
  });

  it('SET TRANSACTION is for the next one alone, and not within one', () => {
    const { a, b } = open();
    const read = 'SELECT v FROM t';
    b.execute('BEGIN');
    b.execute(CHANGE);
    a.execute('SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED');
    expect(a.execute(read)).toMatchObject({ rows: [{ v: 1 }] });
    expect(a.execute(read)).toMatchObject({ rows: [{ v: 0 }] });
    a.execute('SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED, READ ONLY');
    for (const at of [1, 2]) expect(a.execute(read), `${at}`).toMatchObject({ rows: [{ v: 1 }] });
    a.execute('BEGIN');
    expect(a.execute(CHANGE)).toMatchObject(failure('read-only-transaction'));
    expect(a.execute(`${read} FOR UPDATE`)).toMatchObject(failure('read-only-transaction'));
    const late = 'SET TRANSACTION READ WRITE';
    expect(a.execute(late)).toMatchObject(failure('transaction-in-progress'));
  });

  it('SET TRANSACTION lasts through what is refused outright, and ends with a COMMIT', () => {
    const { a } = open();
    a.execute('SET TRANSACTION READ ONLY');
    a.execute('SELECT 1');
    for (const _ of [1, 2]) {
      expect(a.execute(CHANGE)).toMatchObject(failure('read-only-transaction'));
    }
    a.execute('COMMIT');
    expect(a.execute(CHANGE)).toMatchObject({ affected: 1 });
  });
});

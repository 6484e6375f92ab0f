// Branches of global transactions: rules of the XA section of the reference, and what a crash
// leaves of them.

import { beforeEach, describe, expect, it } from 'vitest';
import { Connection, Database, XaBranches } from '../../../src/sim/index.ts';
import { PAY } from './shop.ts';

const DDL = `CREATE TABLE customer (id INTEGER PRIMARY KEY, deposit INT);
  CREATE TABLE note (id INTEGER PRIMARY KEY, x INT)`;
const ROWS = { customer: [1, 2].map((id) => ({ id, deposit: 100 })) };
const ID = { xid: 'order-1', branchId: 'user' };

let db = new Database('bank', { ddl: DDL, rows: ROWS });
let xa = new XaBranches(db);
let branch = 0;
const deposit = () => db.committedRows('customer')[0]?.['deposit'];
const pay = (id: number | null) => db.execute(id, PAY, { a: 30, id: 1 });
beforeEach(() => {
  db = new Database('bank', { ddl: DDL, rows: ROWS });
  xa = new XaBranches(db);
  branch = Number(xa.start(ID));
  expect(pay(branch)).toMatchObject({ affected: 1 });
});

describe('a branch', () => {
  it('votes by preparing, keeps its locks, and is committed', () => {
    expect([xa.end(branch, ID), xa.prepare(branch, ID)]).toEqual([null, null]);
    expect(xa.recover()).toEqual([ID]);
    const other = db.begin();
    expect(pay(other)).toMatchObject({ type: 'blocked', waitsFor: [branch] });
    expect(deposit()).toBe(100);
    expect(xa.commit(branch, ID)).toBeNull();
    expect(deposit()).toBe(70);
    expect(db.takeWoken()).toEqual([other]);
    expect(xa.recover()).toEqual([]);
  });

  it('commits in one phase when it is idle, and not before', () => {
    expect(xa.commit(branch, ID, true)).toBe('xaer-rmfail');
    xa.end(branch, ID);
    expect(xa.commit(branch, ID)).toBe('xaer-rmfail');
    expect(xa.commit(branch, ID, true)).toBeNull();
    expect(deposit()).toBe(70);
  });

  it('takes no statement once its work is done', () => {
    xa.end(branch, ID);
    expect(pay(branch)).toMatchObject({ failure: { code: 'xaer-rmfail' } });
    xa.prepare(branch, ID);
    expect(pay(branch)).toMatchObject({ failure: { code: 'xaer-rmfail' } });
    expect(xa.prepare(branch, ID)).toBe('xaer-rmfail');
  });

  it('is one of its name, and unknown by any other', () => {
    expect(xa.start(ID)).toBe('xaer-dupid');
    expect(typeof xa.start({ ...ID, branchId: 'ticket' })).toBe('number');
    expect(xa.end(branch, { ...ID, branchId: 'none' })).toBe('xaer-nota');
    expect(xa.commit(null, { xid: 'none', branchId: '' })).toBe('xaer-nota');
  });
});

describe('a crash', () => {
  it('leaves what is prepared in doubt, with its locks, for anyone to finish', () => {
    xa.end(branch, ID);
    xa.prepare(branch, ID);
    db.crash();
    expect(db.begin()).toBeNull();
    db.restart();
    expect([deposit(), xa.recover()]).toEqual([100, [ID]]);
    expect(pay(db.begin())).toMatchObject({ type: 'blocked', waitsFor: [branch] });
    expect(xa.commit(null, ID)).toBeNull();
    expect([deposit(), xa.recover()]).toEqual([70, []]);
    expect(xa.commit(null, ID)).toBe('xaer-nota');
  });

  it('undoes what is not prepared', () => {
    xa.end(branch, ID);
    db.crash();
    db.restart();
    expect([deposit(), xa.recover()]).toEqual([100, []]);
    expect(xa.rollback(null, ID)).toBe('xaer-nota');
    expect(pay(db.begin())).toMatchObject({ affected: 1 });
  });

  it('keeps a prepared branch through marks', () => {
    xa.end(branch, ID);
    xa.prepare(branch, ID);
    const mark = db.mark();
    db.crash();
    db.restart();
    xa.rollback(null, ID);
    db.rewind(mark);
    expect(xa.recover()).toEqual([ID]);
    expect(xa.rollback(branch, ID)).toBeNull();
    expect(deposit()).toBe(100);
  });
});

describe('a connection', () => {
  it('that drops leaves its prepared branch to others, who could not touch it before', () => {
    const [own, other] = [new Connection(db), new Connection(db)];
    own.execute("XA START 'x'");
    own.execute('UPDATE customer SET deposit = 1 WHERE id = 2');
    own.execute("XA END 'x'");
    own.execute("XA PREPARE 'x'");
    const nota = { failure: { code: 'xaer-nota' } };
    expect(other.execute("XA ROLLBACK 'x'")).toMatchObject(nota);
    own.close();
    expect(other.execute('XA RECOVER')).toMatchObject({ rows: [{ data: 'x', gtrid_length: 1 }] });
    expect(other.execute("XA ROLLBACK 'x'")).toEqual({ type: 'ok' });
  });

  it('runs in autocommit mode but between BEGIN and COMMIT, and obeys SET TRANSACTION', () => {
    const [one, two] = [new Connection(db), new Connection(db)];
    one.execute('SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED');
    two.execute('BEGIN');
    two.execute('UPDATE customer SET deposit = 5 WHERE id = 2');
    const read = 'SELECT deposit FROM customer WHERE id = 2';
    expect(one.execute(read)).toMatchObject({ rows: [{ deposit: 5 }] });
    two.execute('ROLLBACK');
    expect(one.execute(read)).toMatchObject({ rows: [{ deposit: 100 }] });
    two.execute('INSERT INTO note (id, x) VALUES (1, 1)');
    two.execute('ROLLBACK');
    expect(one.execute('SELECT count(*) AS n FROM note')).toMatchObject({ rows: [{ n: 1 }] });
  });
});

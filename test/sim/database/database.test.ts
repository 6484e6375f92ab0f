// The rules are InnoDB's, as measured on MariaDB 10.11 (reference/isolation) and, for the two lock
// races, on the real stack (cases saga-lock1-race, saga-lock2-race, saga-lock2-then-lock1-race).

import { beforeEach, describe, expect, it } from 'vitest';
import { SandboxError } from '../../../src/sim/index.ts';
import { openShop, PAY } from './shop.ts';

const LOCK = 'UPDATE ticket SET lock_user = :c WHERE lock_user IS NULL AND ticket_num = :t';
let shop = openShop();
beforeEach(() => {
  shop = openShop();
});

describe('the lock races of the ticket shop', () => {
  it('lock2 (conditional update): the second waits for the first to commit, then changes nothing', () => {
    const { db, begin } = shop;
    const [first, second] = [begin(), begin()];
    expect(db.execute(first, LOCK, { c: 1, t: 100 })).toMatchObject({ affected: 1 });
    const blocked = db.execute(second, LOCK, { c: 2, t: 100 });
    expect(blocked).toMatchObject({
      type: 'blocked',
      waitsFor: [first],
      lock: 'ticket.PRIMARY X: 1',
    });
    expect(db.takeWoken()).toEqual([]);
    db.commit(first);
    expect(db.takeWoken()).toEqual([second]);
    expect(db.resume(second)).toMatchObject({ type: 'changed', affected: 0 });
    db.commit(second);
    expect(db.committedRows('ticket')[0]).toMatchObject({ lock_user: 1 });
  });

  it('lock2: if the first rolls back, the second gets the ticket', () => {
    const { db, begin } = shop;
    const [first, second] = [begin(), begin()];
    db.execute(first, LOCK, { c: 1, t: 100 });
    db.execute(second, LOCK, { c: 2, t: 100 });
    db.rollback(first);
    expect(db.resume(second)).toMatchObject({ affected: 1 });
    db.commit(second);
    expect(db.committedRows('ticket')[0]).toMatchObject({ lock_user: 2 });
  });

  it('lock (read, pause, save): nobody blocks, the last commit wins and erases', () => {
    const { db, begin } = shop;
    const [first, second] = [begin(), begin()];
    const read = (transaction: number) =>
      db.execute(transaction, 'SELECT * FROM ticket WHERE ticket_num = 100', {});
    expect(read(first)).toEqual(read(second));
    const save = 'UPDATE ticket SET lock_user = :c, owner = :o WHERE id = 1';
    expect(db.execute(first, save, { c: null, o: 1 })).toMatchObject({ affected: 1 });
    db.commit(first);
    expect(db.execute(second, save, { c: 2, o: null })).toMatchObject({ affected: 1 });
    db.commit(second);
    expect(db.committedRows('ticket')[0]).toMatchObject({ lock_user: 2, owner: null });
  });

  it('a search without an index locks every row it passes, also those that do not match', () => {
    const { db, begin } = shop;
    const [first, second] = [begin(), begin()];
    expect(db.execute(first, LOCK, { c: 1, t: 999 })).toMatchObject({ affected: 0 });
    const other = 'UPDATE ticket SET owner = 2 WHERE id = 2';
    expect(db.execute(second, other, {})).toMatchObject({ type: 'blocked', waitsFor: [first] });
  });

  it('a search by primary key locks that row alone', () => {
    const { begin, pay } = shop;
    const [first, second] = [begin(), begin()];
    pay(first, 100, 1);
    expect(pay(second, 100, 2)).toMatchObject({ affected: 1 });
    expect(pay(second, 100, 1)).toMatchObject({ type: 'blocked' });
  });
});

describe('reads', () => {
  it.each([
    ['read-uncommitted', 900, 900],
    ['read-committed', 1000, 900],
    ['repeatable-read', 1000, 1000],
  ] as const)('at %s see %i before and %i after the writer commits', (level, before, after) => {
    const { db, begin, deposit, pay } = shop;
    const [reader, writer] = [begin(level), begin()];
    expect(deposit(reader)).toBe(1000);
    pay(writer, 100);
    expect(deposit(writer)).toBe(900);
    expect(deposit(reader)).toBe(before);
    db.commit(writer);
    expect(deposit(reader)).toBe(after);
    db.commit(reader);
    expect(deposit(null)).toBe(900);
  });

  it('take their snapshot at the first SELECT, not at BEGIN', () => {
    const { db, begin, deposit, pay } = shop;
    const [reader, writer] = [begin(), begin()];
    pay(writer, 100);
    db.commit(writer);
    expect(deposit(reader)).toBe(900);
  });

  it('see their own changes in an old snapshot, and write on the newest row', () => {
    const { db, begin, deposit, pay } = shop;
    const [reader, writer] = [begin(), begin()];
    expect(deposit(reader, 2)).toBe(1000);
    pay(writer, 100);
    db.commit(writer);
    expect(deposit(reader)).toBe(1000);
    expect(pay(reader, 50)).toMatchObject({ affected: 1 });
    expect(deposit(reader)).toBe(850);
  });

  it('hide uncommitted insertions and show uncommitted deletions', () => {
    const { db, begin, deposit } = shop;
    const writer = begin();
    db.execute(writer, 'INSERT INTO customer (id, deposit) VALUES (3, 5)', {});
    db.execute(writer, 'DELETE FROM customer WHERE id = 1', {});
    const reader = begin();
    const all = db.execute(reader, 'SELECT id FROM customer ORDER BY id', {});
    expect(all).toEqual({ type: 'rows', rows: [{ id: 1 }, { id: 2 }] });
    expect(db.committedRows('customer').map((row) => row['id'])).toEqual([1, 2]);
    db.rollback(writer);
    expect(deposit(reader, 3)).toBeUndefined();
  });

  it('at serializable lock what they read, and wait for writers', () => {
    const { db, begin, deposit, pay } = shop;
    const [reader, writer] = [begin('serializable'), begin()];
    pay(writer, 100);
    expect(deposit(reader)).toMatchObject({ type: 'blocked' });
    db.commit(writer);
    expect(db.resume(reader)).toEqual({ type: 'rows', rows: [{ deposit: 900 }] });
    expect(pay(begin(), 1)).toMatchObject({ type: 'blocked', waitsFor: [reader] });
  });
});

describe('failing statements', () => {
  it('are undone whole, and leave the transaction open', () => {
    const { db, begin, pay } = shop;
    const id = begin();
    pay(id, 5);
    const outcome = db.execute(id, 'UPDATE customer SET deposit = deposit - 2500 * (id - 1)', {});
    expect(outcome).toMatchObject({ failure: { code: 'check', definite: true } });
    db.commit(id);
    expect(db.committedRows('customer').map((row) => row['deposit'])).toEqual([995, 1000]);
  });

  it('name a duplicate key', () => {
    const { db, begin } = shop;
    const id = begin();
    const sql = 'INSERT INTO customer (id, deposit) VALUES (1, 1)';
    expect(db.execute(id, sql, {})).toMatchObject({ failure: { code: 'duplicate-key' } });
  });

  it.each([
    'SELEC 1',
    'UPDATE nobody SET x = 1',
    'SELECT nothing FROM customer',
    'DROP TABLE ticket',
  ])("that are not valid are the author's mistake: %s", (sql) => {
    const { db, begin } = shop;
    expect(() => db.execute(begin(), sql, {})).toThrow(SandboxError);
  });

  it('never give a generated key twice, whatever rolls back', () => {
    const { db, begin } = shop;
    const insert = 'INSERT INTO ticket (ticket_num) VALUES (1)';
    const first = begin();
    expect(db.execute(first, insert, {})).toMatchObject({ lastId: 3 });
    db.rollback(first);
    expect(db.execute(begin(), insert, {})).toMatchObject({ lastId: 4 });
  });
});

describe('crash', () => {
  it('undoes what was open, keeps what was committed, and drops every connection', () => {
    const { db, begin, pay } = shop;
    const [done, open, waiting] = [begin(), begin(), begin()];
    pay(done, 100);
    db.commit(done);
    pay(open, 5, 2);
    pay(waiting, 5, 2);
    db.crash();
    expect(db.begin()).toBeNull();
    expect(db.execute(null, PAY, { a: 1, id: 1 })).toMatchObject({
      failure: { code: 'database-down' },
    });
    expect(db.takeWoken()).toEqual([waiting]);
    expect(db.resume(waiting)).toMatchObject({ failure: { code: 'connection-lost' } });
    db.restart();
    expect(db.commit(open)).toBe(false);
    expect(pay(open, 1, 2)).toMatchObject({ failure: { code: 'connection-lost' } });
    expect(db.committedRows('customer').map((row) => row['deposit'])).toEqual([900, 1000]);
  });
});

describe('autocommit', () => {
  it('commits each statement by itself, and waits like any other', () => {
    const { db, begin, deposit, pay } = shop;
    const holder = begin();
    pay(holder, 1);
    const outcome = db.execute(null, PAY, { a: 2, id: 1 });
    expect(outcome).toMatchObject({ type: 'blocked' });
    db.commit(holder);
    const [woken] = db.takeWoken();
    expect(db.resume(woken ?? 0)).toMatchObject({ affected: 1 });
    expect(db.commit(woken ?? 0)).toBe(false);
    expect(deposit(null)).toBe(997);
  });
});

describe('mark and rewind', () => {
  it('bring back rows, open transactions, locks, waits and undo, more than once', () => {
    const { db, begin, deposit, pay } = shop;
    const [first, second] = [begin(), begin()];
    pay(first, 100);
    pay(second, 1);
    const before = JSON.stringify(db.state());
    const mark = db.mark();
    for (let n = 0; n < 3; n++) {
      db.commit(first);
      db.resume(second);
      db.commit(second);
      db.execute(null, 'DELETE FROM ticket', {});
      expect(db.committedRows('ticket')).toEqual([]);
      db.rewind(mark);
      expect(JSON.stringify(db.state())).toBe(before);
    }
    db.rollback(first);
    expect(db.takeWoken()).toEqual([second]);
    expect(db.resume(second)).toMatchObject({ affected: 1 });
    db.commit(second);
    expect(deposit(null)).toBe(999);
  });

  it('nest, last in, first out', () => {
    const { db, deposit } = shop;
    const outer = db.mark();
    db.execute(null, PAY, { a: 1, id: 1 });
    const inner = db.mark();
    db.execute(null, PAY, { a: 1, id: 1 });
    db.rewind(inner);
    expect(deposit(null)).toBe(999);
    db.rewind(outer);
    expect(deposit(null)).toBe(1000);
  });
});

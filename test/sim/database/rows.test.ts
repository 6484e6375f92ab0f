// Rows and their keys, as MySQL has them where SQLite alone would not. Measured on MariaDB 10.11.

import { describe, expect, it } from 'vitest';
import { Database } from '../../../src/sim/index.ts';
import { openShop } from './shop.ts';

describe('a key', () => {
  it.each([
    'id INT PRIMARY KEY, v INT',
    'id TEXT, v INT, PRIMARY KEY (id, v)',
    'v INT, id VARCHAR(9), PRIMARY KEY (ID)',
  ])('is NOT NULL: %s', (columns) => {
    const ddl = `CREATE TABLE t (${columns})`;
    const db = new Database('x', { ddl, rows: { t: [{ id: 1, v: 1 }] } });
    const nothing = { failure: { code: 'not-null' } };
    expect(db.execute(null, 'INSERT INTO t (v, id) VALUES (2, NULL)', {})).toMatchObject(nothing);
    expect(db.execute(null, 'INSERT INTO t (v) VALUES (2)', {})).toMatchObject(nothing);
    expect(db.execute(null, 'UPDATE t SET id = NULL', {})).toMatchObject(nothing);
    expect(db.committedRows('t')).toHaveLength(1);
    expect(() => new Database('x', { ddl, rows: { t: [{ id: null, v: 1 }] } })).toThrow(
      expect.objectContaining({ code: 'bad-rows' }),
    );
  });
});

describe('a LIMIT', () => {
  it('counts alone as among others, less than nothing too', () => {
    for (const [count, offset] of [
      [-1, 0],
      [-1, 1],
      [1, -5],
      [1, 1],
      [0, 0],
    ] as const) {
      const { db, begin } = openShop();
      const sql = 'SELECT id FROM customer ORDER BY id LIMIT :count OFFSET :offset FOR UPDATE';
      const alone = begin();
      const expected = db.execute(alone, sql, { count, offset });
      db.rollback(alone);
      db.execute(begin('read-committed'), 'UPDATE customer SET deposit = 0 WHERE id = 99', {});
      expect(db.execute(begin(), sql, { count, offset })).toEqual(expected);
    }
  });
});

describe('AUTO_INCREMENT', () => {
  it('counts a greater number that an UPDATE has set as given', () => {
    const { db } = openShop();
    db.execute(null, 'UPDATE ticket SET id = 200 WHERE id = 2', {});
    db.execute(null, 'INSERT INTO ticket (ticket_num) VALUES (7)', {});
    expect(db.committedRows('ticket').map(({ id }) => id)).toEqual([1, 200, 201]);
  });
});

describe('an UPDATE of all rows', () => {
  it('passes by a row that is not committed, at READ COMMITTED', () => {
    const { db, begin, pay } = openShop();
    db.execute(begin(), 'INSERT INTO customer VALUES (9, 9)', {});
    const all = 'UPDATE customer SET deposit = 0';
    expect(db.execute(begin('read-committed'), all, {})).toMatchObject({ affected: 2 });
    expect(db.execute(begin('repeatable-read'), all, {})).toMatchObject({ type: 'blocked' });
    expect(pay(null, 1, 9)).toMatchObject({ type: 'blocked' });
  });
});

it('a column does not bear the name of a row', () => {
  for (const name of ['rowid', '_ROWID_', '`oid`']) {
    const ddl = `CREATE TABLE t (id INT PRIMARY KEY, ${name} INT)`;
    expect(() => new Database('x', { ddl, rows: {} })).toThrow(
      expect.objectContaining({ code: 'bad-ddl' }),
    );
  }
});

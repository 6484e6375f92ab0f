// INSERT where the key is there already: REPLACE, IGNORE, DO UPDATE. What goes comes back with a
// rollback, is seen by others till the commit, and is waited for. Measured on MariaDB 10.11.

import { describe, expect, it } from 'vitest';
import { openTables } from './family.ts';

const DDL = 'CREATE TABLE t (id INTEGER PRIMARY KEY, v INT, u TEXT UNIQUE)';
const ALL = [
  [1, 1, 'a'],
  [2, 2, 'b'],
] as const;
const open = () => openTables(DDL, { t: ALL.map(([id, v, u]) => ({ id, v, u })) });

describe.each(['REPLACE', 'INSERT OR REPLACE'])('%s', (verb) => {
  it('gives every row in its way for the new one, and counts them', () => {
    const { a, b, rows, read } = open();
    a.execute('BEGIN');
    expect(a.execute(`${verb} INTO t VALUES (1, 9, 'b')`)).toMatchObject({ affected: 3 });
    expect(read(a, 't')).toEqual([[1, 9, 'b']]);
    expect(read(b, 't')).toEqual(ALL);
    a.execute('ROLLBACK');
    expect(rows('t')).toEqual(ALL);
    expect(a.execute(`${verb} INTO t VALUES (3, 3, 'c')`)).toMatchObject({ affected: 1 });
    expect(rows('t')).toHaveLength(3);
  });

  it('leaves a row that is there already as it is, and counts it once', () => {
    const { a, rows } = openTables('CREATE TABLE t (id INT PRIMARY KEY, v INT)', {
      t: [
        { id: 1, v: 1 },
        { id: 2, v: 2 },
      ],
    });
    const sql = `${verb} INTO t VALUES (1, 1), (2, 9), (3, 3)`;
    expect(a.execute(sql)).toMatchObject({ affected: 4 });
    expect(rows('t')).toEqual([
      [1, 1],
      [2, 9],
      [3, 3],
    ]);
  });

  it('waits for whoever has locked a row in its way', () => {
    const { db, a, b, rows } = open();
    a.execute('BEGIN');
    a.execute('SELECT * FROM t WHERE id = 2 FOR UPDATE');
    expect(b.execute(`${verb} INTO t VALUES (1, 0, 'b')`)).toMatchObject({ type: 'blocked' });
    a.execute('UPDATE t SET v = 5 WHERE id = 2');
    a.execute('ROLLBACK');
    expect(db.takeWoken()).toEqual([b.transaction]);
    expect(b.resume()).toMatchObject({ affected: 3 });
    expect(rows('t')).toEqual([[1, 0, 'b']]);
  });

  it('takes the children of a replaced row along, or is refused', () => {
    for (const [action, left] of [
      ['ON DELETE CASCADE', []],
      ['', [[1, 1]]],
    ] as const) {
      const ddl = `${DDL}; CREATE TABLE c (id INTEGER PRIMARY KEY, t INT REFERENCES t ${action})`;
      const { a, rows } = openTables(ddl, { t: [{ id: 1, v: 1, u: 'a' }], c: [{ id: 1, t: 1 }] });
      a.execute(`${verb} INTO t VALUES (1, 2, 'z')`);
      expect(rows('c')).toEqual(left);
      expect(rows('t')).toEqual([[1, ...(action ? [2, 'z'] : [1, 'a'])]]);
    }
  });
});

describe('an INSERT whose key is there', () => {
  it('does nothing, or changes what is there, as it says', () => {
    const { a, rows } = open();
    const values = "INTO t VALUES (1, 9, 'z')";
    expect(a.execute(`INSERT OR IGNORE ${values}`)).toMatchObject({ affected: 0 });
    expect(a.execute(`INSERT ${values} ON CONFLICT DO NOTHING`)).toMatchObject({ affected: 0 });
    const update = `INSERT ${values} ON CONFLICT (id) DO UPDATE SET v = excluded.v`;
    a.execute('BEGIN');
    expect(a.execute(update)).toMatchObject({ affected: 2 });
    a.execute('ROLLBACK');
    expect(rows('t')).toEqual(ALL);
    a.execute(update);
    expect(rows('t')[0]).toEqual([1, 9, 'a']);
    // The conflict is not the one it is about.
    const other = "INSERT INTO t VALUES (7, 0, 'a') ON CONFLICT (id) DO UPDATE SET v = 1";
    expect(a.execute(other)).toMatchObject({ failure: { code: 'duplicate-key' } });
  });

  it('passes by a row without its parent, as INSERT IGNORE does', () => {
    const ddl = `${DDL}; CREATE TABLE c (id INTEGER PRIMARY KEY, t INT REFERENCES t)`;
    const { a, rows } = openTables(ddl, { t: [{ id: 1, v: 1, u: 'a' }], c: [] });
    const sql = 'INSERT OR IGNORE INTO c VALUES (1, 9), (2, 1)';
    expect(a.execute(sql)).toMatchObject({ affected: 1 });
    expect(rows('c')).toEqual([[2, 1]]);
  });

  it.each([
    ["INSERT OR ROLLBACK INTO t VALUES (1, 1, 'a')", 'no INSERT OR ROLLBACK'],
    ["INSERT OR ABORT INTO t VALUES (1, 1, 'a')", 'no INSERT OR ABORT'],
    ["INSERT OR FAIL INTO t VALUES (1, 1, 'a')", 'no INSERT OR FAIL'],
    ["INSERT INTO t VALUES (1, 1, 'a') ON CONFLICT DO UPDATE SET id = 5", 'may not set a key'],
  ])('%s is refused', (sql, why) => {
    expect(() => open().a.execute(sql)).toThrow(
      expect.objectContaining({ data: { sql, why: expect.stringContaining(why) } }),
    );
  });

  it.each([
    'id INTEGER PRIMARY KEY ON CONFLICT REPLACE',
    'id INT PRIMARY KEY, u INT UNIQUE ON CONFLICT IGNORE',
  ])('is not settled in the DDL: %s', (columns) => {
    expect(() => openTables(`CREATE TABLE t (${columns})`, {})).toThrow(
      expect.objectContaining({ code: 'bad-ddl' }),
    );
  });
});

describe('INSERT from a query over its own table', () => {
  const COPY = "INSERT INTO t SELECT id + 10, v, u || 'x' FROM t WHERE id <= 1";

  it('locks what it reads, at REPEATABLE READ', () => {
    const { db, a, b, rows } = open();
    a.execute('BEGIN');
    expect(a.execute(COPY)).toMatchObject({ affected: 1 });
    expect(b.execute('UPDATE t SET v = 0 WHERE id = 1')).toMatchObject({ type: 'blocked' });
    a.execute('COMMIT');
    db.takeWoken();
    expect(b.resume()).toMatchObject({ affected: 1 });
    expect(rows('t')).toEqual([
      [1, 0, 'a'],
      [2, 2, 'b'],
      [11, 1, 'ax'],
    ]);
  });

  it('locks nothing it reads, at READ COMMITTED', () => {
    const { a, b } = open();
    a.execute('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    a.execute('BEGIN');
    a.execute(COPY);
    expect(b.execute('UPDATE t SET v = 0 WHERE id = 1')).toMatchObject({ affected: 1 });
  });
});

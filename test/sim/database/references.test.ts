// Foreign keys: what becomes of the children of a row that goes or changes, what a rollback and a
// reader make of it, and whom it waits for. Measured on MariaDB 10.11.

import { describe, expect, it } from 'vitest';
import { openFamily, openTables } from './family.ts';

const ALL = [
  [11, 1, 0],
  [12, 1, 0],
  [21, 2, 0],
];

describe('a rollback', () => {
  it.each(['ON DELETE CASCADE', 'ON DELETE SET NULL', 'ON DELETE CASCADE ON UPDATE CASCADE'])(
    'of a changed parent leaves its children alone: %s',
    (action) => {
      const { a, b, rows, read } = openFamily(action);
      a.execute('BEGIN');
      expect(a.execute('UPDATE parent SET v = 1 WHERE id = 1')).toMatchObject({ affected: 1 });
      expect(read(b, 'child')).toEqual(ALL);
      a.execute('ROLLBACK');
      expect(rows('child')).toEqual(ALL);
      expect(rows('parent')).toEqual([
        [1, 0],
        [2, 0],
      ]);
    },
  );

  it.each([
    ['ON DELETE CASCADE', 'DELETE FROM parent WHERE id = 1', [[21, 2, 0]]],
    [
      'ON DELETE SET NULL',
      'DELETE FROM parent WHERE id = 1',
      [
        [11, null, 0],
        [12, null, 0],
        [21, 2, 0],
      ],
    ],
    [
      'ON UPDATE CASCADE',
      'UPDATE parent SET id = 5 WHERE id = 1',
      [
        [11, 5, 0],
        [12, 5, 0],
        [21, 2, 0],
      ],
    ],
  ])('brings back what %s has done, which none but its own has seen', (action, sql, taken) => {
    const { a, b, rows, read } = openFamily(action);
    a.execute('BEGIN');
    expect(a.execute(sql)).toMatchObject({ affected: 1 });
    expect(read(a, 'child')).toEqual(taken);
    expect(read(b, 'child')).toEqual(ALL);
    a.execute('ROLLBACK');
    expect(rows('child')).toEqual(ALL);
    a.execute(sql);
    expect(rows('child')).toEqual(taken);
  });
});

describe('children', () => {
  it.each(['ON DELETE CASCADE', 'ON DELETE SET NULL'])(
    'that somebody has locked hold their parent: %s',
    (action) => {
      for (const level of ['READ COMMITTED', 'REPEATABLE READ']) {
        const { db, a, b, rows } = openFamily(action);
        for (const one of [a, b]) one.execute(`SET SESSION TRANSACTION ISOLATION LEVEL ${level}`);
        a.execute('BEGIN');
        a.execute('UPDATE child SET v = 7 WHERE id = 12');
        expect(b.execute('DELETE FROM parent WHERE id = 1')).toMatchObject({ type: 'blocked' });
        a.execute('COMMIT');
        expect(db.takeWoken()).toEqual([b.transaction]);
        expect(b.resume()).toMatchObject({ affected: 1 });
        const orphans = action.endsWith('NULL')
          ? [
              [11, null, 0],
              [12, null, 7],
            ]
          : [];
        expect(rows('child')).toEqual([...orphans, [21, 2, 0]]);
      }
    },
  );

  it('are taken along over several tables, and all come back', () => {
    const ddl = `CREATE TABLE a (id INTEGER PRIMARY KEY);
      CREATE TABLE b (id INTEGER PRIMARY KEY, a INT REFERENCES a ON DELETE CASCADE);
      CREATE TABLE c (id INTEGER PRIMARY KEY, b INT REFERENCES b ON DELETE CASCADE);
      CREATE TABLE d (id INTEGER PRIMARY KEY, c INT REFERENCES c)`;
    const given = { a: [{ id: 1 }], b: [{ id: 1, a: 1 }], c: [{ id: 1, b: 1 }] };
    const { a, rows } = openTables(ddl, { ...given, d: [] });
    a.execute('BEGIN');
    expect(a.execute('DELETE FROM a')).toMatchObject({ affected: 1 });
    a.execute('ROLLBACK');
    expect(['a', 'b', 'c'].map(rows)).toEqual([[[1]], [[1, 1]], [[1, 1]]]);
    a.execute('INSERT INTO d VALUES (1, 1)');
    // The last of the row refuses, and none has gone.
    expect(a.execute('DELETE FROM a')).toMatchObject({ failure: { code: 'row-referenced' } });
    expect(['a', 'b', 'c'].map(rows)).toEqual([[[1]], [[1, 1]], [[1, 1]]]);
    a.execute('DELETE FROM d');
    a.execute('DELETE FROM a');
    expect(['a', 'b', 'c'].map(rows)).toEqual([[], [], []]);
  });

  it('that are their own ancestors go with them', () => {
    const ddl = `CREATE TABLE tree (id INTEGER PRIMARY KEY, up INT REFERENCES tree (id)
      ON DELETE CASCADE)`;
    const tree = [
      [1, 1],
      [2, 1],
      [3, 2],
      [4, null],
    ] as const;
    const { a, rows } = openTables(ddl, { tree: tree.map(([id, up]) => ({ id, up })) });
    expect(a.execute('DELETE FROM tree WHERE id = 1')).toMatchObject({ affected: 1 });
    expect(rows('tree')).toEqual([[4, null]]);
  });

  it('cannot hold the key that their own row gives up', () => {
    const ddl = `CREATE TABLE tree (id INTEGER PRIMARY KEY, v INT,
      up INT REFERENCES tree (id) ON DELETE CASCADE)`;
    const { a, rows } = openTables(ddl, { tree: [{ id: 1, v: 0, up: null }] });
    const missing = { failure: { code: 'foreign-key' } };
    expect(a.execute('UPDATE tree SET id = 4, up = 1')).toMatchObject(missing);
    expect(rows('tree')).toEqual([[1, 0, null]]);
    expect(a.execute('UPDATE tree SET id = 4, up = 4')).toMatchObject({ affected: 1 });
    expect(rows('tree')).toEqual([[4, 0, 4]]);
  });

  it('come after their parents, within one statement too', () => {
    const ddl = 'CREATE TABLE tree (id INTEGER PRIMARY KEY, up INT REFERENCES tree (id))';
    const { a, rows } = openTables(ddl, {});
    const missing = { failure: { code: 'foreign-key' } };
    expect(a.execute('INSERT INTO tree VALUES (2, 1), (1, NULL)')).toMatchObject(missing);
    expect(a.execute('INSERT INTO tree VALUES (1, 1), (2, 1)')).toMatchObject({ affected: 2 });
    expect(rows('tree')).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('that a transaction alone adds hold their parents once somebody comes', () => {
    const { a, b } = openFamily('');
    a.execute('BEGIN');
    a.execute('INSERT INTO child (id, parent_id) VALUES (13, 1)');
    a.execute('INSERT INTO child (id, parent_id) VALUES (22, 2)');
    for (const id of [1, 2]) {
      expect(b.execute(`UPDATE parent SET v = 1 WHERE id = ${id}`)).toMatchObject({
        type: 'blocked',
      });
      b.timeOut();
    }
    a.execute('ROLLBACK');
    expect(b.execute('UPDATE parent SET v = 1')).toMatchObject({ affected: 2 });
  });

  it('keep a parent whose key they hold by a key of two columns', () => {
    const ddl = `CREATE TABLE p (a INT, b INT, v INT, PRIMARY KEY (a, b));
      CREATE TABLE c (id INTEGER PRIMARY KEY, b INT, a INT,
        FOREIGN KEY (A, B) REFERENCES p (a, B))`;
    const { a, rows } = openTables(ddl, { p: [{ a: 1, b: 2, v: 0 }], c: [] });
    expect(a.execute('INSERT INTO c VALUES (1, 2, 1)')).toMatchObject({ affected: 1 });
    expect(a.execute('INSERT INTO c VALUES (2, 1, 2)')).toMatchObject({
      failure: { code: 'foreign-key' },
    });
    // A key with a null refers to nothing.
    expect(a.execute('INSERT INTO c VALUES (3, NULL, 7)')).toMatchObject({ affected: 1 });
    expect(a.execute('DELETE FROM p')).toMatchObject({ failure: { code: 'row-referenced' } });
    expect(a.execute('UPDATE p SET v = 1')).toMatchObject({ affected: 1 });
    expect(rows('p')).toEqual([[1, 2, 1]]);
  });
});

describe('DDL of foreign keys', () => {
  const parent = 'CREATE TABLE p (id INTEGER PRIMARY KEY, v INT, u INT UNIQUE);\n';
  it.each([
    ['REFERENCES nope (id)', 'no such table: nope'],
    ['REFERENCES P (id)', 'no such table: P'],
    ['REFERENCES p (v)', 'no PRIMARY KEY and not UNIQUE'],
    ['REFERENCES p (zz)', 'no PRIMARY KEY and not UNIQUE'],
    ['NOT NULL REFERENCES p (id) ON DELETE SET NULL', 'is NOT NULL'],
    ['REFERENCES p (id) ON DELETE SET DEFAULT', 'SET DEFAULT'],
  ])('%s is refused where it stands', (key, why) => {
    const ddl = `${parent}CREATE TABLE c (id INTEGER PRIMARY KEY,\n  p INT ${key})`;
    const place = { line: 3, column: 9 + key.indexOf('REFERENCES') };
    expect(() => openTables(ddl, {})).toThrow(
      expect.objectContaining({
        code: 'bad-ddl',
        data: { why: expect.stringContaining(why), ...place },
      }),
    );
  });

  it('takes a UNIQUE column, in letters of any case', () => {
    const ddl = `${parent}CREATE TABLE c (id INTEGER PRIMARY KEY, Up INT,
      FOREIGN KEY (uP) REFERENCES p (U) ON UPDATE CASCADE)`;
    const { a, rows } = openTables(ddl, { p: [{ id: 1, v: 0, u: 5 }], c: [{ id: 1, Up: 5 }] });
    expect(a.execute('INSERT INTO c VALUES (2, 6)')).toMatchObject({ type: 'failed' });
    a.execute('UPDATE p SET U = 6');
    expect(rows('c')).toEqual([[1, 6]]);
  });

  it('refuses first rows without a parent', () => {
    const rows = { parent: [], child: [{ id: 1, parent_id: 9 }] };
    const ddl = `CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INT REFERENCES parent)`;
    expect(() => openTables(ddl, rows)).toThrow(expect.objectContaining({ code: 'bad-rows' }));
  });
});

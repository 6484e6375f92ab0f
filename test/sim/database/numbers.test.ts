// The ids that changes report, and whole numbers as parameters: each value here was read off a real
// MariaDB 10.11 by a client (the insert id of its OK packet, the rows of its result).

import { describe, expect, it } from 'vitest';
import { Database } from '../../../src/sim/database/index.ts';
import type { SqlParams } from '../../../src/sim/kernel/index.ts';

const DDL = `CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, u INT UNIQUE, v VARCHAR(20));
  CREATE TABLE b (id INT PRIMARY KEY, v VARCHAR(20));`;

/** One statement after the other, each in a transaction of its own; or beside another one. */
function opened(isAlone: boolean) {
  const db = new Database('d', { ddl: DDL, rows: {} });
  const near = isAlone ? null : db.begin({ isolation: 'read-committed' });
  const beNear = (table: string) => {
    if (!isAlone) db.execute(near, `DELETE FROM ${table} WHERE id = 9999`, {});
  };
  return (sql: string, params: SqlParams = {}): unknown => {
    beNear('a');
    beNear('b');
    const outcome = db.execute(null, sql, params);
    if (outcome.type === 'rows') return outcome.rows;
    return outcome.type === 'changed' ? [outcome.affected, outcome.lastId] : outcome.type;
  };
}

describe.each([
  ['alone', true],
  ['beside another transaction', false],
])('a change %s', (_, isAlone) => {
  it.each([
    ["INSERT INTO a (u, v) VALUES (1, 'x')", [1, 1]],
    ["INSERT INTO a (u, v) VALUES (1, 'x'), (2, 'y'), (3, 'z')", [3, 1]],
    ["INSERT INTO a (id, u, v) VALUES (20, 5, 'x')", [1, 20]],
    ["INSERT INTO a (id, u, v) VALUES (30, 36, 'x'), (31, 37, 'y')", [2, 31]],
    ["INSERT INTO a (id, u, v) VALUES (33, 46, 'x'), (NULL, 47, 'y'), (NULL, 48, 'z')", [3, 34]],
    ["INSERT INTO a VALUES (NULL, 46, 'x'), (33, 47, 'y')", [2, 1]],
    ["INSERT INTO a VALUES (7, 46, 'x')", [1, 7]],
    ["INSERT INTO b VALUES (1, 'x')", [1, 0]],
    ["INSERT INTO b VALUES (2, 'x'), (3, 'y')", [2, 0]],
  ])('%s reports %o', (sql, expected) => {
    expect(opened(isAlone)(sql)).toEqual(expected);
  });

  it('reports none where it numbers nothing', () => {
    const run = opened(isAlone);
    run("INSERT INTO a (id, u, v) VALUES (8, 1, 'x'), (9, 2, 'y')");
    run("INSERT INTO b VALUES (1, 'x'), (2, 'x'), (3, 'y')");
    expect(run("UPDATE a SET v = 'q' WHERE u = 1")).toEqual([1, 0]);
    expect(run('DELETE FROM a WHERE u = 2')).toEqual([1, 0]);
    expect(run("INSERT OR IGNORE INTO a (u, v) VALUES (1, 'x')")).toEqual([0, 0]);
    expect(run('INSERT INTO b (id, v) SELECT id + 10, v FROM b')).toEqual([3, 0]);
    expect(run('INSERT INTO a (u, v) SELECT u, v FROM a WHERE u = 5')).toEqual([0, 0]);
  });

  it('reports the row that it changes or puts in the place of another', () => {
    const run = opened(isAlone);
    run("INSERT INTO a (u, v) VALUES (1, 'x'), (2, 'x'), (3, 'x')");
    const upsert = (values: string, v: string) =>
      run(`INSERT INTO a (u, v) VALUES ${values} ON CONFLICT (u) DO UPDATE SET v = '${v}'`);
    expect(upsert("(1, 'x')", 'w')).toEqual([2, 1]);
    expect(run("REPLACE INTO a (id, u, v) VALUES (3, 3, 'r')")).toEqual([2, 3]);
    expect(run('SELECT id, v FROM a ORDER BY id')).toMatchObject([
      { v: 'w' },
      { v: 'x' },
      { v: 'r' },
    ]);
  });

  it('reports the first number of an INSERT … SELECT', () => {
    const run = opened(isAlone);
    run("INSERT INTO b VALUES (1, 'x'), (2, 'x')");
    expect(run('INSERT INTO a (u, v) SELECT 200 + id, v FROM b')).toEqual([2, 1]);
    expect(run('INSERT INTO a (id, u, v) SELECT 500 + id, 300 + id, v FROM b')).toEqual([2, 502]);
  });

  it('takes a whole number for what it is, in a text too', () => {
    const run = opened(isAlone);
    expect(run('INSERT INTO b VALUES (:id, :n)', { id: 5, n: 30 })).toEqual([1, 0]);
    expect(run("INSERT INTO b VALUES (:id, concat(:n, ':x'))", { id: 6, n: 30 })).toEqual([1, 0]);
    expect(run('UPDATE b SET v = :n WHERE id = 6', { n: -7 })).toEqual([1, 0]);
    expect(run('SELECT v FROM b ORDER BY id')).toEqual([{ v: '30' }, { v: '-7' }]);
    const texts =
      "SELECT concat(:n, 'x') AS d, json_extract(json_object('a', :n), '$.a') || '!' AS j, CAST(:n AS CHAR) AS c";
    expect(run(texts, { n: 30 })).toEqual([{ d: '30x', j: '30!', c: '30' }]);
    expect(run('SELECT :n * 1.5 AS n', { n: 30 })).toEqual([{ n: 45 }]);
    expect(run('SELECT :n AS n', { n: 1.5 })).toEqual([{ n: 1.5 }]);
  });

  it('divides as MySQL does', () => {
    const run = opened(isAlone);
    run("INSERT INTO a (id, u, v) VALUES (5, 12, '1/2')");
    const halves =
      'SELECT :n / 2 AS n, id / 2 AS id, u / id / 4 AS twice, id * 3 / 2 AS most FROM a';
    expect(run(halves, { n: 5 })).toEqual([{ n: 2.5, id: 2.5, twice: 0.6, most: 7.5 }]);
    const signs = "SELECT -5 / 2 AS n, 7 % 2 AS rest, 5 / 0 AS none, '1/2' AS text -- 1/2";
    expect(run(signs)).toEqual([{ n: -2.5, rest: 1, none: null, text: '1/2' }]);
    expect(run("SELECT v FROM a WHERE id / 2 > 2 AND v = '1/2' FOR UPDATE")).toEqual([
      { v: '1/2' },
    ]);
  });
});

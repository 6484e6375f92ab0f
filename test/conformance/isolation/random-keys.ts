// Families of tables whose rows go because of others: children that follow their parents, and rows
// that REPLACE, in SQL that SQLite and MySQL both take.

import fc from 'fast-check';
import { type Family, fill, number, one, plain, select } from './random-statements.ts';

export function cascadeFamily(): Family {
  const id = number(1, 2, 3);
  const child = number(11, 12, 21, 22);
  const where = fc.oneof(fill('id = {}', child), fill('pid = {}', id));
  const table = one(
    'p WHERE id = 1',
    'c WHERE id = 11',
    'c WHERE pid = 1',
    'd',
    'd WHERE cid = 11',
  );
  return {
    schema: [
      'CREATE TABLE p (id INTEGER PRIMARY KEY, v INTEGER)',
      'CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER, v INTEGER, ' +
        'FOREIGN KEY (pid) REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE)',
      'CREATE TABLE d (id INTEGER PRIMARY KEY, cid INTEGER, ' +
        'FOREIGN KEY (cid) REFERENCES c (id) ON DELETE SET NULL)',
    ],
    rows: [
      'INSERT INTO p (id, v) VALUES (1, 0), (2, 0)',
      'INSERT INTO c (id, pid, v) VALUES (11, 1, 0), (12, 1, 0), (21, 2, 0)',
      'INSERT INTO d (id, cid) VALUES (1, 11), (2, 21)',
    ],
    statement: fc.oneof(
      { weight: 3, arbitrary: select(fill('SELECT * FROM {}', table)) },
      { weight: 3, arbitrary: plain(fill('UPDATE p SET v = v + 1 WHERE id = {}', id)) },
      { weight: 3, arbitrary: plain(fill('DELETE FROM p WHERE id = {}', id)) },
      { weight: 2, arbitrary: plain(fill('UPDATE p SET id = {} WHERE id = {}', number(3, 4), id)) },
      { weight: 1, arbitrary: plain(fill('REPLACE INTO p (id, v) VALUES ({}, 9)', id)) },
      { weight: 1, arbitrary: plain(fill('INSERT INTO p (id, v) VALUES ({}, 0)', id)) },
      { weight: 3, arbitrary: plain(fill('INSERT INTO c VALUES ({}, {}, 5)', child, id)) },
      { weight: 3, arbitrary: plain(fill('UPDATE c SET v = v + 1 WHERE {}', where)) },
      { weight: 2, arbitrary: plain(fill('UPDATE c SET pid = {} WHERE {}', id, where)) },
      { weight: 1, arbitrary: plain(fill('DELETE FROM c WHERE {}', where)) },
      { weight: 1, arbitrary: plain(fill('UPDATE d SET cid = {} WHERE id = 1', child)) },
      { weight: 1, arbitrary: plain(fill('INSERT INTO d VALUES ({}, {})', number(3, 4), child)) },
    ),
  };
}

const R = 'INTO r (id, u, k, v)';

export function replaceFamily(): Family {
  const hit = number(1, 2, 3);
  const key = number(1, 2, 3, 5);
  const where = fc.oneof(
    { weight: 3, arbitrary: fill('id = {}', key) },
    { weight: 1, arbitrary: fill('u = {}', key) },
    { weight: 1, arbitrary: fill('k = {}', key) },
  );
  const shifted = fill(
    `INSERT ${R} SELECT id + {}, u + {}, k, v FROM r WHERE {}`,
    number(1, 10),
    number(1, 10),
    fc.oneof(fill('id <= {}', hit), fill('id = {}', hit)),
  );
  return {
    schema: [
      'CREATE TABLE r (id INTEGER PRIMARY KEY, u INTEGER, k INTEGER, v INTEGER)',
      'CREATE UNIQUE INDEX r_u ON r (u)',
      'CREATE INDEX r_k ON r (k)',
    ],
    rows: [`INSERT ${R} VALUES (1, 1, 1, 0), (2, 2, 2, 0), (3, 3, 2, 0)`],
    statement: fc.oneof(
      { weight: 3, arbitrary: select(fill('SELECT * FROM r WHERE {}', where)) },
      { weight: 4, arbitrary: plain(fill(`REPLACE ${R} VALUES ({}, {}, {}, 9)`, key, key, key)) },
      { weight: 1, arbitrary: plain(fill(`INSERT ${R} VALUES ({}, {}, 2, 9)`, key, key)) },
      { weight: 2, arbitrary: plain(fill('UPDATE r SET v = v + 1 WHERE {}', where)) },
      { weight: 1, arbitrary: plain(fill('UPDATE r SET u = {} WHERE id = {}', key, hit)) },
      { weight: 2, arbitrary: plain(fill('DELETE FROM r WHERE {}', where)) },
      { weight: 2, arbitrary: plain(shifted) },
    ),
  };
}

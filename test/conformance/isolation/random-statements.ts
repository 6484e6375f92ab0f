// The small tables of cases.json, and random statements on them, in SQL that SQLite and MySQL both
// take. Rows that are there, gaps between them, and what lies behind the last.

import fc from 'fast-check';

export interface Statement {
  readonly sql: string;
  readonly lock?: string;
}

/** Tables, rows, and what may be asked of them. */
export interface Family {
  readonly schema: readonly string[];
  readonly rows: readonly string[];
  readonly statement: fc.Arbitrary<Statement>;
}

export const one = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
export const number = (...values: readonly number[]): fc.Arbitrary<number> =>
  fc.constantFrom(...values);

/** `fill('a {} b', x)`: each {} is one drawn value. */
export function fill(
  template: string,
  ...values: readonly fc.Arbitrary<string | number>[]
): fc.Arbitrary<string> {
  return fc.tuple(...values).map((drawn) => {
    let place = 0;
    return template.replace(/\{\}/g, () => String(drawn[place++]));
  });
}

export function select(sql: fc.Arbitrary<string>): fc.Arbitrary<Statement> {
  const lock = fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: fc.constant('update') },
    { weight: 3, arbitrary: fc.constant('share') },
    { weight: 1, arbitrary: one('update-skip-locked', 'update-nowait') },
  );
  return fc.tuple(sql, lock).map(([text, kind]) => {
    return kind === undefined ? { sql: text } : { sql: text, lock: kind };
  });
}

export function plain(sql: fc.Arbitrary<string>): fc.Arbitrary<Statement> {
  return sql.map((text) => ({ sql: text }));
}

/** `column` by equality, range and list, over `values`. */
function conditions(
  column: string,
  values: fc.Arbitrary<number>,
  weightOf: { readonly equal: number; readonly range: number; readonly list: number },
): fc.WeightedArbitrary<string>[] {
  const between = fc
    .tuple(values, values)
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const range = fc.oneof(
    fill(`${column} {} {}`, one('>=', '>', '<=', '<'), values),
    between.map(([low, high]) => `${column} BETWEEN ${low} AND ${high}`),
    between.map(([low, high]) => `${column} > ${low} AND ${column} < ${high}`),
  );
  const list = between.map(([low, high]) => `${column} IN (${low}, ${high})`);
  return [
    { weight: weightOf.equal, arbitrary: values.map((value) => `${column} = ${value}`) },
    { weight: weightOf.range, arbitrary: range },
    { weight: weightOf.list, arbitrary: list },
  ];
}

export function testFamily(): Family {
  const id = number(1, 2, 3, 4);
  const value = number(10, 20, 30, 11);
  const where = fc.oneof(
    ...conditions('id', id, { equal: 6, range: 3, list: 1 }),
    ...conditions('value', value, { equal: 2, range: 1, list: 0 }),
    { weight: 1, arbitrary: fill('id = {} AND value = {}', id, value) },
  );
  return {
    schema: ['CREATE TABLE test (id INTEGER PRIMARY KEY, value INTEGER)'],
    rows: ['INSERT INTO test (id, value) VALUES (1, 10), (2, 20)'],
    statement: fc.oneof(
      { weight: 2, arbitrary: select(fill('SELECT * FROM test WHERE {}', where)) },
      { weight: 1, arbitrary: select(fc.constant('SELECT * FROM test')) },
      { weight: 2, arbitrary: plain(fill('UPDATE test SET value = {} WHERE {}', value, where)) },
      { weight: 1, arbitrary: plain(fill('UPDATE test SET value = value + 1 WHERE {}', where)) },
      { weight: 1, arbitrary: plain(fill('UPDATE test SET id = {} WHERE id = {}', id, id)) },
      { weight: 2, arbitrary: plain(fill('DELETE FROM test WHERE {}', where)) },
      {
        weight: 2,
        arbitrary: plain(fill('INSERT INTO test (id, value) VALUES ({}, {})', id, value)),
      },
      {
        weight: 1,
        arbitrary: plain(fill('INSERT INTO test (id, value) VALUES ({}, 5), ({}, 6)', id, id)),
      },
    ),
  };
}

const N_INSERT = 'INSERT INTO n (id, u, k, p, v) VALUES';

/** The five rows 10 to 50, and the gaps about them. */
export function nFamily(): Family {
  const hit = number(10, 20, 30, 40, 50);
  const miss = number(15, 25, 35, 5, 55);
  const key = fc.oneof({ weight: 3, arbitrary: hit }, { weight: 2, arbitrary: miss });
  const where = fc.oneof(
    ...conditions('id', key, { equal: 6, range: 4, list: 1 }),
    ...conditions('u', key, { equal: 4, range: 1, list: 0 }),
    ...conditions('k', key, { equal: 4, range: 1, list: 0 }),
    ...conditions('p', key, { equal: 2, range: 1, list: 0 }),
    { weight: 1, arbitrary: fill('{} = {} AND v = {}', one('id', 'u', 'k'), key, number(0, 9)) },
  );
  const set = fc.oneof(
    { weight: 5, arbitrary: fill('v = {}', number(1, 2, 0)) },
    { weight: 1, arbitrary: fill('p = {}', key) },
    { weight: 2, arbitrary: fill('k = {}', key) },
    { weight: 1, arbitrary: fc.constant('v = v + 1') },
  );
  const point = fill('{} = {}', one('id', 'u'), key);
  const fresh = fc.oneof({ weight: 4, arbitrary: miss }, { weight: 1, arbitrary: hit });
  const row = fc.tuple(fresh, key, fc.boolean()).map(([id, u, apart]) => {
    return `(${id}, ${apart ? u : id}, ${id}, ${id}, 0)`;
  });
  return {
    schema: [
      'CREATE TABLE n (id INTEGER PRIMARY KEY, u INTEGER, k INTEGER, p INTEGER, v INTEGER)',
      'CREATE UNIQUE INDEX n_u ON n (u)',
      'CREATE INDEX n_k ON n (k)',
    ],
    rows: [
      `${N_INSERT} (10, 10, 10, 10, 0), (20, 20, 20, 20, 0), (30, 30, 30, 30, 0), ` +
        '(40, 40, 40, 40, 0), (50, 50, 50, 50, 0)',
    ],
    statement: fc.oneof(
      { weight: 4, arbitrary: select(fill('SELECT {} FROM n WHERE {}', one('*', 'id'), where)) },
      { weight: 4, arbitrary: plain(fill('UPDATE n SET {} WHERE {}', set, where)) },
      { weight: 1, arbitrary: plain(fill('UPDATE n SET u = {} WHERE {}', key, point)) },
      { weight: 1, arbitrary: plain(fill('UPDATE n SET id = {} WHERE {}', key, point)) },
      { weight: 2, arbitrary: plain(fill('DELETE FROM n WHERE {}', where)) },
      { weight: 3, arbitrary: plain(fill(`${N_INSERT} {}`, row)) },
      { weight: 1, arbitrary: plain(fill(`${N_INSERT} {}, {}`, row, row)) },
    ),
  };
}

/** The shop: compare-and-set on a ticket, by its number or by its key. */
export function ticketFamily(): Family {
  const user = number(1, 2);
  const ticketNum = number(100, 110, 120, 105);
  const id = number(1, 2, 5);
  const which = fc.oneof(fill('ticket_num = {}', ticketNum), fill('id = {}', id));
  const free = fill('{} AND lock_user IS NULL', which);
  const owned = fill('{} AND lock_user = {}', which, user);
  const where = fc.oneof(which, free, owned, fc.constant('lock_user IS NULL'));
  const lockIt = fill('UPDATE ticket SET lock_user = {} WHERE {}', user, where);
  const buyIt = fill('UPDATE ticket SET owner = {}, lock_user = NULL WHERE {}', user, owned);
  const moveIt = fill('UPDATE ticket SET ticket_num = {} WHERE {}', ticketNum, which);
  const columns = 'id, ticket_num, name, lock_user, owner';
  const addIt = fill(
    `INSERT INTO ticket (${columns}) VALUES ({}, {}, 'E', NULL, NULL)`,
    id,
    ticketNum,
  );
  const firstFree = 'SELECT id FROM ticket WHERE lock_user IS NULL ORDER BY id LIMIT 1';
  return {
    schema: [
      'CREATE TABLE ticket (id INTEGER PRIMARY KEY, ticket_num INTEGER UNIQUE, name TEXT, ' +
        'lock_user INTEGER, owner INTEGER)',
    ],
    rows: [
      `INSERT INTO ticket (${columns}) VALUES (1, 100, 'A', NULL, NULL), ` +
        "(2, 110, 'B', NULL, NULL), (3, 120, 'C', 1, NULL), (4, 130, 'D', NULL, 1)",
    ],
    statement: fc.oneof(
      { weight: 3, arbitrary: select(fill('SELECT * FROM ticket WHERE {}', where)) },
      { weight: 1, arbitrary: select(fc.constant(firstFree)) },
      { weight: 4, arbitrary: plain(lockIt) },
      { weight: 2, arbitrary: plain(buyIt) },
      { weight: 1, arbitrary: plain(moveIt) },
      { weight: 1, arbitrary: plain(addIt) },
      { weight: 1, arbitrary: plain(fill('DELETE FROM ticket WHERE {}', which)) },
    ),
  };
}

export function parentFamily(): Family {
  const id = number(1, 2, 3);
  return {
    schema: [
      'CREATE TABLE parent (id INTEGER PRIMARY KEY, v INTEGER)',
      'CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER, ' +
        'FOREIGN KEY (parent_id) REFERENCES parent (id))',
    ],
    rows: [
      'INSERT INTO parent (id, v) VALUES (1, 0), (2, 0)',
      'INSERT INTO child (id, parent_id) VALUES (1, 2)',
    ],
    statement: fc.oneof(
      { weight: 1, arbitrary: select(fill('SELECT * FROM {}', one('parent', 'child'))) },
      { weight: 2, arbitrary: select(fill('SELECT * FROM parent WHERE id = {}', id)) },
      { weight: 3, arbitrary: plain(fill('UPDATE parent SET v = v + 1 WHERE id = {}', id)) },
      { weight: 2, arbitrary: plain(fill('DELETE FROM parent WHERE id = {}', id)) },
      { weight: 1, arbitrary: plain(fill('INSERT INTO parent (id, v) VALUES ({}, 0)', id)) },
      {
        weight: 3,
        arbitrary: plain(fill('INSERT INTO child (id, parent_id) VALUES ({}, {})', id, id)),
      },
      { weight: 1, arbitrary: plain(fill('UPDATE child SET parent_id = {} WHERE id = 1', id)) },
      { weight: 1, arbitrary: plain(fill('DELETE FROM child WHERE id = {}', id)) },
    ),
  };
}

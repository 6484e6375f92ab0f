// A family of tables that the recorded cases do not have: a primary key of two columns, text keys,
// nulls in a UNIQUE column, searches that run backwards or stop early, and rows copied from rows.

import fc from 'fast-check';
import { type Family, fill, number, one, plain, select } from './random-statements.ts';

const COLUMNS = 'hall, seat, code, price';

export function seatFamily(): Family {
  const hall = one("'a'", "'b'", "'c'");
  const seat = number(1, 2, 3, 4);
  const code = one("'k1'", "'k2'", "'k3'", 'NULL');
  const price = number(5, 10, 20);
  const whole = fill('hall = {} AND seat = {}', hall, seat);
  const where = fc.oneof(
    { weight: 5, arbitrary: whole },
    { weight: 2, arbitrary: fill('hall = {}', hall) },
    { weight: 2, arbitrary: fill('hall = {} AND seat {} {}', hall, one('>', '<', '>='), seat) },
    { weight: 1, arbitrary: fill('hall > {}', hall) },
    { weight: 3, arbitrary: fill('code = {}', one("'k1'", "'k2'", "'k3'")) },
    { weight: 1, arbitrary: fc.constant('code IS NULL') },
    { weight: 2, arbitrary: fill('price = {}', price) },
  );
  const order = one('hall, seat', 'hall DESC, seat DESC');
  const first = fill('SELECT * FROM seat ORDER BY {} LIMIT {}', order, number(1, 2));
  const inHall = fill('SELECT seat FROM seat WHERE hall = {} ORDER BY seat DESC LIMIT 1', hall);
  const copy = fill(
    `INSERT INTO seat (${COLUMNS}) SELECT hall, seat + {}, NULL, price FROM seat WHERE hall = {}`,
    number(1, 5),
    hall,
  );
  const add = fill(`INSERT INTO seat (${COLUMNS}) VALUES ({}, {}, {}, 0)`, hall, seat, code);
  return {
    schema: [
      'CREATE TABLE seat (hall VARCHAR(9) NOT NULL, seat INTEGER NOT NULL, code VARCHAR(9), ' +
        'price INTEGER, PRIMARY KEY (hall, seat))',
      'CREATE UNIQUE INDEX seat_code ON seat (code)',
      'CREATE INDEX seat_price ON seat (price)',
    ],
    rows: [
      `INSERT INTO seat (${COLUMNS}) VALUES ('a', 1, 'k1', 10), ('a', 3, NULL, 10), ` +
        "('b', 1, 'k3', 20), ('b', 2, NULL, 20)",
    ],
    statement: fc.oneof(
      { weight: 4, arbitrary: select(fill('SELECT * FROM seat WHERE {}', where)) },
      { weight: 1, arbitrary: select(first) },
      { weight: 1, arbitrary: select(inHall) },
      { weight: 4, arbitrary: plain(fill('UPDATE seat SET price = {} WHERE {}', price, where)) },
      { weight: 1, arbitrary: plain(fill('UPDATE seat SET code = {} WHERE {}', code, whole)) },
      { weight: 1, arbitrary: plain(fill('UPDATE seat SET seat = {} WHERE {}', seat, whole)) },
      { weight: 2, arbitrary: plain(fill('DELETE FROM seat WHERE {}', where)) },
      { weight: 3, arbitrary: plain(add) },
      { weight: 1, arbitrary: plain(copy) },
    ),
  };
}

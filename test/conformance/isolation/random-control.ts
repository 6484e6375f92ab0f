// Random statements that control transactions, whether they fit or not: what a connection answers
// in a state where they do not is as much a rule as what it does where they do.

import fc from 'fast-check';
import type { Question } from './format.ts';
import { fill, number, one } from './random-statements.ts';

const branch = one("'a'", "'a'", "'b'");
const level = one('READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE');
const id = number(1, 2);

const statement: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fill('XA START {}', branch) },
  { weight: 3, arbitrary: fill('XA END {}', branch) },
  { weight: 3, arbitrary: fill('XA PREPARE {}', branch) },
  { weight: 2, arbitrary: fill('XA COMMIT {}', branch) },
  { weight: 1, arbitrary: fill('XA COMMIT {} ONE PHASE', branch) },
  { weight: 2, arbitrary: fill('XA ROLLBACK {}', branch) },
  { weight: 1, arbitrary: fc.constant('XA RECOVER') },
  { weight: 1, arbitrary: one('BEGIN', 'BEGIN WORK', 'START TRANSACTION READ ONLY') },
  {
    weight: 1,
    arbitrary: one('COMMIT', 'ROLLBACK', 'COMMIT WORK AND CHAIN', 'ROLLBACK AND NO CHAIN'),
  },
  { weight: 1, arbitrary: one('SAVEPOINT s', 'ROLLBACK TO SAVEPOINT S', 'RELEASE SAVEPOINT s') },
  { weight: 1, arbitrary: fill('SET TRANSACTION ISOLATION LEVEL {}', level) },
  { weight: 1, arbitrary: fill('SET SESSION TRANSACTION ISOLATION LEVEL {}', level) },
  { weight: 1, arbitrary: one('SET TRANSACTION READ ONLY', 'SET TRANSACTION READ WRITE') },
  { weight: 4, arbitrary: fill('UPDATE test SET value = value + 1 WHERE id = {}', id) },
  { weight: 1, arbitrary: fill('INSERT INTO test (id, value) VALUES ({}, 0)', number(1, 3)) },
  { weight: 2, arbitrary: fc.constant('SELECT * FROM test') },
);

const step = fc.oneof(
  { weight: 30, arbitrary: fc.record({ tx: one('T1', 'T1', 'T2'), sql: statement }) },
  {
    weight: 1,
    arbitrary: fc.record({ tx: one('T1', 'T2'), op: fc.constant('disconnect' as const) }),
  },
);

/** Two connections that say whatever they like. */
export const randomControl: fc.Arbitrary<Question> = fc
  .array(step, { minLength: 3, maxLength: 14 })
  .map((steps) => ({
    id: 'random',
    group: 'random',
    schema: ['CREATE TABLE test (id INTEGER PRIMARY KEY, value INTEGER)'],
    rows: ['INSERT INTO test (id, value) VALUES (1, 10), (2, 20)'],
    isolation: { T1: 'REPEATABLE READ', T2: 'READ COMMITTED' },
    continueAfterRollback: true,
    steps: steps.map((drawn, at) => ({ n: at + 1, ...drawn })),
  }));

// Random interleavings of two or three transactions. Every statement carries its own moment, so
// that dropping one while shrinking moves no other.

import fc from 'fast-check';
import type { Level, Question } from './format.ts';
import { randomControl } from './random-control.ts';
import { cascadeFamily, replaceFamily } from './random-keys.ts';
import { seatFamily } from './random-seats.ts';
import {
  type Family,
  nFamily,
  parentFamily,
  type Statement,
  testFamily,
  ticketFamily,
} from './random-statements.ts';

/** Before it comes what has an earlier moment. */
interface Timed {
  readonly at: number;
  readonly statement: Statement;
}

interface Transaction {
  readonly level: Level;
  /** Null: autocommit. */
  readonly bounds: { readonly begin: number; readonly end: number; readonly by: string } | null;
  /** From where to where it is undone. */
  readonly savepoint: readonly [number, number] | null;
  readonly statements: readonly Timed[];
}

const LAST_MOMENT = 40;
const moment = fc.nat(LAST_MOMENT);

/** The simplest first: shrinking goes there. */
const LEVELS: readonly Level[] = [
  'READ COMMITTED',
  'REPEATABLE READ',
  'READ UNCOMMITTED',
  'SERIALIZABLE',
];

function transactionOn(statement: fc.Arbitrary<Statement>): fc.Arbitrary<Transaction> {
  const timed = fc.record({ at: moment, statement });
  const by = fc.constantFrom('COMMIT', 'COMMIT', 'COMMIT', 'ROLLBACK');
  const level = fc.constantFrom(...LEVELS);
  const bounded = fc.record({
    level,
    bounds: fc.record({ begin: moment, end: moment, by }),
    savepoint: fc.option(fc.tuple(moment, moment), { freq: 6 }),
    statements: fc.array(timed, { minLength: 1, maxLength: 4 }),
  });
  const autocommit = fc.record({
    level,
    bounds: fc.constant(null),
    savepoint: fc.constant(null),
    statements: fc.array(timed, { minLength: 1, maxLength: 3 }),
  });
  return fc.oneof({ weight: 5, arbitrary: bounded }, { weight: 1, arbitrary: autocommit });
}

/** Its BEGIN comes before everything of it, its end after everything. */
function timedSteps({ bounds, savepoint, statements }: Transaction): readonly Timed[] {
  const marks: Timed[] = [];
  if (savepoint !== null) {
    marks.push({ at: Math.min(...savepoint), statement: { sql: 'SAVEPOINT a' } });
    marks.push({ at: Math.max(...savepoint), statement: { sql: 'ROLLBACK TO SAVEPOINT a' } });
  }
  const inside = [...marks, ...statements].sort((a, b) => a.at - b.at);
  if (bounds === null) return inside;
  const moments = inside.map(({ at }) => at);
  return [
    { at: Math.min(bounds.begin, ...moments), statement: { sql: 'BEGIN' } },
    ...inside,
    { at: Math.max(bounds.end, ...moments), statement: { sql: bounds.by } },
  ];
}

function questionOf(family: Family, transactions: readonly Transaction[]): Question {
  const names = transactions.map((_, index) => `T${index + 1}`);
  const steps = transactions
    .flatMap((transaction, index) => {
      return timedSteps(transaction).map((timed) => ({ ...timed, tx: `T${index + 1}` }));
    })
    .sort((a, b) => a.at - b.at)
    .map(({ tx, statement }, index) => ({ n: index + 1, tx, ...statement }));
  const levels = transactions.map(({ level }) => level);
  return {
    id: 'random',
    group: 'random',
    schema: family.schema,
    rows: family.rows,
    isolation: Object.fromEntries(names.map((name, i) => [name, levels[i] ?? 'READ COMMITTED'])),
    steps,
  };
}

function caseOf(family: Family): fc.Arbitrary<Question> {
  const transactions = fc.array(transactionOn(family.statement), { minLength: 2, maxLength: 3 });
  return transactions.map((drawn) => questionOf(family, drawn));
}

/** Two or three transactions of all four levels; each one ends. */
export const randomCase: fc.Arbitrary<Question> = fc.oneof(
  { weight: 3, arbitrary: caseOf(testFamily()) },
  { weight: 5, arbitrary: caseOf(nFamily()) },
  { weight: 2, arbitrary: caseOf(ticketFamily()) },
  { weight: 1, arbitrary: caseOf(parentFamily()) },
  { weight: 2, arbitrary: caseOf(seatFamily()) },
  { weight: 3, arbitrary: caseOf(cascadeFamily()) },
  { weight: 3, arbitrary: caseOf(replaceFamily()) },
  { weight: 4, arbitrary: randomControl },
);

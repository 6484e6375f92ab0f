// A transaction alone runs its statements at once, and its locks are worked out later. That must
// come to the same as going row by row and locking at each step.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database, Isolation } from '../../../src/sim/index.ts';
import { DDL, DDL_WITHOUT_KEYS, LEVELS, makeBank, NUMBERED, paramsOf, STATEMENTS } from './bank.ts';

// What changes a key of a table with foreign keys is never run at once.
const BANKS = [DDL, DDL_WITHOUT_KEYS].map((ddl) => ({
  openAlone: makeBank(ddl),
  openWatched: makeBank(ddl),
}));

/** Another transaction that has been to all tables, and holds nothing: nobody is alone then. */
function beNear(db: Database): number | null {
  const near = db.begin({ isolation: 'read-committed' });
  db.execute(near, 'UPDATE account SET balance = 0 WHERE id = 999', {});
  for (const table of ['note', 'card', 'payment']) {
    db.execute(near, `DELETE FROM ${table} WHERE id = 999`, {});
  }
  return near;
}

/** What a transaction is told, statement by statement, and what it leaves and holds. */
function play(db: Database, isolation: Isolation, statements: readonly string[]) {
  const id = db.begin({ isolation }) ?? 0;
  let seen = 0;
  const outcomes = statements.map((sql) => {
    const outcome = db.execute(id, sql, paramsOf(sql, seen));
    if (outcome.type === 'rows') seen = Number(outcome.rows[0]?.['seen'] ?? 0);
    return outcome;
  });
  const postponed = db.find(id)?.postponed.length ?? 0;
  const locks = db.insight.locks().map(({ transaction, struct, ...lock }) => JSON.stringify(lock));
  return { postponed, seen: { outcomes, rows: db.store.newestRows(), locks: locks.sort() } };
}

describe('a transaction alone', () => {
  it.each(BANKS)(
    'is told, leaves and locks what it would among others',
    (bank) => {
      const { openAlone, openWatched } = bank;
      const statements = fc.array(fc.constantFrom(...STATEMENTS, ...NUMBERED), {
        minLength: 1,
        maxLength: 6,
      });
      let postponed = 0;
      fc.assert(
        fc.property(fc.constantFrom(...LEVELS), statements, (isolation, list) => {
          const watched = openWatched();
          beNear(watched);
          const expected = play(watched, isolation, list);
          const alone = play(openAlone(), isolation, list);
          expect(alone.seen).toEqual(expected.seen);
          expect(expected.postponed).toBe(0);
          postponed += alone.postponed;
        }),
        { numRuns: 3000, seed: 5 },
      );
      expect(postponed).toBeGreaterThan(1000);
    },
    120_000,
  );
});

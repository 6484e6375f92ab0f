// No statement is prepared twice by the same database, whatever is done with it.

import BetterSqlite3 from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import type { Database } from '../../../src/sim/index.ts';
import { DDL_WITHOUT_KEYS, LEVELS, makeBank, paramsOf, STATEMENTS } from './bank.ts';

afterEach(() => vi.restoreAllMocks());

/** Two transactions take turns over every statement, at every level, and look at the locks. */
function work(open: () => Database): void {
  for (const isolation of LEVELS) {
    const db = open();
    const mark = db.mark();
    const ids = [db.begin({ isolation }), db.begin({ isolation })];
    for (const [at, sql] of STATEMENTS.entries()) {
      const id = ids[at % 2] ?? 0;
      const other = ids[(at + 1) % 2] ?? 0;
      if (!db.find(id)) continue;
      const outcome = db.execute(id, sql, paramsOf(sql, at));
      if (outcome.type === 'blocked') {
        if (db.find(other)) db.rollback(other);
        for (const woken of db.takeWoken()) db.resume(woken);
      }
      db.insight.locks();
    }
    for (const id of ids) if (id !== null) db.commit(id);
    db.rewind(mark);
  }
}

it.each([
  ['with foreign keys', undefined],
  ['without', DDL_WITHOUT_KEYS],
])('%s', (_what, ddl) => {
  const seen = vi.spyOn(BetterSqlite3.prototype, 'prepare');
  const open = makeBank(ddl);
  work(open);
  const texts = seen.mock.calls.map(([sql]) => sql);
  const twice = texts.filter((sql, at) => texts.indexOf(sql) < at);
  // While the tables are read back, the same question may be asked of each.
  expect(twice.filter((sql) => !sql.includes('sqlite_schema'))).toEqual([]);
  expect(texts.length).toBeGreaterThan(60);
  const before = texts.length;
  work(open);
  expect(seen.mock.calls.length).toBe(before);
});

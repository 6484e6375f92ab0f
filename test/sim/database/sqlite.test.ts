// What statements do to rows when nobody else is about is what plain SQLite makes of them, which
// keeps foreign keys and replaces rows by itself: the engine does both row by row.

import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../src/sim/index.ts';
import { DDL, makeBank, paramsOf, ROWS, STATEMENTS } from './bank.ts';

const CONTROL = ['BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT a', 'ROLLBACK TO SAVEPOINT a'];
// InnoDB asks for the children of each row that goes, not at the end of the statement.
const AT_ONCE = DDL.replace('(id),', '(id) ON DELETE RESTRICT ON UPDATE RESTRICT,');
const open = makeBank();

/** SQLite has neither locking clauses nor savepoints outside of a transaction. */
class Plain {
  readonly #sqlite = new BetterSqlite3(':memory:');
  #savepoint = false;

  constructor() {
    this.#sqlite.pragma('foreign_keys = ON');
    this.#sqlite.exec(AT_ONCE);
    for (const [table, rows] of Object.entries(ROWS)) {
      for (const row of rows) {
        const values = Object.values(row);
        const places = values.map(() => '?').join(', ');
        this.#sqlite
          .prepare(`INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places})`)
          .run(values);
      }
    }
  }

  /** Whether it went well. */
  execute(sql: string, seen: number): boolean {
    const inside = this.#sqlite.inTransaction;
    if (sql === 'SAVEPOINT a') {
      if (inside) this.#sqlite.exec(this.#savepoint ? `RELEASE a; ${sql}` : sql);
      this.#savepoint = inside;
      return true;
    }
    if (sql.startsWith('ROLLBACK TO')) {
      if (this.#savepoint) this.#sqlite.exec(sql);
      return this.#savepoint;
    }
    if (CONTROL.includes(sql)) {
      if (inside) this.#sqlite.exec(sql === 'BEGIN' ? 'COMMIT' : sql);
      if (sql === 'BEGIN') this.#sqlite.exec(sql);
      this.#savepoint = false;
      return true;
    }
    try {
      const plain = sql.replace(/ (FOR UPDATE|LOCK IN SHARE MODE)$/, '');
      const statement = this.#sqlite.prepare(plain);
      if (statement.reader) statement.all(paramsOf(sql, seen));
      else statement.run(paramsOf(sql, seen));
      return true;
    } catch (error) {
      expect((error as { code: string }).code).toMatch(/^SQLITE_CONSTRAINT/);
      return false;
    }
  }

  content(): unknown {
    return Object.keys(ROWS).map((table) => {
      return this.#sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().all();
    });
  }

  close(): void {
    this.#sqlite.close();
  }
}

describe('a connection alone', () => {
  it('leaves the rows that plain SQLite leaves', () => {
    const statements = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...STATEMENTS) },
        { weight: 1, arbitrary: fc.constantFrom(...CONTROL) },
      ),
      { minLength: 1, maxLength: 14 },
    );
    let changed = 0;
    fc.assert(
      fc.property(statements, fc.nat({ max: 4 }), (list, seen) => {
        const db = open();
        const connection = new Connection(db);
        const plain = new Plain();
        const before = JSON.stringify(db.store.newestRows());
        for (const sql of list) {
          const reply = connection.execute(sql, paramsOf(sql, seen));
          expect(reply.type, sql).not.toBe('blocked');
          expect(reply.type !== 'failed', sql).toBe(plain.execute(sql, seen));
          const rows = db.store.newestRows() as [string, unknown][];
          expect(
            rows.map(([, content]) => content),
            sql,
          ).toEqual(plain.content());
        }
        plain.close();
        connection.close();
        if (JSON.stringify(db.store.newestRows()) !== before) changed += 1;
      }),
      { numRuns: 1500, seed: 9 },
    );
    expect(changed).toBeGreaterThan(500);
  }, 120_000);
});

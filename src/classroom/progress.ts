// What a learner has done so far: one SQLite file in their data folder. Each change is one
// transaction, so a crash loses nothing, and two terminals wait for each other.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { SandboxError } from '../sim/index.ts';

const VERSION = 1;
const BUSY_MS = 5000;

const TABLES = `
CREATE TABLE IF NOT EXISTS started (
  exercise TEXT PRIMARY KEY, folder TEXT NOT NULL, at TEXT NOT NULL,
  hints INTEGER NOT NULL DEFAULT 0, gave_up INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS attempt (
  id INTEGER PRIMARY KEY, exercise TEXT NOT NULL REFERENCES started, at TEXT NOT NULL,
  earned INTEGER NOT NULL, points INTEGER NOT NULL, passed INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS attempts ON attempt (exercise, id);`;

/** How far a learner is with one exercise. */
export interface Standing {
  readonly exercise: string;
  readonly folder: string;
  readonly startedAt: string;
  /** How many hints were shown. */
  readonly hints: number;
  readonly gaveUp: boolean;
  readonly attempts: number;
  /** The best so far; null before the first attempt. */
  readonly earned: number | null;
  readonly points: number | null;
  readonly passed: boolean;
}

const STANDINGS = `
SELECT exercise, folder, at AS startedAt, hints, gave_up AS gaveUp,
  (SELECT count(*) FROM attempt a WHERE a.exercise = s.exercise) AS attempts,
  (SELECT max(earned) FROM attempt a WHERE a.exercise = s.exercise) AS earned,
  (SELECT points FROM attempt a WHERE a.exercise = s.exercise ORDER BY id DESC LIMIT 1) AS points,
  EXISTS (SELECT 1 FROM attempt a WHERE a.exercise = s.exercise AND a.passed) AS passed
FROM started s`;

type Read = Omit<Standing, 'gaveUp' | 'passed'> & {
  readonly gaveUp: number;
  readonly passed: number;
};
const standing = (row: Read): Standing => ({
  ...row,
  gaveUp: row.gaveUp === 1,
  passed: row.passed === 1,
});

/** A learner's progress. */
export class Progress {
  readonly #path: string;
  readonly #db: Sqlite.Database;

  /** @throws SandboxError `bad-progress`, `cannot-write` */
  constructor(path: string) {
    this.#path = path;
    this.#db = this.#guarded(() => {
      mkdirSync(dirname(path), { recursive: true });
      const db = new Sqlite(path, { timeout: BUSY_MS });
      try {
        const version = db.pragma('user_version', { simple: true }) as number;
        if (version > VERSION) throw new SandboxError('bad-progress', { path, why: 'newer' });
        db.pragma('journal_mode = WAL');
        db.pragma('foreign_keys = ON');
        if (version < VERSION) {
          db.transaction(() => {
            db.exec(TABLES);
            db.pragma(`user_version = ${VERSION}`);
          }).immediate();
        }
        return db;
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  /** All that was started, the last one last. */
  all(): readonly Standing[] {
    return this.#guarded(() => {
      return this.#db.prepare<[], Read>(`${STANDINGS} ORDER BY at, exercise`).all().map(standing);
    });
  }

  of(exercise: string): Standing | null {
    return this.#guarded(() => {
      const row = this.#db.prepare<[string], Read>(`${STANDINGS} WHERE exercise = ?`).get(exercise);
      return row ? standing(row) : null;
    });
  }

  /** Notes where an exercise is worked on; an earlier place is forgotten, its attempts are not. */
  start(exercise: string, folder: string): void {
    this.#write(
      `INSERT INTO started (exercise, folder, at) VALUES (?, ?, ?)
       ON CONFLICT (exercise) DO UPDATE SET folder = excluded.folder, at = excluded.at`,
      [exercise, folder, new Date().toISOString()],
    );
  }

  attempt(exercise: string, verdict: { earned: number; points: number; passed: boolean }): void {
    const { earned, points, passed } = verdict;
    this.#write(
      'INSERT INTO attempt (exercise, at, earned, points, passed) VALUES (?, ?, ?, ?, ?)',
      [exercise, new Date().toISOString(), earned, points, Number(passed)],
    );
  }

  /** Counts a hint that is shown, as long as there are so many. Returns how many were shown. */
  hint(exercise: string, most: number): number {
    const sql = 'UPDATE started SET hints = min(hints + 1, ?) WHERE exercise = ?';
    this.#write(sql, [most, exercise]);
    return this.of(exercise)?.hints ?? 0;
  }

  giveUp(exercise: string): void {
    this.#write('UPDATE started SET gave_up = 1 WHERE exercise = ?', [exercise]);
  }

  close(): void {
    this.#db.close();
  }

  #write(sql: string, params: readonly (string | number)[]): void {
    this.#guarded(() => this.#db.prepare(sql).run(...params));
  }

  #guarded<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw this.#said(error);
    }
  }

  #said(error: unknown): unknown {
    const { code = '', message } = error as { code?: string; message: string };
    const path = this.#path;
    if (error instanceof SandboxError) return error;
    if (code.startsWith('SQLITE_BUSY'))
      return new SandboxError('bad-progress', { path, why: 'locked' });
    if (/^SQLITE_(NOTADB|CORRUPT|ERROR)/.test(code)) {
      return new SandboxError('bad-progress', { path, why: 'broken' });
    }
    const isWriting =
      /^(SQLITE_|E[A-Z]+$)/.test(code) || message.includes('directory does not exist');
    return isWriting ? new SandboxError('cannot-write', { path, why: message }) : error;
  }
}

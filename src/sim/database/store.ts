// The versioned rows of one simulated database: SQLite in memory holds the newest version of
// each, the undo chains the older ones. It knows nothing of locks or of when transactions end.

import BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { Failure, Row, SqlParams, SqlValue } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { banChance, putImages, readTables, type Table, whyNotDdl } from './schema.ts';
import { compileStatement, type Probe, type Statement } from './statement.ts';
import { type Image, type ReadView, Versions, type VersionsMark } from './versions.ts';

/** What one change of one row takes to undo it. */
export interface UndoRecord {
  readonly table: string;
  readonly rowid: number;
  readonly before: Image;
}

export interface StoreOptions {
  /** `CREATE` statements. */
  readonly ddl: string;
  /** The rows a run begins with, by table. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

export interface StoreMark {
  readonly depth: number;
  readonly versions: VersionsMark;
}

/** What a change gave; `locked` names the row that another transaction holds. */
export type Change =
  | {
      readonly type: 'changed';
      readonly affected: number;
      readonly lastId: number;
      readonly undo: readonly UndoRecord[];
    }
  | { readonly type: 'locked'; readonly table: string; readonly rowid: number }
  | { readonly type: 'failed'; readonly failure: Failure };

/** Asked for every row a statement changes; false if another transaction holds it. */
export type RowLocker = (table: string, rowid: number) => boolean;

interface Recorder {
  readonly lock: RowLocker;
  readonly undo: UndoRecord[];
  locked: { readonly table: string; readonly rowid: number } | null;
}

const CONSTRAINTS: Readonly<Record<string, string>> = {
  SQLITE_CONSTRAINT_PRIMARYKEY: 'duplicate-key',
  SQLITE_CONSTRAINT_ROWID: 'duplicate-key',
  SQLITE_CONSTRAINT_UNIQUE: 'duplicate-key',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_NOTNULL: 'not-null',
  SQLITE_CONSTRAINT_CHECK: 'check',
};

export class Store {
  readonly versions = new Versions();
  readonly #ddl: string;
  readonly #connection: BetterSqlite3.Database;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #tableNames: ReadonlySet<string>;
  readonly #statements = new Map<string, Statement>();
  #depth = 0;
  /** Listens to the triggers while a statement changes rows; null while images are put back. */
  #recorder: Recorder | null = null;
  #visited = new Set<number>();

  /** @throws SandboxError `bad-sql` for DDL that SQLite refuses, `bad-rows` for rows it refuses */
  constructor({ ddl, rows }: StoreOptions) {
    this.#ddl = ddl;
    this.#connection = new BetterSqlite3(':memory:');
    this.#connection.function('record', { varargs: true }, (...args) => this.#record(args));
    this.#connection.function('visit', (rowid) => {
      this.#visited.add(rowid as number);
      return 1;
    });
    banChance(this.#connection);
    const unfit = whyNotDdl(ddl);
    if (unfit) throw new SandboxError('bad-sql', { sql: ddl, why: unfit });
    try {
      this.#connection.exec(ddl);
    } catch (error) {
      throw new SandboxError('bad-sql', { sql: ddl, why: (error as Error).message });
    }
    this.#tables = readTables(this.#connection);
    this.#tableNames = new Set(this.#tables.keys());
    for (const [table, list] of Object.entries(rows)) insertRows(this.#connection, table, list);
    this.#connection.exec('BEGIN');
  }

  /** The tables and their columns. */
  get tables(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.#tables].map(([name, { columns }]) => [name, columns]));
  }

  /** A statement, compiled at its first use and kept. @throws SandboxError `bad-sql` */
  compile(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = compileStatement(this.#connection, this.#tableNames, sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Runs a query on what the view may see; without a view, on the newest versions. */
  query(view: ReadView | null, { tables, prepared }: Statement, params: SqlParams): readonly Row[] {
    return this.#as(view, tables, () => prepared.all(params) as Row[]);
  }

  /** The rows of a table that a search reaches, by what the view may see, in the plan's order. */
  visited(view: ReadView | null, probe: Probe, params: SqlParams): readonly number[] {
    this.#visited = new Set();
    this.#as(view, [probe.table], () => probe.prepared.all(params));
    return [...this.#visited];
  }

  /** Runs a statement that changes rows, as `writer`; whole, or not at all. */
  change(writer: number, { prepared }: Statement, params: SqlParams, lock: RowLocker): Change {
    const recorder: Recorder = { lock, undo: [], locked: null };
    this.#recorder = recorder;
    try {
      const { changes, lastInsertRowid } = prepared.run(params);
      for (const { table, rowid, before } of recorder.undo) {
        this.versions.push(table, rowid, writer, before);
      }
      const lastId = Number(lastInsertRowid);
      return { type: 'changed', affected: changes, lastId, undo: recorder.undo };
    } catch (error) {
      if (recorder.locked) return { type: 'locked', ...recorder.locked };
      const { code, message } = error as { code?: string; message: string };
      const known = code === undefined ? undefined : CONSTRAINTS[code];
      if (!known) throw error;
      return { type: 'failed', failure: { code: known, definite: true, detail: message } };
    } finally {
      this.#recorder = null;
    }
  }

  /** Takes changes back, the last first. */
  undo(records: readonly UndoRecord[]): void {
    for (const { table, rowid, before } of records.toReversed()) {
      putImages(this.#table(table), [[rowid, before]]);
      this.versions.pop(table, rowid);
    }
  }

  /** A table as all committed transactions left it. */
  committedRows(table: string): readonly Row[] {
    const view = { reader: null, upTo: Infinity };
    return this.#as(view, [table], () => this.#table(table).all.all() as Row[]);
  }

  /** Every row of every table in its newest version, for a fingerprint. */
  newestRows(): unknown {
    return [...this.#tables.values()].map((table) => [table.name, table.raw.all()]);
  }

  mark(): StoreMark {
    this.#depth += 1;
    this.#connection.exec(`SAVEPOINT mark${this.#depth}`);
    return { depth: this.#depth, versions: this.versions.mark() };
  }

  /** Returns to a mark, which stays: one may return to it again. Later marks are gone. */
  rewind(mark: StoreMark): void {
    this.#connection.exec(`ROLLBACK TO mark${mark.depth}`);
    this.#depth = mark.depth;
    this.versions.rewind(mark.versions);
  }

  /** The committed state as the bytes of an SQLite file that any program can open. */
  exportFile(): Uint8Array {
    const copy = new BetterSqlite3(':memory:');
    copy.exec(this.#ddl);
    for (const table of this.#tables.keys()) insertRows(copy, table, this.committedRows(table));
    const bytes = copy.serialize();
    copy.close();
    return bytes;
  }

  close(): void {
    this.#connection.close();
  }

  #table(name: string): Table {
    return present(this.#tables.get(name), `table ${name}`);
  }

  /** Runs `read` with the rows as `view` sees them, and puts everything back. */
  #as<Result>(view: ReadView | null, tables: readonly string[], read: () => Result): Result {
    if (!view || !this.versions.any) return read();
    const hidden = tables
      .map((name) => [name, this.versions.hidden(name, view)] as const)
      .filter(([, rows]) => rows.size > 0);
    if (hidden.length === 0) return read();
    this.#connection.exec('SAVEPOINT view');
    try {
      for (const [name, images] of hidden) putImages(this.#table(name), images);
      return read();
    } finally {
      this.#connection.exec('ROLLBACK TO view; RELEASE view');
    }
  }

  // Called by the triggers: record(table, old rowid, new rowid, old columns…). A changed row key
  // counts as a deletion and an insertion.
  #record(args: readonly unknown[]): 0 | 1 {
    const recorder = this.#recorder;
    if (!recorder) return 1;
    const [table, oldRowid, newRowid, ...before] = args as [string, number | null, number | null];
    for (const rowid of new Set([oldRowid, newRowid])) {
      if (rowid === null) continue;
      if (!recorder.lock(table, rowid)) {
        recorder.locked = { table, rowid };
        return 0;
      }
      recorder.undo.push({ table, rowid, before: rowid === oldRowid ? before : null });
    }
    return 1;
  }
}

function insertRows(connection: BetterSqlite3.Database, table: string, rows: readonly Row[]): void {
  for (const row of rows) {
    const columns = Object.keys(row).map((column) => `"${column}"`);
    const places = columns.map(() => '?').join(', ');
    try {
      connection
        .prepare(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${places})`)
        .run(...(Object.values(row) as SqlValue[]));
    } catch (error) {
      throw new SandboxError('bad-rows', { table, why: (error as Error).message });
    }
  }
}

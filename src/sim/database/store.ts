// The versioned rows of one simulated database: SQLite in memory holds the newest version of
// each, the undo chains the older ones. It knows nothing of locks or of when transactions end.

import BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { Failure, Row, SqlValue } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { Compiler } from './compiler.ts';
import { type Content, Contents } from './contents.ts';
import { createTables } from './create-tables.ts';
import { asMistake, breaksKey, failureOf } from './failures.ts';
import { orphaned } from './foreign-keys.ts';
import { Numbers } from './numbers.ts';
import { quote } from './pragmas.ts';
import { Records } from './records.ts';
import { banChance, insertRows, putImages, readTables, type Table } from './schema.ts';
import type { Bound, Statement } from './statement.ts';
import type { UndoRecord } from './transaction.ts';
import { type Image, type ReadView, Versions, type VersionsMark } from './versions.ts';
import { queryCopy, type Seen } from './view-copy.ts';

export interface StoreOptions {
  /** `CREATE` statements. */
  readonly ddl: string;
  /** The rows a run begins with, by table. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

export interface StoreMark {
  /** How many savepoints were open, its own included. */
  readonly depth: number;
  /** What the tables held; null where a savepoint has it, since older versions are kept. */
  readonly contents: readonly Content[] | null;
  readonly versions: VersionsMark;
}

/** What a change gave. */
export type Change =
  | {
      readonly type: 'changed';
      readonly affected: number;
      readonly undo: readonly UndoRecord[];
    }
  | { readonly type: 'failed'; readonly failure: Failure };

/** A row image to put back where an undone change is done again. */
type Redo = readonly [record: UndoRecord, writer: number, after: Image, moved: boolean];

export class Store {
  readonly versions = new Versions();
  readonly records: Records;
  readonly numbers: Numbers;
  readonly contents: Contents;
  readonly #ddl: string;
  readonly #connection: BetterSqlite3.Database;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #compiler: Compiler;
  readonly #statements = new Map<string, Statement>();
  readonly #controls = new Map<string, BetterSqlite3.Statement>();
  #depth = 0;
  /** Listens to the triggers while a statement changes rows; null while images are put back. */
  #undo: UndoRecord[] | null = null;
  #chosen: ReadonlySet<number> = new Set();

  /**
   * @throws SandboxError `bad-ddl` for DDL that is refused, `no-primary-key`, `bad-rows` for rows
   * that do not fit
   */
  constructor({ ddl, rows }: StoreOptions) {
    this.#connection = new BetterSqlite3(':memory:');
    this.#connection.pragma('foreign_keys = OFF');
    banChance(this.#connection);
    this.#ddl = createTables(this.#connection, ddl);
    // Ours, and after the DDL: nothing in there may call them.
    this.#connection.function('record', { varargs: true }, (...args) => this.#record(args));
    this.#connection.function('chosen', (rowid) => Number(this.#chosen.has(rowid as number)));
    this.#tables = readTables(this.#connection);
    this.#compiler = new Compiler(this.#connection, this.#tables);
    this.records = new Records(this.#connection, this.#tables, this.versions);
    const prepared = (sql: string) => this.#prepared(sql);
    this.numbers = new Numbers(prepared, this.versions, (table) => this.contents.touch(table));
    this.contents = new Contents(this.#tables, this.numbers, prepared);
    for (const [table, list] of Object.entries(rows)) insertRows(this.#connection, table, list);
    const orphan = orphaned(this.#connection);
    if (orphan) throw new SandboxError('bad-rows', orphan);
    this.#connection.exec('BEGIN');
  }

  get tables(): ReadonlyMap<string, Table> {
    return this.#tables;
  }

  table(name: string): Table {
    return present(this.#tables.get(name), `table ${name}`);
  }

  /** A statement, compiled at its first use and kept. @throws SandboxError `bad-sql` */
  compile(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#compiler.compile(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** What a statement does, and to which table. @throws SandboxError `bad-sql` */
  describe(sql: string): { readonly verb: string; readonly table: string | null } {
    const { kind, target, tables } = this.compile(sql).parsed;
    return { verb: kind, table: target ?? tables[0] ?? null };
  }

  /** Runs a query on what the view may see; without a view, on the newest versions. */
  query(view: ReadView | null, { parsed, prepared }: Statement, params: Bound): readonly Row[] {
    try {
      return this.as(view, parsed.tables, () => prepared.all(params) as Row[]);
    } catch (error) {
      if (!view || !breaksKey(error)) throw asMistake(parsed.base, error);
      const tables = parsed.tables.map(
        (name) => [this.table(name), this.#seen(name, view)] as const,
      );
      return queryCopy(tables, parsed.base, params);
    }
  }

  #seen(name: string, view: ReadView): Seen {
    const { columns } = this.table(name);
    const all = this.#prepared(`SELECT rowid, * FROM ${quote(name)}`)
      .raw()
      .all() as SqlValue[][];
    const newest = all.map((row) => [Number(row[0]), row.slice(-columns.length)] as const);
    return new Map<number, Image>([...newest, ...this.versions.hidden(name, view)]);
  }

  /** Runs a query over one table on the newest version of some of its rows only. */
  queryChosen(statement: Statement, params: Bound, chosen: readonly number[]): readonly Row[] {
    this.#chosen = new Set(chosen);
    return present(statement.guarded(), 'a query over one table').all(params) as Row[];
  }

  /** Runs something that changes rows, as `writer`; whole, or not at all. */
  change(
    writer: number,
    { footprint, sql }: Statement,
    run: () => { readonly changes: number },
  ): Change {
    const undo: UndoRecord[] = [];
    this.#undo = undo;
    try {
      const { changes } = run();
      for (const { table, rowid, before } of undo) {
        const moves = footprint.movesKeys || table !== footprint.target;
        this.versions.push(table, rowid, writer, before, moves);
      }
      return { type: 'changed', affected: changes, undo };
    } catch (error) {
      return { type: 'failed', failure: failureOf(sql, error) };
    } finally {
      this.#undo = null;
    }
  }

  /** Takes changes back, the last first. Returns what it takes to do them again. */
  undo(records: readonly UndoRecord[], writer: number): readonly Redo[] {
    return records.toReversed().map((record): Redo => {
      const { table, rowid, before } = record;
      const after = (this.table(table).one.get(rowid) as SqlValue[] | undefined) ?? null;
      this.#put(table, rowid, before);
      return [record, writer, after, this.versions.pop(table, rowid)];
    });
  }

  /** Does changes again that `undo` took back. */
  redo(list: readonly Redo[]): void {
    for (const [{ table, rowid, before }, writer, after, moved] of list.toReversed()) {
      this.#put(table, rowid, after);
      this.versions.push(table, rowid, writer, before, moved);
    }
  }

  // To put an image in place gives no number, though SQLite would count it as given.
  #put(name: string, rowid: number, image: Image): void {
    const table = this.table(name);
    const last = image ? this.numbers.last(table) : null;
    putImages(table, [[rowid, image]]);
    if (last !== null && rowid > last) this.numbers.reset(table, last);
  }

  /** Gives a row other values. */
  overwrite({ name, columns }: Table, rowid: number, image: readonly SqlValue[]) {
    const sets = columns.map((column) => `${quote(column)} = ?`).join(', ');
    return this.#prepared(`UPDATE ${quote(name)} SET ${sets} WHERE rowid = ?`).run(image, rowid);
  }

  /** A table as all committed transactions left it. */
  committedRows(table: string): readonly Row[] {
    const view = { reader: null, upTo: Infinity };
    return this.as(view, [table], () => this.table(table).all.raw(false).all() as Row[]);
  }

  /** Every row of every table in its newest version, for a fingerprint. */
  newestRows(): unknown {
    return [...this.#tables.values()].map((table) => [table.name, table.all.raw(true).all()]);
  }

  /** Whether something can only be undone by SQLite itself. */
  readonly hasSavepoints = (): boolean => this.#depth > 0;

  /** What a table holds, committed by all, if it has been looked at since it last changed. */
  knownContent(table: string): Content | null {
    return this.versions.chainsOf(table).size === 0 ? this.contents.known(table) : null;
  }

  mark(): StoreMark {
    const versions = this.versions.mark();
    if (!this.versions.any && this.contents.areSmall) {
      return { depth: this.#depth, contents: this.contents.all(), versions };
    }
    this.#depth += 1;
    this.#prepared(`SAVEPOINT mark${this.#depth}`).run();
    return { depth: this.#depth, contents: null, versions };
  }

  /** Returns to a mark, which stays: one may return to it again. Later marks are gone. */
  rewind({ depth, contents, versions }: StoreMark): void {
    if (!contents) {
      this.#prepared(`ROLLBACK TO mark${depth}`).run();
      this.contents.touchAll();
    } else if (this.#depth > depth) this.#prepared(`RELEASE mark${depth + 1}`).run();
    this.#depth = depth;
    for (const content of contents ?? []) this.contents.load(content);
    this.versions.rewind(versions);
  }

  /** The committed state as the bytes of an SQLite file that any program can open. */
  exportFile(): Uint8Array {
    const copy = new BetterSqlite3(':memory:');
    copy.pragma('foreign_keys = OFF');
    copy.exec(this.#ddl);
    for (const table of this.#tables.keys()) insertRows(copy, table, this.committedRows(table));
    const bytes = copy.serialize();
    copy.close();
    return bytes;
  }

  /** What SQLite itself finds wrong with its tables; `ok` if nothing. */
  integrity(): string {
    return this.#connection.pragma('integrity_check', { simple: true }) as string;
  }

  close(): void {
    this.#connection.close();
  }

  /** Runs `read` with the rows as `view` sees them, and puts everything back. */
  as<Result>(view: ReadView | null, tables: readonly string[], read: () => Result): Result {
    if (!view || !this.versions.any) return read();
    const hidden = tables
      .map((name) => [name, this.versions.hidden(name, view)] as const)
      .filter(([, rows]) => rows.size > 0);
    if (hidden.length === 0) return read();
    this.#prepared('SAVEPOINT view').run();
    try {
      for (const [name, images] of hidden) putImages(this.table(name), images);
      return read();
    } finally {
      this.#prepared('ROLLBACK TO view').run();
      this.#prepared('RELEASE view').run();
    }
  }

  // The database's own statements, each prepared once.
  #prepared(sql: string): BetterSqlite3.Statement {
    let statement = this.#controls.get(sql);
    if (!statement) {
      statement = this.#connection.prepare(sql);
      this.#controls.set(sql, statement);
    }
    return statement;
  }

  // Called by the triggers: record(table, old rowid, new rowid, old columns…). A changed row key
  // counts as a deletion and an insertion.
  #record(args: readonly unknown[]): null {
    this.contents.touch(args[0] as string);
    const undo = this.#undo;
    if (!undo) return null;
    const [table, oldRowid, newRowid] = args as [string, number | null, number | null];
    if (newRowid !== null && !Number.isSafeInteger(newRowid)) {
      const why = `the key ${newRowid} is beyond what a number holds exactly`;
      throw new SandboxError('bad-rows', { table, why });
    }
    if (oldRowid !== null) undo.push({ table, rowid: oldRowid, before: args.slice(3) as Image });
    if (newRowid !== null && newRowid !== oldRowid) {
      undo.push({ table, rowid: newRowid, before: null });
    }
    return null;
  }
}

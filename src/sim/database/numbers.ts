// The numbers a database gives: AUTO_INCREMENT, which never goes back, whatever is rolled back, and
// the rowids of tables whose key is none.

import type BetterSqlite3 from 'better-sqlite3';
import type { SqlValue } from '../kernel/effect.ts';
import { quote } from './pragmas.ts';
import { hasHiddenRowid, type Table } from './schema.ts';
import type { Statement } from './statement.ts';
import type { UndoRecord } from './transaction.ts';
import type { Versions } from './versions.ts';

type Rows = readonly (readonly SqlValue[])[];

export class Numbers {
  readonly #prepared: (sql: string) => BetterSqlite3.Statement;
  readonly #versions: Versions;
  readonly #touch: (table: string) => void;

  /** @param touch is told of a table whose count may have changed */
  constructor(
    prepared: (sql: string) => BetterSqlite3.Statement,
    versions: Versions,
    touch: (table: string) => void,
  ) {
    this.#prepared = prepared;
    this.#versions = versions;
    this.#touch = touch;
  }

  /** The last number that was given; null where the table counts none. */
  last({ name, autoIncrement }: Table): number | null {
    if (!autoIncrement) return null;
    const last = this.#prepared('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(name);
    return (last as number | undefined) ?? 0;
  }

  /** Goes back to a number that was the last one. */
  reset(table: Table, last: number | null): void {
    if (last === null) return;
    this.#touch(table.name);
    this.#prepared('UPDATE sqlite_sequence SET seq = ? WHERE name = ?').run(last, table.name);
  }

  /** Makes this the number that was given last. */
  set(table: Table, last: number): void {
    this.reset(table, last);
    this.#use(table, last);
  }

  /** Rows that have no number for a key are given the table's next ones: `given`, in order. */
  numbered(table: Table, rows: Rows): { readonly rows: Rows; readonly given: readonly number[] } {
    if (hasHiddenRowid(table)) return { rows, given: [] };
    const [at = 0] = table.indexes[0].positions;
    const given: number[] = [];
    let next = this.#next(table);
    const numbered = rows.map((values) => {
      const own = values[at] ?? null;
      const number = own ?? next;
      if (own === null) given.push(next);
      if (typeof number === 'number') {
        next = Math.max(next, number + 1);
        this.#use(table, number);
      }
      return values.with(at, number);
    });
    return { rows: numbered, given };
  }

  /**
   * The id that a change reports, as MariaDB has it: the first of its rows whose number the table
   * gave, else the last one of a table that counts, else 0.
   * @param given the numbers that the table gave
   */
  reported(
    table: Table,
    { parsed: { kind, conflict } }: Statement,
    undo: readonly UndoRecord[],
    given: readonly number[],
  ): number {
    if (kind !== 'insert' || hasHiddenRowid(table)) return 0;
    const rows = undo
      .filter((one) => one.table === table.name && (one.before === null || conflict === 'update'))
      .map(({ rowid }) => rowid);
    const counted = table.autoIncrement ? rows.at(-1) : 0;
    return rows.find((rowid) => given.includes(rowid)) ?? counted ?? 0;
  }

  /** Counts the number of a row as given. */
  use(table: Table, values: readonly SqlValue[]): void {
    const number = values[table.indexes[0].positions[0] ?? 0];
    if (table.autoIncrement && typeof number === 'number') this.#use(table, number);
  }

  /** A rowid that no row has, nor had one that somebody may still bring back. */
  freshRowid({ name }: Table): number {
    const [last] = this.#prepared(`SELECT max(rowid) FROM ${quote(name)}`)
      .raw()
      .get() as [number];
    return Math.max(last ?? 0, ...this.#versions.chainsOf(name).keys()) + 1;
  }

  #next(table: Table): number {
    const last = this.last(table);
    if (last !== null) return last + 1;
    const key = table.columns[table.indexes[0].positions[0] ?? 0] ?? '';
    const greatest = `SELECT max(${quote(key)}) FROM ${quote(table.name)}`;
    return ((this.#prepared(greatest).pluck().get() as number | null) ?? 0) + 1;
  }

  // Counts a number as given, though the row that was to have it is not there.
  #use({ name, autoIncrement }: Table, number: number): void {
    if (!autoIncrement) return;
    this.#touch(name);
    const raised = 'UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?';
    if (this.#prepared(raised).run(number, name).changes > 0) return;
    this.#prepared('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, number);
  }
}

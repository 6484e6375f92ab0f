// What the tables hold, as values: equal contents are one object, with a number of its own. While
// no older version of a row is kept, that is all there is to mark, and to come back to.

import type BetterSqlite3 from 'better-sqlite3';
import type { SqlValue } from '../kernel/effect.ts';
import { hashOf } from '../kernel/hash.ts';
import type { Numbers } from './numbers.ts';
import { quote } from './pragmas.ts';
import { putImages, type Table } from './schema.ts';
import type { Image } from './versions.ts';

/** What a table holds. */
export interface Content {
  /** Names it among the contents of its store, from 1. */
  readonly id: number;
  /** Names it by what it is. */
  readonly hash: number;
  readonly table: Table;
  /** By rowid. */
  readonly rows: ReadonlyMap<number, readonly SqlValue[]>;
  /** The number given last; null where the table counts none. */
  readonly number: number | null;
}

const ROWS_MAX = 64;

export class Contents {
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #numbers: Numbers;
  readonly #prepared: (sql: string) => BetterSqlite3.Statement;
  readonly #byText = new Map<string, Content>();
  /** What each table holds now, where it has not changed since it was looked at. */
  readonly #now = new Map<string, Content>();

  constructor(
    tables: ReadonlyMap<string, Table>,
    numbers: Numbers,
    prepared: (sql: string) => BetterSqlite3.Statement,
  ) {
    this.#tables = tables;
    this.#numbers = numbers;
    this.#prepared = prepared;
  }

  /** Says that a table may have changed. */
  touch(table: string): void {
    this.#now.delete(table);
  }

  /** Says that every table may have. */
  touchAll(): void {
    this.#now.clear();
  }

  /** What a table holds, if it has been looked at since it last changed. */
  known(table: string): Content | null {
    return this.#now.get(table) ?? null;
  }

  /** Whether the tables are so small that to hold their rows costs less than a savepoint. */
  get areSmall(): boolean {
    for (const { name } of this.#tables.values()) {
      const count = this.#prepared(`SELECT count(*) FROM ${quote(name)}`).pluck();
      const rows = this.#now.get(name)?.rows.size ?? (count.get() as number);
      if (rows > ROWS_MAX) return false;
    }
    return true;
  }

  /** What all tables hold. */
  all(): readonly Content[] {
    return [...this.#tables.values()].map((table) => this.of(table));
  }

  of(table: Table): Content {
    let content = this.#now.get(table.name);
    if (!content) {
      content = this.#read(table);
      this.#now.set(table.name, content);
    }
    return content;
  }

  #read(table: Table): Content {
    const { name, columns } = table;
    const all = this.#prepared(`SELECT rowid, * FROM ${quote(name)}`)
      .raw()
      .all() as SqlValue[][];
    const number = this.#numbers.last(table);
    const text = JSON.stringify([name, number, all]);
    let content = this.#byText.get(text);
    if (!content) {
      const rows = new Map(all.map((row) => [Number(row[0]), row.slice(-columns.length)]));
      content = { id: this.#byText.size + 1, hash: hashOf(text), table, rows, number };
      this.#byText.set(text, content);
    }
    return content;
  }

  /** Makes a table hold this. */
  load(wanted: Content): void {
    const { table, number } = wanted;
    const now = this.of(table);
    if (now === wanted) return;
    const images: [number, Image][] = [];
    for (const rowid of now.rows.keys()) if (!wanted.rows.has(rowid)) images.push([rowid, null]);
    for (const [rowid, row] of wanted.rows) {
      const old = now.rows.get(rowid);
      if (!old || row.some((value, at) => value !== old[at])) images.push([rowid, row]);
    }
    putImages(table, images);
    if (number !== null) this.#numbers.set(table, number);
    this.#now.set(table.name, wanted);
  }
}

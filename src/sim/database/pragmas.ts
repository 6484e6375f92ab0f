// What SQLite says of its own tables.

import type BetterSqlite3 from 'better-sqlite3';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  /** Its place in the primary key, from 1; 0 outside of it. */
  readonly pk: number;
}

/** A name as SQL text. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The columns of a table in order; none if there is no such table. */
export function columnsOf(connection: BetterSqlite3.Database, table: string): readonly Column[] {
  return connection.pragma(`table_info(${quote(table)})`) as Column[];
}

/** The columns of a table's primary key, in the key's order. */
export function primaryKeyOf(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
}

/** Where a column stands, by its name: SQL tells no upper from lower case here. -1 if nowhere. */
export function positionIn(columns: readonly string[], name: string): number {
  const wanted = name.toLowerCase();
  return columns.findIndex((column) => column.toLowerCase() === wanted);
}

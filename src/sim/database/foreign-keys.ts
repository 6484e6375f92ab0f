// The foreign keys of a scenario's tables, read back from SQLite, which keeps none of them itself:
// what a row may refer to, and what becomes of it, the engine decides row by row with its locks.

import type BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import { columnsOf, positionIn, primaryKeyOf, quote } from './pragmas.ts';

/** What becomes of the children of a row that goes, or gets another key. */
type Action = 'restrict' | 'cascade' | 'set-null';

export interface ForeignKey {
  readonly table: string;
  readonly positions: readonly number[];
  readonly parent: string;
  /** Positions in the parent's columns. */
  readonly parentPositions: readonly number[];
  readonly onDelete: Action;
  readonly onUpdate: Action;
}

interface Listed {
  readonly id: number;
  readonly table: string;
  readonly from: string;
  readonly to: string | null;
  readonly on_delete: string;
  readonly on_update: string;
}

const ACTIONS: Readonly<Record<string, Action>> = { CASCADE: 'cascade', 'SET NULL': 'set-null' };

function listOf(connection: BetterSqlite3.Database, table: string): readonly Listed[] {
  return connection.pragma(`foreign_key_list(${quote(table)})`) as Listed[];
}

/** The foreign keys of a table to its parents. */
export function foreignKeysOf(
  connection: BetterSqlite3.Database,
  table: string,
): readonly ForeignKey[] {
  const own = columnsOf(connection, table).map(({ name }) => name);
  const rows = listOf(connection, table);
  const ids = [...new Set(rows.map(({ id }) => id))];
  return ids.map((one) => {
    const list = rows.filter(({ id }) => id === one);
    const { table: parent, on_delete, on_update } = present(list[0], 'a foreign key');
    const columns = columnsOf(connection, parent);
    const names = columns.map(({ name }) => name);
    const key = primaryKeyOf(columns);
    return {
      table,
      positions: list.map(({ from }) => positionIn(own, from)),
      parent,
      parentPositions: list.map(({ to }, at) => positionIn(names, to ?? key[at]?.name ?? '')),
      onDelete: ACTIONS[on_delete] ?? 'restrict',
      // InnoDB changes no second row of the table whose row is being changed.
      onUpdate: parent === table ? 'restrict' : (ACTIONS[on_update] ?? 'restrict'),
    };
  });
}

/** Finds a row, by its rowid, if a parent of it is not there; null for a table without parents. */
export function prepareOrphan(
  connection: BetterSqlite3.Database,
  table: string,
): BetterSqlite3.Statement | null {
  const own = columnsOf(connection, table);
  const lost = foreignKeysOf(connection, table).map(({ positions, parent, parentPositions }) => {
    const columns = columnsOf(connection, parent);
    const pairs = positions.map((position, at) => [
      `own.${quote(own[position]?.name ?? '')}`,
      `parent.${quote(columns[parentPositions[at] ?? 0]?.name ?? '')}`,
    ]);
    const given = pairs.map(([column]) => `${column} IS NOT NULL`);
    const same = pairs.map((pair) => pair.join(' = ')).join(' AND ');
    const none = `NOT EXISTS (SELECT 1 FROM ${quote(parent)} AS parent WHERE ${same})`;
    return `(${[...given, none].join(' AND ')})`;
  });
  if (lost.length === 0) return null;
  return connection.prepare(
    `SELECT 1 FROM ${quote(table)} AS own WHERE own.rowid = ? AND (${lost.join(' OR ')})`,
  );
}

/** Why InnoDB would not have the foreign keys of a table to a parent; null if it would. */
export function refusalOf(
  connection: BetterSqlite3.Database,
  table: string,
  parent: string,
): string | null {
  const exists = connection
    .prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?")
    .get(parent);
  if (!exists) return `no such table: ${parent}`;
  const columns = columnsOf(connection, table);
  for (const { from, on_delete, on_update, table: to } of listOf(connection, table)) {
    if (to !== parent) continue;
    const actions = [on_delete, on_update];
    if (actions.includes('SET DEFAULT')) return 'SET DEFAULT: InnoDB has no such action';
    const { notnull, pk } = columns.find(
      ({ name }) => name.toLowerCase() === from.toLowerCase(),
    ) ?? { notnull: 0, pk: 0 };
    if (actions.includes('SET NULL') && (notnull > 0 || pk > 0)) {
      return `SET NULL: the column ${from} is NOT NULL`;
    }
  }
  try {
    connection.pragma(`foreign_key_check(${quote(table)})`);
    return null;
  } catch {
    return `the columns of ${parent} that are referred to are no PRIMARY KEY and not UNIQUE`;
  }
}

/** A row whose parent is not there; null if there is none. */
export function orphaned(
  connection: BetterSqlite3.Database,
): { readonly table: string; readonly why: string } | null {
  const [row] = connection.pragma('foreign_key_check') as { table: string; parent: string }[];
  return row ? { table: row.table, why: `a row refers to a row of ${row.parent} not there` } : null;
}

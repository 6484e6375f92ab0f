// The tables of a database, read back from SQLite: their columns, their indexes as InnoDB has
// them, their foreign keys, and the triggers that record every change.

import type BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { Row, SqlValue } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { type ForeignKey, foreignKeysOf, prepareOrphan } from './foreign-keys.ts';
import { type Column, columnsOf, primaryKeyOf, quote } from './pragmas.ts';
import type { Image } from './versions.ts';

/** An index. The clustered one is the primary key, and holds the rows themselves. */
export interface Index {
  /** `PRIMARY`, or the name MySQL would give it. */
  readonly name: string;
  readonly table: string;
  /** `table.name`: what locks are kept under. */
  readonly id: string;
  readonly clustered: boolean;
  readonly unique: boolean;
  /** How many columns, from the left, make up the index's own key; the primary key follows. */
  readonly width: number;
  /** Positions in the table's columns of the whole key: its own columns, then the primary key's. */
  readonly positions: readonly number[];
  /** What SQLite calls it; null where the rowid is the key. */
  readonly sqliteName: string | null;
}

/** What a column makes of a value: a number of text that looks like one, text of a number. */
export type Affinity = 'numeric' | 'text' | 'none';

/** A table with its columns in order and the statements that put a row image in place. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** For each column, what SQLite turns a value into before it compares or stores it. */
  readonly affinities: readonly Affinity[];
  /** The clustered index first. */
  readonly indexes: readonly [Index, ...Index[]];
  /** Of this table, to its parents. */
  readonly parents: readonly ForeignKey[];
  /** Of other tables, to this one. */
  readonly children: readonly ForeignKey[];
  readonly autoIncrement: boolean;
  /** All rows in the order of the primary key, as InnoDB keeps them; `raw(true)` gives each as a plain list, `raw(false)` by its columns. */
  readonly all: BetterSqlite3.Statement;
  /** Finds a row, by its rowid, if a parent of it is not there; null if it has no parents. */
  readonly orphan: BetterSqlite3.Statement | null;
  /** One row by its rowid, a plain list. */
  readonly one: BetterSqlite3.Statement;
  readonly insert: BetterSqlite3.Statement;
  readonly remove: BetterSqlite3.Statement;
}

/** Whether SQLite numbers the rows by a rowid of its own, since the primary key is none. */
export const hasHiddenRowid = ({ indexes }: Table): boolean => indexes[0].sqliteName !== null;

// A change that changes nothing leaves no trace, as in InnoDB.
function triggerText(table: string, when: string, args: readonly string[], condition = ''): string {
  const name = quote(`${table} ${when.toLowerCase()}`);
  const call = `record(${[`'${table.replaceAll("'", "''")}'`, ...args].join(', ')})`;
  return `CREATE TEMP TRIGGER ${name} AFTER ${when} ON main.${quote(table)} ${condition} BEGIN
    SELECT ${call}; END`;
}

const CHANCE = [
  'changes',
  'total_changes',
  'last_insert_rowid',
  'random',
  'randomblob',
  'date',
  'time',
  'datetime',
  'julianday',
  'strftime',
  'unixepoch',
];

/**
 * Takes away what would make two runs differ: SQL functions of chance, of the real clock, and of
 * what the connection, which all transactions share, did last.
 */
export function banChance(connection: BetterSqlite3.Database): void {
  for (const name of CHANCE) {
    connection.function(name, { varargs: true }, () => {
      throw new Error(`${name}() differs from run to run`);
    });
  }
}

// SQLite's rule of affinity: by what the declared type contains.
function affinityOf({ type }: Column): Affinity {
  if (/CHAR|CLOB|TEXT/i.test(type) && !/INT/i.test(type)) return 'text';
  return type === '' || /BLOB/i.test(type) ? 'none' : 'numeric';
}

/** @throws SandboxError `no-primary-key` */
function indexesOf(
  connection: BetterSqlite3.Database,
  table: string,
  columns: readonly Column[],
): readonly [Index, ...Index[]] {
  const key = primaryKeyOf(columns);
  if (key.length === 0) throw new SandboxError('no-primary-key', { table });
  const primary = key.map((column) => columns.indexOf(column));
  const list = connection.pragma(`index_list(${quote(table)})`) as {
    name: string;
    unique: number;
    origin: string;
  }[];
  const build = (
    name: string,
    unique: boolean,
    own: readonly number[],
    sqliteName: string | null,
  ) => ({
    name,
    table,
    id: `${table}.${name}`,
    clustered: name === 'PRIMARY',
    unique,
    width: own.length,
    positions: name === 'PRIMARY' ? own : [...own, ...primary.filter((at) => !own.includes(at))],
    sqliteName,
  });
  const auto = list.find(({ origin }) => origin === 'pk')?.name ?? null;
  const others = list
    .filter(({ origin }) => origin !== 'pk')
    .toReversed()
    .map(({ name, unique, origin }) => {
      const info = connection.pragma(`index_info(${quote(name)})`) as { cid: number }[];
      const own = info.map(({ cid }) => cid);
      // MySQL names the index of a UNIQUE column after it, and keeps index names by table.
      const first = present(columns[own[0] ?? 0], 'an indexed column').name;
      const bare = name.startsWith(`${table} `) ? name.slice(table.length + 1) : name;
      const shown = origin === 'u' ? first : bare;
      return build(shown, unique === 1, own, name);
    });
  return [build('PRIMARY', true, primary, auto), ...others];
}

// A table of the same columns without any constraint: where the rows of an INSERT are looked at
// before they go in.
function createShadow(
  connection: BetterSqlite3.Database,
  table: string,
  columns: readonly Column[],
): void {
  const listed = columns.map(({ name, type, dflt_value: fallback }) => {
    return `${quote(name)} ${type}${fallback === null ? '' : ` DEFAULT (${fallback})`}`;
  });
  connection.exec(`CREATE TEMP TABLE ${shadowOf(table)} (${listed.join(', ')})`);
}

export const shadowOf = (table: string): string => quote(`${table} rows`);

// As MySQL, which gives every foreign key an index, named after its first column.
function indexForeignKeys(connection: BetterSqlite3.Database, table: string): void {
  const columns = columnsOf(connection, table);
  for (const { positions } of foreignKeysOf(connection, table)) {
    const has = indexesOf(connection, table, columns).some(({ positions: own }) => {
      return positions.every((position, at) => own[at] === position);
    });
    if (has) continue;
    const names = positions.map((position) => columns[position]?.name ?? '');
    const listed = names.map(quote).join(', ');
    const index = quote(`${table} ${names[0]}`);
    connection.exec(`CREATE INDEX ${index} ON ${quote(table)} (${listed})`);
  }
}

function readTable(connection: BetterSqlite3.Database, name: string): Omit<Table, 'children'> {
  const info = columnsOf(connection, name);
  createShadow(connection, name, info);
  const indexes = indexesOf(connection, name, info);
  const key = indexes[0].positions.map((position) => info[position]?.name ?? '');
  const columns = info.map((column) => column.name);
  const old = columns.map((column) => `old.${quote(column)}`);
  const changed = columns.map((one) => `old.${quote(one)} IS NOT new.${quote(one)}`).join(' OR ');
  connection.exec(triggerText(name, 'INSERT', ['NULL', 'new.rowid']));
  const args = ['old.rowid', 'new.rowid', ...old];
  connection.exec(triggerText(name, 'UPDATE', args, `WHEN ${changed}`));
  connection.exec(triggerText(name, 'DELETE', ['old.rowid', 'NULL', ...old]));
  const places = columns.map(() => '?').join(', ');
  const listed = columns.map(quote).join(', ');
  const table = quote(name);
  const sql = connection
    .prepare("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?")
    .pluck()
    .get(name) as string;
  return {
    name,
    columns,
    affinities: info.map(affinityOf),
    indexes,
    parents: foreignKeysOf(connection, name),
    autoIncrement: /\bAUTOINCREMENT\b/i.test(sql),
    all: connection.prepare(`SELECT * FROM ${table} ORDER BY ${key.map(quote).join(', ')}`),
    orphan: prepareOrphan(connection, name),
    one: connection.prepare(`SELECT * FROM ${table} WHERE rowid = ?`).raw(),
    insert: connection.prepare(`INSERT INTO ${table} (rowid, ${listed}) VALUES (?, ${places})`),
    remove: connection.prepare(`DELETE FROM ${table} WHERE rowid = ?`),
  };
}

/**
 * Reads the tables of a connection and installs their triggers, which call `record`.
 * @throws SandboxError `no-primary-key`
 */
export function readTables(connection: BetterSqlite3.Database): ReadonlyMap<string, Table> {
  const names = connection
    .prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all() as string[];
  for (const name of names) indexForeignKeys(connection, name);
  const tables = names.map((name) => readTable(connection, name));
  const keys = tables.flatMap(({ parents }) => parents);
  return new Map(
    tables.map((table) => {
      const children = keys.filter(({ parent }) => parent === table.name);
      return [table.name, { ...table, children }];
    }),
  );
}

/** Makes a row as an image says: absent where the image is null. */
export function putImages(table: Table, images: Iterable<readonly [number, Image]>): void {
  const list = [...images];
  for (const [rowid] of list) table.remove.run(rowid);
  for (const [rowid, image] of list) {
    if (image) table.insert.run(rowid, ...(image as SqlValue[]));
  }
}

/** Puts the rows in that a database begins with. @throws SandboxError `bad-rows` */
export function insertRows(
  connection: BetterSqlite3.Database,
  table: string,
  rows: readonly Row[],
): void {
  const prepared = new Map<string, BetterSqlite3.Statement>();
  for (const row of rows) {
    const columns = Object.keys(row).map(quote);
    const places = columns.map(() => '?').join(', ');
    const sql = `INSERT INTO ${quote(table)} (${columns.join(', ')}) VALUES (${places})`;
    try {
      const insert = prepared.get(sql) ?? connection.prepare(sql);
      prepared.set(sql, insert);
      insert.run(...(Object.values(row) as SqlValue[]));
    } catch (error) {
      throw new SandboxError('bad-rows', { table, why: (error as Error).message });
    }
  }
}

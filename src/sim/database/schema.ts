// The tables of a database, read back from SQLite, and the triggers that record every change.

import type BetterSqlite3 from 'better-sqlite3';
import type { SqlValue } from '../kernel/effect.ts';
import { tokenize } from './tokens.ts';
import type { Image } from './versions.ts';

const END = { text: ';' };

/** A table with its columns in order and the statements that put a row image in place. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly all: BetterSqlite3.Statement;
  /** As `all`, each row a plain list. */
  readonly raw: BetterSqlite3.Statement;
  readonly insert: BetterSqlite3.Statement;
  readonly remove: BetterSqlite3.Statement;
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

// A trigger's `RAISE` makes SQLite undo the whole statement when the row is locked: `record`
// answers 0 then.
function triggerText(table: string, when: string, args: readonly string[]): string {
  const name = quote(`${table} ${when.toLowerCase()}`);
  const call = `record(${[`'${table}'`, ...args].join(', ')})`;
  return `CREATE TEMP TRIGGER ${name} AFTER ${when} ON main.${quote(table)} BEGIN
    SELECT CASE WHEN ${call} = 0 THEN RAISE(ABORT, 'locked') END; END`;
}

const CHANCE = [
  'random',
  'randomblob',
  'date',
  'time',
  'datetime',
  'julianday',
  'strftime',
  'unixepoch',
];

/** Takes away what would make two runs differ: SQL functions of chance and of the real clock. */
export function banChance(connection: BetterSqlite3.Database): void {
  for (const name of CHANCE) {
    connection.function(name, { varargs: true }, () => {
      throw new Error(`${name}() differs from run to run`);
    });
  }
}

/** Says why a text is not plain DDL; null if it creates tables and indexes and does nothing else. */
export function whyNotDdl(ddl: string): string | null {
  let words: readonly string[] = [];
  for (const token of [...tokenize(ddl), END]) {
    if (token.text !== ';') {
      words = [...words, token.text];
      continue;
    }
    const [verb, ...rest] = words;
    const thing = rest.find((word) => word !== 'unique');
    words = [];
    if (verb === undefined) continue;
    if (verb !== 'create' || (thing !== 'table' && thing !== 'index')) {
      return `only CREATE TABLE and CREATE INDEX, not ${verb.toUpperCase()}`;
    }
  }
  return null;
}

/** Reads the tables of a connection and installs their triggers, which call `record`. */
export function readTables(connection: BetterSqlite3.Database): ReadonlyMap<string, Table> {
  const names = connection
    .prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all() as string[];
  const tables = new Map<string, Table>();
  for (const name of names) {
    const info = connection.pragma(`table_info(${quote(name)})`) as { name: string; pk: number }[];
    const columns = info.map((column) => column.name);
    const old = columns.map((column) => `old.${quote(column)}`);
    connection.exec(triggerText(name, 'INSERT', ['NULL', 'new.rowid']));
    connection.exec(triggerText(name, 'UPDATE', ['old.rowid', 'new.rowid', ...old]));
    connection.exec(triggerText(name, 'DELETE', ['old.rowid', 'NULL', ...old]));
    const places = columns.map(() => '?').join(', ');
    const listed = columns.map(quote).join(', ');
    tables.set(name, {
      name,
      columns,
      all: connection.prepare(`SELECT * FROM ${quote(name)}`),
      raw: connection.prepare(`SELECT * FROM ${quote(name)}`).raw(),
      insert: connection.prepare(
        `INSERT INTO ${quote(name)} (rowid, ${listed}) VALUES (?, ${places})`,
      ),
      remove: connection.prepare(`DELETE FROM ${quote(name)} WHERE rowid = ?`),
    });
  }
  return tables;
}

/** Makes a row as an image says: absent where the image is null. */
export function putImages(table: Table, images: Iterable<readonly [number, Image]>): void {
  const list = [...images];
  for (const [rowid] of list) table.remove.run(rowid);
  for (const [rowid, image] of list) {
    if (image) table.insert.run(rowid, ...(image as SqlValue[]));
  }
}

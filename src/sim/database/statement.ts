// A statement, compiled once: what it does, the ways it reaches its rows, and the pieces of SQL it
// is made of. How it is compiled is another's business.

import type BetterSqlite3 from 'better-sqlite3';
import type { SqlParams, SqlValue } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { isExact, type Range } from './keys.ts';
import type { Parsed } from './parse.ts';
import type { Index, Table } from './schema.ts';

type Prepared = BetterSqlite3.Statement;

/** Parameters as SQLite is given them. */
export type Bound = Readonly<Record<string, SqlValue | bigint>>;

/** How a statement reaches the rows of a table: by which index, and which stretches of it. */
export interface AccessPath {
  readonly table: Table;
  readonly index: Index;
  /** The index holds all that the query asks for: the rows themselves are not visited. */
  readonly covering: boolean;
  readonly descending: boolean;
  readonly ranges: (params: Bound) => readonly Range[];
  /** Every record in the ranges meets the WHERE: there is nothing else in it. */
  readonly implied: boolean;
  /** Whether the row with this rowid meets the WHERE, as the table is now. */
  readonly matches: (params: Bound, rowid: number) => boolean;
  /** After how many rows a query stops; null for never. */
  readonly limit: (params: Bound) => number | null;
}

/** The pieces a change of one row is made of. */
export interface RowChange {
  /** Of an UPDATE: changes the row `:__row`; of an INSERT: adds the row of the parameters `:__c0`, … */
  readonly apply: Prepared;
  /** For an UPDATE: the new values of the columns it sets, of the row `:__row`. */
  readonly values: Prepared | null;
  /** Positions of the columns it sets. */
  readonly columns: readonly number[];
}

/** The tables a statement is about. */
export interface Footprint {
  /** The table it changes. */
  readonly target: string | null;
  /** The tables it reads besides. */
  readonly reads: readonly string[];
  /** Whether it may change keys: any but an UPDATE of columns that no index has. */
  readonly movesKeys: boolean;
  /** The tables where it may lock or change rows by foreign keys. */
  readonly related: readonly string[];
}

export interface Statement {
  readonly sql: string;
  readonly parsed: Parsed;
  readonly footprint: Footprint;
  /** The whole of it at once, for a transaction alone. */
  readonly prepared: Prepared;
  /** For each table it searches. */
  readonly paths: () => readonly AccessPath[];
  /** A query over one table, on the rows only that `chosen(rowid)` lets through. */
  readonly guarded: () => Prepared | null;
  readonly change: () => RowChange;
  /** Of an INSERT: the rows it would add, all columns in order. */
  readonly rows: () => {
    readonly fill: Prepared;
    readonly read: Prepared;
    readonly clear: Prepared;
  };
}

/** Whole numbers stay whole: better-sqlite3 makes a REAL of every number, and a text of it `30.0`. */
export function bound(params: SqlParams): Bound {
  const whole: Record<string, SqlValue | bigint> = {};
  for (const [name, value] of Object.entries(params)) {
    whole[name] = Number.isSafeInteger(value) ? BigInt(value as number) : value;
  }
  return whole;
}

/**
 * What a statement is given: the parameters it names, and no others.
 * @throws SandboxError `bad-parameters`
 */
export function boundTo({ sql, parsed }: Statement, params: SqlParams): Bound {
  const { parameters } = parsed;
  const given = Object.keys(params);
  const isWhole = given.length === parameters.length && parameters.every((name) => name in params);
  if (isWhole) return bound(params);
  const missing = parameters.filter((name) => !(name in params));
  const unknown = given.filter((name) => !parameters.includes(name));
  throw new SandboxError('bad-parameters', { sql, missing, unknown });
}

/** Whether a stretch is one record at most: equality on a whole unique key. */
export const isPoint = (index: Index, range: Range): boolean =>
  index.unique &&
  isExact(range) &&
  range.equal.length === index.width &&
  !range.equal.includes(null);

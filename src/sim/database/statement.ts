// A statement, compiled once: what it does, and the pieces of SQL that do it row by row where
// other transactions are about. The pieces are prepared when they are first needed, and kept.

import type BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { SqlParams, SqlValue } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { conditionsOfSearch, isImplied, rangesOf } from './conditions.ts';
import { isExact, type Range } from './keys.ts';
import { type Parsed, parseStatement, type Stretch } from './parse.ts';
import { type Affinity, type Index, quote, shadowOf, type Table } from './schema.ts';

type Prepared = BetterSqlite3.Statement;

/** How a statement reaches the rows of a table: by which index, and which stretches of it. */
export interface AccessPath {
  readonly table: Table;
  readonly index: Index;
  /** The index holds all that the query asks for: the rows themselves are not visited. */
  readonly covering: boolean;
  readonly descending: boolean;
  readonly ranges: (params: SqlParams) => readonly Range[];
  /** Every record in the ranges meets the WHERE: there is nothing else in it. */
  readonly implied: boolean;
  /** Whether the row with this rowid meets the WHERE, as the table is now. */
  readonly matches: (params: SqlParams, rowid: number) => boolean;
  /** After how many rows a query stops; null for never. */
  readonly limit: (params: SqlParams) => number | null;
}

/** The pieces a change of one row is made of. */
export interface RowChange {
  /** Changes or deletes the row `:__row`; for an INSERT, adds the row of the parameters `:c0`, … */
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
  /** Whether foreign keys lead from these tables to others, or to them. */
  readonly related: boolean;
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

function badSql(sql: string, why: string): SandboxError {
  return new SandboxError('bad-sql', { sql, why });
}

/** A value worked out when it is first asked for. */
function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export class Compiler {
  readonly #connection: BetterSqlite3.Database;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #names: ReadonlySet<string>;

  constructor(connection: BetterSqlite3.Database, tables: ReadonlyMap<string, Table>) {
    this.#connection = connection;
    this.#tables = tables;
    this.#names = new Set(tables.keys());
  }

  /** @throws SandboxError `bad-sql` */
  compile(sql: string): Statement {
    const parsed = parseStatement(sql, this.#names);
    if (parsed.target !== null && !this.#names.has(parsed.target)) {
      throw badSql(sql, `no such table: ${parsed.target}`);
    }
    return {
      sql,
      parsed,
      footprint: this.#footprint(parsed),
      prepared: this.#prepare(sql, parsed.base),
      paths: lazy(() => this.#paths(sql, parsed)),
      guarded: lazy(() => this.#guarded(sql, parsed)),
      change: lazy(() => this.#change(sql, parsed)),
      rows: lazy(() => this.#rows(sql, parsed)),
    };
  }

  #prepare(sql: string, text: string): Prepared {
    try {
      return this.#connection.prepare(text);
    } catch (error) {
      throw badSql(sql, (error as Error).message);
    }
  }

  #footprint({ target, tables, kind, sets }: Parsed): Footprint {
    const related = tables.some((name) => {
      const { parents, children } = this.#table(name);
      return parents.length + children.length > 0;
    });
    const { indexes = [], columns = [] } = target === null ? {} : this.#table(target);
    const set = sets.map(({ column }) => columns.indexOf(column));
    const keyed = indexes.some(({ positions }) => positions.some((one) => set.includes(one)));
    return {
      movesKeys: kind !== 'update' || keyed,
      target,
      reads: tables.filter((name) => name !== target),
      related,
    };
  }

  #table(name: string): Table {
    return present(this.#tables.get(name), `table ${name}`);
  }

  #paths(sql: string, parsed: Parsed): readonly AccessPath[] {
    const { search, kind, tables, target } = parsed;
    const whole = tables.filter((name) => {
      return name !== search?.table && !(kind === 'insert' && name === target);
    });
    const own = this.#searched(sql, parsed);
    return [...whole.map((name) => this.#whole(this.#table(name))), ...(own ? [own] : [])];
  }

  #whole(table: Table): AccessPath {
    return {
      table,
      index: table.indexes[0],
      covering: false,
      descending: false,
      ranges: () => [{ equal: [], low: null, high: null }],
      implied: true,
      matches: () => true,
      limit: () => null,
    };
  }

  // SQLite's planner says which index; the conditions of the WHERE say which stretches of it.
  #searched(sql: string, { base, search, limit, descending }: Parsed): AccessPath | null {
    if (!search || !this.#names.has(search.table)) return null;
    const table = this.#table(search.table);
    const explained = this.#prepare(sql, `EXPLAIN QUERY PLAN ${base}`);
    const plan = explained.all(noParams(base)) as { detail: string }[];
    const step = plan.find(({ detail }) => /^(SEARCH|SCAN) /.test(detail))?.detail ?? '';
    const named = /USING (COVERING )?INDEX (.+?)(?: \(|$)/.exec(step);
    const [clustered, ...secondary] = table.indexes;
    const index = secondary.find(({ sqliteName }) => sqliteName === named?.[2]) ?? clustered;
    const sorts = plan.some(({ detail }) => detail.startsWith('USE TEMP B-TREE'));
    const conditions = conditionsOfSearch(search, table);
    const expressions = conditions.flatMap(({ values }) => values);
    const known = this.#values(sql, base, expressions);
    const where = search.where
      ? ` AND (${base.slice(search.where.span.offset, search.where.span.offset + search.where.span.length)})`
      : '';
    const from = `${quote(search.table)} AS ${quote(search.name)}`;
    const test = lazy(() =>
      this.#prepare(
        sql,
        `SELECT 1 FROM ${from} WHERE ${quote(search.name)}.rowid = :__row${where}`,
      ),
    );
    const counts = limit ? [limit.count, ...(limit.offset ? [limit.offset] : [])] : [];
    const limits = this.#values(sql, base, sorts ? [] : counts);
    return {
      table,
      index,
      covering: named?.[1] !== undefined,
      descending: descending && !sorts,
      ranges: (params) => {
        const values = known(params);
        const worked = conditions.map((condition) => {
          const { column } = condition;
          const own = condition.values.map((one) => values[expressions.indexOf(one)] ?? null);
          const affinity = table.affinities[column];
          return { ...condition, values: own.map((one) => adapted(one, affinity)) };
        });
        return rangesOf(index, worked);
      },
      implied: isImplied(index, search, conditions),
      matches: (params, rowid) =>
        search.where === null || test().get({ ...params, __row: rowid }) !== undefined,
      limit: (params) => {
        const list = limits(params);
        return list.length === 0 ? null : list.reduce<number>((sum, one) => sum + Number(one), 0);
      },
    };
  }

  /** Works out expressions that stand in the text and do not depend on a row. */
  #values(sql: string, base: string, stretches: readonly Stretch[]) {
    if (stretches.length === 0) return () => [];
    const texts = stretches.map(({ start, end }) => base.slice(start, end));
    const statement = lazy(() => this.#prepare(sql, `SELECT ${texts.join(', ')}`).raw());
    return (params: SqlParams) => statement().get(params) as SqlValue[];
  }

  #guarded(sql: string, { base, search }: Parsed): Prepared | null {
    if (!search) return null;
    const guard = ` WHERE chosen(${quote(search.name)}.rowid)`;
    const { where, after } = search;
    const end = where ? where.span.offset + where.span.length : after;
    const condition = where ? ` AND (${base.slice(where.span.offset, end)})` : '';
    return this.#prepare(sql, base.slice(0, after) + guard + condition + base.slice(end));
  }

  #change(sql: string, parsed: Parsed): RowChange {
    const { kind, base, search, sets, target } = parsed;
    if (kind === 'insert') return this.#insertion(sql, parsed);
    const { name, after } = present(search, 'the search of a change');
    const table = this.#table(present(target, 'the table a statement changes'));
    const row = ` WHERE ${quote(name)}.rowid = :__row`;
    const end = sets.at(-1)?.value.end ?? after;
    const columns = sets.map(({ column }) => {
      return table.columns.findIndex((one) => one.toLowerCase() === column.toLowerCase());
    });
    const values = sets.map(({ value }) => base.slice(value.start, value.end)).join(', ');
    const from = `FROM ${quote(table.name)} AS ${quote(name)}`;
    return {
      apply: this.#prepare(sql, base.slice(0, end) + row),
      values: kind === 'update' ? this.#prepare(sql, `SELECT ${values} ${from}${row}`).raw() : null,
      columns,
    };
  }

  #insertion(sql: string, { base, body, columns, target }: Parsed): RowChange {
    const table = this.#table(present(target, 'the table a statement changes'));
    const head = columns ? base.slice(0, base.indexOf('(')) : base.slice(0, body?.start);
    const listed = table.columns.map(quote).join(', ');
    const places = table.columns.map((_, at) => `:c${at}`).join(', ');
    const tail = body ? base.slice(body.end) : '';
    const text = `${head.trimEnd()} (${listed}) VALUES (${places})${tail}`;
    return { apply: this.#prepare(sql, text), values: null, columns: [] };
  }

  // The rows go to a table without any constraint first, so that SQLite works out defaults and
  // the types of values, and their keys are known before anything is locked.
  #rows(sql: string, { base, body, columns, target }: Parsed) {
    const table = present(target, 'the table a statement changes');
    const shadow = `temp.${shadowOf(table)}`;
    const listed = columns ? ` (${columns.map(quote).join(', ')})` : '';
    const source = body ? base.slice(body.start, body.end) : 'DEFAULT VALUES';
    return {
      fill: this.#prepare(sql, `INSERT INTO ${shadow}${listed} ${source}`),
      read: this.#prepare(sql, `SELECT * FROM ${shadow} ORDER BY rowid`).raw(),
      clear: this.#prepare(sql, `DELETE FROM ${shadow}`),
    };
  }
}

const PARAMETER = /[:@$][A-Za-z_]\w*/g;

/** A null for every parameter: enough to explain a statement. */
function noParams(sql: string): SqlParams {
  return Object.fromEntries([...sql.matchAll(PARAMETER)].map(([name]) => [name.slice(1), null]));
}

/** A value as SQLite compares it with a column. */
function adapted(value: SqlValue, affinity: Affinity | undefined): SqlValue {
  if (affinity === 'text' && typeof value === 'number') return String(value);
  if (affinity !== 'numeric' || typeof value !== 'string') return value;
  const number = Number(value);
  return value.trim() === '' || Number.isNaN(number) ? value : number;
}

/** Whether a stretch is one record at most: equality on a whole unique key. */
export const isPoint = (index: Index, range: Range): boolean =>
  index.unique &&
  isExact(range) &&
  range.equal.length === index.width &&
  !range.equal.includes(null);

// Compiles statements: what each does, and the pieces of SQL that do it row by row where other
// transactions are about. The pieces are prepared when they are first needed, and kept.

import type BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { SqlValue } from '../kernel/effect.ts';
import { conditionsOfSearch, isImplied, rangesOf } from './conditions.ts';
import { type Parsed, parseStatement } from './parse.ts';
import { positionIn, quote } from './pragmas.ts';
import { type Affinity, hasHiddenRowid, type Index, shadowOf, type Table } from './schema.ts';
import type { AccessPath, Bound, Footprint, RowChange, Statement } from './statement.ts';
import { badSql, type Stretch } from './tree.ts';

type Prepared = BetterSqlite3.Statement;

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
  readonly #known = new Map<string, Prepared>();

  constructor(connection: BetterSqlite3.Database, tables: ReadonlyMap<string, Table>) {
    this.#connection = connection;
    this.#tables = tables;
    this.#names = new Set(tables.keys());
  }

  /** @throws SandboxError `bad-sql` */
  compile(sql: string): Statement {
    const parsed = parseStatement(sql, this.#names);
    this.#checkColumns(sql, parsed);
    return {
      sql,
      parsed,
      footprint: this.#footprint(sql, parsed),
      prepared: this.#prepare(sql, parsed.base),
      paths: lazy(() => this.#paths(sql, parsed)),
      guarded: lazy(() => this.#guarded(sql, parsed)),
      change: lazy(() => this.#change(sql, parsed)),
      rows: lazy(() => this.#rows(sql, parsed)),
    };
  }

  // SQLite would take its own name of the key, too.
  #checkColumns(sql: string, { target, sets, columns }: Parsed): void {
    if (target === null) return;
    if (!this.#tables.has(target)) throw badSql(sql, `no such table: ${target}`);
    const named = [...sets.map(({ column }) => column), ...(columns ?? [])];
    const unknown = named.find((name) => positionIn(this.#table(target).columns, name) < 0);
    if (unknown !== undefined) throw badSql(sql, `no such column: ${unknown}`);
  }

  // Each text is prepared once, whichever statements share it.
  #prepare(sql: string, text: string, raw = false): Prepared {
    const known = `${raw} ${text}`;
    let prepared = this.#known.get(known);
    if (!prepared) {
      try {
        prepared = this.#connection.prepare(text);
      } catch (error) {
        throw badSql(sql, (error as Error).message);
      }
      if (raw) prepared.raw();
      this.#known.set(known, prepared);
    }
    return prepared;
  }

  #footprint(sql: string, { target, reads, kind, sets }: Parsed): Footprint {
    const { indexes = [], columns = [] } = target === null ? {} : this.#table(target);
    const set = sets.map(({ column }) => positionIn(columns, column));
    const keyed = indexes.some(({ positions }) => positions.some((one) => set.includes(one)));
    if (kind === 'insert' && keyed) throw badSql(sql, 'DO UPDATE may not set a key');
    const movesKeys = kind !== 'update' || keyed;
    const related = target !== null && movesKeys ? this.#relatives(target) : [];
    return { movesKeys, target, reads, related };
  }

  // The tables that foreign keys lead to, from one table to the next; none if it has none.
  #relatives(name: string): readonly string[] {
    const { parents, children } = this.#table(name);
    if (parents.length + children.length === 0) return [];
    const found = new Set([name]);
    for (const one of found) {
      const table = this.#table(one);
      for (const { parent } of table.parents) found.add(parent);
      for (const child of table.children) found.add(child.table);
    }
    return [...found];
  }

  #table(name: string): Table {
    return present(this.#tables.get(name), `table ${name}`);
  }

  #paths(sql: string, parsed: Parsed): readonly AccessPath[] {
    const own = this.#searched(sql, parsed);
    return [...parsed.whole.map((name) => this.#whole(this.#table(name))), ...(own ? [own] : [])];
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
  #searched(sql: string, parsed: Parsed): AccessPath | null {
    const { base, search, limit, descending, ordered, kind, prefix, named: columns } = parsed;
    if (!search) return null;
    const table = this.#table(search.table);
    const explained = this.#prepare(sql, `EXPLAIN QUERY PLAN ${base}`);
    const plan = explained.all(noParams(parsed.parameters)) as { detail: string }[];
    const step = plan.find(({ detail }) => /^(SEARCH|SCAN) /.test(detail))?.detail ?? '';
    const named = /USING (COVERING )?INDEX (.+?)(?: \(|$)/.exec(step);
    const [clustered, ...secondary] = table.indexes;
    const wholeScan = step.startsWith('SCAN') && kind === 'select' && !ordered;
    const shorter = wholeScan ? coveringIndex(table, columns) : null;
    const planned = secondary.find(({ sqliteName }) => sqliteName === named?.[2]) ?? clustered;
    const index = shorter ?? planned;
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
        `${prefix}SELECT 1 FROM ${from} WHERE ${quote(search.name)}.rowid = :__row${where}`,
      ),
    );
    const counts = limit ? [limit.count, ...(limit.offset ? [limit.offset] : [])] : [];
    const limits = this.#values(sql, base, sorts ? [] : counts);
    return {
      table,
      index,
      covering: shorter !== null || named?.[1] !== undefined,
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
      matches: (params, rowid) => test().get({ ...params, __row: rowid }) !== undefined,
      limit: (params) => {
        // As SQLite has it: less than nothing is no limit.
        const [count = -1, offset = 0] = limits(params).map(Number);
        return count < 0 ? null : count + Math.max(offset, 0);
      },
    };
  }

  /** Works out expressions that stand in the text and do not depend on a row. */
  #values(sql: string, base: string, stretches: readonly Stretch[]) {
    if (stretches.length === 0) return () => [];
    const texts = stretches.map(({ start, end }) => base.slice(start, end));
    const statement = lazy(() => this.#prepare(sql, `SELECT ${texts.join(', ')}`, true));
    return (params: Bound) => statement().get(params) as SqlValue[];
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
    const { kind, base, search, sets, target, prefix } = parsed;
    if (kind === 'insert') return this.#insertion(sql, parsed);
    const { name } = present(search, 'the search of a change');
    const table = this.#table(present(target, 'the table a statement changes'));
    const row = ` WHERE ${quote(name)}.rowid = :__row`;
    const { end } = present(sets.at(-1), 'what an UPDATE sets').value;
    const columns = sets.map(({ column }) => positionIn(table.columns, column));
    const values = sets.map(({ value }) => base.slice(value.start, value.end)).join(', ');
    const from = `FROM ${quote(table.name)} AS ${quote(name)}`;
    return {
      apply: this.#prepare(sql, base.slice(0, end) + row),
      values: this.#prepare(sql, `${prefix}SELECT ${values} ${from}${row}`, true),
      columns,
    };
  }

  #insertion(sql: string, { base, body, head, target }: Parsed): RowChange {
    const table = this.#table(present(target, 'the table a statement changes'));
    const hidden = hasHiddenRowid(table);
    const listed = [...(hidden ? ['rowid'] : []), ...table.columns.map(quote)].join(', ');
    const own = table.columns.map((_, at) => `:__c${at}`);
    const places = [...(hidden ? [':__row'] : []), ...own].join(', ');
    const tail = body ? base.slice(body.end) : '';
    const text = `${base.slice(0, head)} (${listed}) VALUES (${places})${tail}`;
    return { apply: this.#prepare(sql, text), values: null, columns: [] };
  }

  // The rows go to a table without any constraint first, so that SQLite works out defaults and
  // the types of values, and their keys are known before anything is locked.
  #rows(sql: string, { base, body, columns, target, prefix }: Parsed) {
    const table = present(target, 'the table a statement changes');
    const shadow = `temp.${shadowOf(table)}`;
    const listed = columns ? ` (${columns.map(quote).join(', ')})` : '';
    const source = body ? base.slice(body.start, body.end) : 'DEFAULT VALUES';
    return {
      fill: this.#prepare(sql, `${prefix}INSERT INTO ${shadow}${listed} ${source}`),
      read: this.#prepare(sql, `SELECT * FROM ${shadow} ORDER BY rowid`, true),
      clear: this.#prepare(sql, `DELETE FROM ${shadow}`),
    };
  }
}

/** A null for every parameter: enough to explain a statement. */
function noParams(names: readonly string[]): Bound {
  return Object.fromEntries(names.map((name) => [name, null]));
}

// Where the whole table is read, MySQL reads the shortest secondary index that holds all that is
// asked for, if there is one, since the clustered index holds the whole rows. A UNIQUE one first.
function coveringIndex(table: Table, named: readonly string[] | null): Index | null {
  const { columns } = table;
  const asked = named?.map((name) => positionIn(columns, name)) ?? [...columns.keys()];
  const [, ...secondary] = table.indexes;
  const covering = secondary.filter(({ positions, width }) => {
    return width < columns.length && asked.every((position) => positions.includes(position));
  });
  const [best] = covering.toSorted((a, b) => {
    return a.width - b.width || Number(b.unique) - Number(a.unique);
  });
  return best ?? null;
}

/** A value as SQLite compares it with a column. */
function adapted(value: SqlValue, affinity: Affinity | undefined): SqlValue {
  if (affinity === 'text' && typeof value === 'number') return String(value);
  if (affinity !== 'numeric' || typeof value !== 'string') return value;
  const number = Number(value);
  return value.trim() === '' || Number.isNaN(number) ? value : number;
}

// Where properties look: the committed content of all databases and queues side by side, so that
// one SQL query can speak of them at once (`user.customer`, `order.customer_order`,
// `broker.messages`). `user_before.customer` is what the run began with. It changes nothing.

import BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { Row, SqlValue } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { banChance } from './schema.ts';
import type { Bound } from './statement.ts';
import { clockIn, exactDivision, quoteSchemas, type Token, tokenize } from './tokens.ts';

/** Something with tables to look at: a database, or the broker. */
export interface Source {
  readonly name: string;
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Whether what it held when the run began can be queried too; true unless it says no. */
  readonly hasBefore?: boolean;
  /** Grows whenever the committed content of the table may have changed. */
  stampOf(table: string): number;
  committedRows(table: string): readonly Row[];
}

/** A compiled query, and the tables it looks at. */
export interface Query {
  readonly sql: string;
  readonly prepared: BetterSqlite3.Statement;
  readonly mirrors: readonly Mirror[];
  readonly parameters: readonly string[];
  /** Of the rows it gives. */
  readonly columns: readonly string[];
}

interface Mirror {
  readonly source: Source;
  readonly table: string;
  readonly clear: BetterSqlite3.Statement;
  readonly insert: BetterSqlite3.Statement;
  stamp: number;
}

export class Observatory {
  readonly #connection = new BetterSqlite3(':memory:');
  readonly #sources: ReadonlyMap<string, Source>;
  /** What the tables held when the run began, by `source.table`. */
  readonly #before = new Map<string, readonly Row[]>();
  readonly #schemas = new Set<string>();
  readonly #mirrors = new Map<string, Mirror>();
  readonly #queries = new Map<string, Query>();

  constructor(sources: readonly Source[]) {
    banChance(this.#connection);
    const named = sources.flatMap((source) => {
      const now = [source.name, source] as const;
      const before = [`${source.name}_before`, beforeOf(source, this.#before)] as const;
      return source.hasBefore === false ? [now] : [now, before];
    });
    this.#sources = new Map(named);
  }

  // SQLite takes ten schemas at most: only those that a query names are attached.
  #attachNamed(tokens: readonly Token[]): void {
    tokens.forEach(({ text }, at) => {
      const source = this.#sources.get(text);
      if (source && tokens[at + 1]?.text === '.' && !this.#schemas.has(text)) {
        this.#attach(text, source);
      }
    });
  }

  #attach(schema: string, source: Source): void {
    this.#schemas.add(schema);
    this.#connection.exec(`ATTACH ':memory:' AS "${schema}"`);
    for (const [table, columns] of source.tables) {
      const name = `"${schema}"."${table}"`;
      const listed = columns.map((column) => `"${column}"`).join(', ');
      this.#connection.exec(`CREATE TABLE ${name} (${listed})`);
      this.#mirrors.set(`${schema}.${table}`, {
        source,
        table,
        clear: this.#connection.prepare(`DELETE FROM ${name}`),
        insert: this.#connection.prepare(
          `INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`,
        ),
        stamp: Number.NaN,
      });
    }
  }

  /** Takes what is there now as what the run began with. */
  remember(): void {
    for (const source of this.#sources.values()) {
      for (const table of source.tables.keys()) {
        if (source.hasBefore === undefined || source.hasBefore) {
          this.#before.set(`${source.name}.${table}`, source.committedRows(table));
        }
      }
    }
  }

  /** A query, compiled at its first use and kept. @throws SandboxError `bad-sql` */
  compile(sql: string): Query {
    let query = this.#queries.get(sql);
    if (!query) {
      query = this.#compile(sql);
      this.#queries.set(sql, query);
    }
    return query;
  }

  #compile(sql: string): Query {
    const tokens = tokenize(sql);
    this.#attachNamed(tokens);
    const mirrors = tokens.flatMap((token, at) => {
      const mirror = this.#mirrors.get(`${tokens[at - 2]?.text}.${token.text}`);
      return mirror && tokens[at - 1]?.text === '.' ? [mirror] : [];
    });
    const parameters = tokens.filter(({ kind }) => kind === 'parameter');
    if (parameters.some(({ text }) => !text.startsWith(':'))) {
      throw new SandboxError('bad-sql', { sql, why: 'a parameter is written :name' });
    }
    const clock = clockIn(sql, tokens);
    if (clock) throw new SandboxError('bad-sql', { sql, why: `no ${clock.text} in a run` });
    try {
      const prepared = this.#connection.prepare(quoteSchemas(exactDivision(sql), this.#schemas));
      if (!prepared.reader || !prepared.readonly) throw new Error('it must be a query');
      return {
        sql,
        prepared,
        mirrors: [...new Set(mirrors)],
        parameters: parameters.map(({ text }) => text.slice(1)),
        columns: prepared.columns().map(({ name }) => name),
      };
    } catch (error) {
      throw new SandboxError('bad-sql', { sql, why: (error as Error).message });
    }
  }

  /** The rows a query gives on the committed state of this moment. @throws SandboxError `bad-sql` */
  look({ sql, prepared, mirrors }: Query, params: Bound): readonly Row[] {
    bring(mirrors);
    try {
      return prepared.all(params) as Row[];
    } catch (error) {
      throw new SandboxError('bad-sql', { sql, why: (error as Error).message });
    }
  }

  /** As `look`; null as soon as there are more rows than `most`, or more in them than is shown. */
  lookUpTo(most: number, { sql, prepared, mirrors }: Query, params: Bound): readonly Row[] | null {
    bring(mirrors);
    const rows: Row[] = [];
    let size = 0;
    try {
      for (const row of prepared.iterate(params) as Iterable<Row>) {
        size += sizeOf(row);
        if (rows.length === most || size > most * ROW_SIZE) return null;
        rows.push(row);
      }
    } catch (error) {
      throw new SandboxError('bad-sql', { sql, why: (error as Error).message });
    }
    return rows;
  }

  close(): void {
    this.#connection.close();
  }
}

// What a row holds that is shown, generously.
const ROW_SIZE = 1000;

function sizeOf(row: Row): number {
  const sizes = Object.values(row).map((value) => {
    if (typeof value === 'string') return value.length;
    return ArrayBuffer.isView(value) ? value.byteLength : 1;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Brings what changed up to date. */
function bring(mirrors: readonly Mirror[]): void {
  for (const mirror of mirrors) {
    const stamp = mirror.source.stampOf(mirror.table);
    if (stamp === mirror.stamp) continue;
    fill(mirror);
    mirror.stamp = stamp;
  }
}

/** The tables of a source as they were when the run began. */
function beforeOf(source: Source, rows: ReadonlyMap<string, readonly Row[]>): Source {
  return {
    name: source.name,
    tables: source.tables,
    hasBefore: false,
    stampOf: () => 0,
    committedRows: (table) => rows.get(`${source.name}.${table}`) ?? [],
  };
}

function fill({ source, table, clear, insert }: Mirror): void {
  clear.run();
  const columns = present(source.tables.get(table), `table ${table}`);
  for (const row of source.committedRows(table)) {
    insert.run(...columns.map((column) => row[column] as SqlValue));
  }
}

/** Whether a query looks at nothing but these sources, now or as they were. */
export function speaksOf({ mirrors }: Query, names: readonly string[]): boolean {
  return mirrors.every(({ source }) => names.includes(source.name));
}

/** The stamps of the tables a query looks at: while they stay, so does its answer. */
export function stampOf({ mirrors }: Query): string {
  return mirrors.map(({ source, table }) => source.stampOf(table)).join(' ');
}

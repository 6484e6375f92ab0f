// Where properties look: the committed content of all databases and queues side by side, so that
// one SQL query can speak of them at once (`user.customer`, `order.customer_order`,
// `broker.messages`). `user_before.customer` is what the run began with. It changes nothing.

import BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { Row, SqlParams, SqlValue } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { banChance } from './schema.ts';
import { clockIn, quoteSchemas, tokenize } from './tokens.ts';

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
  readonly #schemas = new Set<string>();
  readonly #mirrors = new Map<string, Mirror>();
  readonly #queries = new Map<string, Query>();

  constructor(sources: readonly Source[]) {
    banChance(this.#connection);
    for (const source of sources) {
      this.#attach(source.name, source);
      if (source.hasBefore !== false) this.#attach(`${source.name}_before`, source);
    }
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
        stamp: -1,
      });
    }
  }

  /** Copies what is there now into the `…_before` tables. */
  remember(): void {
    for (const [name, mirror] of this.#mirrors) {
      if (name.startsWith(`${mirror.source.name}_before.`)) fill(mirror);
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
    const mirrors = tokens.flatMap((token, at) => {
      const mirror = this.#mirrors.get(`${tokens[at - 2]?.text}.${token.text}`);
      return mirror && tokens[at - 1]?.text === '.' && !isBefore(tokens[at - 2]?.text, mirror)
        ? [mirror]
        : [];
    });
    const parameters = tokens.filter(({ kind }) => kind === 'parameter');
    if (parameters.some(({ text }) => !text.startsWith(':'))) {
      throw new SandboxError('bad-sql', { sql, why: 'a parameter is written :name' });
    }
    const clock = clockIn(sql, tokens);
    if (clock) throw new SandboxError('bad-sql', { sql, why: `no ${clock.text} in a run` });
    try {
      const prepared = this.#connection.prepare(quoteSchemas(sql, this.#schemas));
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
  look({ sql, prepared, mirrors }: Query, params: SqlParams): readonly Row[] {
    for (const mirror of mirrors) {
      const stamp = mirror.source.stampOf(mirror.table);
      if (stamp === mirror.stamp) continue;
      fill(mirror);
      mirror.stamp = stamp;
    }
    try {
      return prepared.all(params) as Row[];
    } catch (error) {
      throw new SandboxError('bad-sql', { sql, why: (error as Error).message });
    }
  }

  close(): void {
    this.#connection.close();
  }
}

const isBefore = (schema: string | undefined, { source }: Mirror): boolean =>
  schema === `${source.name}_before`;

function fill({ source, table, clear, insert }: Mirror): void {
  clear.run();
  const columns = present(source.tables.get(table), `table ${table}`);
  for (const row of source.committedRows(table)) {
    insert.run(...columns.map((column) => row[column] as SqlValue));
  }
}

/** The stamps of the tables a query looks at: while they stay, so does its answer. */
export function stampOf({ mirrors }: Query): string {
  return mirrors.map(({ source, table }) => source.stampOf(table)).join(' ');
}

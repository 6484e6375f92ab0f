// A statement, compiled once: what kind it is, which tables it names, and how to learn which rows
// it would visit before it changes any.

import type BetterSqlite3 from 'better-sqlite3';
import { SandboxError } from '../kernel/errors.ts';
import { type Token, tokenize } from './tokens.ts';

type StatementKind = 'select' | 'insert' | 'update' | 'delete';

export interface Statement {
  readonly sql: string;
  readonly kind: StatementKind;
  /** The tables of the database that the text names. */
  readonly tables: readonly string[];
  /** The table it changes; null for a query. */
  readonly target: string | null;
  readonly prepared: BetterSqlite3.Statement;
  readonly probes: readonly Probe[];
}

/**
 * Runs the statement's search, calling `visit(rowid)` for every row of a table that its plan
 * reaches, whether the row matches in the end or not: InnoDB locks all of these.
 */
export interface Probe {
  readonly table: string;
  readonly prepared: BetterSqlite3.Statement;
}

const KINDS: readonly string[] = ['select', 'insert', 'update', 'delete'];

function badSql(sql: string, why: string): SandboxError {
  return new SandboxError('bad-sql', { sql, why });
}

function targetOf(kind: StatementKind, tokens: readonly Token[]): Token | null {
  if (kind === 'select') return null;
  const before = kind === 'update' ? 'update' : kind === 'insert' ? 'into' : 'from';
  const at = tokens.findIndex((token) => token.depth === 0 && token.text === before);
  return tokens[at + 1] ?? null;
}

const CLAUSES_AFTER_WHERE: readonly string[] = ['group', 'having', 'order', 'limit', 'window'];

function probeText(sql: string, tokens: readonly Token[], table: string): string {
  const where = tokens.find((token) => token.depth === 0 && token.text === 'where');
  const after = tokens.find((token) => {
    return token.depth === 0 && CLAUSES_AFTER_WHERE.includes(token.text);
  });
  const condition = where ? ` AND (${sql.slice(where.end, after?.start)}\n)` : '';
  return `SELECT 1 FROM "${table}" WHERE visit("${table}".rowid)${condition}`;
}

// One table is searched as the statement says; of several, every row is taken to be visited.
function probeTexts(
  sql: string,
  kind: StatementKind,
  tokens: readonly Token[],
  tables: readonly string[],
): readonly (readonly [string, string])[] {
  if (kind === 'insert') return [];
  const [only] = tables;
  if (only && tables.length === 1) return [[only, probeText(sql, tokens, only)]];
  return tables.map((table) => [table, probeText('', [], table)]);
}

/**
 * Compiles one statement of `SELECT`, `INSERT`, `UPDATE`, `DELETE` (`WITH` may stand before).
 * @throws SandboxError `bad-sql`
 */
export function compileStatement(
  connection: BetterSqlite3.Database,
  tableNames: ReadonlySet<string>,
  sql: string,
): Statement {
  const tokens = tokenize(sql);
  const verb = tokens.find((token) => token.depth === 0 && KINDS.includes(token.text));
  if (!verb) throw badSql(sql, 'not a SELECT, INSERT, UPDATE or DELETE');
  const kind = verb.text as StatementKind;
  const named = tokens.map((token) => token.text).filter((text) => tableNames.has(text));
  const tables = [...new Set(named)];
  try {
    const prepared = connection.prepare(sql);
    const probes = probeTexts(sql, kind, tokens, tables).map(([table, text]) => {
      return { table, prepared: connection.prepare(text) };
    });
    return { sql, kind, tables, target: targetOf(kind, tokens)?.text ?? null, prepared, probes };
  } catch (error) {
    throw badSql(sql, (error as Error).message);
  }
}

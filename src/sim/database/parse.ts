// What a statement says, read off its parse tree: which tables it names, what it changes, where it
// searches, and the locking clause that MySQL has and SQLite has not. It prepares nothing.

import {
  type Expr,
  type OneSelect,
  parseStmt,
  type QualifiedName,
  type Select,
  type Stmt,
} from 'sqlite3-parser';
import { SandboxError } from '../kernel/errors.ts';
import type { LockMode } from './locks.ts';
import { tokenize } from './tokens.ts';

type StatementKind = 'select' | 'insert' | 'update' | 'delete';

/** What a statement does about a row that another transaction has locked. */
export type WaitPolicy = 'wait' | 'nowait' | 'skip-locked';

// `FOR UPDATE`, `FOR SHARE`, `LOCK IN SHARE MODE`, with `NOWAIT` or `SKIP LOCKED`.
interface LockClause {
  readonly mode: LockMode;
  readonly policy: WaitPolicy;
}

/** A stretch of the statement's text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The one table that a statement searches, and how. */
export interface Search {
  readonly table: string;
  /** The name it goes by in this statement. */
  readonly name: string;
  /** Behind the table's name in the text, where a `WHERE` would stand. */
  readonly after: number;
  readonly where: Expr | null;
}

export interface Parsed {
  readonly kind: StatementKind;
  /** Without the locking clause: what SQLite can run. */
  readonly base: string;
  readonly locking: LockClause | null;
  /** The `WITH` clause before a change, or nothing. */
  readonly prefix: string;
  /** Of an INSERT: where the name of its table ends. */
  readonly head: number;
  /** The names of its parameters, without their colon. */
  readonly parameters: readonly string[];
  /** Every table that the text names, in order. */
  readonly tables: readonly string[];
  /** The table it changes; null for a query. */
  readonly target: string | null;
  /** The search of a statement over one table; null where it is over several, or over none. */
  readonly search: Search | null;
  /** Of an UPDATE: the columns it sets, and to what. */
  readonly sets: readonly { readonly column: string; readonly value: Stretch }[];
  /** Of an INSERT: what stands before and behind its rows. */
  readonly body: Stretch | null;
  /** Of an INSERT: the columns it names; null for all. */
  readonly columns: readonly string[] | null;
  /** Of an INSERT: it does something else than fail where the key is there already. */
  readonly upsert: boolean;
  /** Of a SELECT over one table that is neither grouped nor sorted by hand: its row limit. */
  readonly limit: { readonly count: Stretch; readonly offset: Stretch | null } | null;
  /** Of a SELECT over one table: the columns it names anywhere; null for all of them. */
  readonly named: readonly string[] | null;
  /** Of a SELECT: whether it gives its rows in an order of its own. */
  readonly ordered: boolean;
  /** Of a SELECT: whether its first order term runs backwards. */
  readonly descending: boolean;
}

const badSql = (sql: string, why: string) => new SandboxError('bad-sql', { sql, why });

export const stretchOf = ({ span }: { span: { offset: number; length: number } }): Stretch => ({
  start: span.offset,
  end: span.offset + span.length,
});

type Node = { readonly type: string };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Every node of a parse tree, each before what it holds. */
export function* nodesOf(node: unknown): Iterable<Node> {
  if (Array.isArray(node)) {
    for (const one of node) yield* nodesOf(one);
    return;
  }
  if (!isNode(node)) return;
  yield node;
  for (const value of Object.values(node)) {
    if (typeof value === 'object') yield* nodesOf(value);
  }
}

const CLAUSES: readonly (readonly [words: string, mode: LockMode])[] = [
  ['for update', 'exclusive'],
  ['for share', 'shared'],
  ['lock in share mode', 'shared'],
];
const POLICIES: readonly (readonly [words: string, policy: WaitPolicy])[] = [
  ['', 'wait'],
  [' nowait', 'nowait'],
  [' skip locked', 'skip-locked'],
];

/** Takes the locking clause off the end of a statement. */
function splitLocking(sql: string) {
  // Few statements have one: the others are spared a look at each token.
  const words = /\b(?:for|lock)\b/i.test(sql)
    ? tokenize(sql).filter(({ text }) => text !== ';')
    : [];
  for (const [clause, mode] of CLAUSES) {
    for (const [suffix, policy] of POLICIES) {
      const wanted = `${clause}${suffix}`.split(' ');
      const tail = words.slice(-wanted.length);
      const [first] = tail;
      if (!first || tail.map(({ text }) => text).join(' ') !== wanted.join(' ')) continue;
      return { base: sql.slice(0, first.start).trimEnd(), locking: { mode, policy } };
    }
  }
  return { base: sql, locking: null };
}

// As MySQL does on Linux, tables are told apart by upper and lower case; SQLite's own are hidden.
/** @throws SandboxError `bad-sql` */
function namedTables(sql: string, tree: Stmt, known: ReadonlySet<string>): readonly string[] {
  const lower = new Set([...known].map((name) => name.toLowerCase()));
  const names = [...nodesOf(tree)].flatMap((node) => {
    if (node.type !== 'QualifiedName') return [];
    const { objName, dbName } = node as unknown as QualifiedName;
    const { text } = objName;
    const foreign = dbName !== undefined && dbName.text !== 'main';
    const hidden = /^sqlite_/i.test(text) || (lower.has(text.toLowerCase()) && !known.has(text));
    if (foreign || hidden) throw badSql(sql, `no such table: ${text}`);
    return known.has(text) ? [text] : [];
  });
  return [...new Set(names)];
}

/** @throws SandboxError `bad-sql` for a parameter without a name */
function parametersOf(sql: string, tree: Stmt): readonly string[] {
  const names = [...nodesOf(tree)].flatMap((node) =>
    node.type === 'VariableExpr' ? [(node as unknown as { name: string }).name] : [],
  );
  const unnamed = names.find((name) => !name.startsWith(':'));
  if (unnamed) throw badSql(sql, `a parameter is written :name, not ${unnamed}`);
  return [...new Set(names.map((name) => name.slice(1)))];
}

const EMPTY = {
  head: 0,
  target: null,
  search: null,
  sets: [],
  body: null,
  columns: null,
  upsert: false,
  limit: null,
  named: null,
  ordered: false,
  descending: false,
};

type TableName = Pick<QualifiedName, 'objName' | 'alias' | 'span'>;

function searchOf(name: TableName, where: Expr | undefined): Search {
  const { objName, alias } = name;
  const after = stretchOf(name).end;
  return { table: objName.text, name: alias?.text ?? objName.text, after, where: where ?? null };
}

function namedColumns(select: OneSelect): readonly string[] | null {
  const nodes = [...nodesOf(select)];
  if (nodes.some(({ type }) => type.endsWith('StarResultColumn'))) return null;
  return nodes.flatMap((node) => {
    if (node.type === 'Id') return [(node as unknown as { name: string }).name];
    if (node.type !== 'QualifiedExpr') return [];
    return [(node as unknown as { column: { text: string } }).column.text];
  });
}

// Only a plain SELECT over one table of the database is searched as its WHERE says.
function ofSelect({ select, compounds, with: ctes, orderBy, limit }: Select) {
  if (select.type !== 'SelectFrom' || compounds || ctes) return EMPTY;
  const { from, whereClause, groupBy, having, distinctness, columns } = select;
  const only = from?.select;
  if (only?.type !== 'TableSelectTable' || (from?.joins?.length ?? 0) > 0) return EMPTY;
  const { tblName, alias, span } = only;
  const table = { ...tblName, alias: alias?.name, span };
  const calls = [...nodesOf(columns)].some(({ type }) => type.startsWith('FunctionCall'));
  const plain = !groupBy && !having && !distinctness && !calls;
  const [first] = orderBy ?? [];
  return {
    ...EMPTY,
    search: searchOf(table, whereClause),
    limit:
      plain && limit
        ? {
            count: stretchOf(limit.expr),
            offset: limit.offset ? stretchOf(limit.offset) : null,
          }
        : null,
    named: namedColumns(select),
    ordered: first !== undefined,
    descending: first?.order === 'Desc',
  };
}

type Shared = 'kind' | 'base' | 'locking' | 'tables' | 'parameters' | 'prefix';

function ofChange(tree: Stmt, sql: string): Omit<Parsed, Shared> {
  if (tree.type === 'DeleteStmt') {
    const { tblName, whereClause } = tree;
    const search = searchOf(tblName, whereClause);
    return { ...EMPTY, target: search.table, search };
  }
  if (tree.type === 'UpdateStmt') {
    if (tree.from) throw badSql(sql, 'an UPDATE changes one table, and has no FROM');
    if (tree.orConflict) throw badSql(sql, 'an UPDATE with OR is not understood');
    const search = searchOf(tree.tblName, tree.whereClause);
    const sets = tree.sets.map(({ colNames, expr }) => {
      const [column, second] = colNames;
      if (!column || second) throw badSql(sql, 'set one column at a time');
      return { column: column.text, value: stretchOf(expr) };
    });
    return { ...EMPTY, target: search.table, search, sets };
  }
  if (tree.type !== 'InsertStmt') throw badSql(sql, 'not a SELECT, INSERT, UPDATE or DELETE');
  const { tblName, columns, orConflict, body } = tree;
  const select = body.type === 'SelectInsertBody' ? body.select : undefined;
  const upsert = body.type === 'SelectInsertBody' ? body.upsert : undefined;
  return {
    ...(select ? ofSelect(select) : EMPTY),
    head: stretchOf(tblName).end,
    target: tblName.objName.text,
    body: select ? stretchOf(select) : null,
    columns: columns?.map(({ text }) => text) ?? null,
    upsert: orConflict !== undefined || upsert !== undefined,
  };
}

const KINDS: Readonly<Record<string, StatementKind>> = {
  SelectStmt: 'select',
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
};

/**
 * Reads one statement of `SELECT`, `INSERT`, `UPDATE`, `DELETE` (`WITH` may stand before).
 * @throws SandboxError `bad-sql`
 */
export function parseStatement(sql: string, known: ReadonlySet<string>): Parsed {
  const { base, locking } = splitLocking(sql);
  const result = parseStmt(base);
  if (result.status !== 'ok') {
    throw badSql(sql, result.errors[0]?.message ?? 'syntax error');
  }
  const tree = result.root;
  const kind = KINDS[tree.type];
  if (!kind) throw badSql(sql, 'not a SELECT, INSERT, UPDATE or DELETE');
  if (locking && kind !== 'select') throw badSql(sql, 'only a SELECT has a locking clause');
  if ('returning' in tree && tree.returning) throw badSql(sql, 'RETURNING is not understood');
  const tables = namedTables(sql, tree, known);
  const ctes = 'with' in tree ? tree.with : undefined;
  const prefix = ctes ? `${base.slice(stretchOf(ctes).start, stretchOf(ctes).end)} ` : '';
  const parameters = parametersOf(sql, tree);
  const shared = { kind, base, locking, tables, parameters, prefix };
  if (tree.type === 'SelectStmt') return { ...shared, ...ofSelect(tree.body) };
  return { ...shared, ...ofChange(tree, sql) };
}

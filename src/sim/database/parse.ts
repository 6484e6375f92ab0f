// What a statement says, read off its parse tree: which tables it names, what it changes, where it
// searches, and the locking clause that MySQL has and SQLite has not. It prepares nothing.

import {
  type Expr,
  type InsertStmt,
  type OneSelect,
  parseStmt,
  type QualifiedName,
  type Select,
  type Stmt,
  type UpdateStmt,
} from 'sqlite3-parser';
import type { LockMode } from './locks.ts';
import { checkNodes, namedTables, parametersOf } from './names.ts';
import { exactDivision, tokenize } from './tokens.ts';
import { badSql, nodesOf, type Stretch, stretchOf } from './tree.ts';

type StatementKind = 'select' | 'insert' | 'update' | 'delete';

/** What an INSERT does where a row has its key already. */
type Conflict = 'fail' | 'ignore' | 'replace' | 'update';

/** What a statement does about a row that another transaction has locked. */
export type WaitPolicy = 'wait' | 'nowait' | 'skip-locked';

// `FOR UPDATE`, `FOR SHARE`, `LOCK IN SHARE MODE`, with `NOWAIT` or `SKIP LOCKED`.
interface LockClause {
  readonly mode: LockMode;
  readonly policy: WaitPolicy;
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
  /** Without the locking clause, and with MySQL's `/`: what SQLite can run. */
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
  /** Those it reads besides the one it changes; that one too, if it is named again. */
  readonly reads: readonly string[];
  /** Those it reads besides the one it searches; that one too, if it is named again. */
  readonly whole: readonly string[];
  /** The table it changes; null for a query. */
  readonly target: string | null;
  /** The search of a statement over one table; null where it is over several, or over none. */
  readonly search: Search | null;
  /** Of an UPDATE, or of DO UPDATE: the columns it sets, and to what. */
  readonly sets: readonly { readonly column: string; readonly value: Stretch }[];
  /** Of an INSERT: what stands before and behind its rows. */
  readonly body: Stretch | null;
  /** Of an INSERT: the columns it names; null for all. */
  readonly columns: readonly string[] | null;
  /** Of an INSERT: what it does where the key is there already. */
  readonly conflict: Conflict;
  /** Of a SELECT over one table that is neither grouped nor sorted by hand: its row limit. */
  readonly limit: { readonly count: Stretch; readonly offset: Stretch | null } | null;
  /** Of a SELECT over one table: the columns it names anywhere; null for all of them. */
  readonly named: readonly string[] | null;
  /** Of a SELECT: whether it gives its rows in an order of its own. */
  readonly ordered: boolean;
  /** Of a SELECT: whether its first order term runs backwards. */
  readonly descending: boolean;
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

type Shared = 'kind' | 'base' | 'locking' | 'tables' | 'reads' | 'whole' | 'parameters' | 'prefix';

const EMPTY: Omit<Parsed, Shared> = {
  head: 0,
  target: null,
  search: null,
  sets: [],
  body: null,
  columns: null,
  conflict: 'fail',
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
    return { ...EMPTY, target: search.table, search, sets: setsOf(sql, tree.sets) };
  }
  if (tree.type !== 'InsertStmt') throw badSql(sql, 'not a SELECT, INSERT, UPDATE or DELETE');
  const { tblName, columns, body } = tree;
  const select = body.type === 'SelectInsertBody' ? body.select : undefined;
  return {
    ...(select ? ofSelect(select) : EMPTY),
    ...conflictOf(sql, tree),
    head: stretchOf(tblName).end,
    target: tblName.objName.text,
    body: select ? stretchOf(select) : null,
    columns: columns?.map(({ text }) => text) ?? null,
  };
}

function setsOf(sql: string, sets: UpdateStmt['sets']): Parsed['sets'] {
  return sets.map(({ colNames, expr }) => {
    const [column, second] = colNames;
    if (!column || second) throw badSql(sql, 'set one column at a time');
    return { column: column.text, value: stretchOf(expr) };
  });
}

function conflictOf(sql: string, { orConflict, body }: InsertStmt) {
  const upsert = body.type === 'SelectInsertBody' ? body.upsert : undefined;
  if (upsert?.next) throw badSql(sql, 'one ON CONFLICT at most');
  const done = upsert?.doClause;
  if (done?.type === 'SetUpsertDo') {
    return { conflict: 'update' as const, sets: setsOf(sql, done.sets) };
  }
  if (orConflict === undefined) return { conflict: done ? ('ignore' as const) : ('fail' as const) };
  const conflict = CONFLICTS[orConflict];
  if (!conflict) throw badSql(sql, `MySQL has no INSERT OR ${orConflict.toUpperCase()}`);
  return { conflict };
}

const CONFLICTS: Readonly<Record<string, Conflict>> = { Replace: 'replace', Ignore: 'ignore' };

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
  const { base, locking } = splitLocking(exactDivision(sql));
  const result = parseStmt(base);
  if (result.status !== 'ok') {
    throw badSql(sql, result.errors[0]?.message ?? 'syntax error');
  }
  const tree = result.root;
  const kind = KINDS[tree.type];
  if (!kind) throw badSql(sql, 'not a SELECT, INSERT, UPDATE or DELETE');
  if (locking && kind !== 'select') throw badSql(sql, 'only a SELECT has a locking clause');
  if ('returning' in tree && tree.returning) throw badSql(sql, 'RETURNING is not understood');
  const nodes = [...nodesOf(tree)];
  const named = namedTables(sql, nodes, known);
  checkNodes(sql, nodes);
  const ctes = 'with' in tree ? tree.with : undefined;
  const said = tree.type === 'SelectStmt' ? ofSelect(tree.body) : ofChange(tree, sql);
  const { target } = said;
  // A name that is none of the database's tables is one that the statement itself gives.
  const search = said.search && known.has(said.search.table) ? said.search : null;
  return {
    ...said,
    kind,
    base,
    locking,
    search,
    prefix: ctes ? `${base.slice(stretchOf(ctes).start, stretchOf(ctes).end)} ` : '',
    parameters: parametersOf(sql, nodes),
    tables: [...new Set(named)],
    reads: without(named, target),
    whole: without(kind === 'insert' ? without(named, target) : named, search?.table ?? null),
  };
}

/** The names of a list, one of them once less. */
function without(names: readonly string[], name: string | null): readonly string[] {
  const at = name === null ? -1 : names.indexOf(name);
  return [...new Set(at < 0 ? names : names.toSpliced(at, 1))];
}

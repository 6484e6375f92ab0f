// The names a statement uses: its tables, functions and parameters. Only what a scenario has
// created is there for it: nothing of SQLite's own, nothing of ours.

import type {
  CommonTableExpr,
  FunctionCallExpr,
  Id,
  Limit,
  QualifiedExpr,
  QualifiedName,
  Stmt,
  TableCallSelectTable,
} from 'sqlite3-parser';
import { clockIn } from './tokens.ts';
import { badSql, nodesOf } from './tree.ts';

// What the engine has put into SQLite for itself, and what tells of SQLite itself.
const HIDDEN_FUNCTIONS = /^(record|chosen|sqlite_.*)$/i;
/** SQLite's own names of a row. */
export const ROWID = /^(rowid|_rowid_|oid)$/i;
const TABLE_FUNCTIONS: readonly string[] = ['json_each', 'json_tree'];

/**
 * Every table that a statement names, in order, as often as it names it. As MySQL does on Linux,
 * tables are told apart by upper and lower case.
 * @throws SandboxError `bad-sql`
 */
export function namedTables(sql: string, tree: Stmt, known: ReadonlySet<string>) {
  const nodes = [...nodesOf(tree)];
  const own = nodes.flatMap((node) => {
    return node.type === 'CommonTableExpr' ? [(node as CommonTableExpr).tblName.text] : [];
  });
  const lower = new Set(own.map((name) => name.toLowerCase()));
  const called = new Set(
    nodes.flatMap((node) => {
      return node.type === 'TableCallSelectTable' ? [(node as TableCallSelectTable).tblName] : [];
    }),
  );
  return nodes.flatMap((node) => {
    if (node.type !== 'QualifiedName') return [];
    const { objName, dbName } = node as QualifiedName;
    const { text } = objName;
    const isMain = dbName === undefined || dbName.text === 'main';
    if (isMain && known.has(text)) return [text];
    const isCall = called.has(node as QualifiedName);
    const isOwn = isCall ? TABLE_FUNCTIONS.includes(text) : lower.has(text.toLowerCase());
    if (!isMain || !isOwn) throw badSql(sql, `no such table: ${text}`);
    return [];
  });
}

/**
 * A function or a keyword that reads what a run does not have.
 * @throws SandboxError `bad-sql`
 */
export function checkFunctions(sql: string, tree: Stmt): void {
  const clock = clockIn(sql);
  if (clock) throw badSql(sql, `${clock.text.toUpperCase()} differs from run to run`);
  for (const node of nodesOf(tree)) {
    if (!node.type.startsWith('FunctionCall')) continue;
    const { name } = (node as FunctionCallExpr).name;
    if (HIDDEN_FUNCTIONS.test(name)) throw badSql(sql, `no such function: ${name}`);
  }
}

/** SQLite's own name of a row is none of its columns. @throws SandboxError `bad-sql` */
export function checkRowid(sql: string, tree: Stmt): void {
  for (const node of nodesOf(tree)) {
    const name =
      node.type === 'Id'
        ? (node as Id).name
        : node.type === 'QualifiedExpr'
          ? (node as QualifiedExpr).column.text
          : '';
    if (ROWID.test(name)) throw badSql(sql, `no such column: ${name}`);
  }
}

/** MySQL counts rows from nothing upwards. @throws SandboxError `bad-sql` */
export function checkLimits(sql: string, tree: Stmt): void {
  for (const node of nodesOf(tree)) {
    if (node.type !== 'Limit') continue;
    const { expr, offset } = node as Limit;
    const negative = [expr, offset].some(
      (one) => one?.type === 'UnaryExpr' && one.op === 'Negative',
    );
    if (negative) throw badSql(sql, 'LIMIT and OFFSET are not negative');
  }
}

/** The names of its parameters. @throws SandboxError `bad-sql` for one without a name */
export function parametersOf(sql: string, tree: Stmt): readonly string[] {
  const names = [...nodesOf(tree)].flatMap((node) =>
    node.type === 'VariableExpr' ? [(node as unknown as { name: string }).name] : [],
  );
  const kept = names.find((name) => name.startsWith(':__'));
  if (kept) throw badSql(sql, `a parameter's name does not begin with __: ${kept}`);
  const unnamed = names.find((name) => !name.startsWith(':'));
  if (unnamed) throw badSql(sql, `a parameter is written :name, not ${unnamed}`);
  return [...new Set(names.map((name) => name.slice(1)))];
}

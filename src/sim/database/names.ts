// The names a statement uses: its tables, functions and parameters. Only what a scenario has
// created is there for it: nothing of SQLite's own, nothing of ours.

import type {
  CommonTableExpr,
  FunctionCallExpr,
  Id,
  Limit,
  QualifiedExpr,
  QualifiedName,
  TableCallSelectTable,
} from 'sqlite3-parser';
import { clockIn } from './tokens.ts';
import { badSql, type Node } from './tree.ts';

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
export function namedTables(
  sql: string,
  nodes: readonly Node[],
  known: ReadonlySet<string>,
): readonly string[] {
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
 * What a statement may not ask for: SQLite's names of a row and functions of our own, a clock, and
 * a LIMIT below nothing.
 * @throws SandboxError `bad-sql`
 */
export function checkNodes(sql: string, nodes: readonly Node[]): void {
  const clock = clockIn(sql);
  if (clock) throw badSql(sql, `${clock.text.toUpperCase()} differs from run to run`);
  for (const node of nodes) {
    const why = refusalOf(node);
    if (why !== null) throw badSql(sql, why);
  }
}

function refusalOf(node: Node): string | null {
  const { type } = node;
  if (type.startsWith('FunctionCall')) {
    const { name } = (node as FunctionCallExpr).name;
    return HIDDEN_FUNCTIONS.test(name) ? `no such function: ${name}` : null;
  }
  if (type === 'Limit') {
    const { expr, offset } = node as Limit;
    const negative = [expr, offset].some(
      (one) => one?.type === 'UnaryExpr' && one.op === 'Negative',
    );
    return negative ? 'LIMIT and OFFSET are not negative' : null;
  }
  const name =
    type === 'Id'
      ? (node as Id).name
      : type === 'QualifiedExpr'
        ? (node as QualifiedExpr).column.text
        : '';
  return ROWID.test(name) ? `no such column: ${name}` : null;
}

/** The names of its parameters. @throws SandboxError `bad-sql` for one without a name */
export function parametersOf(sql: string, nodes: readonly Node[]): readonly string[] {
  const names = nodes.flatMap((node) =>
    node.type === 'VariableExpr' ? [(node as unknown as { name: string }).name] : [],
  );
  const kept = names.find((name) => name.startsWith(':__'));
  if (kept) throw badSql(sql, `a parameter's name does not begin with __: ${kept}`);
  const unnamed = names.find((name) => !name.startsWith(':'));
  if (unnamed) throw badSql(sql, `a parameter is written :name, not ${unnamed}`);
  return [...new Set(names.map((name) => name.slice(1)))];
}

// The conditions of a WHERE that an index can answer: comparisons of one column with something
// that does not depend on the row. They give the ranges a search walks.

import type { Expr } from 'sqlite3-parser';
import type { SqlValue } from '../kernel/effect.ts';
import { type Bound, compareValues, type Range } from './keys.ts';
import type { Search } from './parse.ts';
import { positionIn } from './pragmas.ts';
import type { Index, Table } from './schema.ts';
import { nodesOf, type Stretch, stretchOf } from './tree.ts';

type Relation = 'equal' | 'in' | 'low' | 'low-strict' | 'high' | 'high-strict' | 'null';

/** One condition that every row found must meet. `values` are expressions of the text. */
export interface Condition {
  /** Position of the column in its table. */
  readonly column: number;
  readonly relation: Relation;
  readonly values: readonly Stretch[];
}

const RELATIONS: Readonly<Record<string, Relation>> = {
  Equals: 'equal',
  Greater: 'low-strict',
  GreaterEquals: 'low',
  Less: 'high-strict',
  LessEquals: 'high',
};
const MIRRORED: Readonly<Record<string, Relation>> = {
  Equals: 'equal',
  Less: 'low-strict',
  LessEquals: 'low',
  Greater: 'high-strict',
  GreaterEquals: 'high',
};

const ROW_BOUND: readonly string[] = [
  'Id',
  'NameExpr',
  'QualifiedExpr',
  'SubqueryExpr',
  'InSelectExpr',
  'ExistsExpr',
  'FunctionCallExpr',
];

/** Whether an expression gives the same value for every row. */
function isConstant(expr: Expr): boolean {
  return ![...nodesOf(expr)].some(({ type }) => ROW_BOUND.includes(type));
}

function columnOf(expr: Expr, table: Table, name: string): number {
  const column =
    expr.type === 'Id'
      ? expr.name
      : expr.type === 'QualifiedExpr' && expr.table.text === name
        ? expr.column.text
        : null;
  return column === null ? -1 : positionIn(table.columns, column);
}

function unwrapped(expr: Expr): Expr {
  if (expr.type !== 'ParenthesizedExpr') return expr;
  const [inner, second] = expr.exprs;
  return inner && !second ? unwrapped(inner) : expr;
}

// `a = 1 OR a = 2` is `a IN (1, 2)`.
function alternatives(expr: Expr, table: Table, name: string): Condition | null {
  const plain = unwrapped(expr);
  if (plain.type !== 'BinaryExpr') return null;
  if (plain.op !== 'Or') {
    const [one, second] = conditionsOf(plain, table, name);
    return one && !second && ['equal', 'in'].includes(one.relation) ? one : null;
  }
  const [left, right] = [plain.left, plain.right].map((side) => alternatives(side, table, name));
  if (!left || !right || left.column !== right.column) return null;
  return { column: left.column, relation: 'in', values: [...left.values, ...right.values] };
}

function comparison(left: Expr, right: Expr, op: string, table: Table, name: string): Condition[] {
  for (const [side, other, relations] of [
    [left, right, RELATIONS],
    [right, left, MIRRORED],
  ] as const) {
    const column = columnOf(unwrapped(side), table, name);
    const relation = relations[op];
    if (column < 0 || !relation || !isConstant(other)) continue;
    return [{ column, relation, values: [stretchOf(other)] }];
  }
  return [];
}

function isNull(expr: Expr, table: Table, name: string): readonly Condition[] {
  const column = columnOf(unwrapped(expr), table, name);
  return column < 0 ? [] : [{ column, relation: 'null', values: [] }];
}

// The conditions that all must hold, as far as an index can use them.
function conditionsOf(expr: Expr, table: Table, name: string): readonly Condition[] {
  const plain = unwrapped(expr);
  if (plain.type === 'BinaryExpr') {
    const { left, right, op } = plain;
    if (op === 'And') {
      return [...conditionsOf(left, table, name), ...conditionsOf(right, table, name)];
    }
    if (op === 'Or') {
      const one = alternatives(plain, table, name);
      return one ? [one] : [];
    }
    if (op === 'Is' && right.type === 'NullLiteral') return isNull(left, table, name);
    return comparison(left, right, op, table, name);
  }
  if (plain.type === 'IsNullExpr') return isNull(plain.expr, table, name);
  if (plain.type !== 'BetweenExpr' && plain.type !== 'InListExpr') return [];
  const column = columnOf(unwrapped(plain.lhs), table, name);
  if (column < 0 || plain.not) return [];
  if (plain.type === 'InListExpr') {
    if (!plain.rhs?.every(isConstant)) return [];
    return [{ column, relation: 'in', values: plain.rhs.map(stretchOf) }];
  }
  if (!isConstant(plain.start) || !isConstant(plain.end)) return [];
  return [
    { column, relation: 'low', values: [stretchOf(plain.start)] },
    { column, relation: 'high', values: [stretchOf(plain.end)] },
  ];
}

/** The conditions of a search; none if it has no WHERE. */
export const conditionsOfSearch = ({ where, name }: Search, table: Table): readonly Condition[] =>
  where ? conditionsOf(where, table, name) : [];

function conjunctsOf(expr: Expr): readonly Expr[] {
  const plain = unwrapped(expr);
  if (plain.type !== 'BinaryExpr' || plain.op !== 'And') return [plain];
  return [...conjunctsOf(plain.left), ...conjunctsOf(plain.right)];
}

/** Whether the stretches of an index that the conditions give are all that a search asks for. */
export function isImplied(
  index: Index,
  { where }: Search,
  conditions: readonly Condition[],
): boolean {
  if (!where) return true;
  const asked = conjunctsOf(where).reduce((sum, one) => {
    return sum + (one.type === 'BetweenExpr' ? 2 : 1);
  }, 0);
  const [first] = index.positions;
  const relations = conditions.map(({ relation }) => relation);
  const onFirst = conditions.every(({ column }) => column === first);
  const simple =
    conditions.length === 1 ||
    (conditions.length === 2 &&
      relations.filter((one) => one.startsWith('low')).length === 1 &&
      relations.filter((one) => one.startsWith('high')).length === 1);
  return asked === conditions.length && onFirst && simple;
}

/** A condition with its values worked out. */
export interface Known {
  readonly column: number;
  readonly relation: Relation;
  readonly values: readonly SqlValue[];
}

const sorted = (values: readonly SqlValue[]) =>
  [...new Set(values)].filter((value) => value !== null).toSorted(compareValues);

function bound(
  known: readonly Known[],
  relations: readonly Relation[],
  sign: number,
): Bound | null {
  let best: Bound | null = null;
  for (const { relation, values } of known) {
    if (!relations.includes(relation)) continue;
    const strict = relation.endsWith('strict');
    const value = values[0] ?? null;
    const order = best ? compareValues(value, best.value) * sign : 1;
    if (order > 0 || (order === 0 && strict)) best = { value, strict };
  }
  return best;
}

// `a BETWEEN 3 AND 3` is `a = 3`.
function squeezed(column: number, low: Bound | null, high: Bound | null): Known | null {
  if (!low || !high || low.strict || high.strict || low.value !== high.value) return null;
  return { column, relation: 'equal', values: [low.value] };
}

function isEmpty(low: Bound | null, high: Bound | null): boolean {
  if (!low || !high) return false;
  const order = compareValues(low.value, high.value);
  return order > 0 || (order === 0 && (low.strict || high.strict));
}

/**
 * The stretches of an index that a search walks, in the index's order. Equal values of its first
 * columns, then bounds of the next; the whole index if there are none.
 */
export function rangesOf(index: Index, known: readonly Known[]): readonly Range[] {
  // Nothing is greater or less than null.
  if (known.some(({ relation, values }) => relation !== 'in' && values.includes(null))) return [];
  let prefixes: (readonly SqlValue[])[] = [[]];
  for (const position of index.positions.slice(0, index.width)) {
    const own = known.filter(({ column }) => column === position);
    const low = bound(own, ['low', 'low-strict'], 1);
    const high = bound(own, ['high', 'high-strict'], -1);
    const equal =
      own.find(({ relation }) => ['equal', 'in', 'null'].includes(relation)) ??
      squeezed(position, low, high);
    if (!equal) {
      // What is compared with a bound is not null: the nulls at an index's beginning are left out.
      const from = high && !low && !index.clustered ? { value: null, strict: true } : low;
      if (isEmpty(from, high)) return [];
      return prefixes.map((equalTo) => ({ equal: equalTo, low: from, high }));
    }
    const values = equal.relation === 'null' ? [null] : sorted(equal.values);
    prefixes = prefixes.flatMap((prefix) => values.map((value) => [...prefix, value]));
  }
  return prefixes.map((equal) => ({ equal, low: null, high: null }));
}

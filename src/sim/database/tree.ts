// Walks the parse tree of a statement.

import { SandboxError } from '../kernel/errors.ts';

/** A stretch of the statement's text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export const stretchOf = ({ span }: { span: { offset: number; length: number } }): Stretch => ({
  start: span.offset,
  end: span.offset + span.length,
});

/** A node of a parse tree. */
export interface Node {
  readonly type: string;
}

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

export const badSql = (sql: string, why: string) => new SandboxError('bad-sql', { sql, why });

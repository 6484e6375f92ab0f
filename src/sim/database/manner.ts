// How a statement locks the tables it is about, by what it does and at which isolation level.

import { locksGaps } from './row-locks.ts';
import type { Manner } from './scan.ts';
import type { AccessPath, Statement } from './statement.ts';
import type { Transaction } from './transaction.ts';

/** How a statement locks the table it is about; null if it is a plain read. */
export function lockingOf(own: Transaction, { parsed }: Statement): Manner | null {
  const { kind, locking } = parsed;
  const plain = { isQuery: true, semiConsistent: false };
  if (kind === 'select') {
    if (locking) return { ...plain, ...locking };
    if (own.isolation !== 'serializable' || own.autocommit) return null;
    return { ...plain, mode: 'shared', policy: 'wait' };
  }
  const semiConsistent = kind === 'update' && !locksGaps(own);
  return { mode: 'exclusive', policy: 'wait', semiConsistent, isQuery: false };
}

/**
 * How it locks one of its access paths; null if not at all. What a change reads besides the table
 * it changes is locked shared, from REPEATABLE READ on.
 */
export function mannerOf(own: Transaction, statement: Statement, path: AccessPath): Manner | null {
  const { target, kind } = statement.parsed;
  const changes = kind !== 'insert' && target === path.table.name;
  if (target === null || changes) return lockingOf(own, statement);
  if (!locksGaps(own)) return null;
  return { mode: 'shared', policy: 'wait', semiConsistent: false, isQuery: true };
}

/** Whether an UPDATE sets a column of the index it searches. */
export function movesAlong(statement: Statement): boolean {
  if (statement.parsed.kind !== 'update') return false;
  const path = statement.paths().at(-1);
  const { columns } = statement.change();
  return path?.index.positions.some((position) => columns.includes(position)) ?? false;
}

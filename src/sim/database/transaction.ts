// A transaction of a simulated database, as long as it is open.

import type { Isolation } from '../kernel/index.ts';
import type { Call } from './row-locks.ts';
import type { UndoRecord } from './store.ts';
import type { ReadView } from './versions.ts';

/** A transaction that is open. */
export interface Transaction {
  readonly id: number;
  readonly isolation: Isolation;
  /** Ends by itself with its one statement. */
  readonly autocommit: boolean;
  readonly undo: UndoRecord[];
  /** What a repeatable read sees, fixed by its first SELECT. */
  view: ReadView | null;
  /** The statement that waits for a lock. */
  pending: Call | null;
}

/** Copies for a mark: a transaction itself changes in place. */
export function copied(transactions: ReadonlyMap<number, Transaction>): Map<number, Transaction> {
  const copies = [...transactions.values()].map((one) => ({ ...one, undo: one.undo.slice() }));
  return new Map(copies.map((one) => [one.id, one]));
}

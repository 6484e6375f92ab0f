// Savepoints of a transaction. Going back to one undoes rows and keeps locks, but for one set
// before the transaction did anything: that gives up everything. Rule 16 of the reference.

import type { Savepoint, Transaction } from './transaction.ts';

function indexOf({ savepoints }: Transaction, name: string): number {
  return savepoints.findIndex((savepoint) => savepoint.name === name);
}

/** Sets a savepoint; one of the same name is replaced. */
export function setSavepoint(transaction: Transaction, name: string): void {
  const { savepoints, undo, touched } = transaction;
  const same = indexOf(transaction, name);
  if (same >= 0) savepoints.splice(same, 1);
  savepoints.push({ name, undo: undo.length, untouched: !touched });
}

/** The savepoint of a name, those set after it forgotten; null if there is none. */
export function returnTo(transaction: Transaction, name: string): Savepoint | null {
  const at = indexOf(transaction, name);
  if (at < 0) return null;
  transaction.savepoints.length = at + 1;
  return transaction.savepoints[at] ?? null;
}

/** Forgets a savepoint and those set after it; false if there is none. */
export function releaseSavepoint(transaction: Transaction, name: string): boolean {
  const at = indexOf(transaction, name);
  if (at >= 0) transaction.savepoints.length = at;
  return at >= 0;
}

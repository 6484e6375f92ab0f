// InnoDB's purge: what no reader may ask for any more is forgotten, and locks on records that are
// no more go to the gaps they leave. In InnoDB it runs on its own, soon after a transaction's end:
// here, before the next statement, once all who were woken have gone on.

import type { RowLocks } from './row-locks.ts';
import type { Store } from './store.ts';
import type { Transactions } from './transactions.ts';

export class Purge {
  readonly #store: Store;
  readonly #locks: RowLocks;
  readonly #transactions: Transactions;
  /** Something has ended since the last time. */
  due = false;

  constructor(store: Store, locks: RowLocks, transactions: Transactions) {
    this.#store = store;
    this.#locks = locks;
    this.#transactions = transactions;
  }

  run(): void {
    this.due = false;
    const { versions } = this.#store;
    for (const table of versions.purge(this.#transactions.seenByAll(versions.lastCommit))) {
      this.#locks.sweep(this.#store.table(table), this.#transactions.byId);
    }
  }

  mark(): boolean {
    return this.due;
  }

  rewind(mark: boolean): void {
    this.due = mark;
  }
}

// The transactions of one database that are open, in the order they began.

import { present } from '../kernel/assert.ts';
import {
  copied,
  type KeyAhead,
  openTransaction,
  stateOf,
  type Transaction,
  type TransactionOptions,
} from './transaction.ts';

const NONE: readonly (KeyAhead & { writer: number })[] = [];

export class Transactions {
  #byId = new Map<number, Transaction>();
  /** Those that the server ended by itself, and whose clients may not know it. */
  #lost = new Set<number>();
  #nextId = 1;

  begin(options: TransactionOptions): number {
    const id = this.#nextId++;
    this.#byId.set(id, openTransaction(id, options));
    return id;
  }

  get byId(): ReadonlyMap<number, Transaction> {
    return this.#byId;
  }

  get list(): readonly Transaction[] {
    return [...this.#byId.values()];
  }

  find(id: number): Transaction | null {
    return this.#byId.get(id) ?? null;
  }

  get(id: number): Transaction {
    return present(this.find(id), `transaction ${id}`);
  }

  delete(id: number): void {
    this.#byId.delete(id);
  }

  /** Notes that a transaction ends without its client's doing. */
  lose(id: number): void {
    this.#lost.add(id);
  }

  /** Whether it ended without its client's doing. */
  isLost(id: number): boolean {
    return this.#lost.has(id);
  }

  /** Those whose statement waits for a lock. */
  get waiting(): readonly number[] {
    return this.list.filter(({ pending }) => pending).map(({ id }) => id);
  }

  /** The keys of an index that are ahead of their rows, and whose they are. */
  ahead(index: string): readonly (KeyAhead & { writer: number })[] {
    let found: (KeyAhead & { writer: number })[] | null = null;
    for (const { id, pending } of this.#byId.values()) {
      for (const one of pending?.ahead ?? []) {
        if (one.index === index) found = [...(found ?? []), { writer: id, ...one }];
      }
    }
    return found ?? NONE;
  }

  /** Up to which commit everything is seen by all. */
  seenByAll(lastCommit: number): number {
    const views = this.list.flatMap(({ view }) => (view ? [view.upTo] : []));
    return Math.min(lastCommit, ...views);
  }

  mark() {
    return { byId: copied(this.#byId), lost: new Set(this.#lost), nextId: this.#nextId };
  }

  rewind(mark: ReturnType<Transactions['mark']>): void {
    this.#byId = copied(mark.byId);
    this.#lost = new Set(mark.lost);
    this.#nextId = mark.nextId;
  }

  /** Plain data for a fingerprint. */
  state(nameOf: (transaction: number) => string, lastCommit: number) {
    return this.list.map((one) => stateOf(one, nameOf, lastCommit));
  }
}

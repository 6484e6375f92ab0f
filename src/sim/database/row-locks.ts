// Which rows a statement locks. InnoDB locks every record the plan visits, not only those that
// match; a transaction alone on a table is spared the search until somebody else comes.

import { assert, type SqlParams } from '../kernel/index.ts';
import { type LockMode, LockTable } from './locks.ts';
import type { Statement } from './statement.ts';
import type { Store } from './store.ts';

/** A statement with its parameters. */
export interface Call {
  readonly statement: Statement;
  readonly params: SqlParams;
}

const keyOf = (table: string, rowid: number): string => `${table}#${rowid}`;

export class RowLocks {
  readonly table = new LockTable();
  readonly #store: Store;
  /** For each table, the open transactions that locked or changed something in it. */
  #users = new Map<string, ReadonlySet<number>>();
  /** Searches made alone, whose rows are not locked yet, by transaction. */
  #searches = new Map<number, readonly Call[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Notes that a transaction will lock in a table. Returns true if nobody else does. */
  arrive(transaction: number, table: string): boolean {
    const users = this.#users.get(table) ?? new Set<number>();
    if (!users.has(transaction)) this.#users.set(table, new Set([...users, transaction]));
    const others = [...users].filter((user) => user !== transaction);
    if (others.length === 0) return true;
    for (const user of users) this.#lockEarlier(user, table);
    return false;
  }

  /** Remembers a search made alone, to be locked when somebody else arrives. */
  postpone(transaction: number, call: Call): void {
    if (call.statement.probes.length === 0) return;
    const before = this.#searches.get(transaction) ?? [];
    this.#searches.set(transaction, [...before, call]);
  }

  /** Locks one row. Returns false, and waits, if another transaction stands in the way. */
  lockRow(transaction: number, table: string, rowid: number, mode: LockMode): boolean {
    return this.table.request(transaction, keyOf(table, rowid), mode).length === 0;
  }

  /**
   * Locks every row the plan visits, in its order; false, and waits, at the first it cannot have.
   * Others' uncommitted changes count twice: as the table is now, and as it was before them, since
   * either may be what is left.
   */
  lockVisited(transaction: number, { statement, params }: Call, mode: LockMode): boolean {
    const before = { reader: transaction, upTo: Infinity };
    for (const probe of statement.probes) {
      const rows = new Set([
        ...this.#store.visited(null, probe, params),
        ...this.#store.visited(before, probe, params),
      ]);
      for (const rowid of rows) {
        if (!this.lockRow(transaction, probe.table, rowid, mode)) return false;
      }
    }
    return true;
  }

  /** Gives up all a transaction has. Returns the transactions that may go on because of it. */
  release(transaction: number): readonly number[] {
    this.#searches.delete(transaction);
    for (const [table, users] of this.#users) {
      if (!users.has(transaction)) continue;
      const rest = new Set([...users].filter((user) => user !== transaction));
      if (rest.size > 0) this.#users.set(table, rest);
      else this.#users.delete(table);
    }
    return this.table.release(transaction);
  }

  // The search finds the same rows now as it did then: those the transaction changed since are
  // locked already, and nobody else changed any.
  #lockEarlier(transaction: number, table: string): void {
    const searches = this.#searches.get(transaction) ?? [];
    for (const call of searches.filter(({ statement }) => statement.target === table)) {
      const locked = this.lockVisited(transaction, call, 'exclusive');
      assert(locked, `transaction ${transaction} was not alone on table ${table}`);
    }
    const rest = searches.filter(({ statement }) => statement.target !== table);
    this.#searches.set(transaction, rest);
  }

  mark() {
    return {
      table: this.table.mark(),
      users: new Map(this.#users),
      searches: new Map(this.#searches),
    };
  }

  rewind(mark: ReturnType<RowLocks['mark']>): void {
    this.table.rewind(mark.table);
    this.#users = new Map(mark.users);
    this.#searches = new Map(mark.searches);
  }
}

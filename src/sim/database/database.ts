// One simulated database server: real SQL, several transactions open at once, under InnoDB's
// rules: multi-version reads, record and gap locks kept to the end, waiting in line, deadlocks,
// undo. It never waits itself: a blocked statement is a value, and is tried again when woken.

import { present, Rewindables, type Row, SandboxError, type SqlParams } from '../kernel/index.ts';
import { Insight } from './observe.ts';
import { blocked, endsTransaction, failed, type Outcome, type Ran } from './outcome.ts';
import { Purge } from './purge.ts';
import { RowLocks } from './row-locks.ts';
import { Runner } from './runner.ts';
import { returnTo } from './savepoints.ts';
import { Stamps } from './stamps.ts';
import { boundTo } from './statement.ts';
import { Store, type StoreOptions } from './store.ts';
import {
  detach,
  forget,
  pendingOf,
  type Transaction,
  type TransactionOptions,
} from './transaction.ts';
import { Transactions } from './transactions.ts';
import { Waits } from './waits.ts';

export interface DatabaseOptions extends StoreOptions {
  /** MariaDB's `innodb_snapshot_isolation`: refuse to lock what changed since the read view. */
  readonly snapshotIsolation?: boolean;
}

/** A simulated database; everything it does is at once, time is its caller's. */
export class Database {
  readonly name: string;
  readonly store: Store;
  /** The tables and their columns. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly #locks: RowLocks;
  readonly #runner: Runner;
  readonly #waits: Waits;
  /** What an onlooker may see of it. */
  readonly insight: Insight;
  readonly #stamps: Stamps;
  readonly #transactions = new Transactions();
  readonly #purge: Purge;
  readonly #parts: Rewindables;
  #up = true;

  /** @throws SandboxError `bad-sql`, `bad-ddl`, `no-primary-key`, `bad-rows` */
  constructor(name: string, { snapshotIsolation = false, ...options }: DatabaseOptions) {
    this.name = name;
    this.store = new Store(options);
    this.store.records.ahead = (index) => this.#transactions.ahead(index);
    this.#locks = new RowLocks(this.store.records);
    this.#purge = new Purge(this.store, this.#locks, this.#transactions);
    this.#runner = new Runner({ store: this.store, locks: this.#locks, snapshotIsolation });
    this.insight = new Insight(name, this.store, this.#locks.table, () => {
      const { list } = this.#transactions;
      for (const transaction of list) this.#runner.alone.lockPostponed(transaction);
      return list;
    });
    this.tables = new Map([...this.store.tables].map(([name, { columns }]) => [name, columns]));
    this.#stamps = new Stamps(this.tables.keys());
    this.#waits = new Waits(this.#locks, {
      waiting: () => this.#transactions.waiting,
      weightOf: (id) => this.#runner.weightOf(this.#transactions.get(id)),
      rollback: (id) => this.#lose(id),
    });
    const { store } = this;
    const work = [this.#runner, this.#transactions, this.#purge, this.#waits, this.#stamps];
    this.#parts = new Rewindables(store, this.#locks.table, ...work);
  }

  /** A table as all committed transactions left it. */
  readonly committedRows = (table: string): readonly Row[] => this.store.committedRows(table);
  /** Another number whenever the committed content of the table may have changed. */
  readonly stampOf = (table: string): number =>
    this.store.knownContent(table)?.id ?? -1 - this.#stamps.of(table);
  /** Hands over, once, the blocked transactions that should `resume` now. */
  readonly takeWoken = (): readonly number[] => this.#waits.takeWoken();
  /** Frees its memory. */
  readonly close = (): void => this.store.close();

  /**
   * Opens a transaction; null if the database is down.
   * @throws SandboxError `unknown-name` for an isolation level that is not there
   */
  begin(options: TransactionOptions = {}): number | null {
    if (!this.#up) return null;
    const id = this.#transactions.begin(options);
    if (options.consistentSnapshot) this.#runner.viewOf(this.#transactions.get(id));
    return id;
  }

  /** The transaction, while it is open. */
  readonly find = (id: number): Transaction | null => this.#transactions.find(id);

  /** The transaction, while it is open. @throws SandboxError `transaction-waits` */
  idle(id: number): Transaction | null {
    const transaction = this.#transactions.find(id);
    if (transaction?.pending) throw new SandboxError('transaction-waits', { transaction: id });
    return transaction;
  }

  get isUp(): boolean {
    return this.#up;
  }

  get transactions(): readonly Transaction[] {
    return this.#transactions.list;
  }

  /**
   * Runs one statement in a transaction, or in one of its own (autocommit) where `id` is null.
   * @throws SandboxError `bad-sql`, `bad-parameters`, `transaction-over`, `transaction-waits`
   */
  execute(
    id: number | null,
    sql: string,
    params: SqlParams,
    options?: TransactionOptions,
  ): Outcome {
    if (!this.#up) return failed('database-down');
    this.#tidy();
    const statement = this.store.compile(sql);
    const call = { statement, params: boundTo(statement, params) };
    const own = id ?? present(this.begin({ ...options, autocommit: true }), 'an open database');
    const transaction = this.idle(own);
    if (!transaction) return this.#gone(own);
    if (transaction.branch && transaction.branch.state !== 'active') return failed('xaer-rmfail');
    const { byId } = this.#transactions;
    return this.#conclude(transaction, () => {
      const { target, locking } = statement.parsed;
      const writes = target !== null || locking?.mode === 'exclusive';
      if (transaction.readOnly && writes) return failed('read-only-transaction');
      return this.#runner.run(transaction, call, byId);
    });
  }

  // A client that has ended its transaction knows it; one whose transaction was taken does not.
  #gone(transaction: number): Outcome {
    if (this.#transactions.isLost(transaction)) return failed('connection-lost');
    throw new SandboxError('transaction-over', { transaction });
  }

  /** Goes on with a blocked statement, or says why not. @throws SandboxError `nothing-waits` */
  resume(id: number): Outcome {
    this.#waits.answered(id);
    const transaction = this.#transactions.find(id);
    if (!transaction) return this.#waits.wasVictim(id) ? failed('deadlock') : this.#gone(id);
    const { byId } = this.#transactions;
    const pending = pendingOf(transaction);
    return this.#conclude(transaction, () => this.#runner.resume(transaction, pending, byId));
  }

  /** Gives up waiting for a lock: only the statement fails. @throws SandboxError `nothing-waits` */
  timeOutWait(id: number): Outcome {
    const transaction = this.#transactions.find(id);
    if (!transaction) return this.resume(id);
    const { undoFrom } = pendingOf(transaction);
    this.#waits.wake(this.#locks.table.cancelWait(id));
    this.#runner.undo(transaction, undoFrom, this.#transactions.byId);
    if (transaction.autocommit) this.rollback(id);
    this.#waits.settle();
    return failed('lock-wait-timeout');
  }

  /** Commits; false if the transaction is no longer there (its connection was lost). */
  commit(id: number): boolean {
    this.#tidy();
    const transaction = this.idle(id);
    if (!transaction) return false;
    if (transaction.undo.length > 0) this.store.versions.commit(id);
    for (const { table } of transaction.undo) this.#stamps.touch(table);
    this.#end(transaction);
    return true;
  }

  /** Rolls back; false if the transaction is no longer there: it has been rolled back already. */
  rollback(id: number): boolean {
    const transaction = this.#transactions.find(id);
    if (!transaction) return false;
    this.#runner.undo(transaction, 0, this.#transactions.byId);
    this.#end(transaction);
    return true;
  }

  /** Undoes what was done since; locks stay. False if there is no such savepoint. */
  rollbackTo(id: number, name: string): boolean {
    const transaction = this.idle(id);
    const savepoint = transaction && returnTo(transaction, name);
    if (!savepoint) return false;
    if (!savepoint.untouched) this.#runner.alone.lockPostponed(transaction);
    this.#runner.undo(transaction, savepoint.undo, this.#transactions.byId);
    if (savepoint.untouched) this.#forget(transaction);
    else this.#waits.settle();
    return true;
  }

  /** The connection of a transaction drops: it is rolled back, unless it is prepared. */
  disconnect(id: number): void {
    const transaction = this.#transactions.find(id);
    if (transaction?.branch?.state !== 'prepared') this.#lose(id);
    else if (!detach(transaction)) this.#forget(transaction);
  }

  #lose(id: number): void {
    this.#transactions.lose(id);
    this.rollback(id);
  }

  /** Stops at once: what is open is rolled back, what is prepared stays; connections drop. */
  crash(): void {
    const { list, waiting } = this.#transactions;
    for (const { id, branch } of list.toReversed()) {
      this.disconnect(id);
      if (branch?.state === 'rolled-back') this.rollback(id);
    }
    this.#waits.dropAllBut(waiting);
    this.#up = false;
  }

  restart(): void {
    this.#up = true;
  }

  // Runs, and ends what ends by itself: also where a mistake shows only now.
  #conclude(transaction: Transaction, run: () => Ran): Outcome {
    const { id, autocommit } = transaction;
    let ran: Ran | null = null;
    try {
      ran = run();
    } finally {
      if (autocommit && ran === null) this.#lose(id);
    }
    if (ran.type === 'blocked') return this.#blocked(transaction);
    if (ran.type === 'failed' && (autocommit || endsTransaction(ran.failure))) this.#lose(id);
    else if (autocommit) this.commit(id);
    this.#waits.settle();
    return ran;
  }

  // A statement that has to wait may close a cycle: then somebody must go at once.
  #blocked(transaction: Transaction): Outcome {
    const { id } = transaction;
    this.#waits.settle(id);
    const woken = this.#waits.takeOne(id);
    if (this.#waits.wasVictim(id)) return failed('deadlock');
    if (woken) return this.resume(id);
    return blocked(id, this.#locks.table);
  }

  #end(transaction: Transaction): void {
    this.#transactions.delete(transaction.id);
    this.#waits.answered(transaction.id);
    this.#purge.due = true;
    this.#forget(transaction);
    if (this.#transactions.byId.size === 0) this.#tidy(true);
  }

  /** Gives up all a transaction has, but for what it changed. */
  #forget(transaction: Transaction): void {
    forget(transaction);
    this.#runner.leave(transaction.id);
    this.#waits.wake(this.#locks.table.release(transaction.id));
    this.#waits.settle();
  }

  #tidy(nobodyLeft = false): void {
    if (!this.#purge.due || (this.#waits.pending && !nobodyLeft)) return;
    this.#purge.run();
    this.#waits.settle();
  }

  mark() {
    return { parts: this.#parts.mark(), up: this.#up };
  }

  /** Returns to a mark, which stays; later marks are gone. */
  rewind({ parts, up }: ReturnType<Database['mark']>): void {
    this.#parts.rewind(parts);
    this.#up = up;
  }

  /** Plain data for a fingerprint: the rows, and what is open, locked and undoable. */
  state() {
    return [this.#up, this.store.newestRows(), ...this.openState(String)];
  }

  /** Whether nobody is at work, and no older version of a row is kept. */
  get isQuiet(): boolean {
    const { versions } = this.store;
    return this.#transactions.byId.size === 0 && !versions.any && this.#locks.table.empty;
  }

  /** What is open, locked and undoable; `nameOf` says what a transaction is called. */
  openState(nameOf: (transaction: number) => string) {
    const { versions } = this.store;
    const open = this.#transactions.state(nameOf, versions.lastCommit);
    return [open, this.#locks.table.state(nameOf), versions.state(nameOf)];
  }
}

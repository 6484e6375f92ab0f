// One simulated database server: real SQL, several transactions open at once, under InnoDB's
// rules: multi-version reads, row locks kept to the end, waiting in line, deadlocks, undo.
// It never waits itself: a blocked statement is a value, and is tried again when it is woken.

import {
  type Failure,
  type Isolation,
  present,
  type Row,
  type SqlParams,
} from '../kernel/index.ts';
import { type Call, RowLocks } from './row-locks.ts';
import { Store, type StoreOptions } from './store.ts';
import { copied, type Transaction } from './transaction.ts';
import type { ReadView } from './versions.ts';

/** What a statement gave. A blocked one is tried again by `resume` once its transaction is woken. */
export type Outcome =
  | { readonly type: 'rows'; readonly rows: readonly Row[] }
  | { readonly type: 'changed'; readonly affected: number; readonly lastId: number }
  | {
      readonly type: 'blocked';
      readonly transaction: number;
      readonly waitsFor: readonly number[];
      readonly lock: string;
    }
  | { readonly type: 'failed'; readonly failure: Failure };

const failed = (code: string): Outcome => ({ type: 'failed', failure: { code, definite: true } });

/** A simulated database; everything it does is at once, time is its caller's. */
export class Database {
  readonly name: string;
  readonly store: Store;
  readonly #locks: RowLocks;
  readonly #stamps = new Map<string, number>();
  #lastStamp = 0;
  #transactions = new Map<number, Transaction>();
  #woken: number[] = [];
  /** Deadlock victims that have not been told yet. */
  #victims = new Set<number>();
  #nextTransaction = 1;
  #up = true;

  /** @throws SandboxError `bad-sql`, `bad-rows` */
  constructor(name: string, options: StoreOptions) {
    this.name = name;
    this.store = new Store(options);
    this.#locks = new RowLocks(this.store);
    this.#touchAll();
  }

  get up(): boolean {
    return this.#up;
  }

  /** The tables and their columns. */
  get tables(): ReadonlyMap<string, readonly string[]> {
    return this.store.tables;
  }

  /** A table as all committed transactions left it. */
  committedRows(table: string): readonly Row[] {
    return this.store.committedRows(table);
  }

  /** Grows whenever the committed content of the table may have changed. */
  stampOf(table: string): number {
    return present(this.#stamps.get(table), `table ${table}`);
  }

  /** Opens a transaction; null if the database is down. InnoDB's default is repeatable read. */
  begin(isolation: Isolation = 'repeatable-read', autocommit = false): number | null {
    if (!this.#up) return null;
    const id = this.#nextTransaction++;
    const empty = { undo: [], view: null, pending: null };
    this.#transactions.set(id, { id, isolation, autocommit, ...empty });
    return id;
  }

  /**
   * Runs one statement in a transaction, or in one of its own (autocommit) where `id` is null.
   * @throws SandboxError `bad-sql`
   */
  execute(id: number | null, sql: string, params: SqlParams): Outcome {
    if (!this.#up) return failed('database-down');
    const call = { statement: this.store.compile(sql), params };
    const own =
      id ?? present(this.begin(undefined, true), 'a transaction of a database that is up');
    if (!this.#transactions.has(own)) return failed('connection-lost');
    return this.#run(own, call);
  }

  /** What a statement does, and to which table. @throws SandboxError `bad-sql` */
  describe(sql: string): { readonly verb: string; readonly table: string | null } {
    const { kind, target, tables } = this.store.compile(sql);
    return { verb: kind, table: target ?? tables[0] ?? null };
  }

  /** Tries the statement again that a transaction was blocked on, or says why it cannot. */
  resume(id: number): Outcome {
    const transaction = this.#transactions.get(id);
    if (!transaction) return failed(this.#victims.delete(id) ? 'deadlock' : 'connection-lost');
    return this.#run(id, present(transaction.pending, `blocked statement of transaction ${id}`));
  }

  /** Gives up waiting for a lock: the statement fails, the transaction stays open. */
  timeOutWait(id: number): Outcome {
    this.#woken.push(...this.#locks.table.cancelWait(id));
    const transaction = this.#transaction(id);
    transaction.pending = null;
    if (transaction.autocommit) this.#end(id);
    return failed('lock-wait-timeout');
  }

  /** Commits; false if the transaction is no longer there (its connection was lost). */
  commit(id: number): boolean {
    const transaction = this.#transactions.get(id);
    if (!transaction) return false;
    if (transaction.undo.length > 0) this.store.versions.commit(id);
    for (const table of new Set(transaction.undo.map((record) => record.table))) this.#touch(table);
    this.#end(id);
    return true;
  }

  /** Rolls back; false if the transaction is no longer there: it has been rolled back already. */
  rollback(id: number): boolean {
    const transaction = this.#transactions.get(id);
    if (!transaction) return false;
    this.store.undo(transaction.undo);
    this.#end(id);
    return true;
  }

  /** Stops at once: every open transaction is rolled back, every connection drops. */
  crash(): void {
    const open = [...this.#transactions.values()];
    for (const { id } of open.toReversed()) this.rollback(id);
    this.#woken = open.filter(({ pending }) => pending).map(({ id }) => id);
    this.#up = false;
  }

  restart(): void {
    this.#up = true;
  }

  /** Hands over, once, the blocked transactions that should `resume` now. */
  takeWoken(): readonly number[] {
    const woken = this.#woken;
    if (woken.length > 0) this.#woken = [];
    return woken;
  }

  #transaction(id: number): Transaction {
    return present(this.#transactions.get(id), `transaction ${id} of ${this.name}`);
  }

  #run(id: number, call: Call): Outcome {
    const outcome = call.statement.kind === 'select' ? this.#read(id, call) : this.#write(id, call);
    if (outcome.type === 'blocked') {
      this.#transaction(id).pending = call;
      return this.#breakDeadlock(id, outcome, call);
    }
    const transaction = this.#transaction(id);
    transaction.pending = null;
    if (transaction.autocommit) {
      if (outcome.type === 'failed') this.rollback(id);
      else this.commit(id);
    }
    return outcome;
  }

  #read(id: number, call: Call): Outcome {
    const { isolation, autocommit } = this.#transaction(id);
    const { statement, params } = call;
    if (isolation === 'serializable' && !autocommit) {
      for (const table of statement.tables) this.#locks.arrive(id, table);
      if (!this.#locks.lockVisited(id, call, 'shared')) return this.#blocked(id);
    }
    return { type: 'rows', rows: this.store.query(this.#viewOf(id), statement, params) };
  }

  #viewOf(id: number): ReadView | null {
    const transaction = this.#transaction(id);
    if (transaction.isolation === 'read-uncommitted') return null;
    if (transaction.view) return transaction.view;
    const now = { reader: id, upTo: this.store.versions.lastCommit };
    if (transaction.isolation === 'repeatable-read') transaction.view = now;
    return now;
  }

  #write(id: number, call: Call): Outcome {
    const { statement, params } = call;
    const table = present(statement.target, 'the table a statement changes');
    const alone = this.#locks.arrive(id, table);
    if (!alone && !this.#locks.lockVisited(id, call, 'exclusive')) return this.#blocked(id);
    const change = this.store.change(id, statement, params, (name, rowid) => {
      return this.#locks.lockRow(id, name, rowid, 'exclusive');
    });
    if (change.type === 'locked') return this.#blocked(id);
    if (alone) this.#locks.postpone(id, call);
    if (change.type === 'failed') return change;
    this.#transaction(id).undo.push(...change.undo);
    return { type: 'changed', affected: change.affected, lastId: change.lastId };
  }

  #blocked(id: number): Outcome {
    const wait = present(this.#locks.table.waitOf(id), `wait of transaction ${id}`);
    return { type: 'blocked', transaction: id, waitsFor: wait.blockers, lock: wait.key };
  }

  // InnoDB's victim is the lightest of the cycle (rows changed + locks held); on a tie the one
  // that closed it.
  #breakDeadlock(id: number, blocked: Outcome, call: Call): Outcome {
    const cycle = this.#locks.table.cycleFrom(id);
    if (!cycle) return blocked;
    const weight = (member: number) =>
      this.#transaction(member).undo.length + this.#locks.table.countOf(member);
    const victim = cycle.reduce((best, member) => (weight(member) < weight(best) ? member : best));
    this.rollback(victim);
    if (victim === id) return failed('deadlock');
    this.#victims.add(victim);
    this.#woken.push(victim);
    const at = this.#woken.indexOf(id);
    if (at < 0) return this.#breakDeadlock(id, blocked, call);
    this.#woken.splice(at, 1);
    return this.#run(id, call);
  }

  #end(id: number): void {
    this.#transactions.delete(id);
    this.#woken.push(...this.#locks.release(id));
    let seenByAll = this.store.versions.lastCommit;
    for (const { view } of this.#transactions.values()) {
      if (view && view.upTo < seenByAll) seenByAll = view.upTo;
    }
    this.store.versions.purge(seenByAll);
  }

  close(): void {
    this.store.close();
  }

  #touch(table: string): void {
    this.#lastStamp += 1;
    this.#stamps.set(table, this.#lastStamp);
  }

  #touchAll(): void {
    for (const table of this.tables.keys()) this.#touch(table);
  }

  mark() {
    return {
      store: this.store.mark(),
      locks: this.#locks.mark(),
      transactions: copied(this.#transactions),
      victims: [...this.#victims],
      nextTransaction: this.#nextTransaction,
      up: this.#up,
    };
  }

  /** Returns to a mark, which stays; later marks are gone. */
  rewind(mark: ReturnType<Database['mark']>): void {
    this.store.rewind(mark.store);
    this.#locks.rewind(mark.locks);
    this.#transactions = copied(mark.transactions);
    this.#nextTransaction = mark.nextTransaction;
    this.#up = mark.up;
    this.#woken = [];
    this.#victims = new Set(mark.victims);
    this.#touchAll();
  }

  /** Plain data for a fingerprint: the rows, and what is open, locked and undoable. */
  state() {
    const open = [...this.#transactions.values()].map(({ id, isolation, view, pending }) => {
      return [id, isolation, view, pending && [pending.statement.sql, pending.params]];
    });
    const rows = this.store.newestRows();
    return [this.#up, rows, open, this.#locks.table.state(), this.store.versions.state()];
  }
}

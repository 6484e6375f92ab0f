// A transaction of a simulated database, as long as it is open, and a statement it is running.

import type { Isolation, SqlParams, SqlValue } from '../kernel/effect.ts';
import type { Key, LockMode } from './locks.ts';
import type { Statement } from './statement.ts';
import type { Image, ReadView } from './versions.ts';

/** What one change of one row takes to undo it. */
export interface UndoRecord {
  readonly table: string;
  readonly rowid: number;
  readonly before: Image;
}

/** A statement with its parameters. */
export interface Call {
  readonly statement: Statement;
  readonly params: SqlParams;
}

/** How far a statement has come that works row by row: where it goes on once it is woken. */
export interface Running {
  readonly call: Call;
  /** How long the transaction's undo was before it: what an error takes back. */
  readonly undoFrom: number;
  /** Which access path, and which stretch of it, it is searching. */
  path: number;
  range: number;
  /** The record it waits at; null at the beginning of a stretch. */
  at: Key | null;
  /** The rows found so far: by rowid for a search, whole for an INSERT. */
  readonly chosen: number[];
  rows: readonly (readonly SqlValue[])[] | null;
  /** How many of them have been changed or inserted. */
  next: number;
  affected: number;
  lastId: number;
  /** The keys of the row in hand that its indexes have already, though the row is not in yet. */
  entered: readonly EnteredKey[];
  /** The row in hand has been changed in the clustered index: it counts as weight. */
  begun: boolean;
}

/** A key that an index has, of a row that waits to be let into another one. */
export interface EnteredKey {
  readonly index: string;
  readonly key: Key;
}

/** Where a transaction can go back to. */
export interface Savepoint {
  readonly name: string;
  readonly undo: number;
  /** Set before the transaction touched any table: going back there gives up everything. */
  readonly untouched: boolean;
}

/** A global transaction's identifier and the branch's own, as `XA START 'xid', 'branch'` has it. */
export interface Xid {
  readonly xid: string;
  readonly branchId: string;
}

/** A branch of a global transaction, by the states of the XA specification. */
export interface Branch {
  readonly id: Xid;
  state: 'active' | 'idle' | 'prepared';
  /** Its connection is still there: nobody else may finish it. */
  attached: boolean;
}

/** A transaction that is open. */
export interface Transaction {
  readonly id: number;
  readonly isolation: Isolation;
  readonly readOnly: boolean;
  /** Ends by itself with its one statement. */
  readonly autocommit: boolean;
  readonly undo: UndoRecord[];
  readonly savepoints: Savepoint[];
  /** It has read or changed some table. */
  touched: boolean;
  /** The intention locks it has on tables, as `IX ticket`: they count as weight. */
  readonly intentions: Set<string>;
  /** What it searched while it was alone on a table, not locked yet. */
  readonly postponed: Running[];
  /** What a repeatable read sees, fixed by its first SELECT. */
  view: ReadView | null;
  /** The statement that waits for a lock. */
  pending: Running | null;
  branch: Branch | null;
}

export interface TransactionOptions {
  /** InnoDB's default is repeatable read. */
  readonly isolation?: Isolation;
  readonly readOnly?: boolean;
  readonly autocommit?: boolean;
  readonly branch?: Branch;
  /** Makes the read view of a repeatable read at once. */
  readonly consistentSnapshot?: boolean;
}

export function openTransaction(id: number, options: TransactionOptions): Transaction {
  const { isolation = 'repeatable-read', readOnly = false, autocommit = false, branch } = options;
  return {
    id,
    isolation,
    readOnly,
    autocommit,
    undo: [],
    savepoints: [],
    touched: false,
    intentions: new Set(),
    postponed: [],
    view: null,
    pending: null,
    branch: branch ?? null,
  };
}

/** Notes an intention lock on a table: an exclusive one stands for a shared one too. */
export function intend({ intentions }: Transaction, table: string, mode: LockMode): void {
  const exclusive = `IX ${table}`;
  if (mode === 'exclusive') intentions.add(exclusive);
  else if (!intentions.has(exclusive)) intentions.add(`IS ${table}`);
}

export function start(call: Call, undoFrom: number): Running {
  const nothing = { path: 0, range: 0, at: null, rows: null, next: 0, affected: 0, lastId: 0 };
  return { call, undoFrom, chosen: [], entered: [], begun: false, ...nothing };
}

const copiedRun = (run: Running): Running => ({ ...run, chosen: run.chosen.slice() });

/** Plain data for a fingerprint. */
export function stateOf({ id, isolation, view, pending, branch, postponed }: Transaction) {
  const calls = [pending, ...postponed].map((run) => {
    return run && [run.call.statement.sql, run.call.params, run.at, run.next];
  });
  return [id, isolation, view, calls, branch && [branch.id.xid, branch.id.branchId, branch.state]];
}

/** Copies for a mark: a transaction itself changes in place. */
export function copied(transactions: ReadonlyMap<number, Transaction>): Map<number, Transaction> {
  const copies = [...transactions.values()].map((one): Transaction => {
    return {
      ...one,
      undo: one.undo.slice(),
      savepoints: one.savepoints.slice(),
      intentions: new Set(one.intentions),
      postponed: one.postponed.map(copiedRun),
      pending: one.pending && copiedRun(one.pending),
      branch: one.branch && { ...one.branch },
    };
  });
  return new Map(copies.map((one) => [one.id, one]));
}

// A transaction of a simulated database, as long as it is open, and a statement it is running.

import { closest, type Isolation, SandboxError, type SqlValue, type Xid } from '../kernel/index.ts';
import type { Key, LockMode } from './locks.ts';
import type { Bound, Statement } from './statement.ts';
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
  readonly params: Bound;
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
  /** Of an INSERT: the numbers that its table gave to rows without one. */
  numbered: readonly number[];
  /** The keys of the row in hand that its indexes have let in, or out, ahead of the row itself. */
  ahead: readonly KeyAhead[];
  /** The row that an INSERT is to replace or to change, since it has a key of the new one. */
  inTheWay: number | null;
  /** The row in hand has been changed in the clustered index: it counts as weight. */
  begun: boolean;
}

/** A statement of a transaction alone, whose locks are still to be worked out. */
export interface Postponed extends Pick<Running, 'call' | 'undoFrom'> {
  /** How long the undo was after it. */
  readonly undoTo: number;
}

/** A key that an index has let in, or delete-marked, of a row that waits at another index. */
export interface KeyAhead {
  readonly index: string;
  readonly key: Key;
  readonly enters: boolean;
}

/** Where a transaction can go back to. */
export interface Savepoint {
  readonly name: string;
  readonly undo: number;
  /** Set before the transaction touched any table: going back there gives up everything. */
  readonly untouched: boolean;
}

/** A branch of a global transaction, by the states of the XA specification. */
export interface Branch {
  readonly id: Xid;
  /** `rolled-back`: prepared without any change, it went with its connection; its name is left. */
  state: 'active' | 'idle' | 'prepared' | 'rolled-back';
  /** Its connection is still there: nobody else may finish it. */
  attached: boolean;
}

/** How many intention locks on a table a transaction has, and whether one is exclusive (IX). */
interface Intentions {
  readonly count: number;
  readonly exclusive: boolean;
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
  /** The intention locks it has on tables, by table: they count as weight. */
  readonly intentions: Map<string, Intentions>;
  /** What it searched while it was alone on a table, not locked yet. */
  readonly postponed: Postponed[];
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

const LEVELS: readonly string[] = [
  'read-uncommitted',
  'read-committed',
  'repeatable-read',
  'serializable',
] satisfies Isolation[];

/** @throws SandboxError `unknown-name` for an isolation level that is not there */
export function openTransaction(id: number, options: TransactionOptions): Transaction {
  const { isolation: given } = options;
  if (given !== undefined && !LEVELS.includes(given)) {
    const nearest = closest(given, LEVELS);
    throw new SandboxError('unknown-name', {
      what: 'isolation level',
      given,
      nearest,
      known: LEVELS,
    });
  }
  const { isolation = 'repeatable-read', readOnly = false, autocommit = false, branch } = options;
  return {
    id,
    isolation,
    readOnly,
    autocommit,
    undo: [],
    savepoints: [],
    touched: false,
    intentions: new Map(),
    postponed: [],
    view: null,
    pending: null,
    branch: branch ?? null,
  };
}

/** Notes an intention lock on a table: an exclusive one stands for a shared one too. */
export function intend({ intentions }: Transaction, table: string, mode: LockMode): void {
  const held = intentions.get(table);
  const exclusive = mode === 'exclusive';
  if (held && (held.exclusive || !exclusive)) return;
  intentions.set(table, { count: (held?.count ?? 0) + 1, exclusive });
}

/** How many intention locks a transaction has. */
export function intentionsOf({ intentions }: Transaction): number {
  return [...intentions.values()].reduce((sum, { count }) => sum + count, 0);
}

export function start(call: Call, undoFrom: number): Running {
  const nothing = { path: 0, range: 0, at: null, rows: null, next: 0, affected: 0 };
  return {
    call,
    undoFrom,
    chosen: [],
    numbered: [],
    ahead: [],
    inTheWay: null,
    begun: false,
    ...nothing,
  };
}

/** The statement that waits. @throws SandboxError `nothing-waits` */
export function pendingOf({ id, pending }: Transaction): Running {
  if (!pending) throw new SandboxError('nothing-waits', { transaction: id });
  return pending;
}

/** It gives up all it has, but for what it changed. */
export function forget(transaction: Transaction): void {
  transaction.postponed.length = 0;
  transaction.intentions.clear();
  transaction.touched = false;
  transaction.view = null;
}

/**
 * A prepared branch loses its connection: anyone may finish it now. False if it has changed
 * nothing: then it is rolled back, and only its name stays till somebody asks for it.
 */
export function detach({ branch, undo }: Transaction): boolean {
  if (!branch) return false;
  branch.attached = false;
  if (undo.length === 0) branch.state = 'rolled-back';
  return undo.length > 0;
}

const plain = (params: Bound) =>
  Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'bigint' ? Number(value) : value,
  ]);

/** Plain data for a fingerprint. */
export function stateOf(
  transaction: Transaction,
  nameOf: (transaction: number) => string,
  lastCommit: number,
) {
  const { id, isolation, readOnly, autocommit, touched, pending, branch, postponed } = transaction;
  const calls = postponed.map(({ call }) => [call.statement.sql, plain(call.params)]);
  const view = transaction.view && lastCommit - transaction.view.upTo;
  const manner = [isolation, readOnly, autocommit, touched, view];
  const back = [transaction.undo.length, transaction.savepoints];
  const waits = pending && [
    ...[pending.call.statement.sql, plain(pending.call.params)],
    ...[pending.at, pending.next, pending.ahead],
  ];
  const xa = branch && [branch.id.xid, branch.id.branchId, branch.state];
  const intentions = [...transaction.intentions].map(([table, { count, exclusive }]) => {
    return [table, count, exclusive];
  });
  return [nameOf(id), manner, back, intentions, calls, waits, xa];
}

/** Copies for a mark: a transaction itself changes in place. */
export function copied(transactions: ReadonlyMap<number, Transaction>): Map<number, Transaction> {
  const copies = new Map<number, Transaction>();
  for (const [id, one] of transactions) {
    // Field by field: this is much faster than a spread, and marks are made often.
    const { isolation, readOnly, autocommit, touched, view, pending, branch } = one;
    copies.set(id, {
      id,
      isolation,
      readOnly,
      autocommit,
      undo: one.undo.slice(),
      savepoints: one.savepoints.slice(),
      touched,
      intentions: new Map(one.intentions),
      postponed: one.postponed.slice(),
      view,
      pending: pending && { ...pending, chosen: pending.chosen.slice() },
      branch: branch && { ...branch },
    });
  }
  return copies;
}

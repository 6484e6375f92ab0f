// A client's connection to a database, as MySQL has it: plain SQL in, transactions opened and
// ended by SQL too, everything outside of one in autocommit mode. Isolation levels, savepoints and
// XA statements are spelled as in MySQL.

import type { Isolation, SqlParams, Xid } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import { type Characteristics, type Control, parseControl, type XaVerb } from './control.ts';
import type { Database } from './database.ts';
import { failed, type Outcome } from './outcome.ts';
import { releaseSavepoint, setSavepoint } from './savepoints.ts';
import type { Transaction } from './transaction.ts';
import { sameXid, XaBranches, type XaError } from './xa.ts';

/** What a statement gave; `ok` of one that controls the transaction. */
export type Reply = Outcome | { readonly type: 'ok' };

const OK: Reply = { type: 'ok' };
const done = (error: XaError | null): Reply => (error ? failed(error) : OK);

export class Connection {
  readonly #database: Database;
  readonly #xa: XaBranches;
  /** How transactions run, and how only the next one does. */
  #session: Characteristics;
  #next: Characteristics = {};
  #transaction: number | null = null;
  /** The transaction whose statement waits: its own, or the one of that statement alone. */
  #waiting: number | null = null;
  /** The branch this connection works in, also once the server has rolled it back. */
  #xid: Xid | null = null;
  #rolledBackBy: XaError = 'xa-rbrollback';

  constructor(database: Database, isolation: Isolation = 'repeatable-read') {
    this.#database = database;
    this.#xa = new XaBranches(database);
    this.#session = { isolation };
  }

  /** Its transaction, or the one of the statement that waits; null if it has none. */
  get transaction(): number | null {
    return this.#transaction ?? this.#waiting;
  }

  /** Whether it is in a transaction that it has begun. */
  get begun(): boolean {
    return this.#transaction !== null;
  }

  /**
   * Runs one statement. Where the server has crashed meanwhile, the first one fails, and the next
   * is of a new connection.
   * @throws SandboxError `bad-sql`, `bad-parameters`, `transaction-waits`
   */
  execute(sql: string, params: SqlParams = {}): Reply {
    if (this.#waiting !== null) {
      throw new SandboxError('transaction-waits', { transaction: this.#waiting });
    }
    const control = parseControl(sql);
    const dropped = this.#dropped();
    if (dropped) return dropped;
    if (control) return this.#control(control);
    if (this.#xid && this.#transaction === null) return failed('xaer-rmfail');
    const own = this.#transaction;
    const options = own === null ? this.#characteristics : {};
    const outcome = this.#database.execute(own, sql, params, options);
    // What is refused outright, or is about no table, has not been the next transaction.
    const refused = outcome.type === 'failed' && outcome.failure.code === 'read-only-transaction';
    const { table } = this.#database.store.describe(sql);
    if (own === null && !refused && table !== null) this.#next = {};
    return this.#keep(outcome);
  }

  /** Goes on with the statement that waited, once its transaction is woken. */
  resume(): Reply {
    return this.#keep(this.#database.resume(this.#waited()));
  }

  /** Gives up waiting. */
  timeOut(): Reply {
    return this.#keep(this.#database.timeOutWait(this.#waited()));
  }

  /** The connection drops. */
  close(): void {
    const own = this.transaction;
    if (own !== null) this.#database.disconnect(own);
    this.#forget();
  }

  /** @throws SandboxError `nothing-waits` */
  #waited(): number {
    const waiting = this.#waiting;
    if (waiting === null) {
      throw new SandboxError('nothing-waits', { transaction: this.#transaction });
    }
    this.#waiting = null;
    return waiting;
  }

  #forget(): void {
    this.#transaction = null;
    this.#waiting = null;
    this.#xid = null;
  }

  get #open(): Transaction | null {
    return this.#transaction === null ? null : this.#database.find(this.#transaction);
  }

  #dropped(): Reply | null {
    const open = this.#open;
    const lost = this.#transaction !== null && (!open || open.branch?.attached === false);
    if (this.#database.isUp && !lost) return null;
    this.#forget();
    return failed(this.#database.isUp ? 'connection-lost' : 'database-down');
  }

  // After each statement: does it wait, and is there still a transaction?
  #keep(outcome: Outcome): Reply {
    this.#waiting = outcome.type === 'blocked' ? outcome.transaction : null;
    if (!this.#open) this.#transaction = null;
    if (outcome.type === 'failed') {
      this.#rolledBackBy = outcome.failure.code === 'deadlock' ? 'xa-rbdeadlock' : 'xa-rbrollback';
    }
    return outcome;
  }

  /** How the next transaction runs. */
  get #characteristics(): Required<Characteristics> {
    const { isolation = 'repeatable-read', readOnly = false } = { ...this.#session, ...this.#next };
    return { isolation, readOnly };
  }

  #control(control: Control): Reply {
    switch (control.kind) {
      case 'set':
        return this.#set(control.given, control.session);
      case 'begin':
      case 'commit':
      case 'rollback':
        return this.#xid ? failed('xaer-rmfail') : this.#end(control);
      case 'savepoint':
      case 'rollback-to':
      case 'release':
        return this.#savepoint(control.kind, control.name);
      case 'xa-recover':
        return { type: 'rows', rows: this.#xa.recover().map(recoverRow) };
      default:
        return this.#xaStatement(control.kind, control.id, control.onePhase);
    }
  }

  #set(given: Characteristics, session: boolean): Reply {
    if (session) {
      this.#session = { ...this.#session, ...given };
      // It says how the next one runs, too.
      if (this.#transaction === null) this.#next = { ...this.#next, ...given };
      return OK;
    }
    if (this.#transaction !== null) return failed('transaction-in-progress');
    this.#next = { ...this.#next, ...given };
    return OK;
  }

  // BEGIN commits what is open; AND CHAIN begins another one like it.
  #end(control: Control & { readonly kind: 'begin' | 'commit' | 'rollback' }): Reply {
    const open = this.#open;
    if (open && control.kind === 'rollback') this.#database.rollback(open.id);
    else if (open) this.#database.commit(open.id);
    this.#transaction = null;
    if (control.kind === 'begin') {
      const { kind, ...options } = control;
      this.#transaction = this.#database.begin({ ...this.#characteristics, ...options });
    } else if (control.chain) {
      const { isolation, readOnly } = open ?? this.#characteristics;
      this.#transaction = this.#database.begin({ isolation, readOnly });
    }
    this.#next = {};
    return OK;
  }

  #savepoint(kind: 'savepoint' | 'rollback-to' | 'release', name: string): Reply {
    const transaction = this.#open;
    const { savepoints = [], branch } = transaction ?? {};
    const known = kind === 'savepoint' || savepoints.some((one) => one.name === name);
    if (!known) return failed('no-such-savepoint');
    const idle = branch && branch.state !== 'active';
    if (idle && kind !== 'release') return failed('xaer-rmfail');
    if (transaction && kind === 'savepoint') setSavepoint(transaction, name);
    else if (transaction && kind === 'release') releaseSavepoint(transaction, name);
    else if (transaction) this.#database.rollbackTo(transaction.id, name);
    return OK;
  }

  #xaStatement(verb: XaVerb, id: Xid, onePhase: boolean): Reply {
    const own = this.#transaction;
    if (verb === 'xa-start') return this.#xaStart(id);
    if (verb === 'xa-end') return done(this.#xa.end(own, id));
    if (verb === 'xa-prepare') return done(this.#xa.prepare(own, id));
    const mine = this.#xid !== null && sameXid(this.#xid, id);
    const doomed = this.#xid !== null && own === null;
    const finish = () => {
      // The server has rolled the branch back: nothing is left but to say so.
      if (doomed && !mine) return 'xaer-outside';
      if (verb === 'xa-rollback') return doomed ? null : this.#xa.rollback(own, id);
      return doomed ? this.#rolledBackBy : this.#xa.commit(own, id, onePhase);
    };
    const error = finish();
    if (mine && (doomed || error === null)) this.#forget();
    return done(error);
  }

  #xaStart(id: Xid): Reply {
    if (this.#xid) return failed('xaer-rmfail');
    if (this.#transaction !== null) return failed('xaer-outside');
    if (id.xid === '') return failed('xaer-inval');
    const started = this.#xa.start(id, this.#characteristics);
    if (typeof started === 'string') return failed(started);
    this.#next = {};
    this.#transaction = started;
    this.#xid = id;
    return OK;
  }
}

function recoverRow({ xid, branchId }: Xid) {
  const lengths = { gtrid_length: xid.length, bqual_length: branchId.length };
  return { formatID: 1, ...lengths, data: xid + branchId };
}

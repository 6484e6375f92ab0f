// A client's connection to a database, as MySQL has it: plain SQL in, transactions opened and
// ended by SQL too, everything outside of one in autocommit mode. Isolation levels, savepoints and
// XA statements are spelled as in MySQL.

import type { Isolation, SqlParams } from '../kernel/effect.ts';
import { SandboxError } from '../kernel/errors.ts';
import type { Database } from './database.ts';
import { failed, type Outcome } from './outcome.ts';
import { releaseSavepoint, setSavepoint } from './savepoints.ts';
import { tokenize } from './tokens.ts';
import type { Xid } from './transaction.ts';
import { sameXid, XaBranches, type XaError } from './xa.ts';

/** What a statement gave; `ok` of one that controls the transaction. */
export type Reply = Outcome | { readonly type: 'ok' };

const OK: Reply = { type: 'ok' };
const done = (error: XaError | null): Reply => (error ? failed(error) : OK);

const LEVELS: Readonly<Record<string, Isolation>> = {
  'read uncommitted': 'read-uncommitted',
  'read committed': 'read-committed',
  'repeatable read': 'repeatable-read',
  serializable: 'serializable',
};

export class Connection {
  readonly #database: Database;
  readonly #xa: XaBranches;
  #isolation: Isolation;
  #transaction: number | null = null;
  /** The statement of autocommit mode that waits. */
  #waiting: number | null = null;
  /** The branch this connection works in, also once the server has rolled it back. */
  #xid: Xid | null = null;

  constructor(database: Database, isolation: Isolation = 'repeatable-read') {
    this.#database = database;
    this.#xa = new XaBranches(database);
    this.#isolation = isolation;
  }

  /** Its transaction, or the one of the statement that waits; null if it has none. */
  get transaction(): number | null {
    return this.#transaction ?? this.#waiting;
  }

  /** Whether it is in a transaction that it has begun. */
  get begun(): boolean {
    return this.#transaction !== null;
  }

  /** Runs one statement. @throws SandboxError `bad-sql` */
  execute(sql: string, params: SqlParams = {}): Reply {
    const words = tokenize(sql).map(({ text }) => text);
    const text = words.filter((word) => word !== ';').join(' ');
    const reply = text.startsWith('xa ') ? this.#xaStatement(sql, words) : this.#control(text);
    if (reply) return reply;
    if (this.#xid && this.#transaction === null) return failed('xaer-rmfail');
    const options = { isolation: this.#isolation };
    return this.#keep(this.#database.execute(this.#transaction, sql, params, options));
  }

  /** Goes on with the statement that waited, once its transaction is woken. */
  resume(): Reply {
    return this.#keep(this.#database.resume(this.#waiting ?? this.#transaction ?? 0));
  }

  /** Gives up waiting. */
  timeOut(): Reply {
    return this.#keep(this.#database.timeOutWait(this.#waiting ?? this.#transaction ?? 0));
  }

  /** The connection drops. */
  close(): void {
    const own = this.transaction;
    if (own !== null) this.#database.disconnect(own);
    this.#transaction = null;
    this.#waiting = null;
    this.#xid = null;
  }

  // After each statement: is there still a transaction?
  #keep(outcome: Outcome): Reply {
    this.#waiting = null;
    if (outcome.type === 'blocked' && this.#transaction === null) {
      this.#waiting = outcome.transaction;
    }
    const own = this.#transaction;
    if (own !== null && !this.#database.find(own)) this.#transaction = null;
    return outcome;
  }

  #control(text: string): Reply | null {
    const level = /^set (?:session )?transaction isolation level (.*)$/.exec(text)?.[1];
    if (level !== undefined) return this.#setLevel(level);
    const [first = '', second = ''] = text.split(' ');
    const starts = first === 'begin' || (first === 'start' && second === 'transaction');
    const ends = text === 'commit' || text === 'rollback';
    if (starts || ends) {
      if (this.#xid) return failed('xaer-rmfail');
      if (text === 'rollback') this.#rollback();
      else this.#commit();
      if (starts) this.#begin(text);
      return OK;
    }
    return ['savepoint', 'rollback', 'release'].includes(first) ? this.#savepoint(text) : null;
  }

  #setLevel(level: string): Reply {
    const isolation = LEVELS[level];
    if (!isolation) throw new SandboxError('bad-sql', { sql: level, why: 'no such level' });
    this.#isolation = isolation;
    return OK;
  }

  #savepoint(text: string): Reply {
    const [verb = '', ...rest] = text.split(' ');
    const name = rest.at(-1) ?? '';
    const own = this.#transaction;
    const transaction = own === null ? null : this.#database.find(own);
    if (!transaction) return verb === 'savepoint' ? OK : failed('no-such-savepoint');
    if (verb === 'savepoint') {
      setSavepoint(transaction, name);
      return OK;
    }
    const done =
      verb === 'release'
        ? releaseSavepoint(transaction, name)
        : this.#database.rollbackTo(transaction.id, name);
    return done ? OK : failed('no-such-savepoint');
  }

  #begin(text: string): void {
    const readOnly = text.endsWith('read only');
    const consistentSnapshot =
      text.endsWith('consistent snapshot') && this.#isolation === 'repeatable-read';
    const isolation = this.#isolation;
    this.#transaction = this.#database.begin({ isolation, readOnly, consistentSnapshot });
  }

  #commit(): void {
    if (this.#transaction !== null) this.#database.commit(this.#transaction);
    this.#transaction = null;
  }

  #rollback(): void {
    if (this.#transaction !== null) this.#database.rollback(this.#transaction);
    this.#transaction = null;
  }

  #xaStatement(sql: string, words: readonly string[]): Reply {
    const verb = words[1] ?? '';
    if (verb === 'recover') return { type: 'rows', rows: this.#xa.recover().map(recoverRow) };
    const strings = tokenize(sql).filter(({ kind }) => kind === 'string');
    const [xid = '', branchId = ''] = strings.map(({ text }) => text.slice(1, -1));
    return this.#xaVerb(verb, { xid, branchId }, words.includes('phase'));
  }

  #xaVerb(verb: string, id: Xid, onePhase: boolean): Reply {
    const own = this.#transaction;
    if (verb === 'start' || verb === 'begin') return this.#xaStart(id);
    if (verb === 'end') return done(this.#xa.end(own, id));
    if (verb === 'prepare') return done(this.#xa.prepare(own, id));
    // The server has rolled the branch back: nothing is left but to say so.
    const doomed = this.#xid && own === null;
    const error = doomed
      ? verb === 'rollback' && sameXid(doomed && this.#xid ? this.#xid : id, id)
        ? null
        : 'xaer-rmfail'
      : verb === 'commit'
        ? this.#xa.commit(own, id, onePhase)
        : this.#xa.rollback(own, id);
    if (error === null && this.#xid && sameXid(this.#xid, id)) {
      this.#transaction = null;
      this.#xid = null;
    }
    return done(error);
  }

  #xaStart(id: Xid): Reply {
    if (this.#xid) return failed('xaer-rmfail');
    if (this.#transaction !== null) return failed('xaer-outside');
    const started = this.#xa.start(id, this.#isolation);
    if (typeof started === 'string') return failed(started);
    this.#transaction = started;
    this.#xid = id;
    return OK;
  }
}

function recoverRow({ xid, branchId }: Xid) {
  const lengths = { gtrid_length: xid.length, bqual_length: branchId.length };
  return { formatID: 1, ...lengths, data: xid + branchId };
}

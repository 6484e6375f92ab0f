// Branches of global transactions at one database, by the XA specification as MariaDB keeps it:
// start, end, prepare, commit, rollback, recover. A prepared branch outlives its connection and
// the server.

import type { Xid } from '../kernel/effect.ts';
import type { Database } from './database.ts';
import type { Branch, Transaction, TransactionOptions } from './transaction.ts';

/** The codes of the XA specification that a database answers with. */
export type XaError =
  /** The branch is not in a state that allows this. */
  | 'xaer-rmfail'
  /** No such branch. */
  | 'xaer-nota'
  /** There is such a branch already. */
  | 'xaer-dupid'
  /** The connection is in another transaction. */
  | 'xaer-outside'
  /** One phase, of a branch that is prepared. */
  | 'xaer-inval'
  /** The branch has been rolled back already, for a deadlock or for another reason. */
  | 'xa-rbdeadlock'
  | 'xa-rbrollback'
  | 'database-down';

export const sameXid = (a: Xid, b: Xid): boolean => a.xid === b.xid && a.branchId === b.branchId;

/** What a connection knows of its own branch: the transaction it works in. */
type Own = number | null;

export class XaBranches {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Starts a branch. Returns its transaction. */
  start(id: Xid, options: TransactionOptions = {}): number | XaError {
    if (this.#find(id)) return 'xaer-dupid';
    const branch: Branch = { id, state: 'active', attached: true };
    return this.#database.begin({ ...options, branch }) ?? 'database-down';
  }

  /** The branch's work is done. Returns null if that is well. */
  end(own: Own, id: Xid): XaError | null {
    return this.#advance(own, id, 'active', 'idle');
  }

  /** Votes to commit: from now on the branch survives everything. Null if that is well. */
  prepare(own: Own, id: Xid): XaError | null {
    return this.#advance(own, id, 'idle', 'prepared');
  }

  /** Commits a prepared branch; one that is only idle, in one phase. Null if that is well. */
  commit(own: Own, id: Xid, onePhase = false): XaError | null {
    const found = this.#finishable(own, id, [onePhase ? 'idle' : 'prepared'], onePhase);
    if (typeof found === 'string') return found;
    this.#database.commit(found.id);
    return null;
  }

  /** Rolls back a branch that is idle or prepared. Null if that is well. */
  rollback(own: Own, id: Xid): XaError | null {
    const found = this.#finishable(own, id, ['idle', 'prepared'], false);
    if (typeof found === 'string') return found;
    this.#database.rollback(found.id);
    return null;
  }

  /** The branches that are prepared and wait for a decision. */
  recover(): readonly Xid[] {
    return this.#database.transactions.flatMap(({ branch }) =>
      branch && ['prepared', 'rolled-back'].includes(branch.state) ? [branch.id] : [],
    );
  }

  #find(id: Xid): Transaction | undefined {
    return this.#database.transactions.find(({ branch }) => branch && sameXid(branch.id, id));
  }

  #advance(own: Own, id: Xid, from: Branch['state'], to: Branch['state']): XaError | null {
    if (!this.#database.isUp) return 'database-down';
    const branch = own === null ? null : this.#database.idle(own)?.branch;
    if (branch?.state !== from) return 'xaer-rmfail';
    if (!sameXid(branch.id, id)) return 'xaer-nota';
    branch.state = to;
    return null;
  }

  // Its own connection may finish a branch; another one only a prepared branch that nobody holds.
  #finishable(
    own: Own,
    id: Xid,
    states: readonly Branch['state'][],
    onePhase: boolean,
  ): Transaction | XaError {
    if (!this.#database.isUp) return 'database-down';
    const mine = own === null ? null : this.#database.idle(own);
    if (mine?.branch?.attached && sameXid(mine.branch.id, id)) {
      if (states.includes(mine.branch.state)) return mine;
      return onePhase && mine.branch.state === 'prepared' ? 'xaer-inval' : 'xaer-rmfail';
    }
    if (mine && mine.branch?.attached !== false) return 'xaer-outside';
    if (onePhase) return 'xaer-inval';
    const found = this.#find(id);
    if (found?.branch?.state === 'rolled-back') {
      this.#database.rollback(found.id);
      return 'xa-rbrollback';
    }
    return found?.branch?.state === 'prepared' && !found.branch.attached ? found : 'xaer-nota';
  }
}

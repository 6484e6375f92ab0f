// Performs what a coordinator asks of its participants and of its log: by the XA specification, as
// MariaDB and ActiveMQ keep it. Who may decide a branch is for the participant to say.

import { XaBranches } from './database/index.ts';
import { type Execution, setTransaction, transactionOf } from './execution.ts';
import { type Effect, type Happening, present, type Xid } from './kernel/index.ts';
import { databaseOf, type Parts } from './parts.ts';
import type { SessionPerformer } from './perform-session.ts';
import {
  type Asked,
  DONE,
  databaseNamed,
  definite,
  type Noting,
  type Performed,
} from './perform-sql.ts';

type OnBranch = Asked<'end' | 'prepare' | 'commit' | 'rollback'> & { readonly branch: Xid };

export function isOnBranch(effect: Effect): effect is OnBranch {
  const ends = ['end', 'prepare', 'commit', 'rollback'].includes(effect.kind);
  return ends && 'branch' in effect && effect.branch !== undefined;
}

export class XaPerformer {
  readonly #parts: Parts;
  readonly #note: Noting;
  readonly #session: SessionPerformer;

  constructor(parts: Parts, note: Noting, session: SessionPerformer) {
    this.#parts = parts;
    this.#note = note;
    this.#session = session;
  }

  /** What is asked about one branch. */
  perform(execution: Execution, effect: OnBranch): Performed {
    return effect.resource === 'database'
      ? this.#atDatabase(execution, effect)
      : this.#atBroker(execution, effect);
  }

  #atDatabase(execution: Execution, effect: OnBranch): Performed {
    const { branch } = effect;
    const name = databaseNamed(execution, effect);
    const xa = new XaBranches(databaseOf(this.#parts, name));
    const own = transactionOf(execution, name);
    const seen = { resource: 'database', database: name, branch } as const;
    switch (effect.kind) {
      case 'end': {
        const error = xa.end(own, branch);
        return error ? definite(error) : this.#done(execution, { kind: 'branch-ended', ...seen });
      }
      case 'prepare': {
        // A branch that has only read votes to commit like any other: MySQL does not say read-only.
        const error = xa.prepare(own, branch);
        if (error) return definite(error);
        this.#note(execution, { kind: 'prepared', ...seen, vote: 'commit' });
        return { type: 'done', result: { value: 'commit' } };
      }
      default: {
        const { kind } = effect;
        const error =
          kind === 'commit' ? xa.commit(own, branch, effect.onePhase) : xa.rollback(own, branch);
        if (error) return definite(error);
        setTransaction(execution, name, null);
        const ended = kind === 'commit' ? 'committed' : 'rolled-back';
        return this.#done(execution, { kind: ended, ...seen, transaction: own });
      }
    }
  }

  #atBroker(execution: Execution, effect: OnBranch): Performed {
    const { branch } = effect;
    const { broker, clock } = this.#parts;
    const seen = { resource: 'session', database: null, branch } as const;
    if (!broker.up) return definite('broker-down');
    const own = execution.session !== null && broker.sessions.isOpen(execution.session);
    switch (effect.kind) {
      case 'end':
        if (!own) return definite('connection-lost');
        return this.#done(execution, { kind: 'branch-ended', ...seen });
      case 'prepare': {
        if (!own) return definite('connection-lost');
        const session = present(execution.session, 'the session');
        const vote = present(broker.prepare(session, clock.nowMs), 'a vote');
        this.#note(execution, { kind: 'prepared', ...seen, vote });
        return { type: 'done', result: { value: vote } };
      }
      default: {
        const session = broker.sessions.findBranch(branch) ?? (own ? execution.session : null);
        if (session === null) return definite('xaer-nota');
        execution.session = session;
        return effect.kind === 'commit'
          ? this.#session.commit(execution, branch)
          : this.#session.rollBack(execution, branch, effect.redeliverAfterMs);
      }
    }
  }

  #done(execution: Execution, happening: Happening): Performed {
    this.#note(execution, happening);
    return DONE;
  }

  /** The branches a resource has in doubt. */
  recover(execution: Execution, effect: Asked<'recover'>): Performed {
    const isDatabase = effect.resource === 'database';
    const name = isDatabase ? databaseNamed(execution, effect) : null;
    const database = name === null ? null : databaseOf(this.#parts, name);
    const { broker } = this.#parts;
    if (database && !database.isUp) return definite('database-down');
    if (!database && !broker.up) return definite('broker-down');
    const branches = database ? new XaBranches(database).recover() : broker.sessions.recover();
    const { resource } = effect;
    this.#note(execution, { kind: 'recovered', resource, database: name, branches });
    const rows = branches.map(({ xid, branchId }) => ({ xid, branchId }));
    return { type: 'done', result: { rows } };
  }

  log(execution: Execution, { record }: Asked<'log'>): Performed {
    this.#parts.logs.force(execution.service.name, record);
    return this.#done(execution, { kind: 'logged', record });
  }

  readLog(execution: Execution): Performed {
    const records = this.#parts.logs.read(execution.service.name);
    this.#note(execution, { kind: 'log-read', records });
    const rows = records.map(({ xid, decision }) => ({ xid, decision }));
    return { type: 'done', result: { rows } };
  }
}

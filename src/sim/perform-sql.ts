// Performs what an execution asks of its database: transactions, savepoints, statements.

import { type Outcome, releaseSavepoint, setSavepoint } from './database/index.ts';
import { type Execution, pointOf } from './execution.ts';
import {
  type Effect,
  type EffectResult,
  type Failure,
  type Happening,
  present,
  unreachable,
} from './kernel/index.ts';
import { databaseOf, located, type Parts } from './parts.ts';

/** What performing an effect gave: a result, a failure, or that it waits for a lock. */
export type Performed =
  | {
      readonly type: 'done';
      readonly result: EffectResult;
      /** Not before this virtual time does it go on. */
      readonly wakeMs?: number;
    }
  | { readonly type: 'error'; readonly failure: Failure }
  | { readonly type: 'blocked'; readonly transaction: number };

export type Asked<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

const TIMED_OUT = 'transaction-timed-out';
export const NO_RESULT: EffectResult = {};
export const DONE: Performed = { type: 'done', result: NO_RESULT };

export const definite = (code: string): Performed => ({
  type: 'error',
  failure: { code, definite: true },
});

/** The effects a database is asked for; commit and rollback have doors of their own. */
type OnDatabase = Asked<
  'begin' | 'suspend' | 'resume' | 'savepoint' | 'rollback-to' | 'release' | 'sql'
>;

export class SqlPerformer {
  readonly #parts: Parts;
  readonly #note: (execution: Execution, happening: Happening) => number;

  constructor(parts: Parts, note: (execution: Execution, happening: Happening) => number) {
    this.#parts = parts;
    this.#note = note;
  }

  /** @throws SandboxError for what cannot be done, with the state it came from */
  perform(execution: Execution, effect: OnDatabase): Performed {
    return located(this.#whereOf(execution), () => this.#perform(execution, effect));
  }

  #whereOf(execution: Execution): string {
    return `${this.#parts.scenario.id}: ${pointOf(execution)}`;
  }

  #perform(execution: Execution, effect: OnDatabase): Performed {
    switch (effect.kind) {
      case 'begin':
        return this.#begin(execution, effect);
      case 'sql':
        return this.#execute(execution, effect);
      case 'suspend':
      case 'resume':
        return this.#setAside(execution, effect.kind);
      case 'savepoint':
      case 'rollback-to':
      case 'release':
        return this.#savepoint(execution, effect);
      default:
        return unreachable(effect);
    }
  }

  /** Tries a blocked statement again, or gives its waiting up. */
  resume(execution: Execution, transaction: number, timedOut: boolean): Performed {
    const database = databaseOf(this.#parts, execution.service.database);
    const effect = execution.step.effect as Asked<'sql'>;
    if (!timedOut) {
      const outcome = located(this.#whereOf(execution), () => database.resume(transaction));
      return this.#noteOutcome(execution, effect, outcome);
    }
    const given = database.timeOutWait(transaction);
    if (this.#isOverdue(execution)) return definite(TIMED_OUT);
    return this.#noteOutcome(execution, effect, given);
  }

  #begin(execution: Execution, effect: Asked<'begin'>): Performed {
    const { isolation, readOnly = false, timeoutMs = Infinity } = effect;
    const database = databaseOf(this.#parts, execution.service.database);
    const transaction = database.begin({ readOnly, ...(isolation && { isolation }) });
    if (transaction === null) return definite('database-down');
    execution.transaction = transaction;
    execution.deadlineMs = this.#parts.clock.nowMs + timeoutMs;
    const asked = { isolation: isolation ?? null, readOnly, timeoutMs: effect.timeoutMs ?? null };
    this.#note(execution, { kind: 'began', database: database.name, transaction, ...asked });
    return DONE;
  }

  #isOverdue({ deadlineMs }: Execution): boolean {
    return this.#parts.clock.nowMs >= deadlineMs;
  }

  #setAside(execution: Execution, kind: 'suspend' | 'resume'): Performed {
    const { transaction, deadlineMs, suspended } = execution;
    if (kind === 'suspend') {
      execution.suspended = [...suspended, { transaction, deadlineMs }];
      execution.transaction = null;
      execution.deadlineMs = Infinity;
      this.#note(execution, { kind: 'suspended', transaction });
      return DONE;
    }
    const last = present(suspended.at(-1), 'a transaction that was set aside');
    // What is open goes with its connection, back to the pool.
    this.rollBack(execution);
    execution.suspended = suspended.slice(0, -1);
    execution.transaction = last.transaction;
    execution.deadlineMs = last.deadlineMs;
    this.#note(execution, { kind: 'resumed', transaction: last.transaction });
    return DONE;
  }

  #savepoint(
    execution: Execution,
    { kind, name }: Asked<'savepoint' | 'rollback-to' | 'release'>,
  ): Performed {
    const { transaction, service } = execution;
    const database = databaseOf(this.#parts, service.database);
    const open = transaction === null ? null : database.find(transaction);
    if (!open) return definite('connection-lost');
    if (kind === 'savepoint') setSavepoint(open, name);
    const done =
      kind === 'savepoint' ||
      (kind === 'release' ? releaseSavepoint(open, name) : database.rollbackTo(open.id, name));
    if (!done) return definite('no-such-savepoint');
    this.#note(execution, { kind: 'marked', mark: kind, name, transaction: open.id });
    return DONE;
  }

  #execute(execution: Execution, effect: Asked<'sql'>): Performed {
    const database = databaseOf(this.#parts, execution.service.database);
    if (this.#isOverdue(execution)) return definite(TIMED_OUT);
    const { sql, params, isolation } = effect;
    const { transaction } = execution;
    const options = isolation && { isolation };
    const outcome = database.execute(transaction, sql, params, options);
    return this.#noteOutcome(execution, effect, outcome);
  }

  #noteOutcome(execution: Execution, effect: Asked<'sql'>, outcome: Outcome): Performed {
    const { sql, params } = effect;
    const { transaction, service } = execution;
    const database = databaseOf(this.#parts, service.database);
    const { verb, table } = database.store.describe(sql);
    const seenSql = { database: database.name, transaction, sql, params, verb, table };
    switch (outcome.type) {
      case 'rows':
        this.#note(execution, { kind: 'queried', ...seenSql, rows: outcome.rows });
        return { type: 'done', result: { rows: outcome.rows } };
      case 'changed': {
        const { affected, lastId } = outcome;
        this.#note(execution, { kind: 'changed', ...seenSql, affected });
        return { type: 'done', result: { affected, lastId } };
      }
      case 'blocked': {
        const { waitsFor, lock } = outcome;
        this.#note(execution, { kind: 'blocked', ...seenSql, waitsFor, lock });
        return { type: 'blocked', transaction: outcome.transaction };
      }
      case 'failed':
        return { type: 'error', failure: outcome.failure };
      default:
        return unreachable(outcome);
    }
  }

  commit(execution: Execution): Performed {
    const { transaction } = execution;
    const database = databaseOf(this.#parts, execution.service.database);
    execution.transaction = null;
    if (transaction === null || !database.commit(transaction)) return definite('connection-lost');
    this.#note(execution, { kind: 'committed', resource: 'database', transaction });
    return DONE;
  }

  /** Rolls the database transaction back, if one is still open. */
  rollBack(execution: Execution): Performed {
    const { transaction } = execution;
    const database = databaseOf(this.#parts, execution.service.database);
    execution.transaction = null;
    if (transaction !== null && database.rollback(transaction)) {
      this.#note(execution, { kind: 'rolled-back', resource: 'database', transaction });
    }
    return DONE;
  }

  /** Rolls back what is open, and what was set aside. */
  rollBackAll(execution: Execution): void {
    this.rollBack(execution);
    for (const { transaction } of execution.suspended.toReversed()) {
      execution.transaction = transaction;
      this.rollBack(execution);
    }
    execution.suspended = [];
  }
}

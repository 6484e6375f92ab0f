// Performs what an execution asks of a database: transactions, savepoints, statements.

import type { Message } from './broker/index.ts';
import {
  type Database,
  type Outcome,
  releaseSavepoint,
  setSavepoint,
  XaBranches,
} from './database/index.ts';
import {
  type Awaited,
  type Execution,
  LOST,
  pointOf,
  setTransaction,
  transactionOf,
} from './execution.ts';
import {
  closest,
  type Effect,
  type EffectResult,
  type Failure,
  type Happening,
  present,
  SandboxError,
  unreachable,
} from './kernel/index.ts';
import { databaseOf, located, type Parts } from './parts.ts';

/** What performing an effect gave: a result, a failure, or that it waits for something. */
export type Performed =
  | {
      readonly type: 'done';
      readonly result: EffectResult;
      /** Not before this virtual time does it go on. */
      readonly wakeMs?: number;
      readonly taken?: Message | null;
    }
  | { readonly type: 'error'; readonly failure: Failure }
  | {
      readonly type: 'waiting';
      readonly awaited: Awaited;
      readonly patienceMs: number;
      /** Is told the number of the timer that ends the waiting. */
      readonly onTimer?: (timer: number) => void;
    };

export type Asked<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

/** Adds an event of an execution to the trace. */
export type Noting = (execution: Execution, happening: Happening) => number;

const TIMED_OUT = 'transaction-timed-out';
export const NO_RESULT: EffectResult = {};
export const DONE: Performed = { type: 'done', result: NO_RESULT };

export const definite = (code: string): Performed => ({
  type: 'error',
  failure: { code, definite: true },
});

/**
 * The database an effect means: the one it names, or the first of the service.
 * @throws SandboxError `unknown-name` for one that the service does not have
 */
export function databaseNamed({ service }: Execution, effect: Effect): string {
  const named = 'database' in effect ? effect.database : undefined;
  const { databases } = service;
  if (named === undefined || databases.includes(named)) {
    return present(named ?? databases[0], `a database of ${service.name}`);
  }
  throw new SandboxError('unknown-name', {
    what: 'database',
    given: named,
    nearest: closest(named, databases),
    known: databases,
  });
}

/** The effects a database is asked for; those that end a transaction have doors of their own. */
type OnDatabase = Asked<
  'begin' | 'suspend' | 'resume' | 'savepoint' | 'rollback-to' | 'release' | 'sql'
>;

export class SqlPerformer {
  readonly #parts: Parts;
  readonly #note: Noting;

  constructor(parts: Parts, note: Noting) {
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

  #database(execution: Execution, effect: Effect): Database {
    return databaseOf(this.#parts, databaseNamed(execution, effect));
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
    const effect = execution.step.effect as Asked<'sql'>;
    const database = this.#database(execution, effect);
    if (!timedOut) {
      const outcome = located(this.#whereOf(execution), () => database.resume(transaction));
      return this.#noteOutcome(execution, effect, outcome);
    }
    const given = database.timeOutWait(transaction);
    if (this.#isOverdue(execution)) return definite(TIMED_OUT);
    return this.#noteOutcome(execution, effect, given);
  }

  #begin(execution: Execution, effect: Asked<'begin'>): Performed {
    const { isolation, readOnly = false, timeoutMs, branch } = effect;
    const database = this.#database(execution, effect);
    const options = { readOnly, ...(isolation && { isolation }) };
    const begun = branch
      ? new XaBranches(database).start(branch, options)
      : database.begin(options);
    if (typeof begun === 'string') return definite(begun);
    if (begun === null) return definite('database-down');
    setTransaction(execution, database.name, begun);
    if (timeoutMs !== undefined) execution.deadlineMs = this.#parts.clock.nowMs + timeoutMs;
    const asked = { isolation: isolation ?? null, readOnly, timeoutMs: timeoutMs ?? null };
    const began = { database: database.name, transaction: begun, branch: branch ?? null };
    this.#note(execution, { kind: 'began', ...began, ...asked });
    return DONE;
  }

  #isOverdue({ deadlineMs }: Execution): boolean {
    return this.#parts.clock.nowMs >= deadlineMs;
  }

  #setAside(execution: Execution, kind: 'suspend' | 'resume'): Performed {
    const { transactions, deadlineMs, suspended, service } = execution;
    const [own = ''] = service.databases;
    if (kind === 'suspend') {
      const transaction = transactionOf(execution, own);
      execution.suspended = [...suspended, { transactions, deadlineMs }];
      execution.transactions = {};
      execution.deadlineMs = Infinity;
      this.#note(execution, { kind: 'suspended', transaction });
      return DONE;
    }
    const last = present(suspended.at(-1), 'a transaction that was set aside');
    // What is open goes with its connection, back to the pool.
    this.#rollBackOpen(execution);
    execution.suspended = suspended.slice(0, -1);
    execution.transactions = last.transactions;
    execution.deadlineMs = last.deadlineMs;
    this.#note(execution, { kind: 'resumed', transaction: transactionOf(execution, own) });
    return DONE;
  }

  #savepoint(
    execution: Execution,
    effect: Asked<'savepoint' | 'rollback-to' | 'release'>,
  ): Performed {
    const { kind, name } = effect;
    const database = this.#database(execution, effect);
    const transaction = transactionOf(execution, database.name);
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
    const database = this.#database(execution, effect);
    if (this.#isOverdue(execution)) return definite(TIMED_OUT);
    const { sql, params, isolation } = effect;
    const transaction = transactionOf(execution, database.name);
    if (transaction === LOST) return definite('connection-lost');
    const options = isolation && { isolation };
    const outcome = database.execute(transaction, sql, params, options);
    return this.#noteOutcome(execution, effect, outcome);
  }

  #noteOutcome(execution: Execution, effect: Asked<'sql'>, outcome: Outcome): Performed {
    const { sql, params } = effect;
    const database = this.#database(execution, effect);
    const transaction = transactionOf(execution, database.name);
    const { verb, table } = database.store.describe(sql);
    const seenSql = { database: database.name, transaction, sql, params, verb, table };
    switch (outcome.type) {
      case 'rows':
        this.#note(execution, { kind: 'queried', ...seenSql, rows: outcome.rows });
        return { type: 'done', result: { rows: outcome.rows } };
      case 'changed': {
        const { affected, lastId } = outcome;
        this.#note(execution, { kind: 'changed', ...seenSql, affected });
        return { type: 'done', result: { affected, ...(lastId !== 0 && { lastId }) } };
      }
      case 'blocked': {
        const { waitsFor, lock } = outcome;
        this.#note(execution, { kind: 'blocked', ...seenSql, waitsFor, lock });
        const { clock, settings } = this.#parts;
        const leftMs = Math.max(execution.deadlineMs - clock.nowMs, 0);
        const patienceMs = Math.min(settings.lockWaitTimeoutMs, leftMs);
        const awaited = { kind: 'lock', database: database.name } as const;
        const { transaction: blocked } = outcome;
        return { type: 'waiting', awaited: { ...awaited, transaction: blocked }, patienceMs };
      }
      case 'failed':
        return { type: 'error', failure: outcome.failure };
      default:
        return unreachable(outcome);
    }
  }

  commit(execution: Execution, effect: Asked<'commit'>): Performed {
    const database = this.#database(execution, effect);
    const transaction = transactionOf(execution, database.name);
    setTransaction(execution, database.name, null);
    if (transaction === null || !database.commit(transaction)) return definite('connection-lost');
    this.#noteEnd(execution, 'committed', database.name, transaction);
    return DONE;
  }

  /** Rolls the transaction on a database back, if one is still open. */
  rollBack(execution: Execution, name: string): Performed {
    const database = databaseOf(this.#parts, name);
    const transaction = transactionOf(execution, name);
    setTransaction(execution, name, null);
    if (transaction === LOST) return definite('connection-lost');
    if (transaction !== null && database.rollback(transaction)) {
      this.#noteEnd(execution, 'rolled-back', name, transaction);
    }
    return DONE;
  }

  /** The connection drops: what is open there is rolled back, unless it is prepared. */
  disconnect(execution: Execution, name: string): void {
    const database = databaseOf(this.#parts, name);
    const transaction = transactionOf(execution, name);
    if (transaction === null || !database.find(transaction)) return;
    database.disconnect(transaction);
    if (database.find(transaction)) return;
    setTransaction(execution, name, LOST);
    this.#noteEnd(execution, 'rolled-back', name, transaction);
  }

  #noteEnd(
    execution: Execution,
    kind: 'committed' | 'rolled-back',
    database: string,
    transaction: number,
  ): void {
    this.#note(execution, { kind, resource: 'database', database, transaction });
  }

  // A prepared branch stays; it is for its coordinator to decide.
  #rollBackOpen(execution: Execution): void {
    for (const name of Object.keys(execution.transactions)) {
      this.disconnect(execution, name);
      setTransaction(execution, name, null);
    }
  }

  /** Rolls back what is open, and what was set aside. */
  rollBackAll(execution: Execution): void {
    this.#rollBackOpen(execution);
    for (const { transactions } of execution.suspended.toReversed()) {
      execution.transactions = transactions;
      this.#rollBackOpen(execution);
    }
    execution.suspended = [];
  }
}

// Performs the one effect an execution asks for: on its database, its JMS session, or by itself.
// Faults are not its business, but for the twist one gives to a message.

import { type SendTwist, seen } from './broker/index.ts';
import type { Outcome } from './database/index.ts';
import { type Execution, placeOf, pointOf } from './execution.ts';
import {
  type Effect,
  type EffectResult,
  type Failure,
  type Happening,
  present,
  SandboxError,
  unreachable,
} from './kernel/index.ts';
import { databaseOf, note, type Parts } from './parts.ts';
import { noteSessionEnd } from './sessions.ts';
import { uuidAt } from './uuid.ts';

/** What performing an effect gave: a result, a failure, or that it waits for a lock. */
export type Performed =
  | { readonly type: 'done'; readonly result: EffectResult }
  | { readonly type: 'error'; readonly failure: Failure }
  | { readonly type: 'blocked'; readonly transaction: number };

type Asked<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

const NO_RESULT: EffectResult = {};
const DONE: Performed = { type: 'done', result: NO_RESULT };

const definite = (code: string): Performed => ({
  type: 'error',
  failure: { code, definite: true },
});

export class Performer {
  readonly #parts: Parts;
  readonly #compensations: ReadonlySet<string>;
  #uuids = 0;

  constructor(parts: Parts, compensations: ReadonlySet<string>) {
    this.#parts = parts;
    this.#compensations = compensations;
  }

  /** Adds an event of an execution to the trace; it becomes the cause of the next. */
  note(execution: Execution, happening: Happening): number {
    const compensation = this.#compensations.has(pointOf(execution));
    const { cause } = execution;
    execution.cause = note(this.#parts, placeOf(execution), happening, cause, compensation);
    return execution.cause;
  }

  perform(execution: Execution, effect: Effect, twist: SendTwist): Performed {
    switch (effect.kind) {
      case 'receive':
        return this.#receive(execution);
      case 'recover':
        return this.#recover(execution);
      case 'uuid':
        return this.#name(execution);
      case 'begin':
        return this.#begin(execution, effect);
      case 'sql':
        return this.#execute(execution, effect);
      case 'send':
        return this.#send(execution, effect, twist);
      case 'commit':
        return effect.resource === 'database'
          ? this.#commitDatabase(execution)
          : this.#commitSession(execution);
      case 'rollback':
        return effect.resource === 'database'
          ? this.rollBackDatabase(execution)
          : this.rollBackSession(execution);
      case 'throw':
        return { type: 'error', failure: effect.error };
      default:
        return unreachable(effect);
    }
  }

  /** Tries a blocked statement again, or gives its waiting up. */
  resume(execution: Execution, transaction: number, timedOut: boolean): Performed {
    const database = databaseOf(this.#parts, execution.service.database);
    const effect = execution.step.effect as Asked<'sql'>;
    const open = timedOut ? database.timeOutWait(transaction) : database.resume(transaction);
    return this.#noteOutcome(execution, effect, open);
  }

  #receive(execution: Execution): Performed {
    const message = present(execution.message, 'a message to receive');
    this.note(execution, { kind: 'received', message: seen(message) });
    return { type: 'done', result: { value: message.body } };
  }

  #recover(execution: Execution): Performed {
    const { broker, clock, settings } = this.#parts;
    const { session } = execution;
    const message = present(execution.message, 'a message to leave');
    execution.session = null;
    const end = session && broker.decline(session, clock.nowMs, settings.recoveryMs);
    if (!end) return definite('connection-lost');
    const happening = { message: seen(message), againInMs: settings.recoveryMs };
    const cause = this.note(execution, { kind: 'declined', ...happening });
    noteSessionEnd(this.#parts, placeOf(execution), end, cause);
    return DONE;
  }

  #name(execution: Execution): Performed {
    this.#uuids += 1;
    const uuid = uuidAt(this.#parts.clock.nowMs, this.#uuids);
    this.note(execution, { kind: 'named', uuid });
    return { type: 'done', result: { value: uuid } };
  }

  #begin(execution: Execution, { isolation }: Asked<'begin'>): Performed {
    const database = databaseOf(this.#parts, execution.service.database);
    const transaction = database.begin(isolation && { isolation });
    if (transaction === null) return definite('database-down');
    execution.transaction = transaction;
    this.note(execution, { kind: 'began', database: database.name, transaction });
    return DONE;
  }

  #execute(execution: Execution, effect: Asked<'sql'>): Performed {
    const database = databaseOf(this.#parts, execution.service.database);
    try {
      const outcome = database.execute(execution.transaction, effect.sql, effect.params);
      return this.#noteOutcome(execution, effect, outcome);
    } catch (error) {
      if (!(error instanceof SandboxError) || error.code !== 'bad-sql') throw error;
      const { scenario } = this.#parts;
      const where = `${scenario.id}: ${pointOf(execution)}`;
      throw new SandboxError('bad-sql', { ...(error as SandboxError<'bad-sql'>).data, where });
    }
  }

  #noteOutcome(execution: Execution, effect: Asked<'sql'>, outcome: Outcome): Performed {
    const { sql, params } = effect;
    const { transaction, service } = execution;
    const database = databaseOf(this.#parts, service.database);
    const { verb, table } = database.describe(sql);
    const seenSql = { database: database.name, transaction, sql, params, verb, table };
    switch (outcome.type) {
      case 'rows':
        this.note(execution, { kind: 'queried', ...seenSql, rows: outcome.rows });
        return { type: 'done', result: { rows: outcome.rows } };
      case 'changed': {
        const { affected, lastId } = outcome;
        this.note(execution, { kind: 'changed', ...seenSql, affected });
        return { type: 'done', result: { affected, lastId } };
      }
      case 'blocked': {
        const { waitsFor, lock } = outcome;
        this.note(execution, { kind: 'blocked', ...seenSql, waitsFor, lock });
        return { type: 'blocked', transaction: outcome.transaction };
      }
      case 'failed':
        return { type: 'error', failure: outcome.failure };
      default:
        return unreachable(outcome);
    }
  }

  #send(execution: Execution, { queue, body }: Asked<'send'>, twist: SendTwist): Performed {
    const { broker } = this.#parts;
    const session = execution.session ?? broker.openSession();
    if (session === null) return definite('broker-down');
    if (!broker.isOpen(session)) return definite('connection-lost');
    execution.session = session;
    this.note(execution, { kind: 'sent', queue, body });
    broker.send(session, { queue, body, twist });
    return DONE;
  }

  #commitDatabase(execution: Execution): Performed {
    const { transaction } = execution;
    const database = databaseOf(this.#parts, execution.service.database);
    execution.transaction = null;
    if (transaction === null || !database.commit(transaction)) return definite('connection-lost');
    this.note(execution, { kind: 'committed', resource: 'database', transaction });
    return DONE;
  }

  #commitSession(execution: Execution): Performed {
    const { broker, clock } = this.#parts;
    const { session } = execution;
    execution.session = null;
    if (session === null || !broker.isOpen(session)) return definite('connection-lost');
    const cause = this.note(execution, {
      kind: 'committed',
      resource: 'session',
      transaction: null,
    });
    const end = present(broker.commit(session, clock.nowMs, cause), 'an open session');
    noteSessionEnd(this.#parts, placeOf(execution), end, cause);
    return DONE;
  }

  /** Rolls the database transaction back, if one is still open. */
  rollBackDatabase(execution: Execution): Performed {
    const { transaction } = execution;
    const database = databaseOf(this.#parts, execution.service.database);
    execution.transaction = null;
    if (transaction !== null && database.rollback(transaction)) {
      this.note(execution, { kind: 'rolled-back', resource: 'database', transaction });
    }
    return DONE;
  }

  /** Rolls the JMS session back, if it is still open: what it received returns. */
  rollBackSession(execution: Execution): Performed {
    const { broker, clock } = this.#parts;
    const { session } = execution;
    execution.session = null;
    if (session === null || !broker.isOpen(session)) return DONE;
    const happening = { kind: 'rolled-back', resource: 'session', transaction: null } as const;
    const cause = this.note(execution, happening);
    const end = present(broker.rollback(session, clock.nowMs, cause), 'an open session');
    noteSessionEnd(this.#parts, placeOf(execution), end, cause);
    return DONE;
  }

  mark(): number {
    return this.#uuids;
  }

  rewind(mark: number): void {
    this.#uuids = mark;
  }
}

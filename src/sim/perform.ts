// Performs the one effect an execution asks for: by its JMS session, or by itself; what is for a
// database is another's. Faults are not its business, but for the twist one gives to a message.

import { type SendTwist, seen } from './broker/index.ts';
import { type Execution, placeOf, pointOf } from './execution.ts';
import { type Effect, type Happening, present } from './kernel/index.ts';
import { note, type Parts } from './parts.ts';
import {
  type Asked,
  DONE,
  definite,
  NO_RESULT,
  type Performed,
  SqlPerformer,
} from './perform-sql.ts';
import { noteSessionEnd } from './sessions.ts';
import { uuidAt } from './uuid.ts';

export class Performer {
  readonly #parts: Parts;
  readonly #compensations: ReadonlySet<string>;
  /** What it does on a database. */
  readonly sql: SqlPerformer;
  #uuids = 0;

  constructor(parts: Parts, compensations: ReadonlySet<string>) {
    this.#parts = parts;
    this.#compensations = compensations;
    this.sql = new SqlPerformer(parts, (execution, happening) => this.note(execution, happening));
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
      case 'sleep':
        return { type: 'done', result: NO_RESULT, wakeMs: effect.untilMs };
      case 'send':
        return this.#send(execution, effect, twist);
      case 'commit':
        return effect.resource === 'database'
          ? this.sql.commit(execution)
          : this.#commitSession(execution);
      case 'rollback':
        return effect.resource === 'database'
          ? this.sql.rollBack(execution)
          : this.rollBackSession(execution);
      case 'note':
        this.note(execution, {
          kind: 'noted',
          note: effect.note,
          transaction: execution.transaction,
        });
        return DONE;
      case 'throw':
        return { type: 'error', failure: effect.error };
      default:
        return this.sql.perform(execution, effect);
    }
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

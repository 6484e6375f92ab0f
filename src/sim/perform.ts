// Performs the one effect an execution asks for. What is for a database, the broker or a
// participant is another's; faults are not its business, but for the twist one gives to a message.

import type { SendTwist } from './broker/index.ts';
import { sendRequest } from './calls.ts';
import { type Execution, placeOf, pointOf, type Waiting } from './execution.ts';
import { type Effect, type Happening, unreachable } from './kernel/index.ts';
import { note, type Parts } from './parts.ts';
import { SessionPerformer } from './perform-session.ts';
import {
  type Asked,
  DONE,
  databaseNamed,
  NO_RESULT,
  type Performed,
  SqlPerformer,
} from './perform-sql.ts';
import { isOnBranch, XaPerformer } from './perform-xa.ts';
import { touch } from './touch.ts';
import { uuidAt } from './uuid.ts';

export class Performer {
  readonly #parts: Parts;
  readonly #compensations: ReadonlySet<string>;
  /** What it does on a database. */
  readonly sql: SqlPerformer;
  /** What it does at the broker. */
  readonly session: SessionPerformer;
  readonly #xa: XaPerformer;
  #names = 0;

  constructor(parts: Parts, compensations: ReadonlySet<string>) {
    this.#parts = parts;
    this.#compensations = compensations;
    const noting = (execution: Execution, happening: Happening) => this.note(execution, happening);
    this.sql = new SqlPerformer(parts, noting);
    this.session = new SessionPerformer(parts, noting);
    this.#xa = new XaPerformer(parts, noting, this.session);
  }

  /** Adds an event of an execution to the trace; it becomes the cause of the next. */
  note(execution: Execution, happening: Happening): number {
    const compensation = this.#compensations.has(pointOf(execution));
    const { cause } = execution;
    execution.cause = note(this.#parts, placeOf(execution), happening, cause, compensation);
    return execution.cause;
  }

  perform(execution: Execution, effect: Effect, twist: SendTwist): Performed {
    touch(this.#parts, execution, effect);
    this.#parts.recorder?.see(effect);
    if (isOnBranch(effect)) return this.#xa.perform(execution, effect);
    switch (effect.kind) {
      case 'receive':
        return this.session.receive(execution);
      case 'decline':
        return this.session.decline(execution);
      case 'open':
        return this.session.open(execution, effect);
      case 'send':
        return this.session.send(execution, effect, twist);
      case 'poll':
        return this.session.poll(execution, effect);
      case 'commit':
        return effect.resource === 'database'
          ? this.sql.commit(execution, effect)
          : this.session.commit(execution);
      case 'rollback':
        return effect.resource === 'database'
          ? this.sql.rollBack(execution, databaseNamed(execution, effect))
          : this.session.rollBack(execution, undefined, effect.redeliverAfterMs);
      case 'recover':
        return this.#xa.recover(execution, effect);
      case 'log':
        return this.#xa.log(execution, effect);
      case 'read-log':
        return this.#xa.readLog(execution);
      case 'call':
        return this.#call(execution, effect, twist);
      case 'uuid':
      case 'sleep':
      case 'note':
      case 'reply':
      case 'keep':
      case 'recall':
      case 'throw':
        return this.#byItself(execution, effect);
      default:
        return this.sql.perform(execution, effect);
    }
  }

  /** Goes on with what an execution waited for, or gives its waiting up. */
  resume(execution: Execution, { awaited, taken }: Waiting, isOver: boolean): Performed {
    const { effect } = execution.step;
    if (effect) touch(this.#parts, execution, effect);
    switch (awaited.kind) {
      case 'lock':
        return this.sql.resume(execution, awaited.transaction, isOver);
      case 'message':
        return this.session.goOn(execution, awaited, taken);
      case 'answer':
        return { type: 'error', failure: { code: 'call-timed-out', definite: false } };
      default:
        return unreachable(awaited);
    }
  }

  #call(execution: Execution, effect: Asked<'call'>, twist: SendTwist): Performed {
    const { service, handler, body } = effect;
    const cause = this.note(execution, { kind: 'called', service, handler, body });
    const patienceMs = effect.timeoutMs ?? this.#parts.settings.callTimeoutMs;
    const onTimer = (timer: number): void => {
      const caller = { execution: execution.id, timer };
      sendRequest(this.#parts, { service, handler, body }, caller, twist, cause);
    };
    return { type: 'waiting', awaited: { kind: 'answer' }, patienceMs, onTimer };
  }

  // What no other part of the world hears of.
  #byItself(
    execution: Execution,
    effect: Asked<'uuid' | 'sleep' | 'note' | 'reply' | 'keep' | 'recall' | 'throw'>,
  ): Performed {
    const { processes } = this.#parts;
    const { name } = execution.service;
    switch (effect.kind) {
      case 'uuid':
        return this.#name(execution, effect);
      case 'sleep':
        return { type: 'done', result: NO_RESULT, wakeMs: effect.untilMs };
      case 'note': {
        const [transaction = null] = Object.values(execution.transactions);
        this.note(execution, { kind: 'noted', note: effect.note, transaction });
        return DONE;
      }
      case 'reply':
        execution.reply = effect.value;
        this.note(execution, { kind: 'replied', value: effect.value });
        return DONE;
      case 'keep':
        if (!processes.keep(name, effect.entries, effect.expecting)) {
          return { type: 'done', result: { affected: 0 } };
        }
        this.note(execution, { kind: 'kept', entries: effect.entries });
        return { type: 'done', result: { affected: 1 } };
      case 'recall':
        return { type: 'done', result: { value: processes.memoryOf(name) } };
      case 'throw':
        return { type: 'error', failure: effect.error };
      default:
        return unreachable(effect);
    }
  }

  #name(execution: Execution, { form = 'uuid' }: Asked<'uuid'>): Performed {
    const nth = this.#numberOf(execution);
    const uuid = form === 'xid' ? `tm${nth}` : uuidAt(this.#parts.clock.nowMs, nth);
    this.note(execution, { kind: 'named', uuid });
    return { type: 'done', result: { value: uuid } };
  }

  // The first name for a request has the request's number, whoever comes first; others are counted.
  #numberOf(execution: Execution): number {
    const { input, footprint } = this.#parts;
    execution.names += 1;
    if (execution.request !== null && execution.names === 1) return execution.request + 1;
    footprint?.reads.add('names');
    footprint?.writes.add('names');
    this.#names += 1;
    return input.requests.length + this.#names;
  }

  mark(): number {
    return this.#names;
  }

  rewind(mark: number): void {
    this.#names = mark;
  }
}

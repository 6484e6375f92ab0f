// Moves executions on: lets faults strike, performs the effect each asks for, and hands the result
// back to its machine. The effect that follows waits for its turn on the agenda.

import type { Message } from './broker/index.ts';
import { type Execution, Executions, pointOf } from './execution.ts';
import { type Fault, faultText } from './faults/index.ts';
import {
  advanceMachine,
  type EffectEvent,
  type Failure,
  type MessageBody,
  present,
  startMachine,
} from './kernel/index.ts';
import { containerOf, crashService, startService } from './outages.ts';
import { after, note, type Parts } from './parts.ts';
import { Performer } from './perform.ts';
import type { Performed } from './perform-sql.ts';
import { faultPoints, type Handler, type Service } from './scenario.ts';
import { STEP_MS } from './settings.ts';
import { Striker, twistOf } from './strikes.ts';

/** What a handler is started with. */
interface Start {
  readonly body: MessageBody;
  readonly message: Message | null;
  readonly session: number | null;
}

const NO_TRANSACTION = { transaction: null, deadlineMs: Infinity, suspended: [], blocked: null };
const NO_MESSAGE: Start = { body: {}, message: null, session: null };

export class Executor {
  readonly executions = new Executions();
  readonly #parts: Parts;
  readonly #performer: Performer;
  readonly #striker: Striker;

  constructor(parts: Parts) {
    this.#parts = parts;
    const compensating = faultPoints(parts.scenario).filter((point) => point.compensation);
    const points = new Set(compensating.map(({ id }) => id));
    this.#performer = new Performer(parts, points);
    this.#striker = new Striker(parts, this.executions, this.#performer);
  }

  /** Starts a service's process; a fault may strike before it serves anyone, or right after. */
  startService(name: string, again: boolean, cause: number | null): void {
    const place = { service: name, handler: 'process', state: 'starting', execution: null };
    const { before, after: then } = this.#parts.plan.reach(`${name}.process.starting`);
    const [fault] = [...before, ...then];
    if (before.length === 0) startService(this.#parts, name, again, cause);
    if (!fault) return;
    this.#parts.plan.strike(fault);
    const struck = note(this.#parts, place, { kind: 'struck', fault: faultText(fault) }, cause);
    const restartMs = fault.options.restart ?? this.#parts.settings.restartMs;
    crashService(this.#parts, this.executions, name, restartMs, struck);
  }

  /** Starts a handler by a client's request. */
  request(service: Service, handler: Handler, body: MessageBody): void {
    const place = { service: service.name, handler: handler.name, state: null, execution: null };
    const cause = note(this.#parts, place, { kind: 'requested', body }, null);
    if (this.#parts.processes.isUp(service.name)) {
      this.#start(service, handler, { ...NO_MESSAGE, body }, cause);
      return;
    }
    const failure: Failure = { code: 'connection-refused', definite: true };
    note(this.#parts, place, { kind: 'failed', effect: 'receive', failure }, cause);
  }

  /** Starts a job: its delay is over. */
  tick(service: Service, handler: Handler, cause: number | null): void {
    const place = { service: service.name, handler: handler.name, state: null, execution: null };
    const tick = note(this.#parts, place, { kind: 'ticked' }, cause);
    this.#start(service, handler, NO_MESSAGE, tick);
  }

  /** Hands messages to consumers that wait, and wakes those whose lock has come free. */
  settle(): void {
    const { broker, clock, databases } = this.#parts;
    for (const { container, session, message } of broker.dispatch(clock.nowMs)) {
      const { service, listener } = containerOf(this.#parts, container);
      this.#start(service, listener, { body: {}, message, session }, message.cause);
    }
    for (const [name, database] of databases) {
      for (const transaction of database.takeWoken()) this.#wake(name, transaction);
    }
  }

  /** Performs the effect an execution asks for. */
  step(id: number): void {
    const execution = this.executions.get(id);
    const effect = present(execution.step.effect, 'an effect to perform');
    const strike = this.#parts.plan.reach(pointOf(execution));
    for (const fault of strike.before) {
      const struck = this.#striker.strike(execution, fault, effect);
      if (struck === 'gone') return;
      if (struck) {
        this.#fail(execution, struck);
        return;
      }
    }
    const twist = twistOf([...strike.before, ...strike.after]);
    const performed = this.#performer.perform(execution, effect, twist);
    this.#conclude(execution, performed, strike.after);
  }

  /** Tries a blocked statement again; if its time is up, it fails instead. */
  resume(id: number, timedOut: boolean): void {
    const execution = this.executions.get(id);
    const { transaction, after } = present(execution.blocked, 'a blocked statement');
    execution.blocked = null;
    this.#conclude(execution, this.#performer.sql.resume(execution, transaction, timedOut), after);
  }

  #wake(database: string, transaction: number): void {
    const [execution] = this.executions.where(({ service, blocked }) => {
      if (service.database !== database || blocked?.woken) return false;
      return blocked?.transaction === transaction;
    });
    if (!execution?.blocked) return;
    this.#parts.agenda.remove(execution.blocked.timer);
    execution.blocked.woken = true;
    this.#schedule('resume', execution.id);
  }

  #start(service: Service, handler: Handler, start: Start, cause: number | null): void {
    const { clock, input } = this.#parts;
    const { body, message, session } = start;
    const { parameters } = input;
    const step = startMachine(handler.machine, { body, parameters, nowMs: clock.nowMs });
    const fresh = { service, handler, step, message, session, cause };
    const { id } = this.executions.add({ ...fresh, ...NO_TRANSACTION });
    this.#schedule('step', id);
  }

  // One that sleeps goes on by a timer: never before its time.
  #schedule(kind: 'step' | 'resume', execution: number, wakeMs = 0): void {
    const { agenda, clock } = this.#parts;
    const work = { kind, execution };
    const soonMs = clock.nowMs + STEP_MS;
    const dueMs = Math.max(soonMs, wakeMs);
    agenda.add({ dueMs, timer: dueMs > soonMs, work, cause: null });
  }

  #conclude(execution: Execution, performed: Performed, faults: readonly Fault[]): void {
    if (performed.type === 'blocked') {
      const { agenda, clock, settings } = this.#parts;
      const patienceMs = clock.nowMs + settings.lockWaitTimeoutMs;
      const dueMs = Math.min(patienceMs, Math.max(execution.deadlineMs, clock.nowMs));
      const work = { kind: 'lock-wait', execution: execution.id } as const;
      const timer = agenda.add({ dueMs, timer: true, work, cause: execution.cause });
      const { transaction } = performed;
      execution.blocked = { transaction, after: faults, timer, woken: false };
      return;
    }
    let failure = performed.type === 'error' ? performed.failure : null;
    for (const fault of faults) {
      const effect = present(execution.step.effect, 'the effect that was performed');
      const struck = this.#striker.strike(execution, fault, effect);
      if (struck === 'gone') return;
      failure ??= struck;
    }
    const { nowMs } = this.#parts.clock;
    if (failure) this.#fail(execution, failure);
    else if (performed.type === 'done') {
      this.#advance(execution, { type: 'done', result: performed.result, nowMs }, performed.wakeMs);
    }
  }

  #fail(execution: Execution, failure: Failure): void {
    const asked = present(execution.step.effect, 'the effect that failed');
    const statement = asked.kind === 'sql' ? { sql: asked.sql } : {};
    this.#performer.note(execution, { kind: 'failed', effect: asked.kind, ...statement, failure });
    this.#advance(execution, { type: 'error', failure, nowMs: this.#parts.clock.nowMs });
  }

  #advance(execution: Execution, event: EffectEvent, wakeMs?: number): void {
    execution.step = advanceMachine(execution.step, event);
    if (execution.step.effect) this.#schedule('step', execution.id, wakeMs);
    else this.#end(execution);
  }

  // What a handler leaves open is closed with it: its connections go back to their pools.
  #end(execution: Execution): void {
    this.#performer.sql.rollBackAll(execution);
    this.#performer.rollBackSession(execution);
    const { service, handler, step } = execution;
    const success = step.state === 'finished';
    const cause = this.#performer.note(execution, { kind: 'ended', success });
    this.executions.delete(execution.id);
    const job = service.jobs.find((one) => one.name === handler.name);
    if (!job) return;
    const delayMs = Number(this.#parts.input.parameters[job.delayParameter]);
    after(this.#parts, delayMs, { kind: 'tick', service: service.name, job: job.name }, cause);
  }

  mark() {
    return { executions: this.executions.mark(), performer: this.#performer.mark() };
  }

  rewind(mark: ReturnType<Executor['mark']>): void {
    this.executions.rewind(mark.executions);
    this.#performer.rewind(mark.performer);
  }
}

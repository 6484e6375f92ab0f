// Moves executions on: lets faults strike, performs the effect each asks for, and hands the result
// back to its machine. The effect that follows waits for its turn on the agenda.

import type { Message, Taken } from './broker/index.ts';
import { calledHandler, refuseCall, sendAnswer } from './calls.ts';
import { type Answer, type Caller, type Execution, pointOf } from './execution.ts';
import { type Fault, faultText } from './faults/index.ts';
import { FirstSteps } from './first-steps.ts';
import {
  advanceMachine,
  type EffectEvent,
  type Failure,
  type MachineStep,
  type MessageBody,
  present,
} from './kernel/index.ts';
import { containerOf, crashService, startService } from './outages.ts';
import { after, type Invocation, note, type Parts, stepMs } from './parts.ts';
import { Performer } from './perform.ts';
import type { Performed } from './perform-sql.ts';
import { faultPoints, type Handler, type Service } from './scenario.ts';
import { putOff, Striker, twistOf } from './strikes.ts';
import { cutOff, takersOf } from './takers.ts';

/** What a handler is started with. */
interface Start {
  readonly body: MessageBody;
  readonly message: Message | null;
  readonly session: number | null;
  readonly caller: Caller | null;
  readonly request: number | null;
}

const NO_TRANSACTION = { transactions: {}, deadlineMs: Infinity, suspended: [], waiting: null };
const ALONE: Start = { body: {}, message: null, session: null, caller: null, request: null };

export class Executor {
  readonly #parts: Parts;
  readonly #performer: Performer;
  readonly #striker: Striker;
  readonly #firstSteps: FirstSteps;

  constructor(parts: Parts) {
    this.#parts = parts;
    const compensating = faultPoints(parts.scenario).filter((point) => point.compensation);
    const points = new Set(compensating.map(({ id }) => id));
    this.#firstSteps = new FirstSteps(parts);
    this.#performer = new Performer(parts, points);
    this.#striker = new Striker(parts, parts.executions, this.#performer);
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
    crashService(this.#parts, this.#parts.executions, name, restartMs, struck);
  }

  /** Starts a handler by a client's request, by its number. */
  request(index: number): void {
    const request = present(this.#parts.input.requests[index], `request ${index}`);
    const { body } = request;
    const called = calledHandler(this.#parts, request.service, request.handler);
    const { service, handler } = present(called, request.handler);
    const place = { service: service.name, handler: handler.name, state: null, execution: null };
    const cause = note(this.#parts, place, { kind: 'requested', body }, null);
    if (this.#parts.processes.isUp(service.name)) {
      this.#start(service, handler, { ...ALONE, body, request: index }, cause);
      return;
    }
    const failure: Failure = { code: 'connection-refused', definite: true };
    note(this.#parts, place, { kind: 'failed', effect: 'receive', failure }, cause);
  }

  /** Starts a job: its delay is over. */
  tick(service: Service, handler: Handler, cause: number | null): void {
    const place = { service: service.name, handler: handler.name, state: null, execution: null };
    const tick = note(this.#parts, place, { kind: 'ticked' }, cause);
    this.#start(service, handler, ALONE, tick);
  }

  /** Starts a handler that another service has called. */
  invoke({ service, handler, body, caller }: Invocation, cause: number | null): void {
    const called = calledHandler(this.#parts, service, handler);
    if (!called || !this.#parts.processes.isUp(service)) {
      refuseCall(this.#parts, caller, cause);
      return;
    }
    const place = { service, handler, state: null, execution: null };
    const requested = note(this.#parts, place, { kind: 'requested', body }, cause);
    this.#start(called.service, called.handler, { ...ALONE, body, caller }, requested);
  }

  /** An answer arrives; whoever does not wait for it any longer does not hear it. */
  answer({ execution: id, timer }: Caller, answer: Answer): void {
    const execution = this.#parts.executions.find(id);
    if (execution?.waiting?.timer !== timer) return;
    const { after } = execution.waiting;
    this.#parts.agenda.remove(timer);
    execution.waiting = null;
    if ('failure' in answer) {
      this.#conclude(execution, { type: 'error', failure: answer.failure }, after);
      return;
    }
    this.#performer.note(execution, { kind: 'answered', value: answer.value });
    this.#conclude(execution, { type: 'done', result: { value: answer.value } }, after);
  }

  /** Hands messages to consumers that wait, and wakes those whose lock has come free. */
  settle(): void {
    const { broker, clock, databases, revisions } = this.#parts;
    const handedOut = broker.dispatch(clock.nowMs, () => takersOf(this.#parts.executions));
    for (const { container, session, message } of handedOut.deliveries) {
      const { service, listener } = containerOf(this.#parts, container);
      this.#start(service, listener, { ...ALONE, message, session }, message.cause);
    }
    for (const taken of handedOut.taken) {
      this.#goOn(this.#parts.executions.get(taken.execution), taken);
    }
    for (const execution of cutOff(this.#parts)) this.#goOn(execution);
    for (const [name, database] of databases) {
      if (!revisions.isThere(name)) continue;
      for (const transaction of database.takeWoken()) this.#wake(name, transaction);
    }
  }

  /** Performs the effect an execution asks for. */
  step(id: number): void {
    const execution = this.#parts.executions.get(id);
    const effect = present(execution.step.effect, 'an effect to perform');
    execution.begun = true;
    const strike = putOff(this.#parts.plan.reach(pointOf(execution)), effect);
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

  /** Goes on with what waited; if its time is up, it fails instead, or has found nothing. */
  resume(id: number, timedOut: boolean): void {
    const execution = this.#parts.executions.get(id);
    const waiting = present(execution.waiting, 'what it waits for');
    execution.waiting = null;
    const performed = this.#performer.resume(execution, waiting, timedOut);
    this.#conclude(execution, performed, waiting.after);
  }

  #wake(database: string, transaction: number): void {
    const [execution] = this.#parts.executions.where(({ waiting }) => {
      const awaited = waiting?.woken ? null : waiting?.awaited;
      if (awaited?.kind !== 'lock' || awaited.database !== database) return false;
      return awaited.transaction === transaction;
    });
    if (execution) this.#goOn(execution);
  }

  #goOn(execution: Execution, taken: Taken | null = null): void {
    const waiting = present(execution.waiting, 'what it waits for');
    this.#parts.agenda.remove(waiting.timer);
    execution.waiting = { ...waiting, woken: true, taken };
    this.#schedule('resume', execution.id);
  }

  #start(service: Service, handler: Handler, start: Start, cause: number | null): void {
    const { body, message, session, caller, request } = start;
    const step = this.#firstSteps.of(handler, body);
    const told = { caller, request, names: 0, reply: null, failure: null };
    const fresh = { begun: false, service, handler, step, message, session, ...told, cause };
    const { id } = this.#parts.executions.add({ ...fresh, ...NO_TRANSACTION });
    this.#schedule('step', id);
  }

  // One that sleeps goes on by a timer: never before its time.
  #schedule(kind: 'step' | 'resume', execution: number, wakeMs = 0): void {
    const { agenda, clock } = this.#parts;
    const work = { kind, execution };
    const soonMs = clock.nowMs + stepMs(this.#parts);
    const dueMs = Math.max(soonMs, wakeMs);
    if (dueMs > soonMs) this.#parts.footprint?.writes.add('timers');
    agenda.add({ dueMs, timer: dueMs > soonMs, work, cause: null });
  }

  #conclude(execution: Execution, performed: Performed, faults: readonly Fault[]): void {
    if (performed.type === 'waiting') {
      const { agenda, clock } = this.#parts;
      const { awaited, patienceMs, onTimer } = performed;
      const work = { kind: 'give-up', execution: execution.id } as const;
      const dueMs = clock.nowMs + patienceMs;
      const timer = agenda.add({ dueMs, timer: true, work, cause: execution.cause });
      execution.waiting = { awaited, after: faults, timer, woken: false, taken: null };
      onTimer?.(timer);
      return;
    }
    let failure = performed.type === 'error' ? performed.failure : null;
    const taken = performed.type === 'done' ? (performed.taken ?? null) : null;
    for (const fault of faults) {
      const effect = present(execution.step.effect, 'the effect that was performed');
      const struck = this.#striker.strike(execution, fault, effect, taken);
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
    execution.failure = failure;
    const { nowMs } = this.#parts.clock;
    this.#advance(execution, { type: 'error', failure, nowMs, effect: asked });
  }

  // A message that was put in by hand may be anything; the handler that cannot read it fails.
  #advanced({ step, message }: Execution, event: EffectEvent): MachineStep {
    const byHand = (this.#parts.input.acts?.length ?? 0) > 0;
    try {
      return advanceMachine(step, event);
    } catch (error) {
      if (!(error instanceof TypeError) || !message || !byHand) throw error;
      const failure: Failure = { code: 'MessageConversionException', definite: true };
      return advanceMachine(step, { type: 'error', failure, nowMs: event.nowMs });
    }
  }

  #advance(execution: Execution, event: EffectEvent, wakeMs?: number): void {
    const point = pointOf(execution);
    execution.step = this.#advanced(execution, event);
    this.#parts.onMove?.(point, execution.step.state);
    if (execution.step.effect) this.#schedule('step', execution.id, wakeMs);
    else this.#end(execution);
  }

  // What a handler leaves open is closed with it: its connections go back to their pools.
  #end(execution: Execution): void {
    this.#performer.sql.rollBackAll(execution);
    this.#performer.session.disconnect(execution);
    const { service, handler, step } = execution;
    const success = step.state === 'finished';
    const { caller, reply, failure } = execution;
    const broken: Failure = failure ?? { code: 'RuntimeException', definite: true };
    const cause = this.#performer.note(execution, { kind: 'ended', success });
    this.#parts.executions.delete(execution.id);
    sendAnswer(this.#parts, caller, success ? { value: reply } : { failure: broken }, cause);
    const job = service.jobs.find((one) => one.name === handler.name);
    if (!job) return;
    const delayMs = Number(this.#parts.input.parameters[job.delayParameter]);
    after(this.#parts, delayMs, { kind: 'tick', service: service.name, job: job.name }, cause);
  }

  /** How many names were made that are no request's. */
  get names(): number {
    return this.#performer.mark();
  }

  mark() {
    return { executions: this.#parts.executions.mark(), performer: this.#performer.mark() };
  }

  rewind(mark: ReturnType<Executor['mark']>): void {
    this.#parts.executions.rewind(mark.executions);
    this.#performer.rewind(mark.performer);
  }
}

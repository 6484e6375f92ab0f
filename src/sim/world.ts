// One world: services, databases, a broker and a virtual clock, moved on step by step.
// Every step is one choice of a schedule; everything else follows from it.

import { EventEmitter } from 'eventemitter3';
import { perform } from './acts.ts';
import { Broker } from './broker/index.ts';
import { Database, Observatory } from './database/index.ts';
import { Executor } from './executor.ts';
import { type Fault, FaultPlan } from './faults/index.ts';
import {
  Agenda,
  type Choice,
  Clock,
  fingerprintOf,
  present,
  type Row,
  SandboxError,
  type Schedule,
  type Task,
  Trace,
  unreachable,
  type WorldEvents,
} from './kernel/index.ts';
import { type LeftQueue, queuesOf, type Tables, tablesOf } from './left.ts';
import { Processes } from './network/index.ts';
import { Onlookers } from './onlookers.ts';
import { restart } from './outages.ts';
import { located, NOWHERE, note, type Parts, serviceOf, type Work } from './parts.ts';
import type { RunInput, Scenario } from './scenario.ts';
import { settingsOf } from './settings.ts';
import { CoordinatorLogs } from './transaction/index.ts';
import { brokerSource, type Verdict, Watch, worldSource } from './watch.ts';

/** Why a run is over: nothing is left to do, or its virtual time is up. */
export type Ending = 'at-rest' | 'horizon';

export class World {
  /** Publishes every event of the trace as it happens. */
  readonly events = new EventEmitter<WorldEvents>();
  readonly #parts: Parts;
  readonly #executor: Executor;
  readonly #observatory: Observatory;
  readonly #watch: Watch;
  readonly #onlookers: Onlookers;
  readonly #start: ReturnType<World['mark']>;
  #steps = 0;
  #choices: Choice[] = [];
  #lastEvent: number | null = null;
  #ending: Ending | null = null;

  /** @throws SandboxError `bad-sql`, `bad-rows` */
  constructor(scenario: Scenario, input: RunInput) {
    const settings = settingsOf(input.parameters);
    const { redeliveryDelayMs, redeliveriesMax } = settings;
    this.#parts = {
      scenario,
      input,
      settings,
      clock: new Clock(),
      agenda: new Agenda<Work>(),
      trace: new Trace(this.events),
      databases: new Map(
        scenario.databases.map(({ name, ddl }) => {
          const make = () => new Database(name, { ddl, rows: rowsOf(name, input) });
          return [name, located(`${scenario.id}: ${name}`, make)];
        }),
      ),
      broker: new Broker(scenario.queues, { delayMs: redeliveryDelayMs, redeliveriesMax }),
      processes: new Processes(scenario.services.map(({ name }) => name)),
      logs: new CoordinatorLogs(),
      plan: new FaultPlan([]),
    };
    this.#executor = new Executor(this.#parts);
    this.#onlookers = new Onlookers(this.#parts);
    this.#observatory = new Observatory([
      ...this.#parts.databases.values(),
      brokerSource(this.#parts.broker),
      worldSource(this.#parts),
      ...this.#onlookers.sources,
    ]);
    this.#observatory.remember();
    this.#watch = new Watch(this.#parts, this.#observatory);
    this.events.on('event', (event) => {
      this.#lastEvent = event.id;
      this.#onlookers.see(event);
      if (event.happening.kind === 'committed') this.#watch.commitSeen();
    });
    this.#start = this.mark();
  }

  /** Returns to the start and takes a fault plan: the same world serves run after run. */
  reset(faults: readonly Fault[]): void {
    this.#parts.plan = new FaultPlan(faults);
    this.rewind(this.#start);
    const { scenario, input } = this.#parts;
    for (const { name } of scenario.services) {
      this.#plan(0, { kind: 'start', service: name, again: false });
    }
    for (const [index, { atMs }] of input.requests.entries()) {
      this.#plan(atMs, { kind: 'request', index });
    }
    for (const [index, { atMs }] of (input.acts ?? []).entries()) {
      this.#plan(atMs, { kind: 'act', index });
    }
  }

  /** Takes one step, chosen by the schedule. Returns false once the run is over. */
  step(schedule: Schedule): boolean {
    const { agenda, clock, settings } = this.#parts;
    if (this.#ending) return false;
    if (this.#isAtRest()) return this.#end('at-rest');
    const task = this.#choose(agenda.candidates(), schedule);
    if (task.dueMs > settings.horizonMs) {
      clock.advanceTo(settings.horizonMs);
      return this.#end('horizon');
    }
    agenda.take(task);
    clock.advanceTo(task.dueMs);
    this.#do(task.work, task.cause);
    this.#executor.settle();
    this.#onlookers.inspect(this.#lastEvent);
    this.#watch.check(this.#lastEvent);
    this.#steps += 1;
    return true;
  }

  #choose(candidates: readonly Task<Work>[], schedule: Schedule): Task<Work> {
    const option = schedule.choose(candidates, this.#steps);
    const task = candidates[option];
    if (!task) throw new SandboxError('bad-code', { why: 'edited' });
    if (option !== 0) this.#choices.push({ step: this.#steps, option });
    return task;
  }

  // Nothing is left to do but jobs that will find nothing, however often they run.
  #isAtRest(): boolean {
    const { tasks } = this.#parts.agenda;
    return (
      tasks.every(({ work }) => work.kind === 'tick') && !(tasks.length > 0 && this.#watch.jobsWait)
    );
  }

  #end(ending: Ending): false {
    note(this.#parts, NOWHERE, { kind: ending }, this.#lastEvent);
    this.#watch.conclude(ending === 'at-rest', this.#lastEvent);
    this.#ending = ending;
    return false;
  }

  #do(work: Work, cause: number | null): void {
    switch (work.kind) {
      case 'step':
        this.#executor.step(work.execution);
        break;
      case 'resume':
      case 'give-up':
        this.#executor.resume(work.execution, work.kind === 'give-up');
        break;
      case 'invoke':
        this.#executor.invoke(work, cause);
        break;
      case 'answer':
        this.#executor.answer(work.caller, work.answer);
        break;
      case 'start':
        this.#executor.startService(work.service, work.again, cause);
        break;
      case 'restart':
        restart(this.#parts, work.what, work.name, cause);
        break;
      case 'request':
        this.#executor.request(work.index);
        break;
      case 'act':
        perform(this.#parts, present(this.#parts.input.acts?.[work.index], `act ${work.index}`));
        break;
      case 'tick': {
        const service = serviceOf(this.#parts, work.service);
        const job = service.jobs.find(({ name }) => name === work.job);
        this.#executor.tick(service, present(job, `job ${work.job}`), cause);
        break;
      }
      case 'dispatch':
        this.#parts.broker.wake();
        break;
      default:
        unreachable(work);
    }
  }

  #plan(dueMs: number, work: Work): void {
    this.#parts.agenda.add({ dueMs, timer: true, work, cause: null });
  }

  get nowMs(): number {
    return this.#parts.clock.nowMs;
  }

  get steps(): number {
    return this.#steps;
  }

  get ending(): Ending | null {
    return this.#ending;
  }

  /** The choices of this run that differed from the default. */
  get choices(): readonly Choice[] {
    return this.#choices;
  }

  get verdicts(): readonly Verdict[] {
    return this.#watch.verdicts;
  }

  get scenario(): Scenario {
    return this.#parts.scenario;
  }

  /** The faults of the plan that have not struck, with how often their point was reached. */
  neverStruckFaults() {
    return this.#parts.plan.neverStruck();
  }

  /** Rows of a query over the committed state of all databases and queues. */
  query(sql: string): readonly Row[] {
    return this.#watch.query(sql);
  }

  /** Every table of every database, as its committed transactions left it. */
  tables(): Tables {
    return tablesOf(this.#parts);
  }

  /** What is in each queue and in the dead-letter queue, oldest first. */
  queues(): readonly LeftQueue[] {
    return queuesOf(this.#parts);
  }

  /** Each database's committed state as the bytes of an SQLite file, by its name. */
  exportFiles(): ReadonlyMap<string, Uint8Array> {
    const { databases } = this.#parts;
    return new Map([...databases].map(([name, { store }]) => [name, store.exportFile()]));
  }

  /** A short name of everything this world is: two worlds that agree will go on alike. */
  fingerprint(): string {
    const { clock, databases, broker, processes, logs, agenda, plan } = this.#parts;
    const data = [...databases.values()].map((database) => database.state());
    const executions = this.#executor.executions.state();
    const machines = [processes.state(), logs.state(), executions];
    const parts = [broker.state(), machines, agenda.tasks, plan.state()];
    return fingerprintOf([clock.nowMs, data, parts]);
  }

  mark() {
    const { clock, agenda, trace, databases, broker, processes, logs, plan } = this.#parts;
    return {
      parts: [clock.mark(), agenda.mark(), trace.mark(), broker.mark(), processes.mark()] as const,
      databases: [...databases.values()].map((database) => [database, database.mark()] as const),
      logs: logs.mark(),
      plan: plan.mark(),
      executor: this.#executor.mark(),
      watch: this.#watch.mark(),
      onlookers: this.#onlookers.mark(),
      own: [this.#steps, this.#choices.slice(), this.#lastEvent, this.#ending] as const,
    };
  }

  /** Returns to a mark, which stays; later marks are gone. */
  rewind(mark: ReturnType<World['mark']>): void {
    const { clock, agenda, trace, broker, processes, logs, plan } = this.#parts;
    const [clockMark, agendaMark, traceMark, brokerMark, processesMark] = mark.parts;
    clock.rewind(clockMark);
    agenda.rewind(agendaMark);
    trace.rewind(traceMark);
    broker.rewind(brokerMark);
    processes.rewind(processesMark);
    for (const [database, databaseMark] of mark.databases) database.rewind(databaseMark);
    logs.rewind(mark.logs);
    plan.rewind(mark.plan);
    this.#executor.rewind(mark.executor);
    this.#watch.rewind(mark.watch);
    this.#onlookers.rewind(mark.onlookers);
    [this.#steps, , this.#lastEvent, this.#ending] = mark.own;
    this.#choices = mark.own[1].slice();
  }

  /** Frees the memory of the databases. */
  close(): void {
    for (const database of this.#parts.databases.values()) database.close();
    this.#observatory.close();
  }
}

function rowsOf(database: string, { rows }: RunInput): Readonly<Record<string, readonly Row[]>> {
  const own = Object.entries(rows).filter(([name]) => name.startsWith(`${database}.`));
  return Object.fromEntries(own.map(([name, list]) => [name.slice(database.length + 1), list]));
}

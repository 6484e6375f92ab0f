// One world: services, databases, a broker and a virtual clock, moved on step by step.
// Every step is one choice of a schedule; everything else follows from it.

import { EventEmitter } from 'eventemitter3';
import { Broker } from './broker/index.ts';
import { Database, Observatory } from './database/index.ts';
import { Executions } from './execution.ts';
import { Executor } from './executor.ts';
import { type Fault, FaultPlan, Probe, type Strikes } from './faults/index.ts';
import {
  Agenda,
  type Choice,
  Clock,
  type Footprint,
  fingerprintOf,
  Rewindables,
  type Row,
  SandboxError,
  type Schedule,
  Stamp,
  type Task,
  Trace,
  type WorldEvents,
} from './kernel/index.ts';
import { filesOf, type LeftQueue, queuesOf, type Tables, tablesOf } from './left.ts';
import { Naming } from './naming.ts';
import { Processes } from './network/index.ts';
import { Onlookers } from './onlookers.ts';
import { located, NOWHERE, note, type Pace, type Parts, type Work } from './parts.ts';
import { type Prospect, prospectsOf } from './prospects.ts';
import { Revisions } from './revisions.ts';
import { type RunInput, rowsOf, type Scenario } from './scenario.ts';
import { settingsOf } from './settings.ts';
import { type Remembered, type Sight, sightOf } from './sight.ts';
import { CoordinatorLogs } from './transaction/index.ts';
import { type Wait, waitsOf } from './waits.ts';
import { brokerSource, type Ending, type Verdict, Watch, worldSource } from './watch.ts';
import { Works } from './works.ts';

export class World {
  /** Publishes every event of the trace as it happens. */
  readonly events = new EventEmitter<WorldEvents>();
  /** What its states and options are called, for one who searches. */
  readonly naming: Naming;
  readonly #parts: Parts;
  readonly #executor: Executor;
  readonly #works: Works;
  readonly #observatory: Observatory;
  readonly #watch: Watch;
  readonly #onlookers: Onlookers;
  readonly #rewindable: Rewindables;
  readonly #start: ReturnType<World['mark']>;
  #steps = 0;
  #choices: readonly Choice[] = [];
  #lastEvent: number | null = null;
  #ending: Ending | null = null;

  /** @throws SandboxError `bad-sql`, `bad-rows` */
  constructor(scenario: Scenario, input: RunInput) {
    const settings = settingsOf(input.parameters);
    const { redeliveryDelayMs, redeliveriesMax } = settings;
    const databases = new Map(
      scenario.databases.map(({ name, ddl }) => {
        const make = () => new Database(name, { ddl, rows: rowsOf(input, name) });
        return [name, located(`${scenario.id}: ${name}`, make)];
      }),
    );
    this.#parts = {
      scenario,
      input,
      settings,
      clock: new Clock(),
      agenda: new Agenda<Work>(),
      trace: new Trace(this.events),
      databases,
      broker: new Broker(scenario.queues, { delayMs: redeliveryDelayMs, redeliveriesMax }),
      processes: new Processes(scenario.services.map(({ name }) => name)),
      logs: new CoordinatorLogs(),
      revisions: new Revisions(databases),
      executions: new Executions(),
      commits: new Stamp(),
      plan: new FaultPlan([]),
      pace: 'timed',
      footprint: null,
      recorder: null,
      onMove: null,
    };
    this.#executor = new Executor(this.#parts);
    this.#onlookers = new Onlookers(this.#parts);
    this.#works = new Works(this.#parts, this.#executor, () => {
      return this.#onlookers.areThere || this.events.listenerCount('event') > 1;
    });
    this.naming = new Naming(this.#parts, this.#executor, this.#onlookers);
    this.#observatory = new Observatory([
      ...[...databases.values()].map((one) => this.#parts.revisions.source(one)),
      brokerSource(this.#parts.broker),
      worldSource(this.#parts),
      ...this.#onlookers.sources,
    ]);
    this.#observatory.remember();
    this.#watch = new Watch(this.#parts, this.#observatory);
    this.events.on('event', (event) => {
      this.#lastEvent = event.id;
      this.#onlookers.see(event);
      this.#watch.hear(event.happening);
    });
    const { clock, agenda, trace, commits, revisions, broker, processes, logs } = this.#parts;
    const own = [this.#executor, this.#watch, this.#onlookers];
    const parts = [clock, agenda, trace, commits, revisions, broker, processes, logs];
    this.#rewindable = new Rewindables(...parts, ...own);
    this.#start = this.mark();
  }

  /** Returns to the start and takes a fault plan: the same world serves run after run. */
  reset(faults: readonly Fault[], pace: Pace = 'timed'): void {
    this.#begin(new FaultPlan(faults), pace);
  }

  /** As `reset`, for one who searches: the probe says which points are passed, and what else strikes. */
  explore(pace: Pace, faults: readonly Fault[] = []): Probe {
    const probe = new Probe(faults);
    this.#begin(probe, pace);
    return probe;
  }

  #begin(plan: Strikes, pace: Pace): void {
    this.#parts.plan = plan;
    this.#parts.pace = pace;
    this.rewind(this.#start);
    const { scenario, input } = this.#parts;
    for (const { name } of scenario.services) {
      this.#plan(0, { kind: 'start', service: name, again: false });
    }
    // Where time stands still, all services are there before the first request is.
    if (pace !== 'timed') this.#works.catchUp(() => {});
    for (const [index, { atMs }] of input.requests.entries()) {
      this.#plan(atMs, { kind: 'request', index });
    }
    for (const [index, { atMs }] of (input.acts ?? []).entries()) {
      this.#plan(atMs, { kind: 'act', index });
    }
  }

  /** Tells of every step of a machine, from a fault point to the state that follows. */
  watchMoves(onMove: (point: string, to: string) => void): void {
    this.#parts.onMove = onMove;
  }

  /** Takes one step, chosen by the schedule. Returns false once the run is over. */
  step(schedule: Schedule): boolean {
    if (this.isOver) return false;
    const went = this.take(this.#choose(this.options, schedule));
    this.#watch.check(this.#lastEvent);
    return went;
  }

  /** What may happen next, the default first. */
  get options(): readonly Task<Work>[] {
    return this.#parts.agenda.candidates();
  }

  /** Whether nothing is left that could happen, or the run was cut off. */
  get isOver(): boolean {
    if (!this.#ending && this.#isAtRest()) this.#end('at-rest');
    return this.#ending !== null;
  }

  /** Does one of the options, and what goes with it at this pace. False if time is up. */
  take(task: Task<Work>, footprint: Footprint | null = null): boolean {
    if (task.dueMs > this.#parts.settings.horizonMs) {
      this.#parts.clock.advanceTo(this.#parts.settings.horizonMs);
      return this.#end('horizon');
    }
    this.#parts.footprint = footprint;
    this.#works.take(task, () => this.#onlookers.inspect(this.#lastEvent));
    this.#parts.footprint = null;
    this.#steps += 1;
    return true;
  }

  #choose(candidates: readonly Task<Work>[], schedule: Schedule): Task<Work> {
    const option = schedule.choose(candidates, this.#steps);
    const task = candidates[option];
    if (!task) throw new SandboxError('bad-code', { why: 'edited' });
    if (option !== 0) this.#choices = [...this.#choices, { step: this.#steps, option }];
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

  #plan(dueMs: number, work: Work): void {
    // What comes at the time of the beginning may come in any order then.
    const timer = this.#parts.pace === 'timed' || work.kind === 'start' || dueMs > 0;
    this.#parts.agenda.add({ dueMs, timer, work, cause: null });
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

  /** The properties that are broken in this state; at its end, also those that must hold then. */
  broken(): readonly string[] {
    return this.#watch.broken(this.#ending);
  }

  /** The properties that some state should show, and this one does. */
  readonly shown = (): readonly string[] => this.#watch.shown();

  /** Rows of a query over the committed state of all databases and queues; null if over `most`. */
  readonly query = (sql: string): readonly Row[] => this.#watch.query(sql);
  readonly queryUpTo = (most: number, sql: string) => this.#watch.queryUpTo(most, sql);

  /** Every table of every database, as its committed transactions left it. */
  readonly tables = (): Tables => tablesOf(this.#parts);

  /** What is in each queue and in the dead-letter queue, oldest first. */
  readonly queues = (): readonly LeftQueue[] => queuesOf(this.#parts);

  /** Who waits for what. */
  readonly waits = (): readonly Wait[] => waitsOf(this.#parts);

  /** What a person may see of it. */
  readonly sight = (seen: Remembered): Sight => sightOf(this.#parts, seen);

  /** What can come next, the default first, for a person to choose from. */
  readonly prospects = (): readonly Prospect[] => {
    return this.isOver ? [] : prospectsOf(this.#parts, this.options);
  };

  /** Each database's committed state as the bytes of an SQLite file, by its name. */
  readonly exportFiles = (): ReadonlyMap<string, Uint8Array> => filesOf(this.#parts);

  /** A short name of everything this world is: two worlds that agree will go on alike. */
  fingerprint(): string {
    const { clock, databases, broker, processes, logs, agenda, executions, plan } = this.#parts;
    this.#parts.revisions.bringAll();
    const data = [...databases.values()].map((database) => database.state());
    const machines = [processes.state(), logs.state(), executions.state()];
    const parts = [broker.state(), machines, agenda.tasks, plan.state()];
    return fingerprintOf([clock.nowMs, data, parts]);
  }

  mark() {
    const own = [this.#steps, this.#choices, this.#lastEvent, this.#ending] as const;
    // The plan is another at each run.
    return { parts: this.#rewindable.mark(), plan: this.#parts.plan.mark(), own };
  }

  /** Returns to a mark, which stays; later marks are gone. */
  rewind({ parts, plan, own }: ReturnType<World['mark']>): void {
    this.#rewindable.rewind(parts);
    this.#parts.plan.rewind(plan);
    [this.#steps, this.#choices, this.#lastEvent, this.#ending] = own;
  }

  /** Frees the memory of the databases. */
  close(): void {
    for (const database of this.#parts.databases.values()) database.close();
    this.#observatory.close();
  }
}

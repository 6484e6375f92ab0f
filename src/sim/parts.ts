// What a world is made of, handed to those who work on it, so that none of them imports the world.

import type { Broker } from './broker/index.ts';
import type { Database } from './database/index.ts';
import type { Answer, Caller, Executions } from './execution.ts';
import type { Strikes } from './faults/index.ts';
import {
  type Agenda,
  type Clock,
  type Footprint,
  type Happening,
  type MessageBody,
  type Place,
  present,
  SandboxError,
  type Stamp,
  type Trace,
} from './kernel/index.ts';
import type { Processes } from './network/index.ts';
import type { Recorder } from './recorder.ts';
import type { Revisions } from './revisions.ts';
import type { RunInput, Scenario, Service } from './scenario.ts';
import { type Settings, STEP_MS } from './settings.ts';
import type { CoordinatorLogs } from './transaction/index.ts';

/** What can be on a world's agenda. */
export type Work =
  | { readonly kind: 'step' | 'resume' | 'give-up'; readonly execution: number }
  /** A call arrives at the service it is for. */
  | ({ readonly kind: 'invoke' } & Invocation)
  | { readonly kind: 'answer'; readonly caller: Caller; readonly answer: Answer }
  | { readonly kind: 'start'; readonly service: string; readonly again: boolean }
  | { readonly kind: 'restart'; readonly what: 'database' | 'broker'; readonly name: string }
  | { readonly kind: 'request' | 'act'; readonly index: number }
  | { readonly kind: 'tick'; readonly service: string; readonly job: string }
  | { readonly kind: 'dispatch' };

/** A request one service makes of another. */
export interface Invocation {
  readonly service: string;
  readonly handler: string;
  readonly body: MessageBody;
  /** null for a copy, whose answer nobody waits for. */
  readonly caller: Caller | null;
}

/**
 * How far one step goes, and how long it takes. `timed`: one effect, 1 ms. `statement`: one effect,
 * no time at all. `handler`: all effects of a run of a handler, until it ends or has to wait. Where
 * steps take no time, only timers move the clock.
 */
export const PACES = ['timed', 'statement', 'handler'] as const;
export type Pace = (typeof PACES)[number];

export const NOWHERE: Place = { service: null, handler: null, state: null, execution: null };

/** The parts of one world. */
export interface Parts {
  readonly scenario: Scenario;
  readonly input: RunInput;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly agenda: Agenda<Work>;
  readonly trace: Trace;
  readonly databases: ReadonlyMap<string, Database>;
  readonly broker: Broker;
  readonly processes: Processes;
  readonly logs: CoordinatorLogs;
  /** Of the databases. */
  readonly revisions: Revisions;
  /** Renewed with every commit. */
  readonly commits: Stamp;
  /** The runs of handlers that are under way. */
  readonly executions: Executions;
  /** Replaced at the start of each run. */
  plan: Strikes;
  /** How far one step goes. */
  pace: Pace;
  /** Is told of every step of a machine from a state to the next; null where nobody asks. */
  onMove: ((point: string, to: string) => void) | null;
  /** Listens to a run that may be repeated. */
  recorder: Recorder | null;
  /** What the step under way has touched; null where nobody asks. */
  footprint: Footprint | null;
}

export function serviceOf({ scenario }: Parts, name: string): Service {
  return present(
    scenario.services.find((service) => service.name === name),
    `service ${name}`,
  );
}

/** A database, for one who may change it. */
export function databaseOf({ revisions }: Parts, name: string): Database {
  return revisions.renew(name);
}

/** Adds an event of this moment to the trace. Returns its id. */
export function note(
  { trace, clock }: Parts,
  place: Place,
  happening: Happening,
  cause: number | null,
  compensation = false,
): number {
  return trace.add(clock.nowMs, cause, place, happening, compensation);
}

/** Does something; a mistake that shows in it says where it was made. */
export function located<Result>(where: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    throw new SandboxError(error.code, { ...error.data, where } as typeof error.data, error.place);
  }
}

/** Virtual time that a step of a handler takes, in ms. */
export const stepMs = ({ pace }: Parts): number => (pace === 'timed' ? STEP_MS : 0);

/** Puts a timer on the agenda, `inMs` from now; `never` (Infinity) puts none. */
export function after(parts: Parts, inMs: number, work: Work, cause: number | null): void {
  const { agenda, clock, footprint } = parts;
  if (inMs === Infinity) return;
  footprint?.writes.add('timers');
  agenda.add({ dueMs: clock.nowMs + inMs, timer: true, work, cause });
}

// What a world is made of, handed to those who work on it, so that none of them imports the world.

import type { Broker } from './broker/index.ts';
import type { Database } from './database/index.ts';
import type { Answer, Caller } from './execution.ts';
import type { FaultPlan } from './faults/index.ts';
import {
  type Agenda,
  type Clock,
  type Happening,
  type MessageBody,
  type Place,
  present,
  SandboxError,
  type Trace,
} from './kernel/index.ts';
import type { Processes } from './network/index.ts';
import type { RunInput, Scenario, Service } from './scenario.ts';
import type { Settings } from './settings.ts';
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
  /** Replaced at the start of each run. */
  plan: FaultPlan;
}

export function serviceOf({ scenario }: Parts, name: string): Service {
  return present(
    scenario.services.find((service) => service.name === name),
    `service ${name}`,
  );
}

export function databaseOf({ databases }: Parts, name: string): Database {
  return present(databases.get(name), `database ${name}`);
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

/** Puts a timer on the agenda, `inMs` from now; `never` (Infinity) puts none. */
export function after({ agenda, clock }: Parts, inMs: number, work: Work, cause: number | null) {
  if (inMs === Infinity) return;
  agenda.add({ dueMs: clock.nowMs + inMs, timer: true, work, cause });
}

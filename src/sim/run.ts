// A run is a pure function: scenario, input, faults and schedule in, everything seen out.

import { type Fault, faultText } from './faults/index.ts';
import {
  type Choice,
  defaultSchedule,
  type Row,
  recordEvents,
  type Schedule,
  type TraceEvent,
} from './kernel/index.ts';
import type { LeftQueue, Tables } from './left.ts';
import type { Pace } from './parts.ts';
import type { OutcomeWord, RunInput, Scenario } from './scenario.ts';
import type { Wait } from './waits.ts';
import type { Ending, Verdict } from './watch.ts';
import { World } from './world.ts';

/** The outcome in one word, and the row that fills in its sentence. */
export interface RunOutcome {
  readonly word: OutcomeWord;
  /** The position of the scenario's rule that named it; null if none did. */
  readonly rule: number | null;
  /** What brought it about, by the name the rule has for it; null if it has none. */
  readonly by: string | null;
  readonly row: Row;
}

/** What one run gave, without its events. */
export interface RunSummary {
  /** `stopped`: before its end, since no more steps were asked for. */
  readonly ending: Ending | 'stopped';
  readonly endedAtMs: number;
  readonly steps: number;
  /** The choices that differed from the default: with them the run can be repeated. */
  readonly choices: readonly Choice[];
  readonly verdicts: readonly Verdict[];
  readonly outcome: RunOutcome;
  /** Faults of the plan whose turn never came. */
  readonly neverStruck: ReturnType<World['neverStruckFaults']>;
  /** Of the whole world at the end; runs that went the same way have the same. */
  readonly fingerprint: string;
}

export interface RunResult extends RunSummary {
  readonly faults: readonly string[];
  readonly events: readonly TraceEvent[];
  readonly before: Tables;
  readonly after: Tables;
  readonly queues: readonly LeftQueue[];
  /** Who still waits for what at the end. */
  readonly waits: readonly Wait[];
}

/** What a world has come to at its end, by the scenario's rules. */
export function outcomeOf(world: World): RunOutcome {
  const { scenario } = world;
  // A run that was cut off is not over: the rules speak of what is left for good.
  if (world.ending !== 'at-rest') return { word: 'stuck', rule: null, by: null, row: {} };
  for (const [rule, { word, by, sql }] of scenario.outcomes.entries()) {
    const [row] = world.query(sql);
    if (row) return { word, rule, by, row };
  }
  return { word: 'committed', rule: null, by: null, row: {} };
}

/** Runs a world from its start to the end. The same world serves any number of runs. */
export function runWorld(
  world: World,
  faults: readonly Fault[] = [],
  schedule: Schedule = defaultSchedule,
  { pace = 'timed', steps = Infinity }: Pick<RunOptions, 'pace' | 'steps'> = {},
): RunSummary {
  world.reset(faults, pace);
  while (world.steps < steps && world.step(schedule));
  return summaryOf(world);
}

/** What a run has come to. */
export function summaryOf(world: World): RunSummary {
  return {
    ending: world.ending ?? 'stopped',
    endedAtMs: world.nowMs,
    steps: world.steps,
    choices: world.choices,
    verdicts: world.verdicts,
    outcome: outcomeOf(world),
    neverStruck: world.neverStruckFaults(),
    fingerprint: world.fingerprint(),
  };
}

/** How a run goes, and what one may hook into it. */
export interface RunOptions {
  /** How far one step goes; `timed` by default. */
  readonly pace?: Pace;
  /** After how many steps it is stopped. */
  readonly steps?: number;
  /** Called with every event as it happens. */
  readonly onEvent?: (event: TraceEvent) => void;
  /** Called with the world at its end, before it is closed. */
  readonly onEnd?: (world: World) => void;
}

/**
 * Runs a scenario once, in a world of its own.
 * @throws SandboxError `bad-sql`, `bad-rows`, `unknown-name` (a queue), `bad-code`
 */
export function run(
  scenario: Scenario,
  input: RunInput,
  faults: readonly Fault[] = [],
  schedule: Schedule = defaultSchedule,
  { onEvent, onEnd, ...how }: RunOptions = {},
): RunResult {
  const world = new World(scenario, input);
  try {
    const events = recordEvents(world.events);
    if (onEvent) world.events.on('event', onEvent);
    const before = world.tables();
    const summary = runWorld(world, faults, schedule, how);
    onEnd?.(world);
    const after = world.tables();
    return {
      ...summary,
      faults: faults.map(faultText),
      events,
      before,
      after,
      queues: world.queues(),
      waits: world.waits(),
    };
  } finally {
    world.close();
  }
}

// A run as a film: what could be seen after each step, so that one can go back and forth in it
// without running anything again. Plain data; what did not change from frame to frame is the same
// object.

import type { Fault } from './faults/index.ts';
import {
  defaultSchedule,
  type Row,
  recordEvents,
  SandboxError,
  type Schedule,
  type TraceEvent,
} from './kernel/index.ts';
import type { Pace } from './parts.ts';
import type { Prospect } from './prospects.ts';
import { type RunOptions, type RunSummary, summaryOf } from './run.ts';
import type { RunInput, Scenario } from './scenario.ts';
import type { Sight } from './sight.ts';
import { World } from './world.ts';

/** A fault point that a step passed, and for the how many-th time. */
export interface Passed {
  readonly point: string;
  readonly occurrence: number;
}

/**
 * What a query that is watched gave: rows, or what is wrong with it, or what it would take too much
 * of. A film does not know the time: whoever stops it for that says so.
 */
export type WatchedRows =
  | readonly Row[]
  | { readonly wrong: string }
  | { readonly endless: 'rows' | 'time' };

/** More rows than these are not kept of a query. */
const ROWS_MAX = 1000;

/** What could be seen after so many steps. */
export interface Frame extends Sight {
  /** How many events there were by then. */
  readonly events: number;
  /** The option that was taken to come here; null at the beginning. */
  readonly option: number | null;
  /** The points that the step passed. */
  readonly passed: readonly Passed[];
  /** What could come next, the default first. */
  readonly next: readonly Prospect[];
  /** Properties that are broken. */
  readonly broken: readonly string[];
  /** What the watched queries gave, in their order. */
  readonly watched: readonly WatchedRows[];
}

export interface Film extends RunSummary {
  readonly pace: Pace;
  readonly events: readonly TraceEvent[];
  /** The first is before any step. */
  readonly frames: readonly Frame[];
}

interface FilmOptions extends Pick<RunOptions, 'pace' | 'steps'> {
  /** Queries over the committed state of all databases and queues. */
  readonly watch?: readonly string[];
  /** Asked after each step whether it may go on. */
  readonly goesOn?: () => boolean;
}

/** Equal values become one object. */
class Pool {
  readonly #byText = new Map<string, unknown>();
  /** Those that are here already, or are as one that is. */
  readonly #known = new WeakMap<object, unknown>();

  /** A value of its own for each different content. */
  one<Value extends object>(value: Value): Value {
    let one = this.#known.get(value);
    if (one === undefined) {
      one = this.#like(value);
      this.#known.set(value, one);
    }
    return one as Value;
  }

  #like<Value extends object>(value: Value): Value {
    const text = JSON.stringify(value);
    const known = this.#byText.get(text);
    if (known !== undefined) return known as Value;
    this.#byText.set(text, value);
    return value;
  }

  each<Value extends object>(values: readonly Value[]): readonly Value[] {
    return this.one(values.map((value) => this.one(value)));
  }
}

function lookAt(world: World, sql: string): WatchedRows {
  try {
    return world.queryUpTo(ROWS_MAX, sql) ?? { endless: 'rows' };
  } catch (error) {
    const { data } = error as SandboxError<'bad-sql'>;
    if (error instanceof SandboxError && 'why' in data) return { wrong: String(data.why) };
    throw error;
  }
}

/** Runs a world from its start to the end, and films it. */
function filmWorld(
  world: World,
  faults: readonly Fault[],
  schedule: Schedule,
  { pace = 'timed', steps = Infinity, watch = [], goesOn = () => true }: FilmOptions,
): Film {
  const events = recordEvents(world.events);
  const probe = world.explore(pace, faults);
  const pool = new Pool();
  const remembered = new Map();
  const passes = new Map<string, number>();
  const count = (point: string): Passed => {
    const occurrence = (passes.get(point) ?? 0) + 1;
    passes.set(point, occurrence);
    return { point, occurrence };
  };
  const shoot = (option: number | null, passed: readonly Passed[]): Frame => {
    // Whether anything is left to do is found out by asking; what that ends is an event.
    const next = pool.each(world.prospects());
    const { tables, queues, runs, locks, waits, inDoubt, logs, ...sight } = world.sight(remembered);
    return {
      ...sight,
      tables: pool.each(tables),
      queues: pool.each(queues),
      runs: pool.each(runs),
      locks: pool.each(locks),
      waits: pool.one(waits),
      inDoubt: pool.one(inDoubt),
      logs: pool.one(logs),
      events: events.length,
      option,
      passed: pool.one(passed),
      next,
      broken: pool.one(world.broken()),
      watched: watch.map((sql) => pool.one(lookAt(world, sql))),
    };
  };
  const frames = [shoot(null, [])];
  let taken = 0;
  const noted: Schedule = {
    choose: (candidates, step) => {
      taken = schedule.choose(candidates, step);
      return taken;
    },
  };
  while (world.steps < steps && goesOn() && !world.isOver) {
    probe.arm(null, 0);
    const before = world.steps;
    world.step(noted);
    // What ends a run is no step of its own: it shows in the last frame.
    const last = world.steps > before ? null : frames.pop();
    frames.push(last ? shoot(last.option, last.passed) : shoot(taken, probe.passed.map(count)));
  }
  return { ...summaryOf(world), pace, events, frames };
}

/**
 * Films a run of a scenario in a world of its own.
 * @throws SandboxError as `run`
 */
export function film(
  scenario: Scenario,
  input: RunInput,
  faults: readonly Fault[] = [],
  schedule: Schedule = defaultSchedule,
  options: FilmOptions = {},
): Film {
  const world = new World(scenario, input);
  try {
    return filmWorld(world, faults, schedule, options);
  } finally {
    world.close();
  }
}

// What was asked of an exploration, read and checked.

import {
  ENDLESS,
  type ExplorationPart,
  type ExploreOptions,
  type PlainAction,
  type SavedExploration,
  type Shard,
  STRATEGIES,
  type Strategy,
  type Web,
} from '../explore/index.ts';
import type { Limit } from '../report/index.ts';
import { type Locate, type Parameters, readRun } from '../scenarios/index.ts';
import {
  closest,
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  fits,
  type Json,
  parseDuration,
  type RunInput,
  SandboxError,
  type Scenario,
} from '../sim/index.ts';

/** What of `sim explore` says what is explored, and how far. */
const TEXT_FLAGS = [
  'faults',
  'kinds',
  'at',
  'preemptions',
  'stalls',
  'stallTime',
  'depth',
  'maxStates',
  'time',
  'granularity',
  'strategy',
  'seed',
  'runs',
  'bugDepth',
  'shard',
] as const;
const SWITCHES = ['everyOrder', 'everyWay'] as const;
export const FLAGS = [...TEXT_FLAGS, ...SWITCHES] as const;

/** As they were typed. */
export type ExploreFlags = Readonly<
  Partial<Record<(typeof TEXT_FLAGS)[number], string | undefined>> &
    Partial<Record<(typeof SWITCHES)[number], boolean | undefined>>
>;

/** All one must know to explore the same again. */
export interface Order {
  /** The catalogue; null for the built-in one. */
  readonly scenarios: string | null;
  readonly scenario: string;
  readonly flags: ExploreFlags;
  readonly fails: readonly string[];
  readonly settings: Parameters;
  readonly document: Json | null;
}

/** What one part of an exploration came to, and what stopped it. */
export interface Explored {
  readonly part: ExplorationPart;
  readonly limit: Limit | null;
  /** Where it stands, if it was stopped before its end and somebody wants to go on. */
  readonly saved: SavedExploration | null;
  /** All it went along, where it is one of a team: findings come of all together. */
  readonly web: Web<PlainAction> | null;
}

/** What an exploration begins with. */
export interface Beginning {
  readonly fails: readonly string[];
  /** As given, or as the catalogue has them. */
  readonly settings: Parameters;
  readonly document?: Json;
  readonly input: RunInput;
  /** Those that strike in any case. */
  readonly faults: readonly Fault[];
  /** Whether it is all as the catalogue has it. */
  readonly asWritten: boolean;
}

/** All that is explored, and for how long. */
export interface ExploreRequest extends Beginning {
  readonly scenario: Scenario;
  readonly options: ExploreOptions;
  readonly at: string | null;
  readonly timeMs: number;
}

const MAX_DEPTH = 254;

function whole(name: string, given: string | undefined, usual: number, max: number): number {
  if (given === undefined) return usual;
  const number = Number(given);
  if (/^\d+$/.test(given) && number <= max) return number;
  const expected = { type: 'integer', min: 0, max } as const;
  throw new SandboxError('bad-value', { name: `--${name}`, given, expected });
}

/** So long, in ms. @throws SandboxError `bad-value` */
export function duration(name: string, given: string | undefined, usualMs: number): number {
  if (given === undefined) return usualMs;
  const ms = parseDuration(given);
  if (ms !== null) return ms;
  const expected = { type: 'duration' } as const;
  throw new SandboxError('bad-value', { name: `--${name}`, given, expected });
}

/** One of a few choices. @throws SandboxError `unknown-name` */
export function oneOf<Choice extends string>(
  name: string,
  given: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (given === undefined) return undefined;
  const choice = choices.find((known) => known === given);
  if (choice) return choice;
  const nearest = closest(given, choices);
  throw new SandboxError('unknown-name', {
    what: 'choice',
    given,
    nearest,
    known: choices,
    where: `--${name}`,
  });
}

function kindsOf(given: string | undefined): readonly FaultKind[] | undefined {
  const known = Object.keys(FAULT_KINDS) as FaultKind[];
  return given?.split(',').map((name) => {
    const kind = known.find((kindName) => kindName === name);
    if (kind) return kind;
    const nearest = closest(name, known);
    throw new SandboxError('unknown-name', { what: 'fault kind', given: name, nearest, known });
  });
}

/** `2/3`: the second of three. */
function shardOf(given: string | undefined): Shard | null {
  if (given === undefined) return null;
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(given) ?? [];
  if (index !== undefined && Number(index) <= Number(count)) {
    return { index: Number(index) - 1, count: Number(count) };
  }
  const expected = { type: 'text', choices: ['1/2', '2/2'] } as const;
  throw new SandboxError('bad-value', { name: '--shard', given, expected });
}

/** Points that a pattern names: `*` stands for anything. @throws SandboxError `unknown-name` */
function pointsOf({ id, points }: Scenario, pattern: string): (point: string) => boolean {
  const known = points.map((point) => point.id);
  if (known.some((point) => fits(pattern, point))) return (point) => fits(pattern, point);
  const nearest = closest(pattern, known);
  const data = { what: 'fault point', given: pattern, nearest, known, scenario: id } as const;
  throw new SandboxError('unknown-name', data);
}

/** What is given of it. */
interface Given {
  readonly fails: readonly string[];
  readonly set: Parameters;
  readonly document?: Json | undefined;
  readonly locate?: Locate | undefined;
}

/** With what an exploration begins: as the catalogue has it where nothing is given. */
export function beginningOf(scenario: Scenario, given: Given): Beginning {
  const { fails, set, document } = given;
  const { explore } = scenario;
  const asWritten = document === undefined && fails.length === 0 && Object.keys(set).length === 0;
  const usual = { set: { ...explore.set, ...set }, document: document ?? explore.document };
  return { ...exactlyOf(scenario, { ...given, ...usual }), asWritten };
}

/** With what it begins if all else is as in a plain run. */
export function exactlyOf(scenario: Scenario, { fails, set, document, locate }: Given): Beginning {
  const { input, faults } = readRun(scenario, { fails, settings: set, document, locate });
  const given = document === undefined ? {} : { document };
  return { fails, settings: set, ...given, input, faults, asWritten: false };
}

/** @throws SandboxError `bad-value`, `unknown-name` */
export function readExplore(
  scenario: Scenario,
  flags: ExploreFlags,
  beginning: Beginning,
): ExploreRequest {
  const { at = null } = flags;
  const granularity = oneOf('granularity', flags.granularity, ['handler', 'statement'] as const);
  const strategy: Strategy = oneOf('strategy', flags.strategy, STRATEGIES) ?? 'exhaustive';
  const pace = granularity ?? 'handler';
  const endless = Number.POSITIVE_INFINITY;
  const usualPreemptions = pace === 'handler' ? endless : 2;
  const preemptions = whole('preemptions', flags.preemptions, usualPreemptions, MAX_DEPTH);
  const kinds = kindsOf(flags.kinds);
  const limit = Number.MAX_SAFE_INTEGER;
  const shard = shardOf(flags.shard);
  const options: ExploreOptions = {
    pace,
    strategy,
    ...(kinds && { kinds }),
    ...(shard && { shard }),
    ...(at !== null && { isAt: pointsOf(scenario, at) }),
    faults: beginning.faults,
    countsPreemptions: preemptions !== endless,
    stallMs: duration('stall-time', flags.stallTime, 10_000),
    budget: {
      ...ENDLESS,
      faults: whole('faults', flags.faults, 1, MAX_DEPTH),
      stalls: whole('stalls', flags.stalls, 0, MAX_DEPTH),
      preemptions,
      depth: whole('depth', flags.depth, endless, MAX_DEPTH),
    },
    maxStates: whole('max-states', flags.maxStates, 1_000_000, limit),
    everyOrder: flags.everyOrder ?? false,
    everyWay: flags.everyWay ?? false,
    seed: whole('seed', flags.seed, 1, limit),
    runs: whole('runs', flags.runs, 1000, limit),
    bugDepth: whole('bug-depth', flags.bugDepth, 3, 100),
  };
  return { ...beginning, scenario, options, at, timeMs: duration('time', flags.time, 60_000) };
}

// `sim run`: runs a scenario once and shows what happened.

import type { Report } from '../report/index.ts';
import {
  type Catalogue,
  encodeRecording,
  findScenario,
  judge,
  type Locate,
  type Parameters,
  parseSetting,
  readRun,
  recordingOf,
} from '../scenarios/index.ts';
import {
  type Choice,
  type Json,
  type Pace,
  run,
  SandboxError,
  scheduleOf,
  type TraceEvent,
} from '../sim/index.ts';
import { checkExport, writeExport } from './export.ts';

/** What a run is asked for. */
export interface Asked {
  readonly scenario: string;
  readonly fails: readonly string[];
  readonly settings: Parameters;
  readonly document?: Json;
  readonly locate?: Locate;
  readonly seed: number | null;
  readonly choices?: readonly Choice[];
  readonly pace?: Pace;
  /** After how many steps it is stopped. */
  readonly steps?: number;
  readonly exportFolder?: string;
  readonly force?: boolean;
  readonly onEvent?: (event: TraceEvent) => void;
}

/**
 * Runs what is asked for, and judges it.
 * @throws SandboxError for what cannot be run, and `fault-never-struck` for a fault without effect
 */
export function performRun(
  catalogue: Catalogue,
  asked: Asked,
): Report & { files: readonly string[] } {
  const scenario = findScenario(catalogue, asked.scenario);
  const { fails, document, seed, exportFolder } = asked;
  const { faults, named, input } = readRun(scenario, asked);
  if (exportFolder !== undefined) {
    const names = scenario.databases.map(({ name }) => name);
    checkExport(exportFolder, names, asked.force ?? false);
  }
  let exported: ReadonlyMap<string, Uint8Array> = new Map();
  const { pace = 'timed', steps = Infinity } = asked;
  const result = run(scenario, input, faults, scheduleOf(asked.choices, seed), {
    pace,
    steps,
    ...(asked.onEvent && { onEvent: asked.onEvent }),
    onEnd: (world) => {
      if (exportFolder !== undefined) exported = world.exportFiles();
    },
  });
  const [unused] = result.neverStruck;
  if (unused && result.ending !== 'stopped')
    throw new SandboxError('fault-never-struck', { ...unused, scenario: scenario.id });
  const own =
    named.length < fails.length ||
    document !== undefined ||
    result.choices.length > 0 ||
    pace !== 'timed' ||
    seed !== null;
  const { settings } = asked;
  const recording = recordingOf(scenario, { fails, settings, document, pace }, result);
  return {
    scenario,
    input,
    settings,
    recording,
    seed,
    named,
    result,
    judgement: judge(scenario, { named, own, settings, explored: pace !== 'timed' }, result),
    code: encodeRecording(scenario, recording),
    files: exportFolder === undefined ? [] : writeExport(exportFolder, exported),
  };
}

/** All `name=value` of `--set`. @throws SandboxError `bad-setting`, `unknown-name`, `bad-value` */
export function readSettings(
  catalogue: Catalogue,
  id: string,
  texts: readonly string[],
): Parameters {
  const scenario = findScenario(catalogue, id);
  return Object.fromEntries(texts.map((text) => parseSetting(scenario, text)));
}

/** A number from 0, null if none is given. @throws SandboxError `bad-value` */
export function wholeNumber(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const expected = { type: 'integer', min: 0 } as const;
  throw new SandboxError('bad-value', { name, given: text, expected });
}

const JOBS_MAX = 64;

/** How many threads are to work at once. @throws SandboxError `bad-value` */
export function readJobs(given: string | undefined, usual: number): number {
  if (given === undefined) return Math.min(JOBS_MAX, usual);
  const jobs = Number(given);
  if (/^\d+$/.test(given) && jobs >= 1 && jobs <= JOBS_MAX) return jobs;
  const expected = { type: 'integer', min: 1, max: JOBS_MAX } as const;
  throw new SandboxError('bad-value', { name: '--jobs', given, expected });
}

/** @throws SandboxError `bad-value` */
export function readSeed(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seed = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new SandboxError('bad-value', {
    name: '--seed',
    given: text,
    expected: { type: 'integer' },
  });
}

// What `sim explore`, `sim merge` and `sim replay --then explore` do with what was typed.

import { SharedSeen } from '../explore/index.ts';
import { type ExploreReport, exploreTexts, type Language } from '../report/index.ts';
import {
  type Catalogue,
  definitionOf,
  findScenario,
  type Locate,
  type Parameters,
} from '../scenarios/index.ts';
import { type Json, SandboxError } from '../sim/index.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import {
  explorePart,
  findingsOf,
  reportOn,
  requestFrom,
  requestOf,
  type Watching,
} from './explore.ts';
import {
  type ExploreFlags,
  type ExploreRequest,
  FLAGS,
  type Order,
  oneOf,
} from './explore-options.ts';
import { loadCatalogue } from './load.ts';
import { ProgressLine } from './progress.ts';
import { readJobs, readSettings } from './run.ts';
import { exploreByWorkers, readParts, savePart } from './shards.ts';

/** What was typed beside the flags of the exploration itself. */
export interface Typed {
  readonly scenarios?: string;
  readonly fail?: readonly string[];
  readonly set?: readonly string[];
  readonly jobs?: string;
  readonly save?: string;
  readonly checkpoint?: string;
  readonly resume?: string;
  readonly profile?: boolean;
  readonly progress?: boolean;
  readonly then?: string;
}

type Options = ExploreFlags & Typed;

/** For so many states a team has room, two places each. */
const TABLE_MAX = 2 ** 22;

function flagsOf(options: Options): ExploreFlags {
  const given = FLAGS.filter((name) => options[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, options[name]]));
}

function orderOf(
  catalogue: Catalogue,
  scenario: string,
  options: Options,
  document: Json | undefined,
): Order {
  const { scenarios = null, fail: fails = [], set = [] } = options;
  const settings: Parameters = readSettings(catalogue, scenario, set);
  const flags = flagsOf(options);
  return { scenarios, scenario, flags, fails, settings, document: document ?? null };
}

/** Watches for an interrupt, and shows progress, while something is done. */
async function watched<Result>(
  language: Language,
  isShown: boolean,
  runs: number,
  act: (watching: Watching) => Promise<Result>,
): Promise<Result> {
  const words = exploreTexts[language];
  const line = new ProgressLine(isShown);
  let isStopped = false;
  const interrupt = () => {
    isStopped = true;
  };
  process.once('SIGINT', interrupt);
  const onProgress: Watching['onProgress'] = (at, spentMs) => {
    line.show(() => {
      const { states, steps, depth, frontier, broken } = at;
      const perSecond = Math.round(steps / (spentMs / 1000));
      const share = states === null ? at.runs / runs : null;
      const told = { states, steps, perSecond, depth, frontier, runs: at.runs, share };
      return words.progress({ ...told, broken: broken.length });
    });
  };
  try {
    return await act({ isStopped: () => isStopped, onProgress });
  } finally {
    process.off('SIGINT', interrupt);
    line.end();
  }
}

/** Handlers that somebody wrote are in this process alone. @throws SandboxError `conflict` */
function checkOwn({ scenario }: ExploreRequest, options: Options, jobs: number): void {
  const { save, checkpoint } = options;
  const elsewhere = jobs > 1 ? '--jobs' : save ? '--save' : checkpoint ? '--checkpoint' : null;
  if (scenario.typed === undefined || elsewhere === null) return;
  throw new SandboxError('conflict', { first: scenario.typed, second: elsewhere });
}

/** Explores, by itself or by several workers, all or a share. */
export async function exploreCommand(
  catalogue: Catalogue,
  id: string,
  options: Options,
  language: Language,
  { document, locate }: { readonly document?: Json; readonly locate?: Locate },
): Promise<ExploreReport> {
  if (id === '') {
    const message = "missing required argument 'scenario'";
    throw new SandboxError('usage', { message, command: 'explore' });
  }
  const order = orderOf(catalogue, id, options, document);
  const request = requestOf(catalogue, order, locate);
  const isShown = options.progress !== false;
  const jobs = readJobs(options.jobs, 1);
  checkOwn(request, options, jobs);
  const { shard = null } = order.flags;
  if (jobs > 1 && shard !== null) {
    throw new SandboxError('conflict', { first: '--jobs', second: '--shard' });
  }
  const { runs } = request.options;
  const keeps = options.checkpoint !== undefined;
  const explored = await watched(language, isShown, runs, async (watching) => {
    if (jobs === 1) return [await explorePart(request, { ...watching, keeps })];
    const startMs = performance.now();
    const seen = tableFor(request);
    return await exploreByWorkers(order, jobs, seen, ({ steps, states, broken }) => {
      const beside = { depth: 0, frontier: 0, runs: 0, broken };
      watching.onProgress?.({ steps, states, ...beside }, performance.now() - startMs);
    });
  });
  const [only] = explored;
  if (options.save !== undefined && only) {
    const definition = definitionOf(request.scenario);
    const { shard: _, ...flags } = order.flags;
    savePart(options.save, { ...order, flags }, definition, shard ?? '1/1', only);
  }
  if (only?.saved && options.checkpoint !== undefined) {
    writeCheckpoint(options.checkpoint, order, definitionOf(request.scenario), only.saved);
  }
  if (explored.every(({ web }) => web === null)) {
    return reportOn(catalogue, request, explored, shard);
  }
  const findings = findingsOf(request, explored);
  const parts = explored.map((one) => ({ ...one, part: { ...one.part, findings } }));
  return reportOn(catalogue, request, parts, shard);
}

// A team shares what it has seen; where that cannot be told in a few bits, each takes a share.
function tableFor({ options }: ExploreRequest): SharedSeen | null {
  const { strategy, budget, maxStates } = options;
  if (strategy !== 'exhaustive' || maxStates > TABLE_MAX) return null;
  if (!SharedSeen.suits(budget)) return null;
  return new SharedSeen(4 * maxStates, budget);
}

/**
 * Goes on with an exploration that was stopped, for as long as is asked for now, in the catalogue
 * or file it began with, unless another is named.
 * @throws SandboxError `cannot-read`, `bad-code` if the scenario has changed since
 */
export async function resumeCommand(
  path: string,
  options: Options,
  language: Language,
): Promise<ExploreReport> {
  const { order, definition, saved } = readCheckpoint(path);
  const catalogue = await loadCatalogue(options.scenarios ?? order.scenarios ?? undefined);
  const scenario = findScenario(catalogue, order.scenario);
  if (definitionOf(scenario) !== definition) {
    throw new SandboxError('bad-code', { why: 'changed', scenario: scenario.id });
  }
  const { time, maxStates } = flagsOf(options);
  const flags = { ...order.flags, ...(time && { time }), ...(maxStates && { maxStates }) };
  const request = requestOf(catalogue, { ...order, flags });
  const { checkpoint = path, progress } = options;
  const explored = await watched(language, progress !== false, request.options.runs, (watching) => {
    return explorePart(request, { ...watching, from: saved, keeps: true });
  });
  if (explored.saved) writeCheckpoint(checkpoint, { ...order, flags }, definition, explored.saved);
  return reportOn(catalogue, request, [explored], order.flags.shard ?? null);
}

/**
 * Explores from where a recorded run was after some steps.
 * @throws SandboxError `bad-code`, `bad-value`, `unknown-name`
 */
export async function exploreFrom(
  catalogue: Catalogue,
  code: string,
  upto: number | null,
  options: Options,
  language: Language,
): Promise<ExploreReport> {
  oneOf('then', options.then, ['explore']);
  const request = requestFrom(catalogue, code, upto, flagsOf(options));
  const isShown = options.progress !== false;
  const { runs } = request.options;
  const explore = (watching: Watching) => explorePart(request, watching);
  return reportOn(catalogue, request, [await watched(language, isShown, runs, explore)]);
}

/**
 * Puts the files of all shares together.
 * @throws SandboxError `cannot-read`, `conflict`, `missing-value`, `bad-code` if the scenario has
 * changed since
 */
export async function mergeCommand(
  paths: readonly string[],
  { scenarios }: Options,
): Promise<ExploreReport> {
  const { order, definition, explored } = readParts(paths);
  const catalogue = await loadCatalogue(scenarios ?? order.scenarios ?? undefined);
  const scenario = findScenario(catalogue, order.scenario);
  if (definitionOf(scenario) !== definition) {
    throw new SandboxError('bad-code', { why: 'changed', scenario: scenario.id });
  }
  return reportOn(catalogue, requestOf(catalogue, order), explored);
}

// `sim explore`: tries every choice within a budget, and says what that proves.

import {
  Coverage,
  type Exploration,
  Explorer,
  type Finding,
  merged,
  type Progress,
  partOf,
  type SavedExploration,
} from '../explore/index.ts';
import type { Bounds, Counterexample, ExploreReport, Limit } from '../report/index.ts';
import {
  type Catalogue,
  decodeRecording,
  findScenario,
  judgeExploration,
  type Locate,
  scenarioOfCode,
} from '../scenarios/index.ts';
import { BugError, COMES_TO_REST, run, shortFault, World } from '../sim/index.ts';
import {
  beginningOf,
  type Explored,
  type ExploreFlags,
  type ExploreRequest,
  exactlyOf,
  type Order,
  readExplore,
} from './explore-options.ts';
import { performRun } from './run.ts';

/** How many steps are taken between two looks at the clock. */
const SLICE = 256;
/** How long findings are made plainer once time is up, in ms. */
const GRACE_MS = 2000;

/**
 * What an order asks for.
 * @throws SandboxError `bad-value`, `unknown-name`, and what an input document may have wrong
 */
export function requestOf(catalogue: Catalogue, order: Order, locate?: Locate): ExploreRequest {
  const scenario = findScenario(catalogue, order.scenario);
  const { fails, settings: set, document } = order;
  const given = { fails, set, document: document ?? undefined, locate };
  return readExplore(scenario, order.flags, beginningOf(scenario, given));
}

/**
 * To go on from where a recorded run was after some steps; by default after its last choice.
 * @throws SandboxError `bad-code`, `bad-value`, `unknown-name`
 */
export function requestFrom(
  catalogue: Catalogue,
  code: string,
  upto: number | null,
  flags: ExploreFlags,
): ExploreRequest {
  const scenario = findScenario(catalogue, scenarioOfCode(code));
  const { fails, settings, document, choices, pace } = decodeRecording(scenario, code);
  const steps = upto ?? (choices.at(-1)?.step ?? -1) + 1;
  const optionAt = (step: number) => choices.find((one) => one.step === step)?.option ?? 0;
  const prefix = Array.from({ length: steps }, (_, step) => optionAt(step));
  const beginning = exactlyOf(scenario, { fails, set: settings, document });
  const request = readExplore(scenario, flags, beginning);
  return { ...request, options: { ...request.options, pace, prefix } };
}

/** One who watches an exploration, and may stop it. */
export interface Watching {
  readonly isStopped?: () => boolean;
  readonly onProgress?: (progress: Progress, spentMs: number) => void;
  /** Goes on from where it stood. */
  readonly from?: SavedExploration | null;
  /** Whether it is to be gone on with if it is stopped. */
  readonly keeps?: boolean;
}

function boundsOf({ options, at }: ExploreRequest, share: string | null): Bounds {
  const { budget, pace, kinds = null } = options;
  const { faults, preemptions, stalls, depth } = budget;
  const granularity = pace === 'handler' ? pace : 'statement';
  return { faults, kinds, at, preemptions, stalls, depth, granularity, share };
}

/** Drives an explorer to its end, or to a limit. */
async function drive(
  explorer: Explorer,
  { timeMs }: ExploreRequest,
  { isStopped, onProgress }: Watching,
): Promise<Limit | null> {
  const startMs = performance.now();
  while (!explorer.advance(SLICE)) {
    const spentMs = performance.now() - startMs;
    if (isStopped?.()) return { kind: 'interrupted' };
    if (spentMs >= timeMs) return { kind: 'time', seconds: timeMs / 1000 };
    onProgress?.(explorer.progress, spentMs);
    // Gives way, so that an interrupt is heard.
    await new Promise(setImmediate);
  }
  return null;
}

/** The run that shows a finding, from its beginning to its end. */
function counterexample(
  catalogue: Catalogue,
  { scenario, input, options, settings, fails, document }: ExploreRequest,
  finding: Finding,
  isKnown: boolean,
): Counterexample {
  const { property, length, stops, choices, mix } = finding;
  const { pace } = options;
  const faults = finding.faults.map((fault) => shortFault(fault, scenario.points));
  const report = performRun(catalogue, {
    scenario: scenario.id,
    fails: [...fails, ...faults],
    settings,
    seed: null,
    choices,
    pace,
    ...(document !== undefined && { document }),
  });
  const { verdicts, ending } = report.result;
  const verdict = verdicts.find((one) => one.property === property);
  const shows = property === COMES_TO_REST ? ending === 'horizon' : verdict?.holds === false;
  if (!shows) throw new BugError(`the way found to break ${property} does not break it in a run`);
  const usual = run(scenario, input, options.faults, undefined, { pace });
  const shared = { property, length, faults, mix, isKnown, report, usual };
  return { ...shared, steps: stops.length, waits: report.result.waits };
}

/** Explores what is asked for, or its share of it. */
export async function explorePart(request: ExploreRequest, watching: Watching): Promise<Explored> {
  const { scenario, input, options } = request;
  const world = new World(scenario, input);
  try {
    const explorer = new Explorer(world, options, watching.from);
    const stopped = await drive(explorer, request, watching);
    const stands = watching.keeps ? explorer.save() : null;
    const untilMs = performance.now() + GRACE_MS;
    const found = explorer.finish(() => options.team !== undefined || performance.now() > untilMs);
    const cut: Limit | null =
      found.cut === 'states' ? { kind: 'states', states: options.maxStates } : null;
    const part = partOf(found, explorer.names, explorer.model.coverage);
    const limit = stopped ?? cut;
    return { part, limit, saved: limit && stands, web: options.team ? explorer.web : null };
  } finally {
    world.close();
  }
}

/** What those of a team found, together. */
export function findingsOf(
  { scenario, input, options }: ExploreRequest,
  explored: readonly Explored[],
): readonly Finding[] {
  const webs = explored.flatMap(({ web }) => web ?? []);
  const world = new World(scenario, input);
  try {
    const untilMs = performance.now() + GRACE_MS;
    return new Explorer(world, options).findingsAlong(webs, () => performance.now() > untilMs);
  } finally {
    world.close();
  }
}

/** Puts parts together, judges what they found, and runs each counterexample. */
export function reportOn(
  catalogue: Catalogue,
  request: ExploreRequest,
  explored: readonly Explored[],
  share: string | null = null,
): ExploreReport {
  const { scenario, options, settings, fails, document } = request;
  const found = merged(explored.map(({ part }) => part));
  const limit = explored.find((one) => one.limit)?.limit ?? null;
  const isDrawn = !['exhaustive', 'breadth'].includes(options.strategy);
  const judgement = judgementOf(request, found, limit !== null || isDrawn || share !== null);
  const { states, steps, frontier, runs, covered } = found;
  const coverage = new Coverage();
  coverage.add(covered);
  const outcomes = [...coverage.outcomes].sort();
  const bounds = boundsOf(request, share);
  return {
    ...{ scenario, settings, fails, document, limit, isDrawn },
    ...{ strategy: options.strategy, seed: options.seed },
    bounds: found.within === null ? bounds : { ...bounds, depth: found.within },
    totals: { states, steps, frontier, runs, outcomes: outcomes.length },
    outcomes,
    findings: found.findings.map((finding) => {
      const isKnown = !judgement.unexpected.includes(finding.property);
      return counterexample(catalogue, request, finding, isKnown);
    }),
    ...judgement,
    unreached: coverage.unreached(scenario),
    profile: null,
  };
}

/** Explores what is asked for, and judges what it found. */
export async function performExplore(
  catalogue: Catalogue,
  request: ExploreRequest,
  watching: Watching = {},
): Promise<ExploreReport> {
  return reportOn(catalogue, request, [await explorePart(request, watching)]);
}

function judgementOf(request: ExploreRequest, found: Exploration, isPartial: boolean) {
  const { scenario, options, asWritten, at } = request;
  const { kinds, budget, countsPreemptions } = options;
  return judgeExploration(scenario, {
    complete: !isPartial && found.cut === null,
    faults: budget.faults,
    asWritten: asWritten && at === null && !kinds && !countsPreemptions,
    broken: found.findings.map(({ property }) => property),
  });
}

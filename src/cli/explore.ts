// `sim explore`: tries every choice within a budget, and says what that proves.

import { type Exploration, type Explored, Explorer, type Finding } from '../explore/index.ts';
import {
  type Bounds,
  type Counterexample,
  type ExploreReport,
  exploreTexts,
  type Language,
  type Limit,
} from '../report/index.ts';
import {
  type Catalogue,
  decodeRecording,
  findScenario,
  judgeExploration,
  scenarioOfCode,
} from '../scenarios/index.ts';
import { BugError, COMES_TO_REST, run, shortFault, World } from '../sim/index.ts';
import {
  beginningOf,
  type ExploreFlags,
  type ExploreRequest,
  readExplore,
} from './explore-options.ts';
import type { InputDocument } from './input-file.ts';
import { ProgressLine } from './progress.ts';
import { performRun, readSettings } from './run.ts';

/** How many steps are taken between two looks at the clock. */
const SLICE = 256;
/** How long findings are made plainer once time is up, in ms. */
const GRACE_MS = 2000;

/** @throws SandboxError `bad-value`, `unknown-name`, and what an input document may have wrong */
export function readRequest(
  catalogue: Catalogue,
  id: string,
  flags: ExploreFlags & { readonly fail?: readonly string[]; readonly set?: readonly string[] },
  { document, locate }: Partial<InputDocument>,
): ExploreRequest {
  const scenario = findScenario(catalogue, id);
  const set = readSettings(catalogue, id, flags.set ?? []);
  const beginning = beginningOf(scenario, { fails: flags.fail ?? [], set, document, locate });
  return readExplore(scenario, flags, beginning);
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
  const beginning = beginningOf(scenario, { fails, set: settings, document, locate: undefined });
  const request = readExplore(scenario, flags, { ...beginning, settings, asWritten: false });
  return { ...request, options: { ...request.options, pace, prefix } };
}

export interface Watching {
  readonly language: Language;
  readonly showsProgress: boolean;
}

function boundsOf({ options, at }: ExploreRequest): Bounds {
  const { budget, pace, kinds = null } = options;
  const { faults, preemptions, stalls, depth } = budget;
  return {
    faults,
    kinds,
    at,
    preemptions,
    stalls,
    depth,
    granularity: pace === 'handler' ? pace : 'statement',
  };
}

/** Drives an explorer to its end, or to a limit. */
async function drive(explorer: Explorer, request: ExploreRequest, watching: Watching) {
  const { timeMs } = request;
  const words = exploreTexts[watching.language];
  const line = new ProgressLine(watching.showsProgress);
  const startMs = performance.now();
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt);
  try {
    while (!explorer.advance(SLICE)) {
      const spentMs = performance.now() - startMs;
      if (interrupted) return { kind: 'interrupted' } as const;
      if (spentMs >= timeMs) return { kind: 'time', seconds: timeMs / 1000 } as const;
      line.show(() => words.progress(progressed(explorer.progress, spentMs, request)));
      // Gives way, so that an interrupt is heard.
      await new Promise(setImmediate);
    }
    return null;
  } finally {
    process.off('SIGINT', interrupt);
    line.end();
  }
}

function progressed(at: Explored, spentMs: number, { options }: ExploreRequest) {
  const { states, steps, depth, frontier, runs, broken } = at;
  const perSecond = Math.round(steps / (spentMs / 1000));
  const share = states === null ? runs / options.runs : null;
  return { states, steps, perSecond, depth, frontier, runs, broken: broken.length, share };
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

/** Explores what is asked for, and judges what it found. */
export async function performExplore(
  catalogue: Catalogue,
  request: ExploreRequest,
  watching: Watching,
): Promise<ExploreReport> {
  const { scenario, input, options, settings } = request;
  const world = new World(scenario, input);
  try {
    const explorer = new Explorer(world, options);
    const stopped = await drive(explorer, request, watching);
    const untilMs = performance.now() + GRACE_MS;
    const found = explorer.finish(() => performance.now() > untilMs);
    const limit: Limit | null =
      stopped ?? (found.cut === 'states' ? { kind: 'states', states: options.maxStates } : null);
    const { coverage } = explorer.model;
    const isDrawn = !['exhaustive', 'breadth'].includes(options.strategy);
    const judgement = judgementOf(request, found, limit !== null || isDrawn);
    const { states, steps, frontier, runs } = found;
    const outcomes = [...coverage.outcomes].sort();
    const bounds = boundsOf(request);
    return {
      ...{ scenario, settings, strategy: options.strategy, seed: options.seed, limit, isDrawn },
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
  } finally {
    world.close();
  }
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

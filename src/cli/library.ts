// Exploring from a program or a test: a scenario of the catalogue, or one of your own.

import type { Strategy } from '../explore/index.ts';
import { type ExploreReport, exploreDocument, exploreReport } from '../report/index.ts';
import type { Parameters } from '../scenarios/index.ts';
import type { FaultKind, Json, Scenario } from '../sim/index.ts';
import { performExplore } from './explore.ts';
import { beginningOf, readExplore } from './explore-options.ts';
import { layoutFor } from './terminal.ts';

/** What to explore, and how far; all is as `sim explore` has it unless it is given. */
export interface ExploreWanted {
  /** How many faults a run may have; 1 by default. */
  readonly faults?: number;
  readonly kinds?: readonly FaultKind[];
  /** At which fault points; `*` stands for anything. */
  readonly at?: string;
  readonly granularity?: 'handler' | 'statement';
  readonly preemptions?: number;
  readonly stalls?: number;
  readonly depth?: number;
  readonly maxStates?: number;
  /** In ms; 60,000 by default. */
  readonly timeMs?: number;
  readonly strategy?: Strategy;
  readonly seed?: number;
  readonly runs?: number;
  /** Faults that strike in any case: named ones, or as `kind@service.handler.state`. */
  readonly fails?: readonly string[];
  /** Parameters. */
  readonly set?: Parameters;
  /** An input document. */
  readonly input?: Json;
}

/** What an exploration came to: what `sim explore --json` prints, and the same in words. */
export type Explored = ReturnType<typeof exploreDocument> & {
  /** The whole report in English, as it stands on a terminal of 80 columns. */
  readonly text: string;
};

const asText = (number: number | undefined) => (number === undefined ? undefined : String(number));

export async function reportOn(scenario: Scenario, wanted: ExploreWanted): Promise<ExploreReport> {
  const { faults, kinds, preemptions, stalls, depth, maxStates, timeMs, seed, runs } = wanted;
  const flags = {
    faults: asText(faults),
    kinds: kinds?.join(','),
    at: wanted.at,
    granularity: wanted.granularity,
    preemptions: asText(preemptions),
    stalls: asText(stalls),
    depth: asText(depth),
    maxStates: asText(maxStates),
    time: asText(timeMs),
    strategy: wanted.strategy,
    seed: asText(seed),
    runs: asText(runs),
  };
  const { fails = [], set = {}, input } = wanted;
  const beginning = beginningOf(scenario, { fails, set, document: input });
  const request = readExplore(scenario, flags, beginning);
  const catalogue = new Map([[scenario.id, scenario]]);
  return await performExplore(catalogue, request);
}

/**
 * Tries every order of steps and every fault within a budget.
 * @throws SandboxError `bad-value`, `unknown-name`, `bad-sql`, `endless`, `nondeterministic`
 */
export async function explore(scenario: Scenario, wanted: ExploreWanted = {}): Promise<Explored> {
  const report = await reportOn(scenario, wanted);
  const layout = { ...(await layoutFor(false)), width: 80 };
  return { ...exploreDocument(report), text: exploreReport(report, layout, 'en').join('\n') };
}

/**
 * A matcher for vitest: every property of the scenario holds, whatever happens within the budget,
 * and nothing within it was left out.
 */
export async function toHold(scenario: Scenario, wanted: ExploreWanted = {}) {
  const { findings, complete, guarantee, text } = await explore(scenario, wanted);
  const pass = findings.length === 0 && complete;
  return { pass, message: () => (pass ? `it holds: ${guarantee}` : text) };
}

// Holds what a run gave against what the catalogue expects. A scenario that is broken on purpose
// says so: there, finding the violation is success, and missing it is not.

import type { Expectation, RunSummary, Scenario } from '../sim/index.ts';
import { allParameters, type Parameters } from './input.ts';

/** What a person varied in a run. */
export interface Asked {
  readonly named: readonly string[];
  /** Faults of their own, an input document, or a seed. */
  readonly own: boolean;
  /** The parameters they set. */
  readonly settings?: Parameters;
  /** Whether it goes a way that an exploration found. */
  readonly explored?: boolean;
}

export interface Judgement {
  /** True if the run went as the catalogue expects. */
  readonly asExpected: boolean;
  /** What the catalogue says of exactly this run; null where it can say nothing so exact. */
  readonly expectation: Expectation | null;
  readonly violated: readonly string[];
  /** Violations the catalogue does not expect here. */
  readonly unexpected: readonly string[];
  /** Violations it expects and the run did not show. */
  readonly missing: readonly string[];
}

/** What the catalogue says of exactly this run: of a named fault, or of a cell of its matrix. */
function expectationOf(scenario: Scenario, { named, own, settings = {} }: Asked) {
  const { matrix, namedFaults } = scenario;
  const set = Object.keys(settings);
  const [name, ...more] = named;
  if (own || more.length > 0) return null;
  if (name !== undefined) return set.length === 0 ? (namedFaults[name]?.expect ?? null) : null;
  if (set.some((parameter) => parameter !== matrix?.rows && parameter !== matrix?.columns)) {
    return null;
  }
  if (!matrix) return scenario.expect;
  const parameters = allParameters(scenario, settings);
  const row = matrix.expect[String(parameters[matrix.rows])];
  return row?.[String(parameters[matrix.columns])] ?? null;
}

/** Whether a run came to what is expected: to its word, and by what must bring it about. */
function cameTo({ outcome, by }: Expectation, seen: RunSummary['outcome']): boolean {
  return outcome === seen.word && (by === null || by === seen.by);
}

// What a scenario is known to break by itself, and what an exploration is known to find.
function knownOf({ mistakes, explore }: Scenario, { explored = false }: Asked): readonly string[] {
  return [...Object.keys(mistakes), ...(explored ? Object.keys(explore.breaks) : [])];
}

/**
 * Judges a run. One named fault alone, none, or one cell of the scenario's matrix must go exactly
 * as the catalogue says; a run that a person varied further may break what its named faults break,
 * and what the scenario is known to break by itself, and nothing else.
 */
export function judge(scenario: Scenario, asked: Asked, summary: RunSummary): Judgement {
  const violated = summary.verdicts
    .filter(({ holds }) => holds === false)
    .map(({ property }) => property);
  const expectations = asked.named.flatMap((name) => scenario.namedFaults[name]?.expect ?? []);
  const cutOff = summary.ending !== 'at-rest';
  const expectation = cutOff ? null : expectationOf(scenario, asked);
  const allowed = expectation
    ? expectation.violated
    : [...expectations.flatMap((one) => one.violated), ...knownOf(scenario, asked)];
  const unexpected = violated.filter((property) => !allowed.includes(property));
  const missing = (expectation?.violated ?? []).filter((property) => !violated.includes(property));
  const sameOutcome = !expectation || cameTo(expectation, summary.outcome);
  const asExpected = unexpected.length === 0 && missing.length === 0 && sameOutcome;
  return { asExpected, expectation, violated, unexpected, missing };
}

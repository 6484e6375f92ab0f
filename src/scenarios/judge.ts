// Holds what a run gave against what the catalogue expects. A scenario that is broken on purpose
// says so: there, finding the violation is success, and missing it is not.

import type { Expectation, RunSummary, Scenario } from '../sim/index.ts';

/** What a person varied in a run. */
export interface Asked {
  readonly named: readonly string[];
  /** Faults of their own, parameters, an input document, or a seed. */
  readonly own: boolean;
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

/**
 * Judges a run. One named fault alone, or none, must go exactly as the catalogue says; a run that
 * a person varied further may break what its named faults break, and what the scenario is known to
 * break by itself, and nothing else.
 */
export function judge(scenario: Scenario, { named, own }: Asked, summary: RunSummary): Judgement {
  const violated = summary.verdicts
    .filter(({ holds }) => holds === false)
    .map(({ property }) => property);
  const expectations = named.flatMap((name) => scenario.namedFaults[name]?.expect ?? []);
  const [only = scenario.expect] = expectations;
  const cutOff = summary.ending === 'horizon';
  const expectation = !own && !cutOff && named.length <= 1 ? only : null;
  const allowed = expectation
    ? expectation.violated
    : [...expectations.flatMap((one) => one.violated), ...Object.keys(scenario.mistakes)];
  const unexpected = violated.filter((property) => !allowed.includes(property));
  const missing = (expectation?.violated ?? []).filter((property) => !violated.includes(property));
  const sameOutcome = !expectation || expectation.outcome === summary.outcome.word;
  const asExpected = unexpected.length === 0 && missing.length === 0 && sameOutcome;
  return { asExpected, expectation, violated, unexpected, missing };
}

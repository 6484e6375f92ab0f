// Holds what an exploration found against what the catalogue says can be broken.

import type { Scenario } from '../sim/index.ts';

/** What was explored, as far as it matters for what had to be found. */
export interface Searched {
  /** Whether nothing was left out. */
  readonly complete: boolean;
  /** How many faults a way could have. */
  readonly faults: number;
  /** Whether it began as the catalogue says, with every kind of fault everywhere. */
  readonly asWritten: boolean;
  /** The properties that were found broken. */
  readonly broken: readonly string[];
}

export interface ExplorationJudgement {
  readonly asExpected: boolean;
  /** Broken, and the catalogue does not know of it. */
  readonly unexpected: readonly string[];
  /** Not broken, though the catalogue says that so many faults suffice. */
  readonly missing: readonly string[];
}

/** What a scenario is known to break: by itself, by its named faults, or when explored. */
function knownBreaks({ explore, mistakes, namedFaults }: Scenario): ReadonlySet<string> {
  const named = Object.values(namedFaults).flatMap(({ expect }) => expect?.violated ?? []);
  return new Set([...Object.keys(explore.breaks), ...Object.keys(mistakes), ...named]);
}

/** Judges an exploration; one that left something out need not have found everything. */
export function judgeExploration(scenario: Scenario, searched: Searched): ExplorationJudgement {
  const { complete, faults, asWritten, broken } = searched;
  const known = knownBreaks(scenario);
  const unexpected = broken.filter((property) => !known.has(property));
  const due = Object.entries(scenario.explore.breaks).filter(([, needs]) => needs <= faults);
  const missing =
    complete && asWritten
      ? due.map(([property]) => property).filter((property) => !broken.includes(property))
      : [];
  return { asExpected: unexpected.length === 0 && missing.length === 0, unexpected, missing };
}

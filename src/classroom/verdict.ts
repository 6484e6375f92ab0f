// What an answer came to: item by item, with what shows why.

import type { Counterexample, Report } from '../report/index.ts';
import type { SandboxError, Text, TraceEvent } from '../sim/index.ts';

/** What shows that an item is wrong. */
export type Evidence =
  /** A run in which the property breaks, found by exploring. */
  | { readonly kind: 'found'; readonly found: Counterexample }
  /** A run as it was asked for. */
  | { readonly kind: 'ran'; readonly report: Report }
  /** The event that decides what is asked; none if nothing ever touches it. */
  | { readonly kind: 'decided'; readonly event: TraceEvent | null }
  /** It would be right, and counts only once that check is. */
  | { readonly kind: 'needs'; readonly check: string; readonly text: Text }
  /** The budget of states was used up before everything was seen. */
  | { readonly kind: 'unfinished'; readonly states: number };

/** One thing an answer earns points for. */
export interface Item {
  /** Stable: `<check>.<property>`, or what is asked. */
  readonly id: string;
  readonly text: Text;
  readonly points: number;
  readonly earned: number;
  /** What was answered, where something is predicted. */
  readonly given?: Text;
  readonly evidence: Evidence | null;
}

export interface Verdict {
  readonly items: readonly Item[];
  readonly points: number;
  readonly earned: number;
  readonly passed: boolean;
  /** The answer does not work at all: then no item was looked at. */
  readonly error: SandboxError | null;
}

/** The run that shows what is wrong with an item; null where no run does. */
export function runOf({ evidence }: Item): Report | null {
  if (evidence?.kind === 'found') return evidence.found.report;
  return evidence?.kind === 'ran' ? evidence.report : null;
}

/** Sums items up: passed is what lacks nothing. */
export function verdictOf(items: readonly Item[], error: SandboxError | null = null): Verdict {
  const sum = (of: 'points' | 'earned') => items.reduce((total, item) => total + item[of], 0);
  const [points, earned] = [sum('points'), sum('earned')];
  return { items, points, earned, passed: error === null && earned === points, error };
}

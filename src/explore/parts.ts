// What a part of an exploration found, as plain data: it can go from a worker to another, or into a
// file, and parts together are as good as the whole.

import type { Coverage } from './coverage.ts';
import type { Exploration, Finding } from './explorer.ts';
import { isBetter } from './minimise.ts';
import type { Cut } from './search.ts';

export interface ExplorationPart {
  readonly cut: Cut | null;
  readonly within: number | null;
  readonly steps: number;
  readonly frontier: number;
  readonly runs: number;
  readonly depth: number;
  readonly findings: readonly Finding[];
  /** The names of the states it met; null where they are not counted. */
  readonly names: readonly number[] | null;
  readonly covered: Readonly<
    Record<'points' | 'transitions' | 'outcomes' | 'shown', readonly string[]>
  >;
}

export function partOf(
  found: Exploration,
  names: Iterable<number> | null,
  { told: covered }: Coverage,
): ExplorationPart {
  const { cut, within, steps, frontier, runs, depth, findings } = found;
  const numbers = { cut, within, steps, frontier, runs, depth };
  return { ...numbers, findings, names: names && [...names], covered };
}

/** The plainest finding of each property, in the order they were met. */
function plainest(findings: readonly Finding[]): readonly Finding[] {
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    const before = best.get(finding.property);
    if (!before || isBetter(finding, before)) best.set(finding.property, finding);
  }
  return [...best.values()];
}

/** Several parts as one. */
export function merged(parts: readonly ExplorationPart[]): ExplorationPart & Exploration {
  const sum = (of: (part: ExplorationPart) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const all = <Value>(of: (part: ExplorationPart) => readonly Value[]): readonly Value[] => [
    ...new Set(parts.flatMap(of)),
  ];
  const names = parts.every((part) => part.names) ? all((part) => part.names ?? []) : null;
  const findings = plainest(parts.flatMap((part) => part.findings));
  const withins = parts.flatMap(({ within }) => within ?? []);
  return {
    cut: parts.find(({ cut }) => cut)?.cut ?? null,
    within: withins.length > 0 ? Math.min(...withins) : null,
    steps: sum(({ steps }) => steps),
    frontier: sum(({ frontier }) => frontier),
    runs: sum(({ runs }) => runs),
    depth: Math.max(...parts.map(({ depth }) => depth)),
    findings,
    broken: findings.map(({ property }) => property),
    names,
    states: names?.length ?? null,
    covered: {
      points: all(({ covered }) => covered.points),
      transitions: all(({ covered }) => covered.transitions),
      outcomes: all(({ covered }) => covered.outcomes),
      shown: all(({ covered }) => covered.shown),
    },
  };
}

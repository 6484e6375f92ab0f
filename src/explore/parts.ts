// What a part of an exploration found, as plain data: it can go from a worker to another, or into a
// file, and parts together are as good as the whole.

import { Coverage, type Covered } from './coverage.ts';
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
  readonly covered: Covered;
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

/** The names that one of them has met, or several; of a single part they are distinct as they are. */
function distinct(parts: readonly ExplorationPart[]): readonly number[] {
  const lists = parts.map(({ names }) => names ?? []);
  return lists.length === 1 && lists[0] ? lists[0] : [...new Set(lists.flat())];
}

/** Several parts as one. */
export function merged(parts: readonly ExplorationPart[]): ExplorationPart & Exploration {
  const coverage = new Coverage();
  for (const { covered } of parts) coverage.add(covered);
  const sum = (of: (part: ExplorationPart) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const names = parts.every((part) => part.names) ? distinct(parts) : null;
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
    covered: coverage.told,
  };
}

// What the classroom asks of the command: to run and to explore, as `sim run` and `sim explore` do.

import type { ExploreReport, Report } from '../report/index.ts';
import type { Parameters } from '../scenarios/index.ts';
import type { Choice, FaultKind, Json, Pace, Scenario } from '../sim/index.ts';
import type { Check } from './shape.ts';

export interface RunWanted {
  readonly fails: readonly string[];
  readonly settings: Parameters;
  readonly document?: Json;
  readonly choices?: readonly Choice[];
  readonly pace?: Pace;
}

export interface ExploreWanted {
  readonly faults: number;
  readonly kinds?: readonly FaultKind[];
  readonly at?: string;
  readonly granularity?: 'handler' | 'statement';
  readonly preemptions?: number;
  readonly stalls?: number;
  readonly depth?: number;
  readonly maxStates: number;
  /** What strikes in any case. */
  readonly fails: readonly string[];
  readonly set: Parameters;
  readonly input?: Json;
}

export interface Engine {
  /** @throws SandboxError for what cannot be run */
  readonly run: (scenario: Scenario, wanted: RunWanted) => Report;
  /** @throws SandboxError for what cannot be explored */
  readonly explore: (scenario: Scenario, wanted: ExploreWanted) => Promise<ExploreReport>;
}

/** How a check is explored. */
export function wantedOf({ explore, fail: fails, set, input }: Check): ExploreWanted | null {
  if (!explore) return null;
  const entries = Object.entries(explore).filter(([, value]) => value !== undefined);
  const given = Object.fromEntries(entries) as unknown as Omit<ExploreWanted, 'fails' | 'set'>;
  return { ...given, fails, set, ...(input !== undefined && { input }) };
}

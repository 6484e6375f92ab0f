// From what a person asks of a run (faults, parameters, an input document) to what a run is given.

import type { Fault, Json, RunInput, Scenario } from '../sim/index.ts';
import { mergeSettings, readFaults, withStrikes } from './faults.ts';
import { allParameters, type Parameters, readInput } from './input.ts';
import type { Locate } from './values.ts';

/** What a run is asked for, its order of steps aside. */
export interface AskedRun {
  /** As given to `--fail`. */
  readonly fails: readonly string[];
  readonly settings: Parameters;
  readonly document?: Json | undefined;
  readonly locate?: Locate | undefined;
}

/** What a run is given. */
export interface ReadRun {
  readonly faults: readonly Fault[];
  /** Those faults that have a name in the catalogue. */
  readonly named: readonly string[];
  readonly input: RunInput;
}

/**
 * Reads what is asked of a run.
 * @throws SandboxError as `readFaults`, `mergeSettings` and `readInput`
 */
export function readRun(
  scenario: Scenario,
  { fails, settings, document, locate }: AskedRun,
): ReadRun {
  const { faults, set, named } = readFaults(scenario, fails);
  const merged = mergeSettings(settings, { faults, set, named });
  const chosen = withStrikes(scenario, allParameters(scenario, merged));
  return {
    faults: [...faults, ...chosen.faults],
    named,
    input: readInput(scenario, chosen.parameters, document, locate),
  };
}

// From what a person asks to fail (names of the catalogue, or points of their own) to a plan.

import { type Fault, parseFault, SandboxError, type Scenario } from '../sim/index.ts';
import type { Parameters } from './input.ts';
import { ownEntry, unknownName } from './values.ts';

/** What a list of `--fail` stands for. */
export interface AskedFaults {
  readonly faults: readonly Fault[];
  /** Parameters that the named faults set. */
  readonly set: Parameters;
  readonly named: readonly string[];
}

/**
 * Reads faults: a name of the catalogue, or `kind@service.handler.state…`. Several combine.
 * @throws SandboxError `unknown-name`, `bad-fault`, `bad-value`, `fault-not-applicable`, `conflict`
 */
export function readFaults(scenario: Scenario, texts: readonly string[]): AskedFaults {
  const known = Object.keys(scenario.namedFaults);
  const named = texts.filter((text) => !text.includes('@'));
  const own = texts.filter((text) => text.includes('@'));
  const set: Record<string, Parameters[string]> = {};
  const lines = named.flatMap((name) => {
    const fault = ownEntry(scenario.namedFaults, name);
    if (!fault) throw unknownName('fault', name, known, null);
    for (const [parameter, value] of Object.entries(fault.set)) {
      mergeSetting(set, parameter, value, name);
    }
    return fault.faults;
  });
  const unique = new Set([...lines, ...own]);
  const faults = [...unique].map((line) => parseFault(line, scenario.points, scenario.id));
  return { faults, set, named };
}

/**
 * What the chosen column of a scenario's matrix stands for in the chosen row: the faults, and all
 * parameters with those it sets.
 * @throws SandboxError as `readFaults`
 */
export function withStrikes(
  scenario: Scenario,
  parameters: Parameters,
): { readonly parameters: Parameters; readonly faults: readonly Fault[] } {
  const { matrix } = scenario;
  const strike = matrix && ownEntry(matrix.strikes, String(parameters[matrix.columns]));
  if (!matrix || !strike) return { parameters, faults: [] };
  const lines = ownEntry(strike.faults, String(parameters[matrix.rows])) ?? [];
  const faults = lines.map((line) => parseFault(line, scenario.points, scenario.id));
  return { parameters: { ...parameters, ...strike.set }, faults };
}

function mergeSetting(
  set: Record<string, Parameters[string]>,
  parameter: string,
  value: Parameters[string] | undefined,
  by: string,
): void {
  const before = set[parameter];
  if (before !== undefined && before !== value) {
    throw new SandboxError('conflict', {
      first: `${parameter}=${before}`,
      second: `${parameter}=${value} (${by})`,
    });
  }
  set[parameter] = value ?? null;
}

/**
 * All parameters a person changed: by `--set`, and by the faults they named.
 * @throws SandboxError `conflict` where the two disagree
 */
export function mergeSettings(settings: Parameters, { set, named }: AskedFaults): Parameters {
  const merged: Record<string, Parameters[string]> = { ...settings };
  for (const [parameter, value] of Object.entries(set)) {
    mergeSetting(merged, parameter, value, named.join(', '));
  }
  return merged;
}

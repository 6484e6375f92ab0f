// What many tests need: the catalogue, checked as the build checks it.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkCatalogue } from '../src/scenarios/check.ts';
import {
  allParameters,
  buildCatalogue,
  findScenario,
  mergeSettings,
  readFaults,
  readInput,
} from '../src/scenarios/index.ts';
import {
  type Json,
  type RunInput,
  type RunResult,
  run,
  type Scenario,
  type Schedule,
} from '../src/sim/index.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const CATALOGUE_TEXT = readFileSync(`${ROOT}scenarios.yaml`, 'utf8');
export const catalogueData = checkCatalogue(CATALOGUE_TEXT, 'scenarios.yaml');
export const catalogue = buildCatalogue(catalogueData);
export const ticketSaga: Scenario = findScenario(catalogue, 'ticket-saga');

export const scenarioOf = (id: string): Scenario => findScenario(catalogue, id);

export function inputOf(
  scenario: Scenario,
  set: Readonly<Record<string, string | number | null>>,
  document?: Json,
): RunInput {
  return readInput(scenario, allParameters(scenario, set), document);
}

/** Runs a scenario as `sim run ID --fail … --set …` would. */
export function runScenario(
  id: string,
  fails: readonly string[] = [],
  set: Readonly<Record<string, string | number | null>> = {},
  schedule?: Schedule,
): RunResult {
  const scenario = scenarioOf(id);
  const asked = readFaults(scenario, fails);
  return run(scenario, inputOf(scenario, mergeSettings(set, asked)), asked.faults, schedule);
}

/** Runs the ticket saga as `sim run --fail … --set …` would. */
export function runSaga(
  fails: readonly string[] = [],
  set: Readonly<Record<string, string | number | null>> = {},
  schedule?: Schedule,
): RunResult {
  return runScenario('ticket-saga', fails, set, schedule);
}

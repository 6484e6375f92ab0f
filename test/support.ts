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
import { type RunResult, run, type Scenario, type Schedule } from '../src/sim/index.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const CATALOGUE_TEXT = readFileSync(`${ROOT}scenarios.yaml`, 'utf8');
const catalogueData = checkCatalogue(CATALOGUE_TEXT, 'scenarios.yaml');
export const catalogue = buildCatalogue(catalogueData);
export const ticketSaga: Scenario = findScenario(catalogue, 'ticket-saga');

/** Runs the ticket saga as `sim run --fail … --set …` would. */
export function runSaga(
  fails: readonly string[] = [],
  set: Readonly<Record<string, string | number | null>> = {},
  schedule?: Schedule,
): RunResult {
  const asked = readFaults(ticketSaga, fails);
  const settings = mergeSettings(set, asked);
  const input = readInput(ticketSaga, allParameters(ticketSaga, settings));
  return run(ticketSaga, input, asked.faults, schedule);
}

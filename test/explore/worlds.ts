// Scenarios of the catalogue as models, as an exploration begins with them.

import { Exhaustive } from '../../src/explore/exhaustive.ts';
import { ENDLESS } from '../../src/explore/model.ts';
import { WorldModel, type WorldOptions } from '../../src/explore/world-model.ts';
import {
  allParameters,
  findScenario,
  type Parameters,
  readInput,
} from '../../src/scenarios/index.ts';
import { type Json, type Scenario, World } from '../../src/sim/index.ts';
import { catalogue } from '../support.ts';

export interface Wanted extends Partial<Omit<WorldOptions, 'faults'>> {
  readonly set?: Parameters;
  readonly document?: Json;
  readonly faults?: number;
  readonly preemptions?: number;
  readonly stalls?: number;
  readonly everyOrder?: boolean;
  readonly maxStates?: number;
}

/** Explores a scenario of the catalogue exhaustively. */
export const searchWorld = (id: string, wanted: Wanted = {}) =>
  searchScenario(findScenario(catalogue, id), wanted);

/** Explores a scenario exhaustively. */
export function searchScenario(scenario: Scenario, wanted: Wanted = {}) {
  const { set, document, faults = 0, preemptions, stalls = 0, everyOrder = false, ...own } = wanted;
  const { explore } = scenario;
  const parameters = allParameters(scenario, { ...explore.set, ...set });
  const world = new World(scenario, readInput(scenario, parameters, document ?? explore.document));
  try {
    const countsPreemptions = preemptions !== undefined;
    const options: WorldOptions = { pace: 'handler', stallMs: 10_000, countsPreemptions, ...own };
    const budget = { ...ENDLESS, faults, stalls, ...(countsPreemptions && { preemptions }) };
    const search = new Exhaustive(new WorldModel(world, options), {
      budget,
      maxStates: own.maxStates ?? 1_000_000,
      everyOrder,
    });
    search.advance(Number.POSITIVE_INFINITY);
    return search.result;
  } finally {
    world.close();
  }
}

/** How short the shortest way to break each property is. */
export function lengthsOf({ ways }: ReturnType<typeof searchWorld>) {
  return Object.fromEntries([...ways].map(([property, { length }]) => [property, length]));
}

// Scenarios of the catalogue as models, as an exploration begins with them.

import { searchAll } from '../../src/explore/exhaustive.ts';
import { WorldModel, type WorldOptions } from '../../src/explore/world-model.ts';
import {
  allParameters,
  findScenario,
  type Parameters,
  readInput,
} from '../../src/scenarios/index.ts';
import { type Json, World } from '../../src/sim/index.ts';
import { catalogue } from '../support.ts';

export interface Wanted extends Partial<WorldOptions> {
  readonly set?: Parameters;
  readonly document?: Json;
  readonly faults?: number;
  readonly preemptions?: number;
  readonly stalls?: number;
  readonly everyOrder?: boolean;
}

/** Explores a scenario exhaustively. */
export function searchWorld(id: string, wanted: Wanted = {}) {
  const { set, document, faults = 0, preemptions, stalls = 0, everyOrder = false, ...own } = wanted;
  const scenario = findScenario(catalogue, id);
  const { explore } = scenario;
  const parameters = allParameters(scenario, { ...explore.set, ...set });
  const world = new World(scenario, readInput(scenario, parameters, document ?? explore.document));
  try {
    const countsPreemptions = preemptions !== undefined;
    const options: WorldOptions = { pace: 'handler', stallMs: 10_000, countsPreemptions, ...own };
    const budget = { faults, stalls, preemptions: preemptions ?? 0 };
    return searchAll(new WorldModel(world, options), {
      budget,
      depth: 10_000,
      maxStates: 1_000_000,
      everyOrder,
    });
  } finally {
    world.close();
  }
}

/** How short the shortest way to break each property is. */
export function lengthsOf({ broken }: ReturnType<typeof searchWorld>) {
  return Object.fromEntries([...broken].map(([property, { length }]) => [property, length]));
}

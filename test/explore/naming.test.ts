// The quick name of a state stands for its text: equal names exactly where the texts are equal.

import { expect, it } from 'vitest';
import { WorldModel } from '../../src/explore/world-model.ts';
import { allParameters, readInput } from '../../src/scenarios/index.ts';
import { createPrng, seededSchedule, World } from '../../src/sim/index.ts';
import { scenarioOf } from '../support.ts';

it.each([
  { id: 'ticket-saga', pace: 'handler', seeds: 1500 },
  { id: 'ticket-saga', pace: 'statement', seeds: 60 },
  { id: 'ticket-saga', pace: 'timed', seeds: 60 },
  { id: 'ticket-saga-fixed', pace: 'handler', seeds: 200 },
  { id: 'saga-orchestrated', pace: 'handler', seeds: 100 },
  { id: 'tcc', pace: 'handler', seeds: 60 },
  { id: 'jta-xa', pace: 'statement', seeds: 30 },
  { id: 'dead-letter', pace: 'handler', seeds: 60 },
] as const)('$id, $pace by $pace', ({ id, pace, seeds }) => {
  const scenario = scenarioOf(id);
  const { explore } = scenario;
  const input = readInput(scenario, allParameters(scenario, explore.set), explore.document);
  const world = new World(scenario, input);
  const model = new WorldModel(world, { pace, countsPreemptions: false, stallMs: 10_000 });
  const byText = new Map<string, number>();
  const byName = new Map<number, string>();
  let again = 0;
  for (let seed = 0; seed < seeds; seed++) {
    model.reset();
    const schedule = seededSchedule(seed);
    const prng = createPrng(seed);
    for (let step = 0; step < 60 && !world.isOver; step++) {
      const name = world.naming.hash();
      const text = world.naming.text();
      if (byText.has(text)) again += 1;
      expect(byText.get(text) ?? name).toBe(name);
      expect(byName.get(name) ?? text).toBe(text);
      byText.set(text, name);
      byName.set(name, text);
      const enabled = model.enabled();
      const option = schedule.choose(world.options, step);
      const action = enabled.find((one) => one.option === option) ?? enabled[0];
      if (!action) break;
      // Now and then something goes wrong on its way.
      const mark = model.mark();
      const { variants } = model.apply(action);
      const variant = prng.below(6) === 0 ? variants[prng.below(variants.length + 1)] : undefined;
      if (!variant) continue;
      model.rewind(mark);
      model.apply(variant);
    }
  }
  expect(again).toBeGreaterThan(20);
  world.close();
});

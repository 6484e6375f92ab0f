// What a run of a handler did before is done again without running it: nothing may differ from a
// world that runs each of them. There a fault that never comes keeps anything from being repeated.

import { expect, it } from 'vitest';
import { Exhaustive } from '../../src/explore/exhaustive.ts';
import { ENDLESS } from '../../src/explore/model.ts';
import { WorldModel } from '../../src/explore/world-model.ts';
import { allParameters, readInput } from '../../src/scenarios/index.ts';
import { createPrng, type Fault, World } from '../../src/sim/index.ts';
import { scenarioOf } from '../support.ts';

/** Two models of a scenario: one repeats, one runs everything. */
function pair(id: string) {
  const scenario = scenarioOf(id);
  const { explore } = scenario;
  const input = readInput(scenario, allParameters(scenario, explore.set), explore.document);
  const when = { when: 'before', occurrence: 1, options: {} } as const;
  const never: Fault = { kind: 'crash', point: 'nowhere', ...when };
  return [[], [never]].map((faults) => {
    const options = { pace: 'handler', countsPreemptions: false, stallMs: 10_000, faults } as const;
    return new WorldModel(new World(scenario, input), options);
  }) as [WorldModel, WorldModel];
}

const IDS = ['ticket-saga', 'ticket-saga-fixed', 'dead-letter', 'best-effort', 'saga-orchestrated'];

it.each(IDS)('%s goes the same way, step by step', (id) => {
  const [repeating, plain] = pair(id);
  const prng = createPrng(7);
  const seen = (model: WorldModel) => {
    return {
      text: model.world.naming.text(),
      enabled: model.enabled().map(({ key, cost }) => [key, cost]),
      broken: model.broken(),
    };
  };
  for (let walk = 0; walk < 250; walk++) {
    repeating.reset();
    plain.reset();
    for (let step = 0; step < 40; step++) {
      expect(seen(repeating)).toEqual(seen(plain));
      const enabled = repeating.enabled();
      const at = prng.below(Math.max(1, enabled.length));
      const [one, other] = [enabled[at], plain.enabled()[at]];
      if (!one || !other || one.key !== other.key) break;
      const marks = [repeating.mark(), plain.mark()];
      const [did, ran] = [repeating.apply(one), plain.apply(other)];
      expect({ ...did, variants: did.variants.map(({ key }) => key) }).toEqual({
        ...ran,
        variants: ran.variants.map(({ key }) => key),
      });
      expect(repeating.passed).toEqual(plain.passed);
      const variant = prng.below(4) === 0 ? prng.below(Math.max(1, did.variants.length)) : -1;
      const [struck, hit] = [did.variants[variant], ran.variants[variant]];
      if (!struck || !hit) continue;
      repeating.rewind(marks[0]);
      plain.rewind(marks[1]);
      repeating.apply(struck);
      plain.apply(hit);
    }
  }
});

it.each(['ticket-saga', 'dead-letter'])('%s is searched alike', (id) => {
  const results = pair(id).map((model) => {
    const budget = { ...ENDLESS, faults: 1, stalls: 0 };
    const search = new Exhaustive(model, { budget, maxStates: 100_000 });
    search.advance(Number.POSITIVE_INFINITY);
    const { states, steps, broken, ends, ways } = search.result;
    const lengths = [...ways].map(([property, { length }]) => [property, length]);
    return { states, steps, broken, ends: ends.size, lengths };
  });
  expect(results[0]).toEqual(results[1]);
});

// A check that explores may say what strikes in any case, as one that runs does.

import { expect, it } from 'vitest';
import { wantedOf } from '../../src/classroom/engine.ts';
import { reportOn } from '../../src/cli/library.ts';
import { scenarioOf } from '../support.ts';

it('explores beside the faults that a check names', async () => {
  const shared = { id: 'lost', en: 'lost', zh: '丢失', set: {}, needs: [], points: {} };
  const explored = async (fail: readonly string[]) => {
    const check = { ...shared, fail: [...fail], explore: { faults: 0, maxStates: 1000 } };
    const wanted = wantedOf(check);
    if (!wanted) throw new Error('a check with explore: is explored');
    const { findings } = await reportOn(scenarioOf('outbox'), wanted);
    return findings.map(({ property }) => property);
  };
  expect(await explored([])).toEqual([]);
  expect(await explored(['lose@shop.relay.sending'])).toEqual(['every-order-credited']);
  expect(await explored(['broker-loses'])).toEqual(['every-order-credited']);
});

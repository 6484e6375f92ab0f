// An answer that leaves a timer at work for ever has not come to rest, and what must hold at rest
// is not so: also where the timer is due at the very moment at which a run is cut off.

import { expect, it } from 'vitest';
import { withHandlers } from '../../src/classroom/own-handlers.ts';
import { reportOn } from '../../src/cli/library.ts';
import { bestEffortListener, COMES_TO_REST, fork } from '../../src/sim/index.ts';
import { ticketSaga } from '../support.ts';

it('finds that a run never comes to rest, when a timer is due at the horizon', async () => {
  const idle = bestEffortListener('order.fail', {
    first: 'resting',
    states: { resting: fork(['committing']) },
  });
  const scenario = withHandlers(ticketSaga, new Map([['order.fail', idle]]));
  const input = {
    customers: [{ id: 1, deposit: 50 }],
    orders: [{ customerId: 1, ticketNum: 110, amount: 100 }],
  };
  // The order stays NEW, so the timer asks for its end every 10 s.
  const set = { horizonMs: 100_000 };
  const { findings } = await reportOn(scenario, { faults: 0, input, set });
  expect(findings.map(({ property }) => property)).toContain(COMES_TO_REST);
});

// The ticket shop as deployed: who is sent where by which list, what a page falls back on, when a
// circuit opens and closes, and what holds whatever crashes.

import { describe, expect, it } from 'vitest';
import { mergeSettings, readFaults } from '../../src/scenarios/index.ts';
import {
  type Json,
  kindsFor,
  type MessageBody,
  type RunResult,
  run,
  runWorld,
  seededSchedule,
  World,
} from '../../src/sim/index.ts';
import { inputOf, runScenario, scenarioOf } from '../support.ts';

const PAGE = '/user/api/customer/my';
const shop = scenarioOf('ticket-shop');
const runShop = (fails: readonly string[] = [], set: Record<string, string | number> = {}) =>
  runScenario('ticket-shop', fails, set);

/** What the browsers were answered, in order. */
function answers({ events }: RunResult): readonly MessageBody[] {
  return events.flatMap(({ place, happening }) =>
    place.service === 'browser' && happening.kind === 'answered'
      ? [happening.value as MessageBody]
      : [],
  );
}
const answered = (result: RunResult, field: string) => answers(result).map((one) => one[field]);
const pages = (result: RunResult) => answered(result, 'body') as readonly MessageBody[];

/** When somebody called a handler, as `service.handler`. */
function calls({ events }: RunResult, callee: string): readonly number[] {
  return events.flatMap(({ atMs, happening }) =>
    happening.kind === 'called' && `${happening.service}.${happening.handler}` === callee
      ? [atMs]
      : [],
  );
}

/** What a service kept in its memory under a name, one value after the other. */
function kept({ events }: RunResult, service: string, name: string): readonly Json[] {
  return events.flatMap(({ place, happening }) => {
    const value = happening.kind === 'kept' ? happening.entries[name] : undefined;
    return place.service === service && value !== undefined ? [value] : [];
  });
}

const broken = ({ verdicts }: Pick<RunResult, 'verdicts'>) =>
  verdicts.filter(({ holds }) => holds === false).map(({ property }) => property);
const statesOf = (circuits: readonly Json[]) =>
  circuits.map((circuit) => (circuit as MessageBody)['state']);

describe('the gateway', () => {
  it('hands orders to both instances in turn, and each runs the saga', () => {
    const result = runShop([], { times: 4 });
    expect(answered(result, 'by')).toEqual(['order-1', 'order-2', 'order-1', 'order-2']);
    const bought = (result.after['order.customer_order'] ?? []).slice(1);
    expect(bought.map((row) => [row['ticket_num'], row['status']])).toEqual([
      [110, 'FINISH'],
      [111, 'FINISH'],
      [112, 'FINISH'],
      [113, 'FINISH'],
    ]);
    expect(result.after['user.customer']).toMatchObject([{ deposit: 600 }]);
    const owned = (result.after['ticket.ticket'] ?? []).filter((row) => row['owner'] === 1);
    expect(owned).toHaveLength(5);
  });

  it('knows no path but two, and asks nobody about another', () => {
    const result = runShop(['unknown-path']);
    expect(answers(result)).toEqual([{ status: 404, reason: 'no such path' }]);
    expect(kept(result, 'proxy', 'turn goods')).toEqual([]);
  });

  it('finds nobody as long as it has not fetched the list again', () => {
    expect(answered(runShop([], { atMs: 29_000 }), 'status')).toEqual([503]);
    expect(answered(runShop([], { atMs: 31_000 }), 'status')).toEqual([200]);
    expect(answered(runShop([], { atMs: 29_000, refreshMs: 5000 }), 'status')).toEqual([200]);
  });

  it('repeats a GET that may have been served, but no POST', () => {
    const lost = 'lost-reply@proxy.route.forwarding';
    expect(answered(runShop([lost], { path: PAGE }), 'status')).toEqual([200]);
    const post = runShop([lost]);
    expect(answers(post)).toEqual([{ status: 502, reason: 'reply-lost' }]);
    expect(post.after['order.customer_order']).toHaveLength(2);
    const forced = runShop([lost], { retryPost: 1 });
    expect(answered(forced, 'by')).toEqual(['order-2']);
    expect(forced.after['order.customer_order']).toHaveLength(3);
    expect(broken(forced)).toEqual(['ordered-once']);
  });

  it('tells no answer in time from an exception', () => {
    const told = (kind: string) => answers(runShop([`${kind}@proxy.route.forwarding`]))[0];
    expect(told('timeout')).toEqual({ status: 504, reason: 'call-timed-out' });
    expect(told('error')).toEqual({ status: 500, reason: 'injected-error' });
  });
});

describe('an instance that dies', () => {
  const dying = shop.namedFaults['instance-dies']?.faults;

  // It renews its lease at 30 s, then dies: the lease runs out at 120 s, the registry looks at
  // 120.0 s just too early and takes it out at 180 s, and then the gateway fetches its list.
  it('is called until the registry takes it out and the list is fetched again', () => {
    const result = runShop(dying, { times: 9, pauseMs: 30_000 });
    expect(answered(result, 'by')).toEqual(Array(9).fill('order-2'));
    const tries = calls(result, 'order-1.create');
    expect(tries.length).toBeGreaterThan(2);
    expect(Math.max(...tries)).toBeGreaterThan(120_000);
    expect(Math.max(...tries)).toBeLessThan(182_000);
    expect(calls(result, 'order-2.create')).toHaveLength(9);
    expect(broken(result)).toEqual([]);
  });

  it('costs every second request if the gateway tries no other', () => {
    const result = runShop(dying, { times: 6, pauseMs: 10_000, retries: 0 });
    expect(answered(result, 'status')).toEqual([502, 200, 502, 200, 502, 200]);
    expect(result.outcome.word).toBe('rolled-back');
  });

  it('is called for ever if the registry takes nobody out, which is found', () => {
    const services = shop.services.map((one) =>
      one.name === 'registry' ? { ...one, jobs: [] } : one,
    );
    const asked = readFaults(shop, ['instance-dies']);
    const careless = { ...shop, services };
    const result = run(careless, inputOf(shop, asked.set), asked.faults);
    expect(broken(result)).toEqual(['expired-is-spared']);
  });
});

describe('the registry', () => {
  it('refuses a wrong password; the other services are registered', () => {
    const result = runShop([], { password: 'secret', path: PAGE });
    expect(kept(result, 'order-1', 'registered')).toEqual([]);
    expect(kept(result, 'user', 'registered')).toEqual([true]);
    expect(calls(result, 'order-1.mine')).toEqual([]);
    expect(pages(result)).toMatchObject([{ orders: [], fallback: ['order'] }]);
  });

  it('is not missed by those who have a list, however long it is gone', () => {
    const dying = shop.namedFaults['registry-dies']?.faults;
    const result = runShop(dying, { times: 5, pauseMs: 60_000 });
    expect(answered(result, 'by')).toEqual(Array(5).fill('order-1'));
    expect(calls(result, 'order-2.create')).toEqual([]);
    expect(Math.max(...calls(result, 'order-1.create'))).toBeGreaterThan(30_000 + 240_000);
    expect(broken(result)).toEqual([]);
  });

  it('has forgotten all when it comes back, until each has asked in vain and registered', () => {
    const result = runShop(['registry-forgets']);
    expect(answered(result, 'status')).toEqual([200, 503, 200]);
    expect(kept(result, 'order-1', 'registered')).toEqual([true, true]);
  });
});

describe("a customer's page", () => {
  it('shows what both services have', () => {
    const result = runShop([], { path: PAGE });
    expect(pages(result)).toEqual([
      {
        customer: { id: 1, user_name: 'imooc', deposit: 1000 },
        orders: [{ id: 1, ticket_num: 109, status: 'FINISH' }],
        tickets: [{ id: 1, ticket_num: 109 }],
        fallback: [],
      },
    ]);
  });

  it('waits no longer than it may, and then says what it lacks', () => {
    const result = runShop(['ticket-slow']);
    expect(pages(result)).toMatchObject([
      { orders: [{ id: 1 }], tickets: [], fallback: ['ticket'] },
    ]);
    const patient = runShop(['ticket-slow'], { patienceMs: 4000 });
    expect(pages(patient)).toMatchObject([{ tickets: [{ id: 1 }], fallback: [] }]);
  });

  it('calls nobody once three calls have failed, and is there at once', () => {
    const result = runShop(['circuit-opens']);
    expect(pages(result).map((page) => page['fallback'])).toEqual(Array(6).fill(['ticket']));
    expect(calls(result, 'ticket.mine')).toHaveLength(3);
    expect(statesOf(kept(result, 'user', 'circuit ticket'))).toEqual(['closed', 'closed', 'open']);
    const [first = 0, second = 0, , fourth = 0, fifth = 0] = calls(result, 'user.my');
    expect(second - first).toBeGreaterThan(1200);
    expect(fifth - fourth).toBeLessThan(250);
  });

  it('asks again after a while; a probe that goes well closes the circuit', () => {
    const result = runShop(['circuit-heals']);
    const circuits = statesOf(kept(result, 'user', 'circuit ticket'));
    expect(circuits.slice(2)).toEqual(['open', 'half-open', 'closed', 'closed']);
    const lacking = pages(result).map((page) => (page['fallback'] as Json[]).length);
    expect(lacking).toEqual([1, 1, 1, 1, 1, 0, 0]);
  });

  it('sleeps again if the probe goes badly', () => {
    const result = runShop([], { path: PAGE, slowMs: 3000, times: 6, pauseMs: 2000 });
    const circuits = statesOf(kept(result, 'user', 'circuit ticket'));
    expect(circuits.slice(2, 5)).toEqual(['open', 'half-open', 'open']);
  });
});

describe('whatever the order of steps', () => {
  // A browser opens the circuit; when that has slept, two come at once or nearly so.
  const visit = { path: PAGE, pauseMs: 100, customerId: 1, ticketNum: 110, amount: 100 };
  const comingAgain = (atMs: number) => [
    { ...visit, times: 3, atMs: 35_000 },
    { ...visit, times: 1, atMs: 60_000 },
    { ...visit, times: 1, atMs },
  ];

  it('one of two is the probe, and the other calls nobody', () => {
    for (let laterMs = 0; laterMs < 20; laterMs++) {
      const input = inputOf(shop, { slowMs: 3000 }, { visits: comingAgain(60_000 + laterMs) });
      const result = run(shop, input);
      expect(calls(result, 'ticket.mine'), `${laterMs} ms later`).toHaveLength(4);
      expect(broken(result)).toEqual([]);
    }
  });

  it('an open circuit spares the slow service, by every seed', () => {
    const input = inputOf(shop, { slowMs: 3000 }, { visits: comingAgain(60_000) });
    const world = new World(shop, input);
    for (let seed = 0; seed < 50; seed++) {
      expect(broken(runWorld(world, [], seededSchedule(seed))), `seed ${seed}`).toEqual([]);
    }
    world.close();
  });

  it('and whatever crashes, all that is promised holds', () => {
    const ways = ['', 'instance-dies', 'registry-forgets', 'circuit-heals'];
    const points = shop.points.filter(({ effect }) => kindsFor(effect).includes('crash'));
    let struck = 0;
    for (const [at, name] of ways.entries()) {
      const asked = readFaults(shop, name === '' ? [] : [name]);
      const world = new World(shop, inputOf(shop, mergeSettings({}, asked)));
      for (const [index, { id }] of points.entries()) {
        const seed = at * points.length + index;
        const { faults } = readFaults(shop, [`crash@${id}:${seed % 2 ? 'before' : 'after'}`]);
        const plan = [...asked.faults, ...faults];
        const result = runWorld(world, plan, seededSchedule(seed));
        const where = `${name} + crash@${id}, seed ${seed}`;
        expect(broken(result), where).toEqual([]);
        expect(result.ending, where).toBe('at-rest');
        if (result.neverStruck.length === 0) struck += 1;
      }
      world.close();
    }
    expect(struck).toBeGreaterThan(100);
  });
});

// Try-Confirm-Cancel: each of the fence's checks, with and without it, and the coordinator's crash
// at each of its steps.

import { describe, expect, it } from 'vitest';
import { readFaults } from '../../src/scenarios/index.ts';
import {
  kindsFor,
  type RunResult,
  type RunSummary,
  runWorld,
  seededSchedule,
  World,
} from '../../src/sim/index.ts';
import { inputOf, runScenario, scenarioOf } from '../support.ts';

const tcc = scenarioOf('tcc');
const runTcc = (fails: readonly string[] = [], set = {}) => runScenario('tcc', fails, set);

const violatedBy = ({ verdicts }: RunSummary) =>
  verdicts.filter(({ holds }) => holds === false).map(({ property }) => property);

const rowOf = ({ after }: RunResult, table: string) => after[table]?.[0];

/** When a state was entered to ask for its effect, in virtual ms. */
const timesOf = ({ events }: RunResult, service: string, state: string, kind: string) =>
  events.flatMap(({ atMs, place, happening }) =>
    place.service === service && place.state === state && happening.kind === kind ? [atMs] : [],
  );

const SOLD = {
  order: { status: 'FINISH' },
  log: { status: 'CONFIRMED' },
  customer: { deposit: 900, frozen: 0 },
  ticket: { owner: 1, lock_user: null },
};
const CANCELLED = {
  order: { status: 'FAIL' },
  log: { status: 'CANCELLED' },
  customer: { deposit: 1000, frozen: 0 },
  ticket: { owner: null, lock_user: null },
};

const endOf = (result: RunResult) => ({
  order: rowOf(result, 'shop.customer_order'),
  log: rowOf(result, 'shop.tcc_transaction'),
  customer: rowOf(result, 'user.customer'),
  ticket: rowOf(result, 'ticket.ticket'),
});

describe('a purchase', () => {
  it('reserves everything before it decides, and decides before it takes anything', () => {
    const result = runTcc();
    expect(endOf(result)).toMatchObject(SOLD);
    const first = (service: string, state: string, kind = 'changed') =>
      timesOf(result, service, state, kind)[0] ?? Number.NaN;
    const decided = first('shop', 'deciding-confirm');
    expect(first('ticket', 'holding')).toBeLessThan(decided);
    expect(first('user', 'freezing')).toBeLessThan(decided);
    expect(first('ticket', 'handing-over')).toBeGreaterThan(decided);
    expect(first('user', 'charging')).toBeGreaterThan(decided);
  });

  it('gives the ticket back when the money is not there, by an empty rollback of the money', () => {
    const result = runTcc(['deposit']);
    expect(endOf(result)).toMatchObject({ ...CANCELLED, customer: { deposit: 50, frozen: 0 } });
    expect(rowOf(result, 'shop.customer_order')).toMatchObject({ reason: 'NOT_ENOUGH_DEPOSIT' });
    expect(rowOf(result, 'user.tcc_fence_log')).toMatchObject({ status: 'SUSPENDED' });
    expect(rowOf(result, 'ticket.tcc_fence_log')).toMatchObject({ status: 'CANCELLED' });
  });

  it('of a ticket that two customers want at once goes to one of them', () => {
    const order = { customerId: 1, ticketNum: 110, amount: 100 };
    const document = {
      customers: [{ deposit: 1000 }, { deposit: 1000 }],
      orders: [order, { ...order, customerId: 2 }],
    };
    const world = new World(tcc, inputOf(tcc, {}, document));
    const sold = Array.from({ length: 50 }, (_, seed) => {
      const result = runWorld(world, [], seededSchedule(seed));
      expect(violatedBy(result)).toEqual([]);
      return world.query("SELECT 1 FROM shop.customer_order WHERE status = 'FINISH'").length;
    });
    world.close();
    // A schedule may keep the first waiting for its answer until it gives up.
    expect(new Set(sold)).toEqual(new Set([0, 1]));
    expect(sold.filter((count) => count === 1).length).toBeGreaterThan(25);
  });
});

describe('the fence', () => {
  it.each([
    ['empty-rollback', { deposit: 1100, frozen: -100 }],
    ['suspension', { deposit: 900, frozen: 100 }],
    ['cancel-twice', { deposit: 1100, frozen: -100 }],
  ])('%s does no harm, and without its check it does', (name, harmed) => {
    const guarded = runTcc([name]);
    expect(endOf(guarded)).toMatchObject(CANCELLED);
    expect(violatedBy(guarded)).toEqual([]);
    const unguarded = runTcc([`${name}-unguarded`]);
    expect(rowOf(unguarded, 'user.customer')).toMatchObject(harmed);
    // What is kept in the log does not tell: only the money does.
    expect(rowOf(unguarded, 'shop.tcc_transaction')).toMatchObject({ status: 'CANCELLED' });
  });

  it('keeps a second confirm from taking the money again', () => {
    expect(endOf(runTcc(['confirm-twice']))).toMatchObject(SOLD);
    const unguarded = runTcc(['confirm-twice-unguarded']);
    expect(unguarded.after['user.pay_info']).toHaveLength(2);
    expect(rowOf(unguarded, 'user.customer')).toMatchObject({ deposit: 900, frozen: -100 });
  });

  it('keeps a try that arrives twice from freezing twice', () => {
    const twice = ['duplicate@shop.buy.trying-user,delay=20s'];
    expect(endOf(runTcc(twice))).toMatchObject(SOLD);
    const unguarded = runTcc(twice, { idempotent: 0 });
    expect(rowOf(unguarded, 'user.customer')).toMatchObject({ deposit: 800, frozen: 100 });
    expect(violatedBy(unguarded)).toEqual(['nothing-frozen']);
  });

  it('lets a late try in only where its own check is off', () => {
    const late = ['delay@shop.buy.trying-ticket,delay=8s'];
    expect(endOf(runTcc(late))).toMatchObject(CANCELLED);
    const others = { allowsEmptyRollback: 1, idempotent: 0 };
    expect(endOf(runTcc(late, others))).toMatchObject(CANCELLED);
    const unguarded = runTcc(late, { preventsSuspension: 0 });
    expect(rowOf(unguarded, 'ticket.ticket')).toMatchObject({ lock_user: 1, owner: null });
    expect(violatedBy(unguarded)).toEqual(['nothing-frozen']);
  });
});

describe('retries', () => {
  it('come after ever longer pauses, until the service is back', () => {
    const times = timesOf(runTcc(['backoff']), 'shop', 'confirming-user', 'called');
    const pauses = times.slice(1).map((atMs, at) => Math.round((atMs - (times[at] ?? 0)) / 1000));
    expect(pauses).toEqual([1, 2, 4, 8]);
  });

  it('are given up after some, and the recovery job goes on', () => {
    const result = runTcc(['gives-up']);
    expect(endOf(result)).toMatchObject(SOLD);
    const [answered = 0] = timesOf(result, 'shop', 'replying', 'replied');
    const [charged = 0] = timesOf(result, 'user', 'charging', 'changed');
    expect(answered).toBeLessThan(60_000);
    expect(charged).toBeGreaterThan(60_000);
  });
});

describe('with all its checks', () => {
  const steps = tcc.points.filter(({ effect }) => effect !== 'start');

  it.each([
    { set: {}, fails: [] },
    { set: { deposit: 50 }, fails: [] },
    { set: {}, fails: ['crash@shop.buy.deciding-confirm:before'] },
    { set: {}, fails: ['crash@shop.buy.deciding-confirm:after'] },
  ])('any fault at any step ends consistent: $set $fails', ({ set, fails }) => {
    const world = new World(tcc, inputOf(tcc, set));
    let struck = 0;
    for (const { id, effect } of steps) {
      for (const kind of kindsFor(effect)) {
        for (const when of ['before', 'after']) {
          const all = [...fails, `${kind}@${id}:${when}`];
          const result = runWorld(world, readFaults(tcc, all).faults);
          if (result.neverStruck.length > 0) continue;
          struck += 1;
          expect([result.ending, violatedBy(result)], all.join(' + ')).toEqual(['at-rest', []]);
          expect(result.outcome.word, all.join(' + ')).toMatch(/^(committed|compensated|rolled-)/);
        }
      }
    }
    world.close();
    expect(struck).toBeGreaterThan(100);
  });

  it.each([
    ['logging-try', undefined],
    ['committing', 'CANCELLED'],
    ['trying-ticket', 'CANCELLED'],
    ['trying-user', 'CANCELLED'],
    ['deciding-confirm', 'CONFIRMED'],
    ['confirming-ticket', 'CONFIRMED'],
    ['confirming-user', 'CONFIRMED'],
    ['finishing-order', 'CONFIRMED'],
  ])('the shop dies after %s: %s', (state, status) => {
    const result = runTcc([`crash@shop.buy.${state}:after`]);
    expect(rowOf(result, 'shop.tcc_transaction')?.['status']).toBe(status);
    expect(violatedBy(result)).toEqual([]);
  });
});

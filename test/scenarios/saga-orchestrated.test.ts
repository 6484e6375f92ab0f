// The orchestrated saga: its log comes before its messages, compensations run in reverse, and
// whatever is crashed, lost or doubled, every saga is decided and nobody is charged twice.

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

const saga = scenarioOf('saga-orchestrated');
const runIt = (fails: readonly string[] = [], set = {}) =>
  runScenario('saga-orchestrated', fails, set);

const violatedBy = ({ verdicts }: RunSummary) =>
  verdicts.filter(({ holds }) => holds === false).map(({ property }) => property);

const rowOf = ({ after }: RunResult, table: string) => after[table]?.[0];

const endOf = (result: RunResult) => ({
  saga: rowOf(result, 'order.saga'),
  order: rowOf(result, 'order.customer_order'),
  customer: rowOf(result, 'user.customer'),
  ticket: rowOf(result, 'ticket.ticket'),
});

const FINISHED = {
  saga: { state: 'FINISHED' },
  order: { status: 'FINISH' },
  customer: { deposit: 900 },
  ticket: { owner: 1, lock_user: null },
};
const UNDONE = {
  saga: { state: 'COMPENSATED' },
  order: { status: 'FAIL' },
  customer: { deposit: 1000 },
  ticket: { owner: null, lock_user: null },
};

/** The states in which a service changed a row or sent a message, in order, with their times. */
const workOf = ({ events }: RunResult, ...states: readonly string[]) =>
  events.flatMap(({ atMs, place, happening }) =>
    states.includes(place.state ?? '') && ['changed', 'sent'].includes(happening.kind)
      ? [{ state: place.state ?? '', atMs }]
      : [],
  );
const statesOf = (result: RunResult, ...states: readonly string[]) =>
  workOf(result, ...states).map(({ state }) => state);

describe('the plan', () => {
  it('goes step by step, and writes each down before its command leaves', () => {
    const result = runIt();
    expect(endOf(result)).toMatchObject(FINISHED);
    const { events } = result;
    for (const step of ['reserve-ticket', 'charge', 'confirm-ticket']) {
      const at = (test: (event: (typeof events)[number]) => boolean) => events.findIndex(test);
      const logged = at(({ place }) => place.state === `logging-${step}`);
      const committed = events.findIndex(
        ({ happening }, index) =>
          index > logged && happening.kind === 'committed' && happening.resource === 'database',
      );
      const published = at(
        ({ happening }) =>
          happening.kind === 'published' && JSON.stringify(happening).includes(`"step":"${step}"`),
      );
      expect(logged).toBeGreaterThan(-1);
      expect(committed).toBeGreaterThan(logged);
      expect(published).toBeGreaterThan(committed);
    }
  });

  it('undoes in reverse what was done before the step that was refused', () => {
    const undoing = ['refunding', 'releasing'];
    const last = runIt(['last-step']);
    expect(endOf(last)).toMatchObject(UNDONE);
    expect(statesOf(last, 'charging', ...undoing)).toEqual(['charging', 'refunding', 'releasing']);
    expect(last.after['user.pay_info']).toMatchObject([{ amount: 100, status: 'REFUNDED' }]);
    const second = runIt(['deposit']);
    expect(endOf(second)).toMatchObject({ ...UNDONE, customer: { deposit: 50 } });
    expect(statesOf(second, ...undoing)).toEqual(['releasing']);
    const first = runIt(['locked']);
    expect(endOf(first)).toMatchObject({ ...UNDONE, ticket: { lock_user: 2, owner: null } });
    expect(statesOf(first, ...undoing)).toEqual([]);
  });

  it('of two customers who want one ticket serves one, in whatever order things happen', () => {
    const order = { customerId: 1, ticketNum: 110, amount: 100 };
    const document = {
      customers: [{ deposit: 1000 }, { deposit: 1000 }],
      orders: [order, { ...order, customerId: 2 }],
    };
    const world = new World(saga, inputOf(saga, {}, document));
    for (let seed = 0; seed < 50; seed++) {
      const result = runWorld(world, [], seededSchedule(seed));
      expect([result.ending, violatedBy(result)], `seed ${seed}`).toEqual(['at-rest', []]);
      const states = world.query('SELECT state FROM order.saga ORDER BY state');
      expect(states.map(({ state }) => state)).toEqual(['COMPENSATED', 'FINISHED']);
    }
    world.close();
  });
});

describe('the log', () => {
  it('brings a saga on whose command was never sent, and only if somebody reads it', () => {
    const resumed = runIt(['crash-before-send']);
    expect(endOf(resumed)).toMatchObject(FINISHED);
    expect(statesOf(resumed, 'resending')).toHaveLength(1);
    const forgotten = runIt(['crash-before-send-unguarded']);
    expect(rowOf(forgotten, 'order.saga')).toMatchObject({ state: 'RUNNING', step: 'charge' });
    expect(rowOf(forgotten, 'ticket.ticket')).toMatchObject({ lock_user: 1 });
  });

  it('is followed by the timer where a reply is lost', () => {
    const result = runIt(['lost-reply']);
    expect(endOf(result)).toMatchObject(FINISHED);
    const [resent] = workOf(result, 'resending');
    const [charged, ...more] = workOf(result, 'charging');
    expect((resent?.atMs ?? 0) - (charged?.atMs ?? 0)).toBeGreaterThan(9_900);
    expect(more).toEqual([]);
  });
});

describe('messages that come twice', () => {
  const sends = saga.points.filter(({ effect }) => effect === 'send').map(({ id }) => id);

  it.each([[[]], [['last-step']], [['compensation-retried']]])('do no harm: %s', (named) => {
    const { word } = runIt(named).outcome;
    let doubled = 0;
    for (const id of sends) {
      for (const delay of ['0', '30ms', '60s']) {
        const result = runIt([...named, `duplicate@${id},delay=${delay}`]);
        if (result.neverStruck.length > 0) continue;
        doubled += 1;
        expect([result.outcome.word, violatedBy(result)], `${id} ${delay}`).toEqual([word, []]);
      }
    }
    // Three commands, and the first reply of each of the two services, at the least.
    expect(doubled).toBeGreaterThanOrEqual(5 * 3);
  });

  it('charge twice where commands are not known again', () => {
    for (const name of ['duplicate-command-unguarded', 'lost-reply-unguarded']) {
      const result = runIt([name]);
      expect(result.after['user.pay_info']).toHaveLength(2);
      expect(rowOf(result, 'user.customer')).toMatchObject({ deposit: 800 });
    }
  });
});

describe('a compensation that fails', () => {
  const THRICE = { deposit: 50, compensationFailures: 3 };

  it('is tried again, after ever longer pauses', () => {
    const result = runIt([], { ...THRICE, resumeDelayMs: 10 });
    expect(endOf(result)).toMatchObject({ ...UNDONE, customer: { deposit: 50 } });
    const times = [...workOf(result, 'sending-failure'), ...workOf(result, 'releasing')];
    const pauses = times.slice(1).map(({ atMs }, at) => atMs - (times[at]?.atMs ?? 0));
    expect(pauses.map((ms) => Math.round(ms / 1000))).toEqual([2, 4, 8]);
  });

  it('becomes a task of a person after too many goes, and is left alone', () => {
    const result = runIt(['compensation-given-up']);
    expect(statesOf(result, 'sending-failure')).toHaveLength(4);
    expect(result.after['order.person_task']).toMatchObject([{ step: 'refund' }]);
    expect(endOf(result)).toMatchObject({
      saga: { state: 'GIVEN_UP', step: 'refund', tries: 4 },
      customer: { deposit: 900 },
      ticket: { owner: null, lock_user: 1 },
    });
    expect(violatedBy(result)).toEqual([]);
  });

  it('counts an attempt once, though its reply comes twice', () => {
    const twice = 'duplicate@ticket.commands.sending-failure';
    const result = runIt([twice], THRICE);
    expect(endOf(result)).toMatchObject({ ...UNDONE, customer: { deposit: 50 } });
  });
});

describe('any fault at any step', () => {
  it.each([
    { set: {} },
    { set: { deposit: 50 } },
    { set: { showCancelled: 1, compensationFailures: 1 } },
  ])('ends decided and consistent: $set', ({ set }) => {
    const world = new World(saga, inputOf(saga, set));
    const words = new Set<string>();
    let struck = 0;
    for (const { id, effect, hasDatabase } of saga.points) {
      for (const kind of kindsFor(effect, hasDatabase)) {
        for (const when of ['before', 'after']) {
          const fault = `${kind}@${id}:${when}`;
          const result = runWorld(world, readFaults(saga, [fault]).faults);
          if (result.neverStruck.length > 0) continue;
          struck += 1;
          words.add(result.outcome.word);
          expect([result.ending, violatedBy(result)], fault).toEqual(['at-rest', []]);
        }
      }
    }
    world.close();
    expect(struck).toBeGreaterThan(300);
    // Only the order's own request may be lost: then nothing has been written.
    const word = Object.keys(set).length === 0 ? 'committed' : 'compensated';
    expect([...words].sort()).toEqual([word, 'rolled-back']);
  });
});

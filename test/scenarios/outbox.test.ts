// Writing and publishing: the outbox gives at least once, the idempotent receiver makes once of it;
// a dual write gives neither. Held against every single fault, and against seeds.

import { describe, expect, it } from 'vitest';
import { readFaults } from '../../src/scenarios/index.ts';
import {
  kindsFor,
  type RunSummary,
  runWorld,
  seededSchedule,
  type TraceEvent,
  World,
} from '../../src/sim/index.ts';
import { inputOf, runScenario, scenarioOf } from '../support.ts';

const scenario = scenarioOf('outbox');
type Settings = Parameters<typeof inputOf>[1];

const brokenBy = ({ verdicts }: RunSummary): readonly string[] =>
  verdicts.filter(({ holds }) => holds === false).map(({ property }) => property);

const FAULTS = scenario.points.flatMap(({ id, effect, hasDatabase }) =>
  kindsFor(effect, hasDatabase).flatMap((kind) =>
    ['before', 'after'].map((when) => `${kind}@${id}:${when}`),
  ),
);

/** The faults that break a property by themselves, each with the properties. */
function breaking(settings: Settings): ReadonlyMap<string, readonly string[]> {
  const world = new World(scenario, inputOf(scenario, settings));
  const results = FAULTS.map((fault) => {
    const result = runWorld(world, readFaults(scenario, [fault]).faults);
    return [fault, brokenBy(result)] as const;
  });
  world.close();
  return new Map(results.filter(([, broken]) => broken.length > 0));
}

const propertiesIn = (found: ReadonlyMap<string, readonly string[]>): readonly string[] =>
  [...new Set([...found.values()].flat())].sort();

describe('every single fault', () => {
  it('an outbox and an idempotent receiver: only a broker that loses what it has breaks them', () => {
    expect([...breaking({}).keys()]).toEqual([
      'lose@shop.relay.sending:before',
      'lose@shop.relay.sending:after',
    ]);
  });

  it('without the idempotent receiver: credited twice, never lost', () => {
    const found = breaking({ idempotent: 0 });
    expect(found.get('crash@shop.relay.publishing:after')).toEqual(['credited-once']);
    expect(found.get('crash@bonus.credit.committing:after')).toEqual(['credited-once']);
    const others = [...found].filter(([fault]) => !fault.startsWith('lose@'));
    expect(propertiesIn(new Map(others))).toEqual(['credited-once']);
  });

  it('a dual write, row first: whatever stops it after the commit loses the message', () => {
    const found = breaking({ way: 'commit-then-send' });
    expect(propertiesIn(found)).toEqual(['every-order-credited']);
    expect([...found.keys()]).toEqual(
      expect.arrayContaining([
        'crash@shop.commit-then-send.committing:after',
        'lost-reply@shop.commit-then-send.committing:after',
        'error@shop.commit-then-send.sending:before',
        'crash-broker@shop.commit-then-send.committing:after',
      ]),
    );
  });

  it('a dual write, message first: whatever stops it before the commit leaves a message of nothing', () => {
    const found = breaking({ way: 'send-then-commit' });
    const others = [...found].filter(([fault]) => !fault.startsWith('lose@'));
    expect(propertiesIn(new Map(others))).toEqual(['no-credit-without-order']);
    expect([...found.keys()]).toEqual(
      expect.arrayContaining([
        'crash@shop.send-then-commit.sending:after',
        'crash@shop.send-then-commit.committing:before',
        'crash-db@shop.send-then-commit.committing:before',
      ]),
    );
  });
});

describe('the relay', () => {
  const doneBy = (events: readonly TraceEvent[]) =>
    events
      .filter(({ place, happening: { kind } }) => {
        return place.handler === 'relay' && ['sent', 'committed', 'changed'].includes(kind);
      })
      .map(({ place }) => place.state);

  it('sends, commits its session, then marks; and after a crash in between sends again', () => {
    const once = ['sending', 'publishing', 'marking'];
    expect(doneBy(runScenario('outbox').events)).toEqual(once);
    const crashed = runScenario('outbox', ['relay-crash']);
    expect(doneBy(crashed.events)).toEqual(['sending', 'publishing', ...once]);
    const received = crashed.events.filter(({ happening }) => happening.kind === 'received');
    expect(received).toHaveLength(2);
    expect(crashed.after['bonus.credit']).toHaveLength(1);
    expect(crashed.after['bonus.inbox']).toMatchObject([
      { message_id: crashed.after['shop.customer_order']?.[0]?.['uuid'] },
    ]);
  });

  it('keeps the order of the rows, even where a message must be sent again', () => {
    const document = { orders: ['a', 'b', 'c'].map((customer) => ({ customer, points: 1 })) };
    const world = new World(scenario, inputOf(scenario, { consumers: 1 }, document));
    for (const fault of ['error@shop.relay.sending#2', 'crash@shop.relay.marking:before#2']) {
      const sent: unknown[] = [];
      const see = ({ happening }: TraceEvent) => {
        if (happening.kind === 'published') sent.push(happening.message.body['customer']);
      };
      world.events.on('event', see);
      runWorld(world, readFaults(scenario, [fault]).faults);
      world.events.off('event', see);
      expect(sent.filter((one, at) => one !== sent[at - 1])).toEqual(['a', 'b', 'c']);
      expect(world.tables()['bonus.credit']).toMatchObject([
        { customer: 'a' },
        { customer: 'b' },
        { customer: 'c' },
      ]);
    }
    world.close();
  });

  it('forgets nothing and doubles nothing in any order of events, whatever breaks twice', () => {
    const customers = ['a', 'b', 'c', 'd'];
    const document = { orders: customers.map((customer) => ({ customer, points: 1 })) };
    const world = new World(scenario, inputOf(scenario, { relayDelayMs: 3 }, document));
    const harmless = FAULTS.filter((fault) => {
      return !/^lose|process|(commit-then-send|send-then-commit)\./.test(fault);
    });
    for (let seed = 0; seed < 300; seed++) {
      const pair = [seed * 7, seed * 31 + 5].map((at) => harmless[at % harmless.length] ?? '');
      const { faults } = readFaults(scenario, pair);
      const result = runWorld(world, faults, seededSchedule(seed));
      expect([seed, pair, brokenBy(result)]).toEqual([seed, pair, []]);
    }
    world.close();
  });
});

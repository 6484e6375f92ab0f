// Events as the only truth: what the expected version keeps in any order, what a snapshot may not
// change, and which projection bears which fault.

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

const eventSourcing = scenarioOf('event-sourcing');
type Settings = Readonly<Record<string, string | number>>;

const broken = ({ verdicts }: RunSummary): readonly string[] =>
  verdicts.filter(({ holds }) => holds === false).map(({ property }) => property);

const DONE = `SELECT count(*) AS n FROM history.statements
  WHERE kind = 'replied' AND json_extract(rows, '$.done') = 1`;

describe('withdrawals in any order', () => {
  // Eight at once, of two amounts: 100 is enough for three of 30, or for some others.
  const wishes = [30, 30, 20, 30].map((amount, at) => ({ amount, atMs: at }));

  interface Seen {
    readonly broken: readonly string[];
    readonly balance: number;
    readonly events: number;
    readonly done: number;
    readonly conflicts: number;
  }

  function bySeed(set: Settings): readonly Seen[] {
    const world = new World(eventSourcing, inputOf(eventSourcing, set, wishes));
    const numberIn = (sql: string) => Number(world.query(sql)[0]?.['n']);
    const seen = Array.from({ length: 25 }, (_, seed): Seen => {
      const summary = runWorld(world, [], seededSchedule(seed));
      return {
        broken: broken(summary),
        balance: numberIn('SELECT sum(amount) AS n FROM ledger.event'),
        events: numberIn("SELECT count(*) AS n FROM ledger.event WHERE kind = 'withdrawn'"),
        done: numberIn(DONE),
        conflicts: numberIn(
          "SELECT count(*) AS n FROM history.statements WHERE failure = 'duplicate-key'",
        ),
      };
    });
    world.close();
    return seen;
  }

  it.each([0, 1, 2, 3])('with the expected version, a snapshot every %i: all is kept', (every) => {
    const seen = bySeed({ snapshotEvery: every, triesMax: 20 });
    for (const one of seen) {
      expect(one.broken).toEqual([]);
      expect(one.events).toBe(one.done);
      // Whoever was refused found too little: less than the largest wish is left.
      expect(one.balance).toBeGreaterThanOrEqual(0);
      expect(one.balance).toBeLessThan(30);
    }
    expect(seen.some(({ conflicts }) => conflicts > 1)).toBe(true);
  });

  it('by queue, with the positions, the view comes to the same', () => {
    // What comes too early is refused; with enough redeliveries all finds its turn.
    const set = { feed: 'queue', redeliveriesMax: 50, redeliveryDelayMs: 20 };
    for (const one of bySeed(set)) expect(one.broken).toEqual([]);
  });

  it('without it, too much goes out, and the snapshot is wrong as well', () => {
    const seen = bySeed({ expectedVersion: 0 });
    expect(seen.some(({ balance }) => balance < 0)).toBe(true);
    expect(seen.flatMap((one) => one.broken)).toContain('snapshot-is-replay');
    // The versions still have no gap: what is lost is the decision, not the number.
    expect(seen.flatMap((one) => one.broken)).not.toContain('no-gaps');
  });
});

describe('one fault anywhere', () => {
  interface Struck {
    readonly fault: string;
    readonly broken: readonly string[];
  }

  function underEveryFault(set: Settings): readonly Struck[] {
    const world = new World(eventSourcing, inputOf(eventSourcing, { amount: 30, ...set }));
    const faults = eventSourcing.points.flatMap(({ id, effect, hasDatabase }) =>
      kindsFor(effect, hasDatabase).flatMap((kind) =>
        ['before', 'after'].map((when) => `${kind}@${id}:${when}`),
      ),
    );
    const struck = faults.flatMap((fault): readonly Struck[] => {
      const summary = runWorld(world, readFaults(eventSourcing, [fault]).faults);
      return summary.neverStruck.length > 0 ? [] : [{ fault, broken: broken(summary) }];
    });
    world.close();
    return struck;
  }

  const breaking = (struck: readonly Struck[], property: string): readonly string[] =>
    struck.filter((one) => one.broken.includes(property)).map(({ fault }) => fault);

  it('a follower with its position breaks nothing', () => {
    const struck = underEveryFault({});
    expect(struck.length).toBeGreaterThan(100);
    expect(struck.filter((one) => one.broken.length > 0)).toEqual([]);
  });

  it('a follower whose bookmark is written apart applies twice', () => {
    const twice = breaking(underEveryFault({ projection: 'naive' }), 'applied-once');
    expect(twice).toContain('crash@reader.follow.committing:after');
    expect(twice).toContain('crash@reader.follow.moving-bookmark:before');
    expect(twice).not.toContain('crash@reader.follow.committing:before');
    expect(twice).not.toContain('crash@reader.follow.moving-bookmark:after');
  });

  it('by queue, with the position, nothing comes twice, and what was not sent is missing', () => {
    const struck = underEveryFault({ feed: 'queue' });
    expect(breaking(struck, 'applied-once')).toEqual([]);
    const missing = breaking(struck, 'view-is-rebuild');
    expect(missing).toContain('crash@teller.withdraw.committing:after');
    expect(missing).toContain('lose@teller.withdraw.publishing:before');
    expect(missing).not.toContain('crash@teller.withdraw.committing:before');
    expect(missing).not.toContain('crash@teller.withdraw.publishing:after');
    // Whatever the reader does: a broker that is down when somebody publishes is all that matters.
    const byReader = missing.filter((fault) => fault.includes('@reader.'));
    expect(byReader.filter((fault) => !fault.startsWith('crash-broker'))).toEqual([]);
  });

  it('by queue, without it, what comes twice counts twice', () => {
    const set = { feed: 'queue', projection: 'naive' };
    const twice = breaking(underEveryFault(set), 'applied-once');
    expect(twice).toContain('duplicate@teller.withdraw.publishing:before');
    expect(twice).toContain('crash@reader.project.acknowledging:before');
    expect(twice).not.toContain('crash@reader.project.committing:before');
  });
});

it('who conflicts waits for the key, reads the snapshot and what is after it, and decides anew', () => {
  const { events, after } = runScenario('event-sourcing', ['both-fit']);
  const online = events.filter(({ place }) => place.service === 'online');
  const steps = online.flatMap(({ place: { state }, happening: { kind } }: TraceEvent) =>
    state === null ? [] : [`${state} ${kind}`],
  );
  expect(steps).toEqual([
    'reading-snapshot queried',
    'replaying queried',
    'beginning began',
    'appending blocked',
    'appending failed',
    'conflicting rolled-back',
    'reading-snapshot queried',
    'replaying queried',
    'beginning began',
    'appending changed',
    'committing committed',
    'replying replied',
    'finished ended',
  ]);
  expect(after['ledger.event']?.map(({ version, amount }) => [version, amount])).toEqual([
    [1, 100],
    [2, -30],
    [3, -30],
  ]);
  expect(after['ledger.snapshot']).toEqual([{ stream: 'acc-1', version: 2, balance: 70 }]);
});

it('a gap is noticed by whoever looks at versions: the rest becomes a dead letter', () => {
  const dead = (name: string) =>
    runScenario('event-sourcing', [name])
      .queues.flatMap(({ messages }) => messages)
      .map(({ body }) => (body as { version: number }).version);
  expect(dead('unpublished-gap')).toEqual([3]);
  expect(dead('unpublished-gap-naive')).toEqual([]);
});

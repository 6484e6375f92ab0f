// Every kind of fault at every point of the saga: a verdict, never an internal error.

import { describe, expect, it } from 'vitest';
import { type FaultKind, kindsFor, type RunResult } from '../../src/sim/index.ts';
import { runSaga, ticketSaga } from '../support.ts';

// Every state that a fault can be put at is reached by one of these, or stands in UNREACHABLE.
const WAYS: readonly (readonly [
  fails: readonly string[],
  set?: Readonly<Record<string, number>>,
])[] = [
  [[]],
  [['deposit']],
  [['locked']],
  [['timeout']],
  [['duplicate-locked']],
  [[], { customerId: 77, checkInput: 0 }],
  [['duplicate@order.locked.sending-pay,delay=0', 'duplicate@user.pay.receiving,delay=5s']],
  [['duplicate@ticket.new.sending-locked,delay=0', 'duplicate@order.locked.receiving,delay=5s']],
];

// Rows are never deleted, so an order that a message names by its id is always found.
const UNREACHABLE = ['order.finish.refusing-no-row', 'order.fail.refusing-no-row'];

const reachedBy = ({ events }: RunResult) =>
  new Set(
    events.flatMap(({ place: { service, handler, state } }) =>
      state === null ? [] : [`${service}.${handler}.${state}`],
    ),
  );

/** For each fault point, a way to run the saga that comes by there. */
function waysToPoints() {
  const ways = new Map<string, (typeof WAYS)[number]>();
  const add = (way: (typeof WAYS)[number]) => {
    for (const point of reachedBy(runSaga(way[0], way[1])))
      if (!ways.has(point)) ways.set(point, way);
  };
  for (const way of WAYS) add(way);
  for (const { id } of ticketSaga.points) {
    const [service, handler, state] = id.split('.');
    const way = ways.get(id) ?? WAYS[0] ?? [[]];
    if (['beginning', 'committing', 'publishing'].includes(state ?? '')) {
      add([[...way[0], `error@${service}.${handler}.${state}`], way[1] ?? {}]);
    }
    if (state === 'starting') ways.set(id, WAYS[0] ?? [[]]);
  }
  return ways;
}

describe('a fault at every point', () => {
  const ways = waysToPoints();

  it('reaches every point that can be reached', () => {
    const missing = ticketSaga.points.map(({ id }) => id).filter((id) => !ways.has(id));
    expect(missing).toEqual(UNREACHABLE);
  });

  const kinds: readonly FaultKind[] = [
    'error',
    'crash',
    'crash-db',
    'crash-broker',
    'duplicate',
    'lose',
    'delay',
    'reorder',
    'lost-reply',
    'disconnect',
    'timeout',
  ];
  it.each(kinds)('%s, before and after: a verdict, and money is conserved', (kind) => {
    const there = ticketSaga.points.filter(({ id, effect }) => {
      return ways.has(id) && kindsFor(effect).includes(kind);
    });
    expect(there.length).toBeGreaterThan(0);
    for (const { id } of there) {
      const way = ways.get(id) ?? [[]];
      for (const when of ['before', 'after']) {
        const fault = `${kind}@${id}:${when}`;
        const result = runSaga([...way[0], fault], way[1]);
        const where = `${[...way[0], fault].join(' + ')}`;
        expect(result.neverStruck, where).toEqual([]);
        expect(['at-rest', 'horizon'], where).toContain(result.ending);
        const money = result.verdicts.find(({ property }) => property === 'money-conserved');
        expect(money, where).toMatchObject({ holds: true });
      }
    }
  });

  const countOf = ({ events }: RunResult, kind: string) =>
    events.filter(({ happening }) => happening.kind === kind).length;
  const everyMessageIsSomewhere = (result: RunResult) => {
    const left = result.queues.reduce((sum, { messages }) => sum + messages.length, 0);
    const acknowledged = result.events.filter(
      ({ happening, place }) =>
        happening.kind === 'committed' &&
        happening.resource === 'session' &&
        place.state === 'acknowledging',
    );
    expect(acknowledged.length + left).toBe(countOf(result, 'published'));
  };

  it('loses no message when the broker crashes again while it is down', () => {
    const result = runSaga(
      [
        'crash-broker@order.locked.committing:before,restart=5ms',
        'crash-broker@order.locked.committing:after,restart=500ms',
        'error@ticket.ticket_move.moving',
      ],
      { redeliveryDelayMs: 1000 },
    );
    expect(countOf(result, 'restarted')).toBe(1);
    everyMessageIsSomewhere(result);
  });

  it('keeps a delayed message back though its consumer has just started', () => {
    const result = runSaga([
      'delay@order.create.sending,delay=80s',
      'crash@ticket.process.starting,restart=5s',
    ]);
    const first = result.events.find(({ happening }) => happening.kind === 'received');
    expect(first?.atMs).toBeGreaterThanOrEqual(80_000);
    everyMessageIsSomewhere(result);
  });

  it('says which fault never struck, because another came first', () => {
    const result = runSaga(['error@user.pay.charging:before', 'error@user.pay.charging:after']);
    expect(result.neverStruck).toMatchObject([{ fault: 'error@user.pay.charging:after#1' }]);
  });

  it('strikes at the nth time', () => {
    const result = runSaga(['error@user.pay.charging#1', 'error@user.pay.charging#3']);
    const failures = result.events.filter(({ happening }) => happening.kind === 'failed');
    expect(failures).toHaveLength(1);
    expect(result.neverStruck).toMatchObject([{ point: 'user.pay.charging', reached: 2 }]);
    expect(result.outcome.word).toBe('committed');
  });
});

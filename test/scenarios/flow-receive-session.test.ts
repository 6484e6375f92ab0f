// The step `receive` in a session: it ends with it, whatever goes wrong.

import { describe, expect, it } from 'vitest';
import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import { AT_ONCE, got, left, play, put, take, taking, WAITING } from './receiving.ts';

describe('a receive in a session', () => {
  const words = ['best-effort', 'chained', 'xa'] as const;

  it.each(words)('ends with it, %s', (word) => {
    const scenario = taking(`${AT_ONCE}`, word, [put(1, 0), take(50)]);
    expect([got(play(scenario)), left(play(scenario))]).toEqual([[1], []]);
    const failed = play(scenario, 'error@shop.take.storing');
    expect([got(failed), left(failed)]).toEqual([[], [[1, 1]]]);
    const crashed = play(scenario, 'crash@shop.take.storing');
    expect([got(crashed), left(crashed)]).toEqual([[], [[1, 1]]]);
  });

  it('goes back when the session ends after the database: best effort, not both', () => {
    const scenario = taking(AT_ONCE, 'best-effort', [put(1, 0), take(50), take(2000)]);
    const result = play(scenario, 'crash@shop.take.acknowledging');
    expect(got(result)).toEqual([1, 1]);
  });

  it('is in doubt with its branch once that is prepared', () => {
    const scenario = taking(AT_ONCE, 'xa', [put(1, 0), take(50)]);
    const result = play(scenario, 'crash@shop.take.committing-session');
    expect([got(result), left(result)]).toEqual([[1], []]);
    const early = play(scenario, 'crash@shop.take.logging-commit');
    expect([got(early), left(early)]).toEqual([[], [[1, 1]]]);
  });

  it('dies after as many deliveries as any other', () => {
    const requests = [put(1, 0), ...Array.from({ length: 8 }, (_, at) => take(50 + 50 * at))];
    const flow = AT_ONCE.replace('storing\n  sql', 'storing\n  throw').replace(
      'INSERT INTO got (v) VALUES (:v)\n  go-to: end',
      'Refused',
    );
    const result = play(taking(flow, 'best-effort', requests));
    expect(left(result)).toEqual([]);
    expect(left(result, 'ActiveMQ.DLQ')).toEqual([[1, 0]]);
    expect(got(result)).toEqual([-1]);
  });

  it('of several gives all of them back, in their places', () => {
    const flow = `- receive: q
- receive: q
- receive: q
- throw: Late`;
    const requests = [put(1, 0), put(2, 10), put(3, 20), put(4, 30), take(90)];
    const result = play(taking(flow, 'best-effort', requests));
    expect(left(result)).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 0],
    ]);
  });

  it('fails where the broker went while it waited: its session is lost', () => {
    const crash = 'crash-broker@shop.put.send-q,restart=100ms';
    const wait = WAITING.replace('500', '5000');
    const requests = [take(0), put(1, 300), put(2, 900)];
    const lost = play(taking(wait, 'best-effort', requests), crash);
    const failures = lost.events.flatMap(({ happening, place }) =>
      happening.kind === 'failed' && place.handler === 'take' ? [happening.failure.code] : [],
    );
    expect(failures[0]).toBe('connection-lost');
    expect(left(lost)).toEqual([[2, 0]]);
    // In no session it goes on waiting until the broker is back.
    expect(got(play(taking(wait, 'none', requests), crash))).toEqual([2]);
  });
});

describe('faults at a receive', () => {
  const scenario = taking(AT_ONCE, 'best-effort', [put(1, 0), take(50), take(200)]);

  it.each(['before', 'after'])('duplicate, %s: the copy is taken by the next', (when) => {
    expect(got(play(scenario, `duplicate@shop.take.receive-q:${when}`))).toEqual([1, 1]);
  });

  it('duplicate has not struck where nothing came', () => {
    const empty = taking(AT_ONCE, 'best-effort', [take(50)]);
    const { neverStruck } = play(empty, 'duplicate@shop.take.receive-q');
    expect(neverStruck).toMatchObject([{ point: 'shop.take.receive-q', reached: 1 }]);
  });

  it.each([
    ['crash', 'before', [[1, 0]]],
    ['crash', 'after', [[1, 1]]],
    ['error', 'before', [[1, 0]]],
    ['error', 'after', [[1, 1]]],
    ['lost-reply', 'after', [[1, 1]]],
    ['disconnect', 'before', [[1, 0]]],
    ['disconnect', 'after', [[1, 1]]],
    ['crash-broker', 'after', [[1, 0]]],
  ])('%s, %s: the message stays or comes back', (kind, when, expected) => {
    const once = taking(AT_ONCE, 'best-effort', [put(1, 0), take(50)]);
    const result = play(once, `${kind}@shop.take.receive-q:${when}`);
    expect([got(result), left(result)]).toEqual([[], expected]);
  });

  it('on-error hears of it', () => {
    const flow = AT_ONCE.replace('when:', 'on-error: nothing\n  when:');
    const handled = taking(flow, 'none', [put(1, 0), take(50)]);
    const result = play(handled, 'error@shop.take.receive-q');
    expect([got(result), left(result)]).toEqual([[-1], [[1, 0]]]);
  });
});

describe('a listener and a job that receive', () => {
  const BATCH = `databases:
  shop: CREATE TABLE got (id INTEGER PRIMARY KEY, v INT, trigger INT);
queues: [items]
services:
  shop:
    entries:
      fill:
        transaction: best-effort
        flow:
          - send: items
            body: { item: 1 }
          - send: items
            body: { item: 2 }
          - send: items
            body: { item: 3 }
          - send: batches
            body: { batch: 7 }
    ROLE
`;
  const DRAIN = `transaction: TX
        flow:
          - name: next
            receive: items
            when: { none: end }
          - name: storing
            sql: INSERT INTO got (v) VALUES (:item)
            go-to: next`;
  const listener = (word: string) =>
    BATCH.replace(
      'ROLE',
      `listeners:\n      drain:\n        queue: batches\n        ${DRAIN.replace('TX', word)}`,
    );
  const job = (word: string) =>
    BATCH.replace('queues: [items]', 'queues: [items, batches]').replace(
      'ROLE',
      `jobs:
      drain:
        every: 100
        waitsFor: SELECT 1 FROM broker.messages WHERE queue = 'items'
        ${DRAIN.replace('TX', word)}`,
    );

  it.each(['best-effort', 'local', 'chained', 'xa', 'none'])('%s: all of a batch', (word) => {
    for (const text of [listener(word), job(word)]) {
      const result = play(readScenarioFile(text, 'batch.yaml'));
      expect(got(result)).toEqual([1, 2, 3]);
      expect(left(result, 'items')).toEqual([]);
      expect(result.ending).toBe('at-rest');
    }
  });

  it.each(['best-effort', 'chained', 'xa'])('%s: all again after a failure', (word) => {
    for (const text of [listener(word), job(word)]) {
      const scenario = readScenarioFile(text, 'batch.yaml');
      for (const kind of ['error', 'crash']) {
        const result = play(scenario, `${kind}@shop.drain.storing#2`);
        expect(got(result).toSorted()).toEqual([1, 2, 3]);
        const redelivered = result.events.filter(({ happening }) => {
          return happening.kind === 'polled' && happening.message?.redelivered;
        });
        expect(redelivered.length).toBeGreaterThanOrEqual(2);
      }
    }
  });
});

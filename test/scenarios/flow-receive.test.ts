// The step `receive`: what it takes, how long it waits, who is served first.

import { describe, expect, it } from 'vitest';
import {
  allParameters,
  decodeRecording,
  encodeRecording,
  endedAlike,
  readFaults,
  readInput,
  recordingOf,
} from '../../src/scenarios/index.ts';
import { recordedSchedule, run, seededSchedule } from '../../src/sim/index.ts';
import {
  AT_ONCE,
  got,
  left,
  play,
  put,
  receipts,
  STORE,
  take,
  taking,
  WAITING,
} from './receiving.ts';

describe('a receive', () => {
  it('takes the first that waits; its fields are in hand, before what had their names', () => {
    const flow = `- sql: SELECT 9 AS v, 'mine' AS kept\n${AT_ONCE}`.replace(
      'got (v) VALUES (:v)',
      'got (v, who) VALUES (:v, :kept)',
    );
    const scenario = taking(flow, 'best-effort', [put(1, 0), put(2, 10), take(50), take(90)]);
    const result = play(scenario);
    expect(got(result)).toEqual([1, 2]);
    expect(got(result, 'who')).toEqual(['mine', 'mine']);
    expect(left(result)).toEqual([]);
  });

  it('without a timeout does not wait, and leaves what is in hand as it was', () => {
    const flow = `- sql: SELECT 9 AS v\n${AT_ONCE}`.replace('VALUES (-1)', 'VALUES (0 - :v)');
    const result = play(taking(flow, 'local', [take(0), put(1, 20)]));
    expect(got(result)).toEqual([-9]);
    expect(left(result)).toEqual([[1, 0]]);
  });

  it('empties a field that only other messages of the queue have', () => {
    const flow = `- send: other
  body: { v: 1, who: one }
- send: other
  body: { v: 2 }
- name: next
  receive: other
  when: { none: end }
- sql: INSERT INTO got (v, who) VALUES (:v, :who)
  go-to: next`;
    const result = play(taking(flow, 'local', ['take']));
    expect([got(result), got(result, 'who')]).toEqual([
      [1, 2],
      ['one', null],
    ]);
  });

  it('waits for so long, and no longer', () => {
    const inTime = play(taking(WAITING, 'best-effort', [take(0), put(7, 300)]));
    expect(got(inTime)).toEqual([7]);
    expect(receipts(inTime)).toEqual([[302, 7]]);
    const late = play(taking(WAITING, 'best-effort', [take(0), put(7, 600)]));
    expect(got(late)).toEqual([-1]);
    expect(receipts(late)).toEqual([[503, null]]);
    expect(left(late)).toEqual([[7, 0]]);
  });

  it('waits as long as a parameter or the request says; what is no time is none', () => {
    const requests = (ms: string) => [`take, ms: ${ms}`, put(7, 300)];
    const more = (ms: string) => play(taking(STORE, 'best-effort', requests(ms)));
    expect(got(more('400'))).toEqual([7]);
    expect(got(more('100'))).toEqual([-1]);
    expect(got(more('-5'))).toEqual([-1]);
  });

  it('tells which way it went by some, too', () => {
    const flow = `- receive: q
  when:
    some: [{ sql: "INSERT INTO got (v) VALUES (:v)" }]
- sql: INSERT INTO got (v) VALUES (99)`;
    expect(got(play(taking(flow, 'none', [put(1, 0), take(50)])))).toEqual([1, 99]);
    expect(got(play(taking(flow, 'none', [take(50)])))).toEqual([99]);
  });

  it('never hears what its own session has not sent yet', () => {
    const flow = `- send: q
  body: { v: 5 }
${WAITING}`;
    const together = play(taking(flow, 'best-effort', ['take']));
    expect([got(together), left(together)]).toEqual([[-1], [[5, 0]]]);
    const apart = play(taking(flow, 'local', ['take']));
    expect([got(apart), left(apart)]).toEqual([[5], []]);
  });
});

describe('a receive in no session', () => {
  it.each(['none', 'local'])('is done with at once: %s', (word) => {
    const scenario = taking(WAITING, word, [take(0), put(1, 100)]);
    expect([got(play(scenario)), left(play(scenario))]).toEqual([[1], []]);
    const crashed = play(scenario, 'crash@shop.take.storing');
    expect([got(crashed), left(crashed)]).toEqual([[], []]);
  });

  it('that died before it went on gives the message back', () => {
    // Both happen to the same process: it is given the message at 101, and would go on at 102.
    const scenario = taking(WAITING, 'none', [take(0), put(1, 100)]);
    const result = play(scenario, 'crash@shop.put.replying');
    expect(left(result)).toEqual([[1, 1]]);
  });
});

describe('those who wait', () => {
  const LISTENER = `    listeners:
      hear:
        queue: q
        flow: [{ sql: "INSERT INTO got (v, who) VALUES (:v, 'listener')" }]
`;

  it('are served in the order in which they came', () => {
    const flow = WAITING.replace('got (v) VALUES (:v)', 'got (v, who) VALUES (:v, :name)');
    const requests = ['take, name: a', 'take, name: b, atMs: 10', put(1, 100), put(2, 100)];
    const result = play(taking(flow, 'best-effort', requests));
    expect([got(result), got(result, 'who')]).toEqual([
      [1, 2],
      ['a', 'b'],
    ]);
  });

  it('take turns with a listener: whoever has waited longest is first', () => {
    const flow = WAITING.replace('got (v) VALUES (:v)', "got (v, who) VALUES (:v, 'receiver')");
    const requests = [take(50), put(1, 100), put(2, 150), put(3, 200)];
    const scenario = taking(
      flow,
      'best-effort',
      requests,
      `${LISTENER}defaults: { consumers: 1 }\n`,
    );
    // The consumer waited from the start, then the receiver, then the consumer again.
    expect(got(play(scenario), 'who')).toEqual(['listener', 'receiver', 'listener']);
  });

  it('find nothing where a listener has been given all that waits', () => {
    const result = play(
      taking(
        AT_ONCE,
        'best-effort',
        [put(1, 0), put(2, 0), put(3, 0), take(4)],
        `${LISTENER}defaults: { consumers: 1 }\n`,
      ),
    );
    expect(got(result).toSorted()).toEqual([-1, 1, 2, 3]);
  });
});

describe('a run with receives', () => {
  const scenario = taking(WAITING, 'best-effort', [take(0), put(7, 0), take(10), put(8, 20)]);
  const fails = ['duplicate@shop.take.receive-q'];
  const input = readInput(scenario, allParameters(scenario, {}));

  it.each([1, 2, 3, 4, 5])('is repeated by its replay code: seed %i', (seed) => {
    const { faults } = readFaults(scenario, fails);
    const drawn = run(scenario, input, faults, seededSchedule(seed));
    const asked = { fails, settings: {}, pace: 'timed' } as const;
    const code = encodeRecording(scenario, recordingOf(scenario, asked, drawn));
    const recording = decodeRecording(scenario, code);
    const again = run(
      scenario,
      input,
      readFaults(scenario, recording.fails).faults,
      recordedSchedule(recording.choices),
    );
    expect(again.events).toEqual(drawn.events);
    expect(endedAlike(recording, again.fingerprint)).toBe(true);
  });
});

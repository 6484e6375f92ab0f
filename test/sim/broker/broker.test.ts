// JMS rules as measured on ActiveMQ 5.17 with Spring (reference/real-stack.md, "JMS").

import { describe, expect, it } from 'vitest';
import { Broker, DEAD_LETTER_QUEUE, SandboxError } from '../../../src/sim/index.ts';

const PLAIN = { delayMs: 1000, redeliveriesMax: 6 };
const EXTERNAL = { delayMs: 0, redeliveriesMax: 6 };

function send(broker: Broker, bodies: readonly string[], twist = {}, nowMs = 0) {
  const session = broker.openSession() ?? 0;
  for (const text of bodies) broker.send(session, { queue: 'q', body: { text }, twist });
  return broker.commit(session, nowMs, null);
}

const texts = (list: readonly { readonly body: object }[]) =>
  list.map(({ body }) => (body as { text: string }).text);
const received = (broker: Broker, nowMs = 0) => broker.dispatch(nowMs).deliveries;
const left = (broker: Broker, queue = 'q') => texts(broker.messagesOf(queue));

describe('sessions', () => {
  it('publish at commit, in order, and not before', () => {
    const broker = new Broker(['q'], PLAIN);
    const session = broker.openSession() ?? 0;
    broker.send(session, { queue: 'q', body: { text: 'a' }, twist: {} });
    expect(left(broker)).toEqual([]);
    broker.send(session, { queue: 'q', body: { text: 'b' }, twist: {} });
    broker.commit(session, 0, null);
    expect(left(broker)).toEqual(['a', 'b']);
    expect(broker.commit(session, 0, null)).toBeNull();
  });

  it('forget what they sent when rolled back', () => {
    const broker = new Broker(['q'], PLAIN);
    const session = broker.openSession() ?? 0;
    broker.send(session, { queue: 'q', body: {}, twist: {} });
    broker.rollback(session, 0, null);
    expect(left(broker)).toEqual([]);
  });

  it('refuse a queue that is not declared', () => {
    const broker = new Broker(['q'], PLAIN);
    const session = broker.openSession() ?? 0;
    expect(() => broker.send(session, { queue: 'p', body: {}, twist: {} })).toThrow(SandboxError);
    expect(() => broker.subscribe('c', 'p', 1, 0)).toThrow('unknown-name');
  });
});

describe('consumers', () => {
  it('share what arrives while they wait', () => {
    const broker = new Broker(['q'], PLAIN);
    broker.subscribe('c', 'q', 2, 0);
    send(broker, ['a', 'b', 'c']);
    const [a, b, ...rest] = received(broker);
    expect([a?.message.body, b?.message.body, rest]).toEqual([{ text: 'a' }, { text: 'b' }, []]);
    broker.commit(b?.session ?? 0, 0, null);
    // A broker pushes: what came while both were busy has been given to the first.
    expect(received(broker)).toEqual([]);
    broker.commit(a?.session ?? 0, 0, null);
    expect(texts(received(broker).map(({ message }) => message))).toEqual(['c']);
  });

  it('leave to the first what was queued before they came: it comes one by one', () => {
    const broker = new Broker(['q'], PLAIN);
    send(broker, ['a', 'b']);
    broker.subscribe('c', 'q', 10, 0);
    const [a, ...rest] = received(broker);
    expect(rest).toEqual([]);
    broker.commit(a?.session ?? 0, 0, null);
    expect(texts(received(broker).map(({ message }) => message))).toEqual(['b']);
  });

  it('that die give everything back redelivered, the unseen too', () => {
    const broker = new Broker(['q'], PLAIN);
    send(broker, ['seen', 'prefetched']);
    broker.subscribe('c', 'q', 1, 0);
    received(broker);
    const ends = broker.drop('c', null);
    expect(
      ends.flatMap(({ returned }) =>
        returned.map(({ body, redeliveries }) => [body, redeliveries]),
      ),
    ).toEqual([
      [{ text: 'seen' }, 1],
      [{ text: 'prefetched' }, 1],
    ]);
    expect(left(broker)).toEqual(['seen', 'prefetched']);
  });
});

describe('redelivery', () => {
  it('of a plain container waits 1,000 ms and keeps the order', () => {
    const broker = new Broker(['q'], PLAIN);
    broker.subscribe('c', 'q', 1, 0);
    send(broker, ['a', 'b']);
    const [first] = received(broker);
    const end = broker.rollback(first?.session ?? 0, 5, null);
    expect(end?.wakeAtMs).toEqual([1005]);
    expect(received(broker, 1004)).toEqual([]);
    broker.wake();
    const [again] = received(broker, 1005);
    expect([again?.message.body, again?.message.redeliveries]).toEqual([{ text: 'a' }, 1]);
  });

  it('of a container with an external transaction manager is immediate', () => {
    const broker = new Broker(['q'], EXTERNAL);
    broker.subscribe('c', 'q', 10, 0);
    send(broker, ['a']);
    const [first] = received(broker);
    broker.rollback(first?.session ?? 0, 5, null);
    expect(received(broker, 5)[0]?.message.redeliveries).toBe(1);
  });

  it.each([PLAIN, EXTERNAL])(
    'ends after 1 + 6 deliveries in the dead-letter queue (%o)',
    (policy) => {
      const broker = new Broker(['q'], policy);
      broker.subscribe('c', 'q', 1, 0);
      send(broker, ['a']);
      let nowMs = 0;
      let deliveries = 0;
      for (let n = 0; n < 20; n++) {
        broker.wake();
        const [delivery] = received(broker, nowMs);
        if (!delivery) break;
        deliveries += 1;
        broker.rollback(delivery.session, nowMs, null);
        nowMs += policy.delayMs;
      }
      expect(deliveries).toBe(7);
      const [dead] = broker.messagesOf(DEAD_LETTER_QUEUE);
      expect(dead).toMatchObject({ originalQueue: 'q', redeliveries: 0, body: { text: 'a' } });
      expect(left(broker)).toEqual([]);
    },
  );
});

describe('a broker that crashes', () => {
  it('keeps persistent messages, forgets counts, and loses uncommitted sends', () => {
    const broker = new Broker(['q'], PLAIN);
    broker.subscribe('c', 'q', 1, 0);
    send(broker, ['a', 'b']);
    const [delivery] = received(broker);
    const session = delivery?.session ?? 0;
    broker.send(session, { queue: 'q', body: { text: 'reply' }, twist: {} });
    broker.crash(null);
    expect(broker.openSession()).toBeNull();
    expect(received(broker)).toEqual([]);
    broker.restart();
    expect(broker.commit(session, 0, null)).toBeNull();
    expect(broker.messagesOf('q').map(({ body, redeliveries }) => [body, redeliveries])).toEqual([
      [{ text: 'a' }, 0],
      [{ text: 'b' }, 0],
    ]);
  });
});

describe('twists of a fault', () => {
  it('lose, delay and double a message', () => {
    const broker = new Broker(['q'], PLAIN);
    expect(send(broker, ['gone'], { lost: true })?.lost).toHaveLength(1);
    expect(send(broker, ['late'], { delayMs: 50 })?.wakeAtMs).toEqual([50]);
    send(broker, ['twice'], { copyAfterMs: 10 });
    expect(left(broker)).toEqual(['late', 'twice', 'twice']);
    const at = (nowMs: number) =>
      broker.messagesOf('q').filter(({ availableAtMs }) => availableAtMs <= nowMs).length;
    expect([at(0), at(10), at(50)]).toEqual([1, 2, 3]);
  });

  it('let the next message overtake one that is held back', () => {
    const broker = new Broker(['q'], PLAIN);
    send(broker, ['first'], { overtakenWithinMs: 1000 });
    send(broker, ['second'], {}, 7);
    expect(broker.messagesOf('q').map(({ body, availableAtMs }) => [body, availableAtMs])).toEqual([
      [{ text: 'second' }, 7],
      [{ text: 'first' }, 7],
    ]);
  });
});

describe('a message that is to come later', () => {
  it('comes no sooner because a consumer subscribes', () => {
    const broker = new Broker(['q'], PLAIN);
    send(broker, ['later'], { delayMs: 80 });
    send(broker, ['now']);
    broker.subscribe('c', 'q', 10, 5);
    expect(texts(received(broker, 5).map(({ message }) => message))).toEqual(['now']);
    broker.wake();
    expect(texts(received(broker, 80).map(({ message }) => message))).toEqual(['later']);
  });
});

describe('mark and rewind', () => {
  it('bring back queues, consumers and sessions', () => {
    const broker = new Broker(['q'], PLAIN);
    broker.subscribe('c', 'q', 2, 0);
    send(broker, ['a']);
    const [delivery] = received(broker);
    const before = JSON.stringify(broker.state());
    const mark = broker.mark();
    broker.rollback(delivery?.session ?? 0, 0, null);
    send(broker, ['b']);
    broker.crash(null);
    broker.rewind(mark);
    expect(JSON.stringify(broker.state())).toBe(before);
    expect(broker.commit(delivery?.session ?? 0, 0, null)).not.toBeNull();
    expect(left(broker)).toEqual([]);
  });
});

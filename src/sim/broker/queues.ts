// The queues of a broker: messages in order, each in exactly one place.

import { present, SharedMap } from '../kernel/index.ts';
import type { Message, SendTwist } from './message.ts';

export const DEAD_LETTER_QUEUE = 'ActiveMQ.DLQ';

/** What is put into a queue: a body, and how a fault bends its way. */
export interface Sending {
  readonly queue: string;
  readonly body: Message['body'];
  readonly twist: SendTwist;
}

export class Queues {
  readonly #messages: SharedMap<string, readonly Message[]>;
  #nextMessage = 1;
  #nextPosition = 1;

  constructor(names: readonly string[]) {
    this.#messages = new SharedMap([...names, DEAD_LETTER_QUEUE].map((name) => [name, []]));
  }

  get names(): readonly string[] {
    return [...this.#messages.now.keys()];
  }

  get all(): ReadonlyMap<string, readonly Message[]> {
    return this.#messages.now;
  }

  waiting(queue: string): readonly Message[] {
    return present(this.#messages.get(queue), `queue ${queue}`);
  }

  /** Takes every message that may be delivered now out of a queue. */
  takeAll(queue: string, nowMs: number): readonly Message[] {
    const all = this.waiting(queue);
    const later = all.filter(({ availableAtMs }) => availableAtMs > nowMs);
    this.#messages.set(queue, later);
    return all.filter(({ availableAtMs }) => availableAtMs <= nowMs);
  }

  /** Takes the first message that may be delivered now. */
  takeFirst(queue: string, nowMs: number): Message | null {
    const first = this.waiting(queue).find(({ availableAtMs }) => availableAtMs <= nowMs);
    if (!first) return null;
    const rest = this.waiting(queue).filter((message) => message !== first);
    this.#messages.set(queue, rest);
    return first;
  }

  /** Puts a message where its position says. */
  put(message: Message): void {
    const { queue } = message;
    this.#messages.set(queue, inOrder([...this.waiting(queue), message]));
  }

  /** Buries a message: it goes to the end of the dead-letter queue. */
  bury(message: Message): Message {
    const position = this.#nextPosition++;
    const buried = { queue: DEAD_LETTER_QUEUE, originalQueue: message.queue, redeliveries: 0 };
    const deadLetter = { ...message, ...buried, position };
    this.put(deadLetter);
    return deadLetter;
  }

  /** Adds a new message, or two, to the end. One held back so far is overtaken by it, and free. */
  publish({ queue, body, twist }: Sending, nowMs: number, cause: number | null): Message[] {
    const held = this.waiting(queue).filter((message) => message.held);
    const copies = twist.copyAfterMs === undefined ? [0] : [0, twist.copyAfterMs];
    const published = copies.map((afterMs) => ({
      id: this.#nextMessage++,
      queue,
      body,
      position: this.#nextPosition++,
      redeliveries: 0,
      availableAtMs: nowMs + afterMs + (twist.delayMs ?? twist.overtakenWithinMs ?? 0),
      held: twist.overtakenWithinMs !== undefined,
      originalQueue: null,
      cause,
    }));
    const freed = held.map((message) => {
      return { ...message, held: false, availableAtMs: nowMs, position: this.#nextPosition++ };
    });
    const others = this.waiting(queue).filter((message) => !message.held);
    this.#messages.set(queue, inOrder([...others, ...published, ...freed]));
    return published;
  }

  /** Forgets every delivery count: the broker has crashed. */
  forgetRedeliveries(): void {
    for (const [name, messages] of this.#messages.now) {
      const forgotten = messages.map((message) => ({ ...message, redeliveries: 0 }));
      this.#messages.set(name, forgotten);
    }
  }

  mark() {
    const next = [this.#nextMessage, this.#nextPosition] as const;
    return { messages: this.#messages.mark(), next };
  }

  rewind(mark: ReturnType<Queues['mark']>): void {
    this.#messages.rewind(mark.messages);
    [this.#nextMessage, this.#nextPosition] = mark.next;
  }
}

export function inOrder(messages: readonly Message[]): readonly Message[] {
  return messages.toSorted((a, b) => a.position - b.position);
}

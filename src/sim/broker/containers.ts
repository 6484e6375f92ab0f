// Listener containers: N consumers on one queue, who waits, and who was given what.

import { present, SharedMap } from '../kernel/index.ts';
import type { Message } from './message.ts';

/** One consumer of a container: what it was given and has not handled yet. */
interface Consumer {
  readonly prefetched: readonly Message[];
  readonly pausedUntilMs: number;
  /** Since when it has waited, or did last: a number of the broker's count of turns. */
  readonly turn: number;
}

export interface Container {
  readonly queue: string;
  readonly consumers: readonly Consumer[];
  /** Numbers of the consumers that wait for a message, the longest waiting first. */
  readonly idle: readonly number[];
}

export class Containers {
  readonly #byId = new SharedMap<string, Container>();

  get ids(): readonly string[] {
    return [...this.#byId.now.keys()];
  }

  get all(): ReadonlyMap<string, Container> {
    return this.#byId.now;
  }

  queueOf(id: string): string {
    return this.#get(id).queue;
  }

  has(id: string): boolean {
    return this.#byId.now.has(id);
  }

  /** Everything that consumers of a queue, or of all queues, were given and have not handled. */
  prefetched(queue?: string): readonly Message[] {
    return [...this.#byId.now.values()]
      .filter((container) => queue === undefined || container.queue === queue)
      .flatMap(({ consumers }) => consumers.flatMap((consumer) => consumer.prefetched));
  }

  /** How many consumers of each container on a queue wait, and have done so since before a turn. */
  waitingBefore(queue: string, turn: number): readonly (readonly [id: string, count: number])[] {
    const own = [...this.#byId.now].filter(([, container]) => container.queue === queue);
    return own.map(([id, { consumers, idle }]) => {
      return [id, idle.filter((at) => (consumers[at]?.turn ?? 0) < turn).length];
    });
  }

  /** Opens a container; its first consumer is given what waits already. */
  open(id: string, queue: string, count: number, backlog: readonly Message[], turn: number): void {
    const idle = Array.from({ length: count }, (_, at) => at);
    const consumers = idle.map((at) => {
      return { prefetched: at === 0 ? backlog : [], pausedUntilMs: 0, turn };
    });
    this.#byId.set(id, { queue, consumers, idle });
  }

  /** Closes a container. Returns what its consumers had been given. */
  close(id: string): readonly Message[] {
    const { consumers } = this.#get(id);
    this.#byId.delete(id);
    return consumers.flatMap((consumer) => consumer.prefetched);
  }

  /** Whether any consumer has been given a message that it has not begun. */
  isSupplied(id: string): boolean {
    return this.#get(id).consumers.some(({ prefetched }) => prefetched.length > 0);
  }

  /**
   * Gives the next message to a consumer that waits: its own, or one `takeFrom` finds in the queue.
   * The consumer is busy then, until `release`.
   */
  next(id: string, nowMs: number, takeFrom: (queue: string, turn: number) => Message | null) {
    const { queue, consumers, idle } = this.#get(id);
    const ready = idle.filter((at) => (consumers[at]?.pausedUntilMs ?? 0) <= nowMs);
    const supplied = ready.find((at) => (consumers[at]?.prefetched.length ?? 0) > 0);
    const consumer = supplied ?? ready[0];
    if (consumer === undefined) return null;
    const [own, ...rest] = consumers[consumer]?.prefetched ?? [];
    const message = own ?? takeFrom(queue, consumers[consumer]?.turn ?? 0);
    if (!message) return null;
    this.#change(id, consumer, { prefetched: rest });
    const waiting = idle.filter((at) => at !== consumer);
    this.#byId.set(id, { ...this.#get(id), idle: waiting });
    return { consumer, message };
  }

  /**
   * Who is given a message ahead, though all are busy: the one with the least to do. Null while
   * anybody is free, or pauses.
   */
  leastBusy(id: string): number | null {
    const { consumers, idle } = this.#get(id);
    if (idle.length > 0) return null;
    const loads = consumers.map(({ prefetched }) => prefetched.length);
    return loads.indexOf(Math.min(...loads));
  }

  /** Gives a consumer a message ahead. */
  prefetch(id: string, consumer: number, message: Message): void {
    const { prefetched = [] } = this.#get(id).consumers[consumer] ?? {};
    this.#change(id, consumer, { prefetched: [...prefetched, message] });
  }

  /** A consumer is done with its message and waits again, at the end of the line. */
  release(id: string, consumer: number, pausedUntilMs: number, turn: number): void {
    this.#change(id, consumer, { pausedUntilMs, turn });
    const container = this.#get(id);
    this.#byId.set(id, { ...container, idle: [...container.idle, consumer] });
  }

  /** Gives a message back to the consumer that had it: it comes before all else. */
  keep(id: string, consumer: number, message: Message): void {
    const { prefetched = [] } = this.#get(id).consumers[consumer] ?? {};
    this.#change(id, consumer, { prefetched: [message, ...prefetched] });
  }

  /** Takes from a consumer what it was given and has not begun. */
  takePrefetched(id: string, consumer: number): readonly Message[] {
    const { prefetched = [] } = this.#get(id).consumers[consumer] ?? {};
    this.#change(id, consumer, { prefetched: [] });
    return prefetched;
  }

  clear(): void {
    this.#byId.clear();
  }

  #get(id: string): Container {
    return present(this.#byId.get(id), `container ${id}`);
  }

  #change(id: string, at: number, change: Partial<Consumer>): void {
    const container = this.#get(id);
    const consumers = container.consumers.map((consumer, index) => {
      return index === at ? { ...consumer, ...change } : consumer;
    });
    this.#byId.set(id, { ...container, consumers });
  }

  mark(): ReadonlyMap<string, Container> {
    return this.#byId.mark();
  }

  rewind(mark: ReadonlyMap<string, Container>): void {
    this.#byId.rewind(mark);
  }
}

// A JMS broker: FIFO queues, transacted sessions, listener containers, redelivery, dead letters.
// It never waits itself: whoever holds it calls `dispatch` when something may be due.

import { closest, SandboxError, Stamp } from '../kernel/index.ts';
import { Containers } from './containers.ts';
import type { Message } from './message.ts';
import { inOrder, Queues } from './queues.ts';
import { type Delivery, laterThan, NOTHING, type SessionEnd } from './session-end.ts';
import { type PendingSend, type Session, SessionTable } from './session-table.ts';

/** ActiveMQ's defaults are 1,000 ms and 6: a message is delivered 1 + 6 times, then dead. */
export interface RedeliveryPolicy {
  /**
   * How long a consumer waits before it tries a returned message again. 0 stands for a container
   * that closes its consumer at each rollback (one with an external transaction manager): the
   * broker then gives the message to the next consumer at once.
   */
  readonly delayMs: number;
  readonly redeliveriesMax: number;
}

export class Broker {
  readonly #policy: RedeliveryPolicy;
  readonly #queues: Queues;
  readonly #containers = new Containers();
  /** Those that are open. */
  readonly sessions = new SessionTable();
  #up = true;
  readonly #stamp = new Stamp();
  /** The stamp at which nothing more could be handed out. */
  #dispatched = 0;

  constructor(queues: readonly string[], policy: RedeliveryPolicy) {
    this.#policy = policy;
    this.#queues = new Queues(queues);
  }

  get up(): boolean {
    return this.#up;
  }

  /** Grows whenever the content of the queues may have changed. */
  get stamp(): number {
    return this.#stamp.value;
  }

  readonly queuesAndContainers = () => [this.#queues.all, this.#containers.all] as const;

  get queueNames(): readonly string[] {
    return this.#queues.names;
  }

  /** All messages of a queue that are not done with, those under way to a consumer included. */
  messagesOf(queue: string): readonly Message[] {
    const received = this.sessions.all.map((session) => session.received);
    const away = received.filter((message) => message !== null && message.queue === queue);
    return inOrder([
      ...this.#queues.waiting(queue),
      ...this.#containers.prefetched(queue),
      ...(away as Message[]),
    ]);
  }

  /**
   * Opens a listener container with its consumers. What already waits in the queue goes to the
   * first of them, which handles it one by one; what comes later is spread over those that wait.
   */
  subscribe(id: string, queue: string, consumers: number, nowMs: number): void {
    this.#checkQueue(queue);
    this.#containers.open(id, queue, consumers, this.#queues.takeAll(queue, nowMs));
    this.#stamp.touch();
  }

  /** A container's process died: all it was given returns, redelivered, and its sessions end. */
  drop(id: string, cause: number | null): readonly SessionEnd[] {
    if (!this.#containers.has(id)) return [];
    const received = this.sessions.drop(id).flatMap((session) => session.received ?? []);
    const given = [...received, ...this.#containers.close(id)];
    return given.map((message) => this.#giveBack({ ...message, cause }));
  }

  /** Opens a session that only sends; null if the broker is down. */
  openSession(): number | null {
    return this.#up ? this.sessions.open(null, 0, null) : null;
  }

  /**
   * Sends within a session; nobody sees it before the commit. False if the session is gone.
   * @throws SandboxError `unknown-name` for a queue that is not declared
   */
  send(session: number, send: PendingSend): boolean {
    this.#checkQueue(send.queue);
    const sends = [...(this.sessions.find(session)?.sends ?? []), send];
    return this.sessions.change(session, { sends });
  }

  /** Publishes one message by itself, in no session. Null if the broker is down. */
  publish(send: PendingSend, nowMs: number, cause: number | null): SessionEnd | null {
    const session = this.openSession();
    if (session === null) return null;
    this.send(session, send);
    return this.commit(session, nowMs, cause);
  }

  /** Takes the first message of a queue, which is done with; null if there is none. */
  poll(queue: string, nowMs: number): Message | null {
    this.#checkQueue(queue);
    const message = this.#up ? this.#queues.takeFirst(queue, nowMs) : null;
    if (message) this.#stamp.touch();
    return message;
  }

  /** Whether a message could be taken from a queue now. */
  hasMessage(queue: string, nowMs: number): boolean {
    return this.#up && this.#queues.hasFirst(queue, nowMs);
  }

  /**
   * Asks a branch for its vote. One that has neither received nor sent has nothing to decide, and
   * ends; any other survives everything from now on. Null if it is gone.
   */
  prepare(session: number, nowMs: number): 'commit' | 'read-only' | null {
    const open = this.sessions.find(session);
    if (!open) return null;
    if (open.received || open.sends.length > 0) {
      this.sessions.change(session, { prepared: true });
      return 'commit';
    }
    this.#close(open, nowMs);
    return 'read-only';
  }

  /** Acknowledges what the session received and publishes what it sent; null if it is gone. */
  commit(session: number, nowMs: number, cause: number | null): SessionEnd | null {
    const open = this.sessions.find(session);
    if (!open) return null;
    this.#close(open, nowMs);
    const lost = open.sends.filter(({ twist }) => twist.lost);
    const kept = open.sends.filter(({ twist }) => !twist.lost);
    const published = kept.flatMap((send) => this.#queues.publish(send, nowMs, cause));
    return { ...NOTHING, published, lost, wakeAtMs: laterThan(nowMs, published) };
  }

  /** Forgets what the session sent; what it received returns, or becomes a dead letter. */
  rollback(
    session: number,
    nowMs: number,
    cause: number | null,
    delayMs: number = this.#policy.delayMs,
  ): SessionEnd | null {
    const open = this.sessions.find(session);
    if (!open) return null;
    const { container, consumer } = open;
    if (!open.received) {
      this.#close(open, nowMs);
      return NOTHING;
    }
    const received = { ...open.received, cause };
    if (container === null) {
      this.#close(open, nowMs);
      return this.#giveBack(received);
    }
    const { redeliveriesMax } = this.#policy;
    const last = received.redeliveries >= redeliveriesMax;
    if (delayMs === 0) {
      const unseen = this.#containers.takePrefetched(container, consumer);
      for (const message of unseen) this.#queues.put(message);
    }
    this.#close(open, last ? nowMs : nowMs + delayMs);
    if (last || delayMs === 0) return this.#giveBack(received);
    const returned = { ...received, redeliveries: received.redeliveries + 1 };
    this.#containers.keep(container, consumer, returned);
    return { ...NOTHING, returned, wakeAtMs: [nowMs + delayMs] };
  }

  /**
   * Leaves a message that was never received where it was, its count unchanged; the consumer
   * pauses. Null if the session is gone.
   */
  decline(session: number, nowMs: number, pauseMs: number): SessionEnd | null {
    const open = this.sessions.find(session);
    if (!open?.received || open.container === null) return null;
    const unseen = this.#containers.takePrefetched(open.container, open.consumer);
    for (const message of [open.received, ...unseen]) this.#queues.put(message);
    this.#close(open, nowMs + pauseMs);
    return { ...NOTHING, wakeAtMs: [nowMs + pauseMs] };
  }

  /** Puts a copy of a message into its queue, so much later: as if it had been sent twice. */
  resend(message: Message, afterMs: number, nowMs: number, cause: number | null): SessionEnd {
    const sending = { ...message, twist: { delayMs: afterMs } };
    const published = this.#queues.publish(sending, nowMs, cause);
    this.#stamp.touch();
    return { ...NOTHING, published, wakeAtMs: laterThan(nowMs, published) };
  }

  /** Says that time has come for messages or consumers that were to wait until now. */
  wake(): void {
    this.#stamp.touch();
  }

  /** Hands out what can be handed out now. */
  dispatch(nowMs: number): readonly Delivery[] {
    if (!this.#up || this.#dispatched === this.stamp) return [];
    this.#dispatched = this.stamp;
    const deliveries: Delivery[] = [];
    const takeFrom = (queue: string) => this.#queues.takeFirst(queue, nowMs);
    for (const container of this.#containers.ids) {
      const isEmpty = this.#queues.waiting(this.#containers.queueOf(container)).length === 0;
      if (isEmpty && !this.#containers.isSupplied(container)) continue;
      for (;;) {
        const next = this.#containers.next(container, nowMs, takeFrom);
        if (!next) break;
        const { consumer, message } = next;
        deliveries.push({
          container,
          session: this.sessions.open(container, consumer, message),
          message,
        });
      }
      this.#prefetch(container, takeFrom);
    }
    return deliveries;
  }

  // A broker pushes: what comes while all consumers are busy is given to them ahead.
  #prefetch(container: string, takeFrom: (queue: string) => Message | null): void {
    for (;;) {
      const consumer = this.#containers.leastBusy(container);
      const message = consumer === null ? null : takeFrom(this.#containers.queueOf(container));
      if (consumer === null || !message) return;
      this.#containers.prefetch(container, consumer, message);
    }
  }

  /** Stops at once. Messages are persistent and stay; what was under way returns, count forgotten. */
  crash(cause: number | null): void {
    this.#up = false;
    const received = this.sessions.drop().flatMap((session) => session.received ?? []);
    const away = [...received, ...this.#containers.prefetched()];
    for (const message of away) this.#queues.put({ ...message, cause });
    this.#queues.forgetRedeliveries();
    this.#containers.clear();
    this.#stamp.touch();
  }

  /** Starts again; containers must subscribe anew. */
  restart(): void {
    this.#up = true;
  }

  #checkQueue(queue: string): void {
    const known = this.#queues.names;
    if (known.includes(queue)) return;
    const nearest = closest(queue, known);
    throw new SandboxError('unknown-name', { what: 'queue', given: queue, nearest, known });
  }

  #close({ id, container, consumer }: Session, pausedUntilMs: number): void {
    this.#stamp.touch();
    this.sessions.delete(id);
    if (container !== null) this.#containers.release(container, consumer, pausedUntilMs);
  }

  #giveBack(message: Message): SessionEnd {
    this.#stamp.touch();
    if (message.redeliveries >= this.#policy.redeliveriesMax) {
      return { ...NOTHING, deadLetter: this.#queues.bury(message) };
    }
    const returned = { ...message, redeliveries: message.redeliveries + 1 };
    this.#queues.put(returned);
    return { ...NOTHING, returned };
  }

  mark() {
    return {
      queues: this.#queues.mark(),
      containers: this.#containers.mark(),
      sessions: this.sessions.mark(),
      up: this.#up,
      stamp: this.#stamp.mark(),
      dispatched: this.#dispatched,
    };
  }

  rewind(mark: ReturnType<Broker['mark']>): void {
    this.#queues.rewind(mark.queues);
    this.#containers.rewind(mark.containers);
    this.sessions.rewind(mark.sessions);
    this.#up = mark.up;
    this.#stamp.rewind(mark.stamp);
    this.#dispatched = mark.dispatched;
  }

  /** Plain data for a fingerprint. */
  state() {
    const { queues, containers } = this.mark();
    return [this.#up, [...queues.messages], [...containers], this.sessions.all];
  }
}

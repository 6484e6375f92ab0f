// A JMS broker: FIFO queues, transacted sessions, listener containers, redelivery, dead letters.
// It never waits itself: whoever holds it calls `dispatch` when something may be due.

import { closest, SandboxError, Stamp } from '../kernel/index.ts';
import { Containers } from './containers.ts';
import { handOut } from './handing-out.ts';
import type { Message } from './message.ts';
import { inOrder, Queues } from './queues.ts';
import {
  type HandedOut,
  laterThan,
  NOTHING,
  NOTHING_OUT,
  type SessionEnd,
  type Taker,
} from './session-end.ts';
import { heldBy, type PendingSend, type Session, SessionTable } from './session-table.ts';

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
  /** How many have come to wait. */
  #turns = 0;

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
    const away = this.sessions.all.flatMap(heldBy).filter((message) => message.queue === queue);
    return inOrder([
      ...this.#queues.waiting(queue),
      ...this.#containers.prefetched(queue),
      ...away,
    ]);
  }

  /**
   * Opens a listener container with its consumers. What already waits in the queue goes to the
   * first of them, which handles it one by one; what comes later is spread over those that wait.
   */
  subscribe(id: string, queue: string, consumers: number, nowMs: number): void {
    this.#checkQueue(queue);
    const backlog = this.#queues.takeAll(queue, nowMs);
    this.#containers.open(id, queue, consumers, backlog, this.nextTurn());
    this.#stamp.touch();
  }

  /** A container's process died: all it was given returns, redelivered, and its sessions end. */
  drop(id: string, cause: number | null): readonly SessionEnd[] {
    if (!this.#containers.has(id)) return [];
    const received = this.sessions.drop(id).flatMap(heldBy);
    const given = [...received, ...this.#containers.close(id)];
    return given.map((message) => this.#giveBack([{ ...message, cause }]));
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

  /**
   * Takes the first message of a queue, into a session that is open; without one it is done with.
   * Null if there is none.
   * @throws SandboxError `unknown-name` for a queue that is not declared
   */
  take(queue: string, session: number | null, nowMs: number): Message | null {
    this.#checkQueue(queue);
    const message = this.#up ? this.#queues.takeFirst(queue, nowMs) : null;
    if (!message) return null;
    this.#stamp.touch();
    if (session !== null) this.sessions.take(session, message);
    return message;
  }

  /** A place among those who wait: consumers and synchronous receives share one count. */
  nextTurn(): number {
    this.#turns += 1;
    return this.#turns;
  }

  /** Of each container on a queue, how many consumers would be served before this turn. */
  waitingBefore(queue: string, turn: number) {
    return this.#containers.waitingBefore(queue, turn);
  }

  /**
   * Asks a branch for its vote. One that has neither received nor sent has nothing to decide, and
   * ends; any other survives everything from now on. Null if it is gone.
   */
  prepare(session: number, nowMs: number): 'commit' | 'read-only' | null {
    const open = this.sessions.find(session);
    if (!open) return null;
    if (heldBy(open).length > 0 || open.sends.length > 0) {
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
    const taken = open.taken.map((message) => ({ ...message, cause }));
    const own = open.received && { ...open.received, cause };
    if (container === null || !own) {
      this.#close(open, nowMs);
      return this.#giveBack(own ? [own, ...taken] : taken);
    }
    const { redeliveriesMax } = this.#policy;
    const last = own.redeliveries >= redeliveriesMax;
    if (delayMs === 0) {
      const unseen = this.#containers.takePrefetched(container, consumer);
      for (const message of unseen) this.#queues.put(message);
    }
    this.#close(open, last ? nowMs : nowMs + delayMs);
    if (last || delayMs === 0) return this.#giveBack([own, ...taken]);
    const kept = { ...own, redeliveries: own.redeliveries + 1 };
    this.#containers.keep(container, consumer, kept);
    const { returned, ...rest } = this.#giveBack(taken);
    return { ...rest, returned: [kept, ...returned], wakeAtMs: [nowMs + delayMs] };
  }

  /**
   * Leaves a message that was never received where it was, its count unchanged; the consumer
   * pauses. Null if the session is gone.
   */
  decline(session: number, nowMs: number, pauseMs: number): SessionEnd | null {
    const open = this.sessions.find(session);
    if (!open?.received || open.container === null) return null;
    const unseen = this.#containers.takePrefetched(open.container, open.consumer);
    for (const message of [...heldBy(open), ...unseen]) this.#queues.put(message);
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

  /** Hands out what can be handed out now. `takers` gives those who wait in a synchronous receive. */
  dispatch(nowMs: number, takers: () => readonly Taker[] = () => []): HandedOut {
    if (!this.#up || this.#dispatched === this.stamp) return NOTHING_OUT;
    this.#dispatched = this.stamp;
    const held = { queues: this.#queues, containers: this.#containers, sessions: this.sessions };
    return handOut(held, nowMs, takers());
  }

  /** Stops at once. Messages are persistent and stay; what was under way returns, count forgotten. */
  crash(cause: number | null): void {
    this.#up = false;
    const received = this.sessions.drop().flatMap(heldBy);
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
    if (container === null) return;
    this.#containers.release(container, consumer, pausedUntilMs, this.nextTurn());
  }

  // Whoever took a message has left: it returns at once, or is buried.
  #giveBack(messages: readonly Message[]): SessionEnd {
    this.#stamp.touch();
    const { redeliveriesMax } = this.#policy;
    const isLast = ({ redeliveries }: Message): boolean => redeliveries >= redeliveriesMax;
    const deadLetters = messages.filter(isLast).map((message) => this.#queues.bury(message));
    const returned = messages
      .filter((message) => !isLast(message))
      .map((message) => ({ ...message, redeliveries: message.redeliveries + 1 }));
    for (const message of returned) this.#queues.put(message);
    return { ...NOTHING, returned, deadLetters };
  }

  mark() {
    return {
      queues: this.#queues.mark(),
      containers: this.#containers.mark(),
      sessions: this.sessions.mark(),
      up: this.#up,
      stamp: this.#stamp.mark(),
      dispatched: this.#dispatched,
      turns: this.#turns,
    };
  }

  rewind(mark: ReturnType<Broker['mark']>): void {
    this.#queues.rewind(mark.queues);
    this.#containers.rewind(mark.containers);
    this.sessions.rewind(mark.sessions);
    this.#up = mark.up;
    this.#stamp.rewind(mark.stamp);
    this.#dispatched = mark.dispatched;
    this.#turns = mark.turns;
  }

  /** Plain data for a fingerprint. */
  state() {
    const { queues, containers } = this.mark();
    return [this.#up, [...queues.messages], [...containers], this.sessions.all];
  }
}

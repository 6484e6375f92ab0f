// The sessions of a broker that are open, by number: what each received and sent, and whether it
// is a branch of a global transaction. A prepared branch outlives its consumer and the broker.

import { type MessageBody, present, SharedMap, type Xid } from '../kernel/index.ts';
import type { Message, SendTwist } from './message.ts';

export interface PendingSend {
  readonly queue: string;
  readonly body: MessageBody;
  readonly twist: SendTwist;
}

/** A transacted session: what it received, took and sent takes effect together, at its commit. */
export interface Session {
  readonly id: number;
  /** Whose consumer received the message; null for a session that only sends. */
  readonly container: string | null;
  readonly consumer: number;
  readonly received: Message | null;
  /** What was taken from queues within it since, by synchronous receives. */
  readonly taken: readonly Message[];
  readonly sends: readonly PendingSend[];
  /** The branch it is, if it is one. */
  readonly branch: Xid | null;
  readonly prepared: boolean;
}

/** All messages that a session has and has not acknowledged. */
export const heldBy = ({ received, taken }: Session): readonly Message[] =>
  received ? [received, ...taken] : taken;

export class SessionTable {
  readonly #byId = new SharedMap<number, Session>();
  #nextId = 1;

  get all(): readonly Session[] {
    return [...this.#byId.now.values()];
  }

  open(container: string | null, consumer: number, received: Message | null): number {
    const id = this.#nextId++;
    const nothing = { taken: [], sends: [], branch: null, prepared: false };
    this.#byId.set(id, { id, container, consumer, received, ...nothing });
    return id;
  }

  find(id: number): Session | null {
    return this.#byId.get(id) ?? null;
  }

  isOpen(id: number): boolean {
    return this.#byId.now.has(id);
  }

  isPrepared(id: number): boolean {
    return this.#byId.get(id)?.prepared ?? false;
  }

  /** The number of the prepared session that is this branch; null if there is none. */
  findBranch({ xid, branchId }: Xid): number | null {
    const found = this.all.find(({ branch, prepared }) => {
      return prepared && branch?.xid === xid && branch.branchId === branchId;
    });
    return found?.id ?? null;
  }

  /** The branches that are prepared and wait for a decision. */
  recover(): readonly Xid[] {
    return this.all.flatMap(({ branch, prepared }) => (prepared && branch) || []);
  }

  /** Changes a session; false if it is gone. */
  change(id: number, change: Partial<Session>): boolean {
    const session = this.#byId.get(id);
    if (session) this.#byId.set(id, { ...session, ...change });
    return session !== undefined;
  }

  /** Gives a session that is open one more message. */
  take(id: number, message: Message): void {
    const { taken } = present(this.find(id), `session ${id}`);
    this.change(id, { taken: [...taken, message] });
  }

  delete(id: number): void {
    this.#byId.delete(id);
  }

  /**
   * Drops the sessions of a container, or all; those that are prepared stay, and belong to nobody.
   * Returns the dropped.
   */
  drop(container?: string): readonly Session[] {
    const own = this.all.filter((one) => container === undefined || one.container === container);
    for (const { id, prepared } of own) {
      if (prepared) this.change(id, { container: null });
      else this.#byId.delete(id);
    }
    return own.filter(({ prepared }) => !prepared);
  }

  mark() {
    return { byId: this.#byId.mark(), nextId: this.#nextId };
  }

  rewind(mark: ReturnType<SessionTable['mark']>): void {
    this.#byId.rewind(mark.byId);
    this.#nextId = mark.nextId;
  }
}

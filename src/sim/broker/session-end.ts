// What a broker hands out, and what the end of a session did.

import type { Message } from './message.ts';
import type { PendingSend } from './session-table.ts';

/** A message handed to a consumer: the session in which it will be handled. */
export interface Delivery {
  readonly container: string;
  readonly session: number;
  readonly message: Message;
}

/** A run of a handler that waits in a synchronous receive, by its number. */
export interface Taker {
  readonly execution: number;
  readonly queue: string;
  /** When it joined those who wait, as the broker counts. */
  readonly turn: number;
  /** The transacted session it receives in; null for one that acknowledges at once. */
  readonly session: number | null;
}

/** A message handed to one who waited for it: the session that has it until it goes on. */
export interface Taken {
  readonly execution: number;
  readonly session: number;
  readonly message: Message;
}

/** What is handed out at once. */
export interface HandedOut {
  readonly deliveries: readonly Delivery[];
  readonly taken: readonly Taken[];
}

export const NOTHING_OUT: HandedOut = { deliveries: [], taken: [] };

/** What the end of a session did; at the times of `wakeAtMs`, `dispatch` has something to do. */
export interface SessionEnd {
  readonly published: readonly Message[];
  readonly lost: readonly PendingSend[];
  readonly returned: readonly Message[];
  readonly deadLetters: readonly Message[];
  readonly wakeAtMs: readonly number[];
}

export const NOTHING: SessionEnd = {
  published: [],
  lost: [],
  returned: [],
  deadLetters: [],
  wakeAtMs: [],
};

/** The times, later than now, at which messages may be delivered. */
export function laterThan(nowMs: number, messages: readonly Message[]): readonly number[] {
  return messages.map(({ availableAtMs }) => availableAtMs).filter((atMs) => atMs > nowMs);
}

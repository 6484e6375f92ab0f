// What a broker hands out, and what the end of a session did.

import type { Message } from './message.ts';
import type { PendingSend } from './session-table.ts';

/** A message handed to a consumer: the session in which it will be handled. */
export interface Delivery {
  readonly container: string;
  readonly session: number;
  readonly message: Message;
}

/** What the end of a session did; at the times of `wakeAtMs`, `dispatch` has something to do. */
export interface SessionEnd {
  readonly published: readonly Message[];
  readonly lost: readonly PendingSend[];
  readonly returned: Message | null;
  readonly deadLetter: Message | null;
  readonly wakeAtMs: readonly number[];
}

export const NOTHING: SessionEnd = {
  published: [],
  lost: [],
  returned: null,
  deadLetter: null,
  wakeAtMs: [],
};

/** The times, later than now, at which messages may be delivered. */
export function laterThan(nowMs: number, messages: readonly Message[]): readonly number[] {
  return messages.map(({ availableAtMs }) => availableAtMs).filter((atMs) => atMs > nowMs);
}

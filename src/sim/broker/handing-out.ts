// Hands out what waits in queues: to the consumers of listener containers, and to those who wait in
// a synchronous receive. Whoever has waited longest is first, whichever of the two it is.

import type { Containers } from './containers.ts';
import type { Message } from './message.ts';
import type { Queues } from './queues.ts';
import type { Delivery, HandedOut, Taken, Taker } from './session-end.ts';
import type { SessionTable } from './session-table.ts';

interface Held {
  readonly queues: Queues;
  readonly containers: Containers;
  readonly sessions: SessionTable;
}

type TakeFrom = (queue: string, turn: number) => Message | null;

/** Hands a message to one who waited: into its session, or into one that ends as it goes on. */
function hand(sessions: SessionTable, { execution, session }: Taker, message: Message): Taken {
  const own = session ?? sessions.open(null, 0, null);
  sessions.take(own, message);
  return { execution, session: own, message };
}

/** Hands out all that can be handed out now. */
export function handOut(
  { queues, containers, sessions }: Held,
  nowMs: number,
  takers: readonly Taker[],
): HandedOut {
  const line = takers
    .filter(({ session }) => session === null || sessions.isOpen(session))
    .toSorted((one, other) => one.turn - other.turn);
  const deliveries: Delivery[] = [];
  const taken: Taken[] = [];
  const serve = (queue: string, turn: number): void => {
    for (;;) {
      const at = line.findIndex((taker) => taker.queue === queue && taker.turn < turn);
      const message = at < 0 ? null : queues.takeFirst(queue, nowMs);
      if (!message) return;
      for (const taker of line.splice(at, 1)) taken.push(hand(sessions, taker, message));
    }
  };
  const takeFrom: TakeFrom = (queue, turn) => {
    serve(queue, turn);
    return queues.takeFirst(queue, nowMs);
  };
  for (const container of containers.ids) {
    const isEmpty = queues.waiting(containers.queueOf(container)).length === 0;
    if (isEmpty && !containers.isSupplied(container)) continue;
    for (;;) {
      const next = containers.next(container, nowMs, takeFrom);
      if (!next) break;
      const { consumer, message } = next;
      const session = sessions.open(container, consumer, message);
      deliveries.push({ container, session, message });
    }
    prefetch(containers, container, takeFrom);
  }
  for (const queue of new Set(line.map((taker) => taker.queue))) serve(queue, Infinity);
  return { deliveries, taken };
}

// A broker pushes: what comes while all consumers are busy is given to them ahead, unless somebody
// waits for it.
function prefetch(containers: Containers, container: string, takeFrom: TakeFrom): void {
  for (;;) {
    const consumer = containers.leastBusy(container);
    const message = consumer === null ? null : takeFrom(containers.queueOf(container), Infinity);
    if (consumer === null || !message) return;
    containers.prefetch(container, consumer, message);
  }
}

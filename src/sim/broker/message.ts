// What travels through the broker.

import type { MessageBody } from '../kernel/effect.ts';
import type { SeenMessage } from '../kernel/trace.ts';

/** A persistent message in a queue, or on its way to a consumer. */
export interface Message {
  readonly id: number;
  readonly queue: string;
  readonly body: MessageBody;
  /** Its place in the queue's order. */
  readonly position: number;
  /** How often it was given to a consumer in vain; the broker forgets it when it crashes. */
  readonly redeliveries: number;
  readonly availableAtMs: number;
  /** Held back until another message has entered the queue. */
  readonly held: boolean;
  /** Where it was before it became a dead letter. */
  readonly originalQueue: string | null;
  /** The event that put it where it is. */
  readonly cause: number | null;
}

/** How a fault bends the sending of one message. */
export interface SendTwist {
  readonly lost?: boolean;
  /** Comes so much later. */
  readonly delayMs?: number;
  /** A second copy comes so much after the first. */
  readonly copyAfterMs?: number;
  /** Waits until the next message has overtaken it, for so long at most. */
  readonly overtakenWithinMs?: number;
}

/** A message as a consumer sees it: `deliveryCount` is 1 at the first delivery. */
export function seen(message: Message): SeenMessage {
  const { id, queue, body, redeliveries } = message;
  const deliveryCount = redeliveries + 1;
  return { messageId: id, queue, body, deliveryCount, redelivered: redeliveries > 0 };
}

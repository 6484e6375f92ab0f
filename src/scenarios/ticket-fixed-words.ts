// What the mended ticket saga is written in: the message that carries an order on, which names it
// by its uuid alone, and the step that writes such a message into a service's outbox.

import type { HandlerState } from '../sim/index.ts';
import { posting, recording } from './patterns.ts';

/** The message that travels through all the queues. */
export type Order = {
  readonly uuid: string;
  readonly customerId: number;
  readonly title: string | null;
  readonly ticketNum: number;
  readonly amount: number;
  /** Why the order fails, once it does. */
  readonly reason: Reason | null;
};
type Reason = 'TICKET_LOCK_FAIL' | 'NOT_ENOUGH_DEPOSIT' | 'TIMEOUT';

/** Sends the order on, by the outbox; one order has one message to a queue, however often. */
export const post = (queue: string, onward: string, reason?: Reason): HandlerState =>
  posting<Order>(({ memory }) => {
    const { uuid, customerId, title, ticketNum, amount } = memory;
    const body = { uuid, customerId, title, ticketNum, amount, reason: reason ?? memory.reason };
    return { messageId: `${queue} ${uuid}`, queue, body };
  }, onward);

/**
 * Writes down that this service has had to do with the order: what takes a step back writes it
 * too, so that the step, should it come later, finds that it is not to be taken any more.
 */
export const meeting = (ways: { readonly first: string; readonly again: string }): HandlerState =>
  recording<Order>(({ memory }) => memory.uuid, ways);

// What the shop and its delivery service say to each other of an order, and how to ask for a
// refund: where the order is guarded, only by way of the delivery service.

import {
  compensating,
  type Exit,
  type Given,
  type HandlerState,
  type SqlValue,
  step,
} from '../sim/index.ts';

/** What every message says of an order. */
export type Order = {
  readonly orderId: number;
  readonly customerId: number;
  readonly amount: number;
  /** How often its delivery has been asked for: once by the order, then by a person. */
  readonly round: number;
};

export const DELIVERIES = 'delivery:new';
export const CANCELLATIONS = 'delivery:cancel';
export const REFUNDS = 'order:refund';
export const NEWS = 'order:delivered';

/** A test of a parameter. */
export const is =
  (name: string, value: SqlValue) =>
  ({ parameters }: Given<Order>): boolean =>
    parameters[name] === value;

/** Sends what there is to say of an order. */
export const telling = <Memory extends Order>(
  queue: string,
  exits: string | readonly Exit<Memory>[],
  roundOf = ({ round }: Order): number => round,
): HandlerState =>
  step<Memory, 'send'>(
    'send',
    ({ memory }) => {
      const { orderId, customerId, amount } = memory;
      return { queue, body: { orderId, customerId, amount, round: roundOf(memory) } };
    },
    exits,
  );

/** Where a compensation begins. Without the guard the shop pays back at once, for all it knows. */
export const compensate: readonly (Exit<Order> | string)[] = [
  { target: 'cancelling', test: is('guarded', 1) },
  'refunding',
];

/** The states in which it begins. */
export const requests = <Memory extends Order>(exits: string | readonly Exit<Memory>[]) => ({
  cancelling: compensating(telling<Memory>(CANCELLATIONS, exits)),
  refunding: compensating(telling<Memory>(REFUNDS, exits)),
});

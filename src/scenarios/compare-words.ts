// The one business case under every pattern: take money in one place, write an order in another,
// tell a third. What each of these acts is, whoever does it.

import {
  failing,
  fork,
  type Given,
  type HandlerState,
  type Row,
  type States,
  step,
} from '../sim/index.ts';
import { statement, unchanged } from './statements.ts';

export type Purchase = {
  readonly uuid: string;
  readonly customerId: number;
  readonly amount: number;
};

export type Found = Given<Purchase>;

export const CREATED = 'order:created';

/** Gives the purchase its number. @param more what is remembered beside it */
export const numbering = (onward: string, more: Row = {}): States => ({
  numbering: step<Purchase, 'uuid'>('uuid', { form: 'xid' }, [
    {
      target: onward,
      remember: ({ memory: { customerId, amount }, result }) => {
        return { uuid: String(result.value), customerId, amount, ...more };
      },
    },
  ]),
});

/** Takes the money, if there is enough; then writes down that it was paid. */
export const charging = (refused: string, onward: string): States => ({
  charging: statement<Purchase>(
    `UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`,
    [unchanged(refused), 'recording'],
    'user',
  ),
  recording: statement<Purchase>(
    "INSERT INTO payment (uuid, amount, status) VALUES (:uuid, :amount, 'PAID')",
    onward,
    'user',
  ),
});

const refuses = ({ parameters }: Found): boolean => parameters['refuses'] === 1;

/** Whoever keeps the orders may refuse (`asking`); else the order is written (`ordering`). */
export const ordering = (onward: string): States => ({
  asking: fork<Purchase>([{ target: 'refusing-order', test: refuses }, 'ordering']),
  ordering: statement<Purchase>(
    `INSERT INTO customer_order (uuid, customer_id, amount, status)
  VALUES (:uuid, :customerId, :amount, 'FINISH')`,
    onward,
    'order',
  ),
  'refusing-order': failing('OrderRefused', 'the order is refused'),
});

/** Tells the third. */
export const telling = (onward: string, transacted = true): HandlerState =>
  send(CREATED, onward, transacted);

export const send = (queue: string, onward: string, transacted = true): HandlerState =>
  step<Purchase, 'send'>(
    'send',
    ({ memory: { uuid, customerId, amount } }) => ({
      queue,
      body: { uuid, customerId, amount },
      transacted,
    }),
    onward,
  );

export const refusingPayment: States = {
  'refusing-payment': failing('NotEnoughDeposit', 'the deposit does not cover it'),
};

export const reply = ({ memory }: Found): string => memory.uuid;

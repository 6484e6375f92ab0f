// What comes of a statement that is sent to a database.

import { present } from '../kernel/assert.ts';
import type { Failure, Row } from '../kernel/effect.ts';
import type { LockTable } from './locks.ts';
import { lockText } from './observe.ts';

/** What a statement came to; `blocked` leaves it in `pending` of its transaction. */
export type Ran =
  | { readonly type: 'rows'; readonly rows: readonly Row[] }
  | { readonly type: 'changed'; readonly affected: number; readonly lastId: number }
  | { readonly type: 'blocked' }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What a statement gave. A blocked one is tried again by `resume` once its transaction is woken. */
export type Outcome =
  | Exclude<Ran, { readonly type: 'blocked' }>
  | {
      readonly type: 'blocked';
      readonly transaction: number;
      readonly waitsFor: readonly number[];
      /** The lock it waits for, as InnoDB's monitor would print it. */
      readonly lock: string;
    };

/** A failure by which the statement certainly did nothing. */
export function failed(code: string): Outcome & { readonly type: 'failed' } {
  return { type: 'failed', failure: { code, definite: true } };
}

/** Of a statement that has to wait. */
export function blocked(transaction: number, locks: LockTable): Outcome {
  const { place, lock, blockers } = present(
    locks.waitOf(transaction),
    `wait of transaction ${transaction}`,
  );
  return { type: 'blocked', transaction, waitsFor: blockers, lock: lockText(place, lock) };
}

/** Whether the server has rolled back the whole transaction, not only the statement. */
export const endsTransaction = ({ code }: Failure): boolean =>
  code === 'deadlock' || code === 'record-changed';

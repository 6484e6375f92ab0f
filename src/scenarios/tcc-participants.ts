// The participants of Try-Confirm-Cancel: each method is one local transaction, which writes down
// in a fence table what has become of the branch. What the fence says decides whether a call still
// has anything to do; a parameter can make it deaf to one of the three things it is there for.

import {
  compensating,
  type Exit,
  failing,
  type Given,
  type HandlerState,
  managedHandler,
  type Service,
  type States,
  type Unit,
} from '../sim/index.ts';
import { statement, unchanged } from './statements.ts';

/** What the coordinator calls every method with. */
export type Branch = {
  readonly xid: string;
  readonly customerId: number;
  readonly ticketNum: number;
  readonly amount: number;
};

type Found = Given<Branch>;

/** The three methods of a participant: their first state, and where the last one goes. */
interface Methods {
  readonly reserve: (done: string) => States;
  readonly confirm: (done: string) => States;
  readonly cancel: (done: string) => States;
}

export const JDBC: readonly Unit[] = [{ name: '', kind: 'jdbc' }];

const guards = (guard: string) => (found: Found) => found.parameters[guard] === 1;
const allowsEmptyRollback = guards('allowsEmptyRollback');
const preventsSuspension = guards('preventsSuspension');
const isIdempotent = guards('idempotent');

const says =
  (...all: readonly string[]) =>
  ({ result }: Found): boolean =>
    all.includes(String(result.rows?.[0]?.['status']));

const both =
  (...tests: readonly ((found: Found) => boolean)[]) =>
  (found: Found): boolean =>
    tests.every((test) => test(found));

const firstOf = (states: States): string => Object.keys(states)[0] ?? '';

// Whoever comes first writes the row; the key makes whoever comes second wait, and then read it.
const openingFence = (status: string, exits: readonly (string | Exit<Branch>)[]) =>
  statement<Branch>(
    `INSERT OR IGNORE INTO tcc_fence_log (xid, status) VALUES (:xid, '${status}')`,
    exits,
  );

const readingFence = (exits: readonly (string | Exit<Branch>)[]): HandlerState =>
  statement<Branch>('SELECT status FROM tcc_fence_log WHERE xid = :xid FOR UPDATE', exits);

const closingFence = (status: string): HandlerState =>
  statement<Branch>(`UPDATE tcc_fence_log SET status = '${status}' WHERE xid = :xid`, 'returned');

const method = (id: string, answer: string, states: States) =>
  managedHandler<Branch>(id, { units: JDBC, first: firstOf(states), states, reply: () => answer });

const trying = (id: string, reserve: States) =>
  method(id, 'TRIED', {
    'opening-fence': openingFence('TRIED', [unchanged('reading-fence'), firstOf(reserve)]),
    'reading-fence': readingFence([
      { target: 'returned', test: both(says('TRIED', 'CONFIRMED'), isIdempotent) },
      {
        target: 'refusing-late-try',
        test: both(says('CANCELLED', 'SUSPENDED'), preventsSuspension),
      },
      firstOf(reserve),
    ]),
    ...reserve,
    'refusing-late-try': failing('SUSPENDED', 'the transaction has been cancelled already'),
  });

const confirming = (id: string, confirm: States) =>
  method(id, 'CONFIRMED', {
    'reading-fence': readingFence([
      { target: 'returned', test: both(says('CONFIRMED'), isIdempotent) },
      firstOf(confirm),
    ]),
    ...confirm,
    'closing-fence': closingFence('CONFIRMED'),
  });

const cancelling = (id: string, cancel: States) =>
  method(id, 'CANCELLED', {
    'opening-fence': openingFence('SUSPENDED', [
      unchanged('reading-fence'),
      { target: 'returned', test: allowsEmptyRollback },
      firstOf(cancel),
    ]),
    'reading-fence': readingFence([
      { target: 'returned', test: both(says('SUSPENDED'), allowsEmptyRollback) },
      { target: 'returned', test: both(says('SUSPENDED', 'CANCELLED'), isIdempotent) },
      firstOf(cancel),
    ]),
    ...cancel,
    'closing-fence': closingFence('CANCELLED'),
  });

/** A service that takes part, with a database of its own name. */
const participant = (name: string, { reserve, confirm, cancel }: Methods): Service => ({
  name,
  databases: [name],
  entries: [
    { name: 'try', machine: trying(`${name}.try`, reserve('returned')) },
    { name: 'confirm', machine: confirming(`${name}.confirm`, confirm('closing-fence')) },
    { name: 'cancel', machine: cancelling(`${name}.cancel`, cancel('closing-fence')) },
  ],
  listeners: [],
  jobs: [],
});

export const ticketService = (): Service =>
  participant('ticket', {
    reserve: (done) => ({
      holding: statement<Branch>(
        `UPDATE ticket SET lock_user = :customerId
  WHERE ticket_num = :ticketNum AND lock_user IS NULL AND owner IS NULL`,
        [unchanged('refusing'), done],
      ),
      refusing: failing('TICKET_LOCK_FAIL', 'the ticket is held or sold already'),
    }),
    confirm: (done) => ({
      'handing-over': statement<Branch>(
        `UPDATE ticket SET owner = :customerId, lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`,
        done,
      ),
    }),
    cancel: (done) => ({
      releasing: compensating(
        statement<Branch>(
          `UPDATE ticket SET lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`,
          done,
        ),
      ),
    }),
  });

export const userService = (): Service =>
  participant('user', {
    reserve: (done) => ({
      freezing: statement<Branch>(
        `UPDATE customer SET deposit = deposit - :amount, frozen = frozen + :amount
  WHERE id = :customerId AND deposit >= :amount`,
        [unchanged('refusing'), done],
      ),
      refusing: failing('NOT_ENOUGH_DEPOSIT', 'the deposit is too small'),
    }),
    confirm: (done) => ({
      charging: statement<Branch>(
        'UPDATE customer SET frozen = frozen - :amount WHERE id = :customerId',
        'recording-payment',
      ),
      'recording-payment': statement<Branch>(
        'INSERT INTO pay_info (xid, customer_id, amount) VALUES (:xid, :customerId, :amount)',
        done,
      ),
    }),
    cancel: (done) => ({
      unfreezing: compensating(
        statement<Branch>(
          `UPDATE customer SET deposit = deposit + :amount, frozen = frozen - :amount
  WHERE id = :customerId`,
          done,
        ),
      ),
    }),
  });

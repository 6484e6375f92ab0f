// The participants of an orchestrated saga: each command is one best-effort transaction, which
// writes down what became of it beside its effect. A command that comes again is answered from
// there. Which saga it belongs to, and what comes before or after, is none of their business.

import {
  bestEffortListener,
  compensating,
  type Exit,
  fork,
  type Given,
  type HandlerState,
  type Service,
  type States,
  step,
} from '../sim/index.ts';
import {
  type Answer,
  type Command,
  REPLIES,
  type SagaOutcome,
  type SagaStep,
} from './saga-words.ts';
import { statement } from './statements.ts';

type Handled = Command & Pick<Answer, 'outcome' | 'reason'>;
type Found = Given<Handled>;

const ends = (
  outcome: SagaOutcome,
  reason: string | null,
  target = 'recording',
): Exit<Handled> => ({
  target,
  remember: ({ memory }) => ({ ...memory, outcome, reason }),
});

const done = ends('DONE', null);

/** What is not there to be changed is a refusal. */
const refusedIfUnchanged = (reason: string): Exit<Handled> => ({
  ...ends('REFUSED', reason),
  test: ({ result }) => result.affected === 0,
});

const isFor =
  (name: SagaStep) =>
  ({ memory }: Found): boolean =>
    memory.step === name;

const isIdempotent = ({ parameters }: Found): boolean => parameters['idempotent'] === 1;

const sending: HandlerState = step<Handled, 'send'>(
  'send',
  ({ memory: { sagaId, step: name, attempt, outcome, reason } }) => {
    return { queue: REPLIES, body: { sagaId, step: name, attempt, outcome, reason } };
  },
  'committing',
);

const came =
  (outcome: SagaOutcome) =>
  ({ memory }: Found): boolean =>
    memory.outcome === outcome;

// A compensation must succeed in the end, but not at once: its first goes may fail.
const failingAtFirst = (onward: string) =>
  fork<Handled>([
    {
      ...ends('FAILED', 'COMPENSATION_FAILED', 'answering'),
      test: ({ memory, parameters }) =>
        memory.attempt <= Number(parameters['compensationFailures']),
    },
    onward,
  ]);

/** A service that does steps, each from the state named for it on. */
function participant(name: string, steps: Partial<Record<SagaStep, string>>, states: States) {
  const choices = Object.entries(steps).map(([one, target]): Exit<Handled> => {
    return { target, test: isFor(one as SagaStep) };
  });
  const machine = bestEffortListener(`${name}.commands`, {
    first: 'knowing-again',
    states: {
      'knowing-again': fork<Handled>([
        { target: 'finding-handled', test: isIdempotent },
        'choosing',
      ]),
      'finding-handled': statement<Handled>(
        `SELECT outcome, reason FROM handled_command
  WHERE saga_id = :sagaId AND step = :step FOR UPDATE`,
        [
          {
            target: 'answering',
            test: ({ result }) => result.rows?.length === 1,
            remember: ({ memory, result }) => ({ ...memory, ...result.rows?.[0] }),
          },
          'choosing',
        ],
      ),
      choosing: fork<Handled>([...choices, 'committing']),
      ...states,
      recording: fork<Handled>([{ target: 'recording-command', test: isIdempotent }, 'answering']),
      'recording-command': statement<Handled>(
        `INSERT INTO handled_command (saga_id, step, outcome, reason)
  VALUES (:sagaId, :step, :outcome, :reason)`,
        'answering',
      ),
      answering: fork<Handled>([
        { target: 'sending-refusal', test: came('REFUSED') },
        { target: 'sending-failure', test: came('FAILED') },
        'sending-done',
      ]),
      'sending-done': sending,
      'sending-refusal': sending,
      'sending-failure': sending,
    },
  });
  const listener = { name: 'commands', queue: `${name}:commands`, machine };
  return { name, databases: [name], entries: [], listeners: [listener], jobs: [] };
}

const ticketService = (): Service =>
  participant(
    'ticket',
    {
      'reserve-ticket': 'reserving',
      'confirm-ticket': 'asking-organiser',
      'release-ticket': 'starting-release',
    },
    {
      reserving: statement<Handled>(
        `UPDATE ticket SET lock_user = :customerId
  WHERE ticket_num = :ticketNum AND lock_user IS NULL AND owner IS NULL`,
        [refusedIfUnchanged('TICKET_LOCK_FAIL'), done],
      ),
      'asking-organiser': fork<Handled>([
        {
          ...ends('REFUSED', 'SHOW_CANCELLED'),
          test: ({ parameters }) => parameters['showCancelled'] === 1,
        },
        'handing-over',
      ]),
      'handing-over': statement<Handled>(
        `UPDATE ticket SET owner = :customerId, lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`,
        [done],
      ),
      'starting-release': failingAtFirst('releasing'),
      releasing: compensating(
        statement<Handled>(
          `UPDATE ticket SET lock_user = NULL
  WHERE ticket_num = :ticketNum AND lock_user = :customerId`,
          [done],
        ),
      ),
    },
  );

const userService = (): Service =>
  participant(
    'user',
    { charge: 'charging', refund: 'starting-refund' },
    {
      charging: statement<Handled>(
        `UPDATE customer SET deposit = deposit - :amount
  WHERE id = :customerId AND deposit >= :amount`,
        [refusedIfUnchanged('NOT_ENOUGH_DEPOSIT'), 'recording-payment'],
      ),
      'recording-payment': statement<Handled>(
        `INSERT INTO pay_info (saga_id, customer_id, amount, status)
  VALUES (:sagaId, :customerId, :amount, 'PAID')`,
        [done],
      ),
      'starting-refund': failingAtFirst('refunding'),
      refunding: compensating(
        statement<Handled>(
          'UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId',
          'recording-refund',
        ),
      ),
      'recording-refund': compensating(
        statement<Handled>("UPDATE pay_info SET status = 'REFUNDED' WHERE saga_id = :sagaId", [
          done,
        ]),
      ),
    },
  );

/** Whoever does the steps of a saga. */
export const participants = (): readonly Service[] => [ticketService(), userService()];

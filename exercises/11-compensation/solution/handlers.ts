// A refund is a new business act, not a rollback: the charge was committed long ago. What marks the
// payment, what gives the money back and what makes the command known again are one transaction.

import { bestEffortListener, compensating, fork, statement, step, unchanged } from 'indoubt/words';

/** A command, and beside it what has become of it. */
type Command = {
  readonly sagaId: string;
  readonly step: 'charge' | 'refund';
  readonly attempt: number;
  readonly customerId: number;
  readonly amount: number;
  readonly outcome?: 'DONE' | 'REFUSED' | 'FAILED';
  readonly reason?: string | null;
};

const commands = bestEffortListener('user.commands', {
  first: 'finding-handled',
  states: {
    // A command that comes again is answered from what was written down the first time.
    'finding-handled': statement<Command>(
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
    choosing: fork<Command>([
      { target: 'charging', test: ({ memory }) => memory.step === 'charge' },
      { target: 'refunding', test: ({ memory }) => memory.step === 'refund' },
      'committing',
    ]),

    charging: statement<Command>(
      `UPDATE customer SET deposit = deposit - :amount
        WHERE id = :customerId AND deposit >= :amount`,
      [
        {
          ...unchanged<Command>('recording'),
          remember: ({ memory }) => ({
            ...memory,
            outcome: 'REFUSED',
            reason: 'NOT_ENOUGH_DEPOSIT',
          }),
        },
        'recording-payment',
      ],
    ),
    'recording-payment': statement<Command>(
      `INSERT INTO pay_info (saga_id, customer_id, amount, status)
        VALUES (:sagaId, :customerId, :amount, 'PAID')`,
      [
        {
          target: 'recording',
          remember: ({ memory }) => ({ ...memory, outcome: 'DONE', reason: null }),
        },
      ],
    ),
    recording: statement<Command>(
      `INSERT INTO handled_command (saga_id, step, outcome, reason)
        VALUES (:sagaId, :step, :outcome, :reason)`,
      'answering',
    ),

    refunding: compensating(
      statement<Command>(
        "UPDATE pay_info SET status = 'REFUNDED' WHERE saga_id = :sagaId AND status = 'PAID'",
        'crediting',
      ),
    ),
    crediting: compensating(
      statement<Command>('UPDATE customer SET deposit = deposit + :amount WHERE id = :customerId', [
        {
          target: 'recording',
          remember: ({ memory }) => ({ ...memory, outcome: 'DONE', reason: null }),
        },
      ]),
    ),

    answering: step<Command, 'send'>(
      'send',
      ({ memory: { sagaId, step: name, attempt, outcome = 'FAILED', reason = null } }) => {
        return { queue: 'saga:replies', body: { sagaId, step: name, attempt, outcome, reason } };
      },
      'committing',
    ),
  },
});

export const handlers = { 'user.commands': commands };

// The user service of an orchestrated saga is told to charge a customer, and, if a later step is
// refused, to refund him. It can charge. Write the refund: the customer has his money again, his
// row in pay_info says REFUNDED, and the orchestrator hears DONE. Once per saga, however often the
// command comes.

import { bestEffortListener, fork, statement, step, unchanged } from 'indoubt/words';

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

    // Here the refund begins. As it is, it says FAILED, and is asked again and again.
    refunding: fork<Command>(['answering']),

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

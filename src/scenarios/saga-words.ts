// What the orchestrator of a saga and its participants say to each other: commands and replies, by
// saga and step. Both may come late, twice or never, and so carry all that is needed to know them.

/** A saga's steps, in order; what undoes them, in reverse. */
export type SagaStep = 'reserve-ticket' | 'charge' | 'confirm-ticket' | 'refund' | 'release-ticket';

/** Refused: the step has had no effect, and will have none. Failed: it may be tried again. */
export type SagaOutcome = 'DONE' | 'REFUSED' | 'FAILED';

/** What a participant is told to do. */
export type Command = {
  readonly sagaId: string;
  readonly step: SagaStep;
  /** How often this step has been tried, this time included. */
  readonly attempt: number;
  readonly customerId: number;
  readonly ticketNum: number;
  readonly amount: number;
};

/** What became of it. */
export type Answer = {
  readonly sagaId: string;
  readonly step: SagaStep;
  readonly attempt: number;
  readonly outcome: SagaOutcome;
  readonly reason: string | null;
};

/** The queue where replies arrive. */
export const REPLIES = 'saga:replies';

/** Who does a step, and listens to commands. */
export const QUEUE_OF: Readonly<Record<SagaStep, string>> = {
  'reserve-ticket': 'ticket:commands',
  charge: 'user:commands',
  'confirm-ticket': 'ticket:commands',
  refund: 'user:commands',
  'release-ticket': 'ticket:commands',
};

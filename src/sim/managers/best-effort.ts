// Best-effort one-phase commit, as Spring does it: the JMS session is synchronised with the
// database transaction. The database commits first, the session second; between the two lies the
// gap in which a crash leaves the row written and the message not acknowledged.

import type { AnyStateMachine } from 'xstate';
import { type HandlerState, handlerMachine, step } from './handler.ts';

/** Where a handler's own steps begin: its first state, and all of them. */
export interface HandlerBody {
  readonly first: string;
  /** A step that is the last goes on to `committing`. */
  readonly states: Readonly<Record<string, HandlerState>>;
}

/**
 * A message listener whose receive, database work and sends are one best-effort transaction:
 * `receiving`, `beginning`, the body, `committing` (database), `acknowledging` (session). A
 * failure leads to `rolling-back` (database) and `returning` (the message, for redelivery).
 */
export function bestEffortListener(id: string, body: HandlerBody): AnyStateMachine {
  const keepMessage = {
    target: 'beginning',
    remember: ({ result }: { result: { value?: unknown } }) => result.value,
  };
  return handlerMachine(id, 'receiving', 'rolling-back', {
    receiving: step('receive', {}, [keepMessage]),
    beginning: step('begin', {}, body.first),
    ...body.states,
    committing: step('commit', { resource: 'database' }, 'acknowledging'),
    acknowledging: step('commit', { resource: 'session' }, 'finished', 'returning'),
    'rolling-back': step('rollback', { resource: 'database' }, 'returning', 'returning'),
    returning: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });
}

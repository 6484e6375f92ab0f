// Best-effort one-phase commit, as Spring does it: the JMS session is synchronised with the
// database transaction. The database commits first, the session second; between the two lies the
// gap in which a crash leaves the row written and the message not acknowledged.

import type { AnyStateMachine } from 'xstate';
import type { EffectResult } from '../kernel/index.ts';
import { type HandlerState, handlerMachine, step } from './handler.ts';

/** Where a handler's own steps begin: its first state, and all of them. */
export interface HandlerBody {
  readonly first: string;
  /** A step that is the last goes on to `committing`. */
  readonly states: Readonly<Record<string, HandlerState>>;
}

const keepMessage = ({ result }: { readonly result: EffectResult }): unknown => result.value;

/**
 * A message listener whose receive, database work and sends are one best-effort transaction. As
 * Spring's container does, it begins the database transaction first and receives within it:
 * `beginning`, `receiving`, the body, `committing` (database), `acknowledging` (session). A failure
 * leads to `rolling-back` (database) and `returning` (the message, for redelivery). If nothing can
 * be begun, the message is left where it is, uncounted (`recovering`).
 */
export function bestEffortListener(id: string, { first, states }: HandlerBody): AnyStateMachine {
  return handlerMachine(id, 'beginning', 'rolling-back', {
    beginning: step('begin', {}, 'receiving', 'recovering'),
    receiving: step('receive', {}, [{ target: first, remember: keepMessage }]),
    ...states,
    committing: step('commit', { resource: 'database' }, 'acknowledging'),
    acknowledging: step('commit', { resource: 'session' }, 'finished', 'returning'),
    'rolling-back': step('rollback', { resource: 'database' }, 'returning', 'returning'),
    returning: step('rollback', { resource: 'session' }, 'failed', 'failed'),
    recovering: step('decline', {}, 'failed', 'failed'),
  });
}

// Handlers whose transaction a manager keeps: declared for the method, or written out in its code;
// with a JMS session that follows the database transaction, or without one. Requests and messages.

import type { AnyStateMachine } from 'xstate';
import type { Failure } from '../kernel/effect.ts';
import type { Json } from '../kernel/fingerprint.ts';
import { managerException, translated, UNKNOWN } from './exceptions.ts';
import { type Exit, fork, type Given, handlerMachine, orElse, step } from './handler.ts';
import { keptIn, throwing } from './kept.ts';
import { findsEntities } from './persistence.ts';
import {
  beginning,
  committing,
  type Definition,
  firstRollback,
  type Part,
  rollingBack,
  type States,
  type Synchronization,
  stateOf,
  thrownBy,
  type Unit,
} from './units.ts';

/** A method in a transaction. */
export interface ManagedMethod<Memory> {
  /** What its manager keeps together, in the order it begins; none: it runs in no transaction. */
  readonly units: readonly Unit[];
  readonly definition?: Definition<Memory>;
  /** Exceptions after which it commits all the same: by Spring's default, the checked ones. */
  readonly commitsOn?: readonly string[];
  /**
   * Written out in code: whatever fails, the commit too, runs into a catch block that rolls back.
   * After a failed commit that is once too often, and its exception hides the real one.
   */
  readonly programmatic?: boolean;
  readonly synchronization?: Synchronization;
  /** What comes before the transaction; a last state goes on to `called`. */
  readonly before?: States;
  readonly first: string;
  /** A step that is the last goes on to `returned`; one that rolls back by itself, to `undoing`. */
  readonly states: States;
  /** What comes after the transaction: from its first state on, to `replying`. */
  readonly afterwards?: States;
  /** What it answers. */
  readonly reply?: (given: Given<Memory>) => Json;
}

const MASKED = managerException(
  'IllegalTransactionStateException',
  null,
  'Transaction is already completed - do not call commit or rollback more than once',
);

/** The states of a method in its transaction: they lead to `over`, or with an exception to `out`. */
function methodStates<Memory>(method: ManagedMethod<Memory>, over: string, out: string): Part {
  const { units, definition = () => ({}), commitsOn = [], first, before } = method;
  const { synchronization, programmatic, afterwards = {} } = method;
  const back = firstRollback(units) ?? 'undone';
  const translate = (failure: Failure | null, { failed }: Given<Memory>) =>
    thrownBy(units, failure ?? UNKNOWN, failed);
  const fails = (target: string) => [throwing<Memory>(target, translate)];
  const own = (states: States, target: string): States =>
    Object.fromEntries(
      Object.entries(states).map(([name, state]) => [name, orElse(state, fails(target))]),
    );
  const commit = committing<Memory>(units, 'committed', {
    ...(synchronization && { synchronization }),
    ...(programmatic && { masks: MASKED }),
    flushes: findsEntities(method.states),
  });
  const forgiven: Exit<Memory> = {
    target: commit.start,
    test: (given) => commitsOn.includes(keptIn(given).thrown?.code ?? ''),
  };
  const [begun] = units;
  const begin = begun ? stateOf('beginning', begun) : first;
  return {
    start: Object.keys(before ?? {})[0] ?? begin,
    states: {
      ...own(before ?? {}, out),
      called: fork([begin]),
      ...beginning(units, definition, first, back),
      ...own(method.states, 'threw'),
      threw: fork<Memory>([...(commitsOn.length > 0 ? [forgiven] : []), back]),
      returned: fork([commit.start]),
      ...commit.states,
      committed: fork<Memory>([
        { target: out, test: (given) => keptIn(given).thrown !== null },
        Object.keys(afterwards)[0] ?? over,
      ]),
      ...own(afterwards, out),
      undoing: fork([back]),
      ...rollingBack(units, 'undone'),
      undone: fork<Memory>([{ target: out, test: (given) => keptIn(given).thrown !== null }, over]),
    },
  };
}

/** The end of a request: an answer (`replying`), or the exception its caller sees (`throwing`). */
export function ends<Memory>(reply: ManagedMethod<Memory>['reply'] = () => null): States {
  return {
    replying: step<Memory, 'reply'>('reply', (given) => ({ value: reply(given) }), 'finished'),
    throwing: step<Memory, 'throw'>(
      'throw',
      (given) => ({ error: keptIn(given).thrown ?? UNKNOWN }),
      [],
      'failed',
    ),
  };
}

// A JMS session that is synchronised with the transaction: committed after it, rolled back with it.
function following<Memory>(over: string, out: string): Part {
  const cannot = throwing<Memory>('returning', (failure) =>
    failure?.code === 'injected-error'
      ? translated(failure)
      : managerException('SynchedLocalTransactionFailedException', failure),
  );
  const session = { resource: 'session' } as const;
  return {
    start: 'acknowledging',
    states: {
      acknowledging: step<Memory, 'commit'>('commit', session, over, [cannot]),
      returning: step<Memory, 'rollback'>('rollback', session, out, out),
    },
  };
}

/**
 * A handler of requests whose method runs in a transaction; its answer is `replying`, the exception
 * its caller sees `throwing`.
 */
export function managedHandler<Memory>(id: string, method: ManagedMethod<Memory>): AnyStateMachine {
  const { start, states } = methodStates(method, 'replying', 'throwing');
  return handlerMachine(id, start, 'throwing', { ...states, ...ends(method.reply) });
}

/**
 * A handler of requests whose JMS session follows the transaction, as Spring's
 * TransactionAwareConnectionFactoryProxy has it.
 */
export function synchronizedHandler<Memory>(
  id: string,
  method: ManagedMethod<Memory>,
): AnyStateMachine {
  const { start, states } = methodStates(method, 'acknowledging', 'returning');
  const session = following<Memory>('replying', 'throwing');
  return handlerMachine(id, start, 'returning', {
    ...states,
    ...session.states,
    ...ends(method.reply),
  });
}

/**
 * A job whose method runs in a transaction; with `follows`, its JMS session follows that. There is
 * nobody to be answered.
 */
export function managedJob<Memory>(
  id: string,
  method: ManagedMethod<Memory>,
  follows: boolean,
): AnyStateMachine {
  const session = follows ? following<Memory>('finished', 'failed').states : {};
  const [over, out] = follows
    ? (['acknowledging', 'returning'] as const)
    : (['finished', 'failed'] as const);
  const { start, states } = methodStates(method, over, out);
  return handlerMachine(id, start, out, { ...states, ...session });
}

/** What a listener may say beside its method. */
export interface ManagedListener<Memory> extends ManagedMethod<Memory> {
  /** When a message that returns comes again; by default, when the broker's policy says. */
  readonly redeliverAfterMs?: (given: Given<Memory>) => number | undefined;
  /** What it remembers of the message; by default its body. */
  readonly received?: (given: Given<Memory>) => Memory;
}

/**
 * A message listener in a container that has a transacted session, and no transaction manager of
 * its own: `receiving`, the method with its own transaction, then `acknowledging`. Whatever leaves
 * the method makes the container roll the session back (`returning`).
 */
export function managedListener<Memory>(
  id: string,
  method: ManagedListener<Memory>,
): AnyStateMachine {
  const { start, states } = methodStates(method, 'acknowledging', 'returning');
  const { redeliverAfterMs, received = ({ result }) => result.value as Memory } = method;
  const session = { resource: 'session' } as const;
  return handlerMachine(id, 'receiving', 'returning', {
    receiving: step<Memory, 'receive'>('receive', {}, [{ target: start, remember: received }]),
    ...states,
    acknowledging: step('commit', session, 'finished', 'returning'),
    returning: step<Memory, 'rollback'>(
      'rollback',
      (given) => {
        const afterMs = redeliverAfterMs?.(given);
        return { ...session, ...(afterMs !== undefined && { redeliverAfterMs: afterMs }) };
      },
      'failed',
      'failed',
    ),
  });
}

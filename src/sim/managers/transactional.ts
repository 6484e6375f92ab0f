// Wraps a handler's steps into transactional methods, as Spring's interceptor and
// DataSourceTransactionManager (5.x and 6.x) do: what its propagation takes before the first step,
// and what follows when the method returns or throws.

import type { AnyStateMachine } from 'xstate';
import type { Effect, Failure, Note } from '../kernel/effect.ts';
import { around } from './around.ts';
import {
  managerException,
  NO_SAVEPOINT,
  refusal,
  translated,
  UNEXPECTED_ROLLBACK,
} from './exceptions.ts';
import {
  type Exit,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  orElse,
  step,
} from './handler.ts';
import {
  type Boundary,
  boundaryIn,
  boundaryOf,
  type Definition,
  entered,
  hasSetAside,
  isDoomed,
  keeping,
  keptBy,
  left,
  ownsTransaction,
  type Propagation,
} from './propagation.ts';

type States = Readonly<Record<string, HandlerState>>;
/** Leaves out what a method never takes. */
type Ways<Memory> = (
  exits: readonly (string | Exit<Memory>)[],
) => readonly (string | Exit<Memory>)[];

/** A transactional method: its own steps, and where it leads. */
export interface Method<Memory> {
  /** What the names of the states around its steps begin with; '' for the outermost method. */
  readonly prefix: string;
  readonly definition: (given: Given<Memory>) => Definition;
  /** The propagations its definition may have; all, if it does not say. */
  readonly propagations?: readonly Propagation[];
  /** Exceptions after which it commits all the same: by Spring's default, the checked ones. */
  readonly commitsOn: readonly string[];
  readonly first: string;
  /** A step that is the last goes on to `<prefix>returned`. */
  readonly states: States;
}

/** A method that another calls. */
export interface CalledMethod<Memory> extends Method<Memory> {
  /** The prefix of its caller. */
  readonly caller: string;
  /** The step its caller goes on with. */
  readonly returns: string;
  /** Where the caller goes on if it catches the exception; else that leaves the caller as well. */
  readonly catches?: Exit<Memory>;
}

/** A way out that an exception of the manager's own takes, because of the failure before. */
const failingAs = <Memory>(target: string, code: string): Exit<Memory> =>
  keeping(target, (kept, { failure }) => ({ ...kept, thrown: managerException(code, failure) }));

const throwingOn = <Memory>(
  target: string,
  thrown: Failure,
  test: (given: Given<Memory>) => boolean,
): Exit<Memory> => keeping(target, (kept) => ({ ...kept, thrown }), test);

const noting = (note: Note, target: string): HandlerState => step('note', { note }, target);

const hasSavepoint = <Memory>(given: Given<Memory>): boolean => boundaryIn(given) === 'savepoint';

// Each method has a savepoint of its own, called like its states.
const savepointOf = (prefix: string) => ({ name: prefix.replace(/-$/, '') });

function beginning({
  isolation,
  readOnly,
  timeoutMs,
}: Definition): Omit<Extract<Effect, { readonly kind: 'begin' }>, 'kind'> {
  return {
    ...(isolation !== undefined && { isolation }),
    ...(readOnly && { readOnly }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}

/** What its propagation takes, up to the method's own first step. */
function entering<Memory>(
  { prefix: p, definition, first }: Method<Memory>,
  ways: Ways<Memory>,
): States {
  const enter = (boundary: Boundary, target: string): Exit<Memory> =>
    keeping(
      `${p}${target}`,
      (kept) => entered(kept, boundary),
      (given) => {
        const inTransaction = keptBy(given).mark !== 'none';
        return boundaryOf(definition(given).propagation, inTransaction) === boundary;
      },
    );
  const why = (given: Given<Memory>): Failure =>
    hasSavepoint(given) ? NO_SAVEPOINT : refusal(keptBy(given).mark !== 'none');
  const savepoint = savepointOf(p);
  return {
    [`${p}called`]: fork<Memory>(
      ways([
        enter('begin', 'beginning'),
        enter('suspend-and-begin', 'suspending'),
        enter('suspend', 'suspending'),
        enter('join', 'joining'),
        enter('savepoint', 'looking-at-mark'),
        enter('refuse', 'refusing'),
        enter('nothing', 'running-alone'),
      ]),
    ),
    [`${p}suspending`]: step<Memory, 'suspend'>(
      'suspend',
      {},
      ways([{ target: `${p}beginning`, test: ownsTransaction }, `${p}running-alone`]),
    ),
    [`${p}beginning`]: step<Memory, 'begin'>(
      'begin',
      (given) => beginning(definition(given)),
      first,
      [failingAs(`${p}rolling-back`, 'CannotCreateTransactionException')],
    ),
    [`${p}joining`]: noting('joins', first),
    [`${p}running-alone`]: noting('runs-alone', first),
    // In a transaction that can only roll back a savepoint would be for nothing.
    [`${p}looking-at-mark`]: fork<Memory>(
      ways([{ target: `${p}refusing`, test: isDoomed }, `${p}setting-savepoint`]),
    ),
    [`${p}setting-savepoint`]: step<Memory, 'savepoint'>('savepoint', savepoint, first, [
      failingAs(`${p}left`, 'CannotCreateTransactionException'),
    ]),
    [`${p}refusing`]: step<Memory, 'throw'>(
      'throw',
      (given) => ({ error: why(given) }),
      [],
      [keeping(`${p}left`, (kept, { failure }) => ({ ...kept, thrown: failure }))],
    ),
  };
}

/** What follows when the method has returned, or has thrown. */
function completing<Memory>({ prefix: p, commitsOn }: Method<Memory>, ways: Ways<Memory>): States {
  const commits = (given: Given<Memory>): boolean =>
    commitsOn.includes(keptBy(given).thrown?.code ?? '');
  const marks = (given: Given<Memory>): boolean => boundaryIn(given) === 'join' && !isDoomed(given);
  const savepoint = savepointOf(p);
  return {
    [`${p}threw`]: fork<Memory>(
      ways([
        { target: `${p}returned`, test: commits },
        { target: `${p}rolling-back`, test: ownsTransaction },
        { target: `${p}rolling-back-to-savepoint`, test: hasSavepoint },
        keeping(`${p}marking-rollback-only`, (kept) => ({ ...kept, mark: 'rollback-only' }), marks),
        `${p}left`,
      ]),
    ),
    [`${p}marking-rollback-only`]: noting('dooms', `${p}left`),
    [`${p}returned`]: fork<Memory>(
      ways([
        throwingOn(`${p}rolling-back`, UNEXPECTED_ROLLBACK, (given) => {
          return ownsTransaction(given) && isDoomed(given);
        }),
        throwingOn(`${p}rolling-back-to-savepoint`, UNEXPECTED_ROLLBACK, (given) => {
          return hasSavepoint(given) && isDoomed(given);
        }),
        { target: `${p}committing`, test: ownsTransaction },
        { target: `${p}releasing-savepoint`, test: hasSavepoint },
        `${p}left`,
      ]),
    ),
    [`${p}committing`]: step<Memory, 'commit'>('commit', { resource: 'database' }, `${p}left`, [
      // Whoever cannot commit gives the connection up, and with it what is not committed.
      failingAs(`${p}rolling-back`, 'TransactionSystemException'),
    ]),
    [`${p}rolling-back`]: step<Memory, 'rollback'>(
      'rollback',
      { resource: 'database' },
      `${p}left`,
      [failingAs(`${p}left`, 'TransactionSystemException')],
    ),
    // Whatever marked the transaction since the savepoint is undone with it.
    [`${p}rolling-back-to-savepoint`]: step<Memory, 'rollback-to'>(
      'rollback-to',
      savepoint,
      [keeping(`${p}left`, (kept) => ({ ...kept, mark: 'open' }))],
      [failingAs(`${p}left`, 'TransactionSystemException')],
    ),
    // A savepoint that cannot be released is only logged.
    [`${p}releasing-savepoint`]: step('release', savepoint, `${p}left`, `${p}left`),
  };
}

/** The caller's transaction is taken up again, and the exception, if there is one, goes on. */
function leaving<Memory>(p: string, ends: readonly Exit<Memory>[], ways: Ways<Memory>): States {
  return {
    [`${p}left`]: fork<Memory>(ways([{ target: `${p}resuming`, test: hasSetAside }, `${p}over`])),
    [`${p}resuming`]: step('resume', {}, `${p}over`),
    [`${p}over`]: fork(ends),
  };
}

const hasThrown = <Memory>(given: Given<Memory>): boolean => keptBy(given).thrown !== null;

// The method's own steps: whatever fails there, and is not caught there, leaves the method.
function ownSteps<Memory>({ prefix: p, states }: Method<Memory>): States {
  const out = keeping<Memory>(`${p}threw`, (kept, { failure }) => {
    return { ...kept, thrown: failure && translated(failure) };
  });
  const entries = Object.entries(states).map(([name, state]) => [name, orElse(state, [out])]);
  return Object.fromEntries(entries) as States;
}

function methodStates<Memory>(
  method: Method<Memory>,
  ends: readonly Exit<Memory>[],
  isOutermost: boolean,
): States {
  const { prefix, propagations } = method;
  const { ways, states } = around<Memory>(prefix, propagations, isOutermost);
  return {
    ...states(entering(method, ways)),
    ...ownSteps(method),
    ...states(completing(method, ways)),
    ...states(leaving(prefix, ends, ways)),
  };
}

/** The states of a method that another calls, from `<prefix>called` on. */
export function calledMethod<Memory>(method: CalledMethod<Memory>): States {
  const { caller, returns, catches } = method;
  const caught = catches && {
    ...keeping<Memory>(
      catches.target,
      (kept) => ({ ...left(kept), thrown: null }),
      (given) => hasThrown(given) && (catches.test?.(given) ?? true),
    ),
    ...(catches.remember && { remember: catches.remember }),
  };
  const ends = [
    ...(caught ? [caught] : []),
    keeping<Memory>(`${caller}threw`, left, hasThrown),
    keeping<Memory>(returns, left),
  ];
  return methodStates(method, ends, false);
}

/**
 * A handler whose outermost method is transactional. An exception that leaves it is what its client
 * sees (`throwing`).
 */
export function transactionalHandler<Memory>(
  id: string,
  method: Omit<Method<Memory>, 'prefix'>,
): AnyStateMachine {
  const outermost = { ...method, prefix: '' };
  const ends = [keeping<Memory>('throwing', left, hasThrown), keeping<Memory>('finished', left)];
  return handlerMachine(id, 'called', 'throwing', {
    ...methodStates(outermost, ends, true),
    throwing: step<Memory, 'throw'>(
      'throw',
      (given) => ({ error: exceptionIn(given) }),
      [],
      'failed',
    ),
  });
}

function exceptionIn<Memory>(given: Given<Memory>): Failure {
  return keptBy(given).thrown ?? managerException('RuntimeException', given.failure);
}

// What a transaction manager takes care of: one resource, or several in a chain, as Spring's
// ChainedTransactionManager does it: begun in order, committed and rolled back in reverse.

import type { Effect, Failure } from '../kernel/effect.ts';
import {
  type Exceptions,
  JDBC,
  JMS,
  JPA,
  managerException,
  translated,
  UNKNOWN,
} from './exceptions.ts';
import { type Exit, fork, type Given, type HandlerState, orElse, step } from './handler.ts';
import { keep, keptIn, throwing } from './kept.ts';
import { flush, STALE } from './persistence.ts';

export type States = Readonly<Record<string, HandlerState>>;
type Beginning = Omit<Extract<Effect, { readonly kind: 'begin' }>, 'kind'>;

/** One resource with a transaction manager of its own. */
export interface Unit {
  /** What its states are called after; '' for the only one. */
  readonly name: string;
  readonly kind: 'jdbc' | 'jpa' | 'jms';
  /** The database, if it is not the service's first. */
  readonly database?: string;
}

/** How its transactions begin. */
export type Definition<Memory> = (given: Given<Memory>) => Omit<Beginning, 'database' | 'branch'>;

const EXCEPTIONS: Readonly<Record<Unit['kind'], Exceptions>> = { jdbc: JDBC, jpa: JPA, jms: JMS };

/** The name of a unit's state: `committing-order`, or `committing` if there is one unit only. */
export const stateOf = (doing: string, { name }: Unit): string =>
  name === '' ? doing : `${doing}-${name}`;

const on = ({ kind, database }: Unit) =>
  kind === 'jms'
    ? ({ resource: 'session' } as const)
    : ({ resource: 'database', ...(database !== undefined && { database }) } as const);

/** What a failed statement or send throws in the body of a method: by whom it was made. */
export function thrownBy(units: readonly Unit[], failure: Failure, effect: Effect | null): Failure {
  if (effect && ['send', 'open', 'poll'].includes(effect.kind)) return translated(failure, JMS);
  const name = effect && 'database' in effect ? effect.database : undefined;
  const [first] = units;
  const unit = units.find(({ database }) => name !== undefined && database === name) ?? first;
  return translated(failure, EXCEPTIONS[unit?.kind ?? 'jdbc']);
}

/** Begins the units in order; whoever cannot leads to `failed`, and the others are rolled back. */
export function beginning<Memory>(
  units: readonly Unit[],
  definition: Definition<Memory>,
  then: string,
  failed: string,
): States {
  const cannot = throwing<Memory>(failed, (failure) =>
    managerException('CannotCreateTransactionException', failure),
  );
  const entries = units.map((unit, at) => {
    const next = units[at + 1];
    const onward = next ? stateOf('beginning', next) : then;
    const state =
      unit.kind === 'jms'
        ? step<Memory, 'open'>('open', {}, onward, [cannot])
        : step<Memory, 'begin'>(
            'begin',
            (given) => ({
              ...(unit.database !== undefined && { database: unit.database }),
              ...definition(given),
            }),
            onward,
            [cannot],
          );
    return [stateOf('beginning', unit), state];
  });
  return Object.fromEntries(entries) as States;
}

// The original reports at which position of the chain a commit failed, not what became of it.
function heuristic(position: number, failure: Failure | null): Failure {
  const state = position === 0 ? 'rolled back' : 'mixed';
  const detail = `Heuristic completion: outcome state is ${state}`;
  return managerException('HeuristicCompletionException', failure, detail);
}

function commitFailure(unit: Unit, failure: Failure | null): Failure {
  if (failure?.code === 'injected-error') return translated(failure);
  const code = unit.kind === 'jpa' ? 'JpaSystemException' : 'TransactionSystemException';
  return managerException(code, failure);
}

/** What runs around the first commit; a last state goes on to `before-over` or `after-over`. */
export interface Synchronization {
  readonly before?: States;
  readonly after?: States;
}

/** A part of a machine: where it starts, and its states. */
export interface Part {
  readonly start: string;
  readonly states: States;
}

interface Committing {
  readonly synchronization?: Synchronization;
  /** Whether a persistence context has anything to write. */
  readonly flushes?: boolean;
  /** What is thrown instead of the failure, where code hides it. */
  readonly masks?: Failure;
}

/**
 * Commits the units in reverse, each after its flush. Whoever cannot leads to its own rollback,
 * which those still open follow.
 */
export function committing<Memory>(
  units: readonly Unit[],
  then: string,
  { synchronization = {}, flushes = false, masks }: Committing,
): Part {
  const order = units.toReversed();
  const unitStates = order.map((unit, position): Part => {
    const rollback = stateOf('rolling-back', unit);
    const fails = (exception: (failure: Failure) => Failure): Exit<Memory> =>
      keep(rollback, (kept, { failure }) => {
        if (units.length > 1) {
          return { thrown: heuristic(position, failure ?? kept.thrown), settled: true };
        }
        const thrown = exception(failure ?? UNKNOWN);
        return { thrown: masks ? { ...masks, definite: thrown.definite } : thrown, settled: true };
      });
    const clean = stateOf('committing', unit);
    const names = {
      checking: stateOf('checking', unit),
      flushing: stateOf('flushing', unit),
      clean,
    };
    const writes = flushes && unit.kind === 'jpa';
    const flushed = writes
      ? flush(
          names,
          unit.database,
          [fails((failure) => thrownBy([unit], failure, null))],
          fails(() => STALE),
        )
      : {};
    const next = order[position + 1];
    const onward = next ? startOf(next, flushes) : then;
    const hooks = position === 0 ? synchronization : {};
    const hookFails = fails((failure) => translated(failure));
    const commitFails = fails((failure) => commitFailure(unit, failure));
    const after = firstOf(hooks.after, onward);
    const start = writes ? names.checking : clean;
    return {
      start: firstOf(hooks.before, start),
      states: {
        ...hooked(hooks.before, 'before-over', start, hookFails),
        ...flushed,
        [clean]: step<Memory, 'commit'>('commit', on(unit), after, [commitFails]),
        ...hooked(hooks.after, 'after-over', onward, hookFails),
      },
    };
  });
  const states = Object.assign({}, ...unitStates.map((part) => part.states)) as States;
  return { start: unitStates[0]?.start ?? then, states };
}

const firstOf = (states: States = {}, otherwise: string): string =>
  Object.keys(states)[0] ?? otherwise;

// The states of a synchronization, which go on where the commit does.
function hooked<Memory>(
  states: States = {},
  over: string,
  onward: string,
  fails: Exit<Memory>,
): States {
  const entries = Object.entries(states).map(([name, state]) => [name, orElse(state, [fails])]);
  return entries.length === 0 ? {} : { ...Object.fromEntries(entries), [over]: fork([onward]) };
}

/** Where the commit of a unit starts: JPA writes first what has changed. */
function startOf(unit: Unit, flushes: boolean): string {
  return stateOf(flushes && unit.kind === 'jpa' ? 'checking' : 'committing', unit);
}

/** Rolls the units back in reverse. */
export function rollingBack<Memory>(
  units: readonly Unit[],
  then: string,
  redeliverAfterMs?: number,
): States {
  const order = units.toReversed();
  const entries = order.map((unit, at) => {
    const next = order[at + 1];
    const onward = next ? stateOf('rolling-back', next) : then;
    const code = units.length > 1 ? 'UnexpectedRollbackException' : 'TransactionSystemException';
    const cannot: readonly (Exit<Memory> | string)[] = [
      {
        target: onward,
        test: (given) => keptIn(given).settled,
      },
      throwing<Memory>(onward, (failure) => managerException(code, failure)),
    ];
    const again = redeliverAfterMs === undefined ? {} : { redeliverAfterMs };
    const effect = { ...on(unit), ...(unit.kind === 'jms' ? again : {}) };
    return [
      stateOf('rolling-back', unit),
      step<Memory, 'rollback'>('rollback', effect, onward, cannot),
    ];
  });
  return Object.fromEntries(entries) as States;
}

/** The first state of the whole rollback. */
export function firstRollback(units: readonly Unit[]): string | null {
  const last = units.at(-1);
  return last ? stateOf('rolling-back', last) : null;
}

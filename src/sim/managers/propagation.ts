// The rules of transaction propagation, as Spring's AbstractPlatformTransactionManager has them:
// what a method does about the transaction it is called in, and what is kept of the calls under
// way. What that takes of a machine is in transactional.ts.

import type { Failure, Isolation } from '../kernel/effect.ts';
import type { Exit, Given } from './handler.ts';

export type Propagation =
  | 'REQUIRED'
  | 'REQUIRES_NEW'
  | 'NESTED'
  | 'SUPPORTS'
  | 'NOT_SUPPORTED'
  | 'MANDATORY'
  | 'NEVER';

/** What a method does about the transaction it is called in. */
export type Boundary =
  | 'begin'
  | 'join'
  | 'suspend-and-begin'
  | 'savepoint'
  | 'suspend'
  | 'nothing'
  | 'refuse';

const BOUNDARIES: Readonly<Record<Propagation, readonly [without: Boundary, within: Boundary]>> = {
  REQUIRED: ['begin', 'join'],
  REQUIRES_NEW: ['begin', 'suspend-and-begin'],
  NESTED: ['begin', 'savepoint'],
  SUPPORTS: ['nothing', 'join'],
  NOT_SUPPORTED: ['nothing', 'suspend'],
  MANDATORY: ['refuse', 'join'],
  NEVER: ['nothing', 'refuse'],
};

export const PROPAGATIONS = Object.keys(BOUNDARIES) as readonly Propagation[];

/** Spring's rule for a propagation, without and within a transaction. */
export function boundaryOf(propagation: Propagation, inTransaction: boolean): Boundary {
  const [without, within] = BOUNDARIES[propagation];
  return inTransaction ? within : without;
}

/**
 * What `@Transactional` says of a method. All but the propagation counts only if the method begins
 * a transaction of its own: one that joins takes the transaction as it is.
 */
export interface Definition {
  readonly propagation: Propagation;
  readonly isolation?: Isolation;
  readonly readOnly?: boolean;
  readonly timeoutMs?: number;
}

/** Of the transaction that is bound: there is none, or it is open, or it can only roll back. */
type Mark = 'none' | 'open' | 'rollback-only';

/** What is kept between the steps: the calls under way, the innermost last. */
export interface Managed {
  readonly mark: Mark;
  readonly calls: readonly { readonly boundary: Boundary; readonly before: Mark }[];
  /** The exception on its way out. */
  readonly thrown: Failure | null;
}

type Keeper = { readonly managed: unknown };

const NOTHING: Managed = { mark: 'none', calls: [], thrown: null };

export function keptBy({ managed }: Keeper): Managed {
  return (managed as Managed | undefined) ?? NOTHING;
}

/** What the innermost call did about its transaction. */
export function boundaryIn(keeper: Keeper): Boundary {
  return keptBy(keeper).calls.at(-1)?.boundary ?? 'nothing';
}

/** The bound transaction has been marked rollback-only. */
export function isDoomed(keeper: Keeper): boolean {
  return keptBy(keeper).mark === 'rollback-only';
}

/** The innermost call has a transaction of its own to end. */
export function ownsTransaction(keeper: Keeper): boolean {
  return ['begin', 'suspend-and-begin'].includes(boundaryIn(keeper));
}

/** The innermost call has set the transaction of its caller aside. */
export function hasSetAside(keeper: Keeper): boolean {
  return ['suspend', 'suspend-and-begin'].includes(boundaryIn(keeper));
}

const MARKS: Readonly<Partial<Record<Boundary, Mark>>> = {
  begin: 'open',
  'suspend-and-begin': 'open',
  suspend: 'none',
};

/** A call begins. */
export function entered(kept: Managed, boundary: Boundary): Managed {
  const call = { boundary, before: kept.mark };
  return { ...kept, mark: MARKS[boundary] ?? kept.mark, calls: [...kept.calls, call] };
}

/** The innermost call is over: what was bound before it is bound again. */
export function left(kept: Managed): Managed {
  const call = kept.calls.at(-1);
  const restored = call !== undefined && call.boundary in MARKS;
  return { ...kept, mark: restored ? call.before : kept.mark, calls: kept.calls.slice(0, -1) };
}

/** A way out that changes what is kept. */
export function keeping<Memory>(
  target: string,
  change: (kept: Managed, given: Given<Memory>) => Managed,
  test?: (given: Given<Memory>) => boolean,
): Exit<Memory> {
  return { target, ...(test && { test }), manage: (given) => change(keptBy(given), given) };
}

// Which of the states around a transactional method's own steps it can come by at all: what its
// propagations never take is left out, so that no fault point stands where nobody passes.

import type { Exit, HandlerState } from './handler.ts';
import { type Boundary, boundaryOf, PROPAGATIONS, type Propagation } from './propagation.ts';

// By name without prefix, the boundaries that take a state; one that is not here always stands.
const TAKEN_BY: Readonly<Record<string, readonly Boundary[]>> = {
  suspending: ['suspend', 'suspend-and-begin'],
  beginning: ['begin', 'suspend-and-begin'],
  joining: ['join'],
  'running-alone': ['nothing', 'suspend'],
  'looking-at-mark': ['savepoint'],
  'setting-savepoint': ['savepoint'],
  refusing: ['refuse', 'savepoint'],
  'marking-rollback-only': ['join'],
  committing: ['begin', 'suspend-and-begin'],
  'rolling-back': ['begin', 'suspend-and-begin'],
  'rolling-back-to-savepoint': ['savepoint'],
  'releasing-savepoint': ['savepoint'],
  resuming: ['suspend', 'suspend-and-begin'],
};

interface Around<Memory> {
  /** The ways that lead somewhere. */
  ways(exits: readonly (string | Exit<Memory>)[]): readonly (string | Exit<Memory>)[];
  /** The states that somebody comes by. */
  states(states: Readonly<Record<string, HandlerState>>): Readonly<Record<string, HandlerState>>;
}

/** @param isOutermost whether it is never called within a transaction */
export function around<Memory>(
  prefix: string,
  propagations: readonly Propagation[] = PROPAGATIONS,
  isOutermost = false,
): Around<Memory> {
  const boundaries = propagations.flatMap((propagation) =>
    (isOutermost ? [false] : [false, true]).map((within) => boundaryOf(propagation, within)),
  );
  const isTaken = (name: string): boolean => {
    const takenBy = TAKEN_BY[name.slice(prefix.length)];
    return !takenBy || takenBy.some((boundary) => boundaries.includes(boundary));
  };
  return {
    ways: (exits) => exits.filter((exit) => isTaken(typeof exit === 'string' ? exit : exit.target)),
    states: (all) => Object.fromEntries(Object.entries(all).filter(([name]) => isTaken(name))),
  };
}

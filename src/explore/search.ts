// What a search is asked for, and what it answers.

import type { Action, Budget, Way } from './model.ts';
import type { SharedSeen } from './shared-seen.ts';

export interface SearchOptions {
  readonly budget: Budget;
  readonly maxStates: number;
  /** Tries both orders of actions that may be swapped. */
  readonly everyOrder?: boolean;
  /** Goes on from a state each time it is met. */
  readonly everyWay?: boolean;
  /** Which share of the first faults it tries; all by default. */
  readonly shard?: Shard;
  readonly team?: Team;
}

/** What it shares with the same search in other threads. */
export interface Team {
  readonly seen: SharedSeen;
  /** Its number among them: each tries things in another order, so that they seldom meet. */
  readonly member: number;
}

/** What to try, in the order of a member of a team. */
export function inOwnOrder<Value>(values: Value[], team: Team | undefined): Value[] {
  if (!team) return values;
  const turn = team.member % Math.max(1, values.length);
  const turned = [...values.slice(turn), ...values.slice(0, turn)];
  return team.member % 2 === 1 ? turned.reverse() : turned;
}

/** One of several shares of a search. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** How far a search has come. */
export interface Progress {
  readonly states: number;
  readonly steps: number;
  /** Of the way it is on, and the deepest so far. */
  readonly depth: number;
  readonly deepest: number;
  /** Choices that were seen and not tried yet. */
  readonly frontier: number;
  /** The properties that were found broken. */
  readonly broken: readonly string[];
}

/** Why a search did not try everything. */
export type Cut = 'states' | 'depth' | 'stopped';

export interface SearchResult<Taken extends Action> extends Progress {
  /** Null if it tried everything. */
  readonly cut: Cut | null;
  /** The shortest way to break each property that can be broken. */
  readonly ways: ReadonlyMap<string, Way<Taken>>;
  /** The states in which ways ended, by name. */
  readonly ends: ReadonlySet<number>;
}

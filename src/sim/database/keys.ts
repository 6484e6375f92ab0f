// Keys of index records: their order, and the ranges a search walks. As SQLite sorts values:
// null first, then numbers, then text.

import type { SqlValue } from '../kernel/effect.ts';
import type { Key } from './locks.ts';

const rank = (value: SqlValue): number => (value === null ? 0 : typeof value === 'number' ? 1 : 2);

export function compareValues(a: SqlValue, b: SqlValue): number {
  if (a === b) return 0;
  const ranks = rank(a) - rank(b);
  if (ranks !== 0) return ranks;
  return (a as number) < (b as number) ? -1 : 1;
}

/** Compares as far as the shorter of the two goes, so that a prefix equals what it begins. */
export function comparePrefix(a: Key, b: Key): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const order = compareValues(a[at] ?? null, b[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

export const sameKey = (a: Key, b: Key): boolean =>
  a.length === b.length && comparePrefix(a, b) === 0;

export interface Bound {
  readonly value: SqlValue;
  /** Whether the bound itself is left out. */
  readonly strict: boolean;
}

/** A stretch of an index: the values its first columns equal, then bounds of the next column. */
export interface Range {
  readonly equal: Key;
  readonly low: Bound | null;
  readonly high: Bound | null;
}

/** Whether a range asks for equality only, so that its end shows before a record is locked. */
export const isExact = ({ low, high }: Range): boolean => !low && !high;

/** How a key stands to a range: 0 inside, else before (-1) or behind (1). */
export function placeIn({ equal, low, high }: Range, key: Key): number {
  const order = comparePrefix(key, equal);
  if (order !== 0) return Math.sign(order);
  const value = key[equal.length] ?? null;
  if (low) {
    const above = compareValues(value, low.value);
    if (above < 0 || (above === 0 && low.strict)) return -1;
  }
  if (high) {
    const below = compareValues(value, high.value);
    if (below > 0 || (below === 0 && high.strict)) return 1;
  }
  return 0;
}

/** Where a walk begins: at the first record not less than the key, or (`strict`) greater. */
export interface From {
  readonly key: Key;
  readonly strict: boolean;
}

export function startOf({ equal, low }: Range): From {
  return low ? { key: [...equal, low.value], strict: low.strict } : { key: equal, strict: false };
}

export function endOf({ equal, high }: Range): From {
  return high
    ? { key: [...equal, high.value], strict: high.strict }
    : { key: equal, strict: false };
}

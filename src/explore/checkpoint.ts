// A search that was stopped, as plain data that can be kept in a file, and gone on from later.

import type { SavedBreaks } from './breaks.ts';
import type { Budget, Footprint } from './model.ts';

/** One step of the way a search was on. */
export interface SavedFrame {
  readonly node: number;
  readonly budget: Budget;
  /** By which action it was come to, by number; null for the beginning. */
  readonly via: number | null;
  /** What sleeps there, by number, with what it reads and writes; null for anything. */
  readonly sleep: readonly (readonly [number, SavedFootprint | null])[];
  /** What was still to be tried, by key. */
  readonly toTry: readonly string[];
  readonly isFirst: boolean;
}

interface SavedFootprint {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** A search, but for what it searches. */
export interface SavedSearch<Plain> extends SavedBreaks {
  readonly steps: number;
  readonly deepest: number;
  readonly nodes: {
    readonly names: Float64Array;
    readonly budgets: Uint32Array;
    readonly leftOut: Uint32Array;
    readonly sets: readonly (readonly number[])[];
  };
  readonly edges: Uint32Array;
  readonly actions: readonly Plain[];
  readonly ends: readonly number[];
  readonly frames: readonly SavedFrame[];
}

export const savedFootprint = (footprint: Footprint | null): SavedFootprint | null =>
  footprint && { reads: [...footprint.reads], writes: [...footprint.writes] };

export const readFootprint = (saved: SavedFootprint | null): Footprint | null =>
  saved && { reads: new Set(saved.reads), writes: new Set(saved.writes) };

const ARRAYS = { Float64Array, Uint32Array } as const;
type ArrayName = keyof typeof ARRAYS;
interface Packed {
  readonly array: ArrayName;
  readonly base64: string;
}

/** JSON of anything that holds typed arrays and endless numbers. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, one) => {
    if (one === Number.POSITIVE_INFINITY) return { endless: true };
    const name = (Object.keys(ARRAYS) as ArrayName[]).find((kind) => one instanceof ARRAYS[kind]);
    if (!name) return one;
    const bytes = Buffer.from(one.buffer, one.byteOffset, one.byteLength);
    return { array: name, base64: bytes.toString('base64') } satisfies Packed;
  });
}

/** What `toJson` wrote. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_key, one) => {
    if (one?.endless === true) return Number.POSITIVE_INFINITY;
    if (typeof one?.base64 !== 'string') return one;
    const { array, base64 } = one as Packed;
    const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
    return new ARRAYS[array](bytes.buffer);
  });
}

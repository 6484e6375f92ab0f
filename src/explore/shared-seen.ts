// The states that several threads have seen, in one table: whoever comes first goes on from a
// state, the others need not. An entry is a state's name with the faults and stalls left there.

import type { Budget } from './model.ts';

const BITS = 5;
const MOST = 2 ** BITS - 1;
const SHIFT = BigInt(2 * BITS);

export class SharedSeen {
  readonly buffer: SharedArrayBuffer;
  readonly #table: BigInt64Array;
  readonly #most: Pick<Budget, 'faults' | 'stalls'>;

  /** @param given of another thread; or how many entries there shall be room for */
  constructor(given: SharedArrayBuffer | number, most: Pick<Budget, 'faults' | 'stalls'>) {
    const bytes = typeof given === 'number' ? 2 ** Math.ceil(Math.log2(given)) * 8 : 0;
    this.buffer = typeof given === 'number' ? new SharedArrayBuffer(bytes) : given;
    this.#table = new BigInt64Array(this.buffer);
    this.#most = most;
  }

  /** Whether what is left of a budget can be told in an entry. */
  static suits({ faults, stalls, preemptions, depth }: Budget): boolean {
    const endless = Number.POSITIVE_INFINITY;
    return faults <= MOST && stalls <= MOST && preemptions === endless && depth === endless;
  }

  /** Claims a state. False if somebody has claimed it with as much left. */
  claim(name: number, { faults, stalls }: Budget): boolean {
    for (let more = this.#most.faults; more >= faults; more -= 1) {
      for (let late = this.#most.stalls; late >= stalls; late -= 1) {
        if (more === faults && late === stalls) break;
        if (this.#has(entryOf(name, more, late))) return false;
      }
    }
    return this.#add(entryOf(name, faults, stalls));
  }

  #has(entry: bigint): boolean {
    const mask = this.#table.length - 1;
    for (let at = placeOf(entry, mask); ; at = (at + 1) & mask) {
      const there = Atomics.load(this.#table, at);
      if (there === entry) return true;
      if (there === 0n) return false;
    }
  }

  #add(entry: bigint): boolean {
    const mask = this.#table.length - 1;
    for (let at = placeOf(entry, mask); ; at = (at + 1) & mask) {
      const there = Atomics.compareExchange(this.#table, at, 0n, entry);
      if (there === 0n) return true;
      if (there === entry) return false;
    }
  }
}

// 0 stands for a free place: no state has that name.
const entryOf = (name: number, faults: number, stalls: number): bigint =>
  (BigInt(name) << SHIFT) | BigInt((faults << BITS) | stalls);

const placeOf = (entry: bigint, mask: number): number =>
  Number(BigInt.asUintN(32, (entry >> SHIFT) ^ (entry << 7n))) & mask;

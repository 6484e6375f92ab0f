// The states that several threads have seen, in one table: whoever comes first goes on from a
// state, the others need not. An entry is a state's name with the faults and stalls left there, or
// with a sign that it was counted. It never fills so much that a look into it takes long.

import type { Budget } from './model.ts';

const BITS = 5;
const MOST = 2 ** BITS - 1;
const SHIFT = BigInt(2 * BITS);
/** How many places are looked at. Where all are taken, a state counts as not seen: done twice at worst. */
const PROBES = 256;

/** The first two places of the buffer: how many states were counted, and one that stays free. */
const HEAD = 2;

export class SharedSeen {
  readonly buffer: SharedArrayBuffer;
  readonly #count: BigInt64Array;
  readonly #table: BigInt64Array;
  readonly #most: Pick<Budget, 'faults' | 'stalls'>;

  /** @param given of another thread; or how many entries there shall be room for */
  constructor(given: SharedArrayBuffer | number, most: Pick<Budget, 'faults' | 'stalls'>) {
    const places = typeof given === 'number' ? HEAD + 2 ** Math.ceil(Math.log2(given)) : 0;
    this.buffer = typeof given === 'number' ? new SharedArrayBuffer(places * 8) : given;
    this.#count = new BigInt64Array(this.buffer, 0, 1);
    this.#table = new BigInt64Array(this.buffer, HEAD * 8);
    this.#most = most;
  }

  /** Whether what is left of a budget can be told in an entry. */
  static suits({ faults, stalls, preemptions, depth }: Budget): boolean {
    const endless = Number.POSITIVE_INFINITY;
    return faults < MOST && stalls <= MOST && preemptions === endless && depth === endless;
  }

  /** How many different states all threads have claimed. */
  get states(): number {
    return Number(Atomics.load(this.#count, 0));
  }

  /** Claims a state. False if somebody has claimed it with as much left. */
  claim(name: number, { faults, stalls }: Budget): boolean {
    if (this.#add(entryOf(name, MOST, MOST))) Atomics.add(this.#count, 0, 1n);
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
    const first = placeOf(entry, mask);
    for (let probe = 0; probe < PROBES; probe++) {
      const there = Atomics.load(this.#table, (first + probe) & mask);
      if (there === entry) return true;
      if (there === 0n) return false;
    }
    return false;
  }

  #add(entry: bigint): boolean {
    const mask = this.#table.length - 1;
    const first = placeOf(entry, mask);
    for (let probe = 0; probe < PROBES; probe++) {
      const there = Atomics.compareExchange(this.#table, (first + probe) & mask, 0n, entry);
      if (there === 0n) return true;
      if (there === entry) return false;
    }
    return true;
  }
}

// 0 stands for a free place: no state has that name.
const entryOf = (name: number, faults: number, stalls: number): bigint =>
  (BigInt(name) << SHIFT) | BigInt((faults << BITS) | stalls);

const placeOf = (entry: bigint, mask: number): number =>
  Number(BigInt.asUintN(32, (entry >> SHIFT) ^ (entry << 7n))) & mask;

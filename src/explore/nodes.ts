// The states a search has seen, each with the budget that was left and the actions that were not
// tried there, since they had been tried before. Typed arrays: a few dozen bytes a state.

import { type Budget, LIMITED } from './model.ts';

const LANE_BITS = 8;
const LANE_MAX = 2 ** LANE_BITS - 1;

/** A budget as one number, a lane for each part; more than 254 counts as endless. */
export function packed(budget: Budget): number {
  return LIMITED.reduce((sum, part) => sum * 2 ** LANE_BITS + Math.min(budget[part], LANE_MAX), 0);
}

// Whether a packed budget has at least as much of everything as another.
function covers(large: number, small: number): boolean {
  for (let shift = 0; shift < LIMITED.length * LANE_BITS; shift += LANE_BITS) {
    if (((large >>> shift) & LANE_MAX) < ((small >>> shift) & LANE_MAX)) return false;
  }
  return true;
}

/** What is known of a state once it is met. */
export interface Met {
  readonly node: number;
  /** Never seen before, with any budget. */
  readonly isNew: boolean;
  /** Which actions to try: all (then the node is a new one), or those that were left out the last time; `none` if no more. */
  readonly toTry: 'all' | 'none' | ReadonlySet<number>;
}

const NO_KEYS: ReadonlySet<number> = new Set();

export class Nodes {
  #count = 0;
  #states = 0;
  #names = new Float64Array(1024);
  #budgets = new Uint32Array(1024);
  /** By node, the position of its set of actions left out. */
  #leftOut = new Uint32Array(1024);
  /** Positions of nodes by the hash of their state, 0 for none. */
  #table = new Uint32Array(4096);
  readonly #sets: ReadonlySet<number>[] = [NO_KEYS];
  readonly #setByText = new Map<string, number>([['', 0]]);

  /** How many different states were met. */
  get states(): number {
    return this.#states;
  }

  /** All it knows, as plain data. */
  save() {
    return {
      names: this.list,
      budgets: this.#budgets.slice(0, this.#count),
      leftOut: this.#leftOut.slice(0, this.#count),
      sets: this.#sets.map((set) => [...set]),
    };
  }

  restore({ names, budgets, leftOut, sets }: ReturnType<Nodes['save']>): void {
    this.#sets.length = 0;
    this.#setByText.clear();
    for (const keys of sets) this.#setOf([...keys]);
    for (const [at, name] of names.entries()) this.#add(name, budgets[at] ?? 0, leftOut[at] ?? 0);
    this.#states = new Set(names).size;
    let places = this.#table.length;
    while (this.#count * 2 > places) places *= 2;
    this.#table = new Uint32Array(places / 2);
    this.#rehash();
  }

  /** The name of each node. */
  get list(): Float64Array {
    return this.#names.slice(0, this.#count);
  }

  /** Their names. */
  get names(): ReadonlySet<number> {
    return new Set(this.#names.subarray(0, this.#count));
  }

  /**
   * Notes that a state is met, with a budget.
   * @param leftOut by number, the actions that need not be tried
   */
  meet(name: number, budget: Budget, leftOut: ReadonlyMap<number, unknown>): Met {
    const left = packed(budget);
    const mask = this.#table.length - 1;
    let isNew = true;
    let at = (name % mask) & mask;
    for (; this.#table[at] !== 0; at = (at + 1) & mask) {
      const node = (this.#table[at] ?? 0) - 1;
      if (this.#names[node] !== name) continue;
      isNew = false;
      const had = this.#budgets[node] ?? 0;
      if (!covers(had, left)) continue;
      const before = this.#sets[this.#leftOut[node] ?? 0] ?? NO_KEYS;
      const missed = [...before].filter((key) => !leftOut.has(key));
      if (missed.length === 0) return { node, isNew, toTry: 'none' };
      if (had !== left) continue;
      this.#leftOut[node] = this.#setOf([...before].filter((key) => leftOut.has(key)));
      return { node, isNew, toTry: new Set(missed) };
    }
    const node = this.#add(name, left, this.#setOf([...leftOut.keys()]));
    if (isNew) this.#states += 1;
    this.#table[at] = node + 1;
    if (this.#count * 2 > this.#table.length) this.#rehash();
    return { node, isNew, toTry: 'all' };
  }

  #setOf(keys: number[]): number {
    const text = keys.sort((a, b) => a - b).join();
    let position = this.#setByText.get(text);
    if (position === undefined) {
      position = this.#sets.push(new Set(keys)) - 1;
      this.#setByText.set(text, position);
    }
    return position;
  }

  #add(name: number, budget: number, leftOut: number): number {
    if (this.#count === this.#names.length) {
      this.#names = grown(this.#names, new Float64Array(this.#count * 2));
      this.#budgets = grown(this.#budgets, new Uint32Array(this.#count * 2));
      this.#leftOut = grown(this.#leftOut, new Uint32Array(this.#count * 2));
    }
    this.#names[this.#count] = name;
    this.#budgets[this.#count] = budget;
    this.#leftOut[this.#count] = leftOut;
    this.#count += 1;
    return this.#count - 1;
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    const mask = this.#table.length - 1;
    for (let node = 0; node < this.#count; node++) {
      let at = ((this.#names[node] ?? 0) % mask) & mask;
      while (this.#table[at] !== 0) at = (at + 1) & mask;
      this.#table[at] = node + 1;
    }
  }
}

/** Copies an array into a larger one. */
export function grown<List extends Float64Array | Uint32Array>(from: List, into: List): List {
  into.set(from);
  return into;
}

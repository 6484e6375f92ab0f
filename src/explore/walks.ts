// Ways drawn from a seed, one after the other, for what is too large to be searched through.
// Random: every choice is drawn. PCT (probabilistic concurrency testing, after Burckhardt and
// others): every thread has a priority, which changes at a few places only. Swarm: each seed tries
// its own mix of faults.

import { createPrng, type Prng } from '../sim/index.ts';
import { type Action, type Budget, type Model, NO_COST, spend } from './model.ts';

export const STRATEGIES = ['exhaustive', 'breadth', 'random', 'pct', 'swarm'] as const;
export type Strategy = (typeof STRATEGIES)[number];
type WalkStrategy = Exclude<Strategy, 'exhaustive' | 'breadth'>;

export interface WalkOptions {
  readonly strategy: WalkStrategy;
  readonly seed: number;
  readonly budget: Budget;
  /** Of `pct`: how many steps of different threads must come in a certain order. */
  readonly bugDepth: number;
  /** Of `swarm`: what each seed draws its mix from. */
  readonly kinds: readonly string[];
}

/** What a way drawn from a seed came to. */
export interface Walk<Taken extends Action> {
  readonly taken: readonly Taken[];
  /** What was found broken on the way, with the number of steps until then. */
  readonly broken: ReadonlyMap<string, number>;
  /** The kinds of fault it could draw from; null if all. */
  readonly mix: readonly string[] | null;
}

// One choice in so many may be one that costs something: a stall, a preemption.
const COSTLY_ONE_IN = 16;
// Among how many first steps the places are drawn where priorities change and faults strike.
const SPAN = 32;

/** Priorities of threads, lowered at a few steps that are drawn beforehand. */
class Priorities {
  readonly #prng: Prng;
  readonly #byThread = new Map<string, number>();
  readonly #changes: ReadonlySet<number>;
  #lowest = 0;

  constructor(prng: Prng, bugDepth: number, length: number) {
    this.#prng = prng;
    this.#changes = new Set(Array.from({ length: bugDepth - 1 }, () => prng.below(length)));
  }

  #of(thread: string): number {
    let priority = this.#byThread.get(thread);
    if (priority === undefined) {
      priority = 1 + this.#prng.below(2 ** 30);
      this.#byThread.set(thread, priority);
    }
    return priority;
  }

  choose<Taken extends Action>(enabled: readonly Taken[], step: number): Taken | undefined {
    const of = ({ thread, key }: Taken): number => this.#of(thread ?? key);
    const first = enabled.toSorted((a, b) => of(b) - of(a))[0];
    if (first && this.#changes.has(step)) {
      this.#lowest -= 1;
      this.#byThread.set(first.thread ?? first.key, this.#lowest);
    }
    return first;
  }
}

/** Walks ways of a model, each from a seed of its own. */
export class Walks<Taken extends Action> {
  readonly #model: Model<Taken>;
  readonly #options: WalkOptions;
  #steps = 0;

  constructor(model: Model<Taken>, options: WalkOptions) {
    this.#model = model;
    this.#options = options;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Walks the way of this number, from 0: the same for the same number. */
  walk(number: number): Walk<Taken> {
    const { strategy, seed, bugDepth, kinds } = this.#options;
    const prng = createPrng(seed + number);
    const mix = strategy === 'swarm' ? kinds.filter(() => prng.below(2) === 0) : null;
    const priorities = strategy === 'pct' ? new Priorities(prng, bugDepth, SPAN) : null;
    const faultAt = this.#faultsAt(prng);
    const taken: Taken[] = [];
    const broken = new Map<string, number>();
    let left: Budget = this.#options.budget;
    this.#model.reset();
    for (;;) {
      for (const property of this.#model.broken()) {
        if (!broken.has(property)) broken.set(property, taken.length);
      }
      const action = this.#choose(left, prng, priorities, taken.length);
      if (!action) break;
      const done = this.#take(action, faultAt.has(taken.length), left, mix, prng);
      left = spend(left, done.cost) ?? left;
      taken.push(done);
    }
    this.#steps += taken.length;
    return { taken, broken, mix };
  }

  /** The steps at which something shall go wrong, drawn beforehand. */
  #faultsAt(prng: Prng): ReadonlySet<number> {
    const { faults } = this.#options.budget;
    const count = Math.min(faults, SPAN);
    return new Set(Array.from({ length: count }, () => prng.below(SPAN)));
  }

  #choose(left: Budget, prng: Prng, priorities: Priorities | null, step: number) {
    const enabled = this.#model.enabled().filter(({ cost }) => spend(left, cost));
    const free = enabled.filter(({ cost }) => cost === NO_COST);
    const all = free.length === 0 || (free.length < enabled.length && !prng.below(COSTLY_ONE_IN));
    const among = all ? enabled : free;
    if (priorities) return priorities.choose(among, step);
    return among.length === 1 ? among[0] : among[prng.below(Math.max(1, among.length))];
  }

  // What can go wrong on a step's way is known only once it was taken.
  #take(action: Taken, isFaulty: boolean, left: Budget, mix: readonly string[] | null, prng: Prng) {
    const mark = isFaulty ? this.#model.mark() : null;
    const applied = this.#model.apply(action);
    const able = isFaulty
      ? applied.variants.filter(
          ({ cost, strikes = '' }) => spend(left, cost) && (!mix || mix.includes(strikes)),
        )
      : [];
    const variant = able[prng.below(Math.max(1, able.length))];
    if (!variant) return action;
    this.#model.rewind(mark);
    this.#model.apply(variant);
    return variant;
  }
}

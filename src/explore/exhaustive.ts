// Depth first through every choice a budget allows, from checkpoints: no prefix is done twice. What
// was seen with as much to spend is not entered again, and of two actions that may be swapped only
// one order is tried (sleep sets, after Godefroid): every state is still met.

import { present } from '../sim/index.ts';
import { Graph } from './graph.ts';
import {
  type Action,
  type Applied,
  type Budget,
  type Footprint,
  isIndependent,
  type Model,
  spend,
} from './model.ts';
import { Nodes } from './nodes.ts';

export interface SearchOptions {
  readonly budget: Budget;
  /** How many steps a way may have. */
  readonly depth: number;
  readonly maxStates: number;
  /** Says that the search should stop: time is up, or somebody interrupts it. */
  readonly isStopped?: () => boolean;
  /** Is told now and then how far it has come. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Tries both orders of actions that may be swapped. */
  readonly everyOrder?: boolean;
}

interface SearchProgress {
  readonly states: number;
  readonly steps: number;
  readonly depth: number;
  /** Choices that were seen and not tried yet. */
  readonly frontier: number;
}

/** A way from the beginning. */
interface Way<Taken extends Action> {
  readonly actions: readonly Taken[];
  /** How long it is in the terms of who reads it. */
  readonly length: number;
}

/** Why a search did not try everything. */
type Cut = 'states' | 'depth' | 'stopped';

export interface SearchResult<Taken extends Action> extends SearchProgress {
  /** Null if it tried everything. */
  readonly cut: Cut | null;
  /** The shortest way to break each property that can be broken. */
  readonly broken: ReadonlyMap<string, Way<Taken>>;
  /** The states in which ways ended, by name. */
  readonly ends: ReadonlySet<number>;
}

/** Actions that need not be tried, with what they touch. */
type Sleep = ReadonlyMap<number, Footprint | null>;

interface Frame<Taken extends Action> {
  readonly node: number;
  readonly mark: unknown;
  readonly budget: Budget;
  readonly sleep: Map<number, Footprint | null>;
  readonly toTry: Taken[];
  /** Whether what can go wrong is tried too: only the first time. */
  readonly isFirst: boolean;
}

const PROGRESS_EVERY = 512;

class Search<Taken extends Action> {
  readonly #model: Model<Taken>;
  readonly #options: SearchOptions;
  readonly #nodes = new Nodes();
  readonly #graph = new Graph();
  readonly #keys: Taken[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #broken = new Map<string, Set<number>>();
  readonly #ends = new Set<number>();
  readonly #frames: Frame<Taken>[] = [];
  #steps = 0;
  #deepest = 0;
  #cut: Cut | null = null;

  constructor(model: Model<Taken>, options: SearchOptions) {
    this.#model = model;
    this.#options = options;
  }

  run(): SearchResult<Taken> {
    this.#model.reset();
    this.#enter(this.#options.budget, new Map());
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      if (this.#isCut()) break;
      const action = frame.toTry.shift();
      if (action) this.#try(frame, action);
      else this.#frames.pop();
    }
    return {
      ...this.#progress,
      cut: this.#cut,
      broken: this.#shortest(),
      ends: this.#ends,
    };
  }

  get #progress(): SearchProgress {
    const frontier = this.#frames.reduce((sum, { toTry }) => sum + toTry.length, 0);
    return { states: this.#nodes.states, steps: this.#steps, depth: this.#deepest, frontier };
  }

  #isCut(): boolean {
    const { maxStates, isStopped, onProgress } = this.#options;
    if (this.#nodes.states >= maxStates) this.#cut = 'states';
    if (this.#steps % PROGRESS_EVERY === 0) {
      onProgress?.(this.#progress);
      if (isStopped?.()) this.#cut = 'stopped';
    }
    return this.#cut === 'states' || this.#cut === 'stopped';
  }

  #numberOf(action: Taken): number {
    const { key } = action;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#keys.push(action) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  #try(frame: Frame<Taken>, action: Taken): void {
    const { budget, sleep, isFirst } = frame;
    this.#steps += 1;
    this.#model.rewind(frame.mark);
    const number = this.#numberOf(action);
    const { footprint, variants, length } = this.#model.apply(action);
    if (isFirst) this.#queueVariants(frame, variants);
    if (sleep.has(number)) return;
    const left = spend(budget, action.cost);
    if (!left) return;
    const asleep = new Map<number, Footprint | null>();
    for (const [other, touched] of sleep) {
      if (isIndependent(touched, footprint)) asleep.set(other, touched);
    }
    if (!this.#options.everyOrder) sleep.set(number, footprint);
    const node = this.#enter(left, asleep);
    this.#graph.add(frame.node, number, node, length);
  }

  #queueVariants({ budget, toTry }: Frame<Taken>, variants: Applied<Taken>['variants']): void {
    for (const variant of variants) if (spend(budget, variant.cost)) toTry.push(variant);
  }

  /** Takes the state the model is in as met, and queues what is to be tried from it. */
  #enter(budget: Budget, sleep: Map<number, Footprint | null>): number {
    const name = this.#model.fingerprint();
    const { node, isNew, toTry } = this.#nodes.meet(name, budget, new Set(sleep.keys()));
    if (isNew) this.#judge(node);
    if (toTry === 'none') return node;
    if (this.#frames.length >= this.#options.depth) {
      this.#cut ??= 'depth';
      return node;
    }
    const enabled = this.#model.enabled();
    if (enabled.length === 0) {
      this.#ends.add(name);
      return node;
    }
    const isFirst = toTry === 'all';
    const affordable = enabled.filter((action) => {
      if (!spend(budget, action.cost)) return false;
      return isFirst
        ? this.#mayVary(budget) || !this.#sleeps(sleep, action)
        : toTry.has(this.#numberOf(action));
    });
    this.#frames.push({
      node,
      mark: this.#model.mark(),
      budget,
      sleep: isFirst ? sleep : without(sleep, toTry),
      toTry: affordable,
      isFirst,
    });
    this.#deepest = Math.max(this.#deepest, this.#frames.length);
    return node;
  }

  #sleeps(sleep: Sleep, action: Taken): boolean {
    return sleep.has(this.#numberOf(action));
  }

  // One that sleeps is done all the same where something could go wrong on its way.
  #mayVary({ faults }: Budget): boolean {
    return faults > 0;
  }

  #judge(node: number): void {
    for (const property of this.#model.broken()) {
      const nodes = this.#broken.get(property) ?? new Set();
      nodes.add(node);
      this.#broken.set(property, nodes);
    }
  }

  #shortest(): ReadonlyMap<string, Way<Taken>> {
    const costOf = (action: number) => this.#keys[action]?.cost ?? this.#options.budget;
    const ways = this.#graph.shortest(this.#broken, costOf, this.#options.budget);
    return new Map(
      [...ways].map(([property, { actions, length }]) => {
        const taken = actions.map((at) => present(this.#keys[at], `action ${at}`));
        return [property, { actions: taken, length }];
      }),
    );
  }
}

function without(sleep: Sleep, keys: ReadonlySet<number>): Map<number, Footprint | null> {
  return new Map([...sleep].filter(([key]) => !keys.has(key)));
}

/** Searches a model exhaustively, within its limits. */
export function searchAll<Taken extends Action>(
  model: Model<Taken>,
  options: SearchOptions,
): SearchResult<Taken> {
  return new Search(model, options).run();
}

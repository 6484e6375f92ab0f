// Depth first through every choice a budget allows, from checkpoints: no prefix is done twice. What
// was seen with as much to spend is not entered again, and of two actions that may be swapped only
// one order is tried (sleep sets, after Godefroid): every state is still met.

import { hashOf, present } from '../sim/index.ts';
import { Breaks } from './breaks.ts';
import { readFootprint, type SavedFrame, type SavedSearch, savedFootprint } from './checkpoint.ts';
import { Graph } from './graph.ts';
import {
  type Action,
  type Applied,
  type Budget,
  type Footprint,
  isIndependent,
  type Model,
  spend,
  type Way,
} from './model.ts';
import { Nodes } from './nodes.ts';
import {
  type Cut,
  inOwnOrder,
  type Progress,
  type SearchOptions,
  type SearchResult,
} from './search.ts';
import type { Web } from './web.ts';

/** Actions that need not be tried, with what they touch. */
type Sleep = ReadonlyMap<number, Footprint | null>;

interface Frame<Taken extends Action> {
  readonly node: number;
  /** By which action it was come to; null for the beginning. */
  readonly via: number | null;
  readonly mark: unknown;
  readonly budget: Budget;
  readonly sleep: Map<number, Footprint | null>;
  readonly toTry: Taken[];
  /** Whether what can go wrong is tried too: only the first time. */
  readonly isFirst: boolean;
}

/** How many steps deep all threads go together. */
const ALL_TOGETHER = 5;

export class Exhaustive<Taken extends Action> {
  readonly #model: Model<Taken>;
  readonly #options: SearchOptions;
  readonly #nodes = new Nodes();
  readonly #graph = new Graph();
  readonly #keys: Taken[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #breaks = new Breaks();
  readonly #ends = new Set<number>();
  readonly #frames: Frame<Taken>[] = [];
  #steps = 0;
  #deepest = 0;
  #cut: Cut | null = null;

  /** @param saved a search that was stopped, to go on with */
  constructor(
    model: Model<Taken>,
    options: SearchOptions,
    saved: SavedSearch<Pick<Taken, 'key' | 'cost'>> | null = null,
  ) {
    this.#model = model;
    this.#options = options;
    model.reset();
    if (saved) this.#restore(saved);
    else this.#enter(options.budget, new Map(), null);
  }

  /** All it has done and is about to do, as plain data. */
  save(): SavedSearch<Taken> {
    return {
      steps: this.#steps,
      deepest: this.#deepest,
      nodes: this.#nodes.save(),
      edges: this.#graph.list,
      actions: this.#keys,
      ...this.#breaks.save(),
      ends: [...this.#ends],
      frames: this.#frames.map(({ node, budget, via, sleep, toTry, isFirst }) => {
        const asleep = [...sleep].map(([key, one]) => [key, savedFootprint(one)] as const);
        const left = toTry.map(({ key }) => key);
        return { node, budget, via, sleep: asleep, toTry: left, isFirst };
      }),
    };
  }

  #restore(saved: SavedSearch<Pick<Taken, 'key' | 'cost'>>): void {
    this.#steps = saved.steps;
    this.#deepest = saved.deepest;
    this.#nodes.restore(saved.nodes as ReturnType<Nodes['save']>);
    this.#graph.restore(saved.edges);
    for (const action of saved.actions) this.#numberOf(action as Taken);
    this.#breaks.restore(saved);
    for (const end of saved.ends) this.#ends.add(end);
    for (const frame of saved.frames) this.#goTo(frame);
  }

  // The way it was on is gone again, and what was to be tried on it found by its key.
  #goTo({ node, budget, via, sleep, toTry, isFirst }: SavedFrame): void {
    const before = this.#frames.at(-1);
    if (before && via !== null) {
      const key = this.#keys[via]?.key ?? '';
      const action = present(this.#all(before.mark).get(key), 'the next step of a way');
      this.#model.rewind(before.mark);
      this.#model.apply(action);
    }
    const mark = this.#model.mark();
    const all = toTry.length > 0 ? this.#all(mark) : new Map<string, Taken>();
    const left = toTry.map((key) => present(all.get(key), 'a step that was to be tried'));
    const asleep = new Map(sleep.map(([key, one]) => [key, readFootprint(one)]));
    this.#frames.push({ node, via, mark, budget, sleep: asleep, toTry: left, isFirst });
  }

  /** All that can be tried at a mark, by key, and all that can go wrong on its way. */
  #all(mark: unknown): ReadonlyMap<string, Taken> {
    this.#model.rewind(mark);
    const all = new Map<string, Taken>();
    for (const action of this.#model.enabled()) {
      if (!all.has(action.key)) all.set(action.key, action);
    }
    for (const action of [...all.values()]) {
      this.#model.rewind(mark);
      for (const variant of this.#model.apply(action).variants) all.set(variant.key, variant);
    }
    this.#model.rewind(mark);
    return all;
  }

  /** Takes so many steps, or fewer if it comes to its end. Returns whether it has. */
  advance(steps: number): boolean {
    const until = this.#steps + steps;
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      if (this.#counted >= this.#options.maxStates) this.#cut = 'states';
      if (this.#cut === 'states') return true;
      if (this.#steps >= until) return false;
      const action = frame.toTry.shift();
      if (action) this.#try(frame, action);
      else this.#frames.pop();
    }
    return true;
  }

  /** How many states were met, by the whole team if there is one. */
  get #counted(): number {
    return this.#options.team?.seen.states ?? this.#nodes.states;
  }

  /** Why it has not tried everything, so far. */
  get cut(): Cut | null {
    return this.#cut ?? (this.#frames.length > 0 ? 'stopped' : null);
  }

  get progress(): Progress {
    return {
      states: this.#nodes.states,
      steps: this.#steps,
      depth: this.#frames.length,
      deepest: this.#deepest,
      frontier: this.#frames.reduce((sum, { toTry }) => sum + toTry.length, 0),
      broken: this.#breaks.properties,
    };
  }

  /** What it has found so far. */
  get result(): SearchResult<Taken> {
    const { progress, cut } = this;
    return { ...progress, cut, ways: this.#shortest(), ends: this.#ends };
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
    const left = present(spend(budget, action.cost), 'an action one can afford');
    const asleep = new Map<number, Footprint | null>();
    for (const [other, touched] of sleep) {
      if (isIndependent(touched, footprint)) asleep.set(other, touched);
    }
    // What another thread has claimed may sleep there for reasons of its own.
    if (!this.#options.everyOrder && !this.#options.team) sleep.set(number, footprint);
    const node = this.#enter(left, asleep, number);
    this.#graph.add(frame.node, number, node, length);
  }

  #queueVariants({ budget, toTry }: Frame<Taken>, variants: Applied<Taken>['variants']): void {
    for (const variant of variants) {
      if (spend(budget, variant.cost) && this.#isOwn(budget, variant)) toTry.push(variant);
    }
  }

  /** All it went along, as plain data. */
  get web(): Web<Taken> {
    const [names, edges] = [this.#nodes.list, this.#graph.list];
    return { names, edges, actions: this.#keys, broken: this.#breaks.list };
  }

  // What goes wrong first decides whose share a way is.
  #isOwn({ faults }: Budget, { part }: Taken): boolean {
    const { shard, budget } = this.#options;
    if (!shard || part === undefined || faults < budget.faults) return true;
    return hashOf(part) % shard.count === shard.index;
  }

  /** The names of the states it has met. */
  get names(): ReadonlySet<number> {
    return this.#nodes.names;
  }

  /** Takes the state the model is in as met, and queues what is to be tried from it. */
  #enter(budget: Budget, sleep: Map<number, Footprint | null>, via: number | null): number {
    const name = this.#model.fingerprint();
    const met = this.#nodes.meet(name, budget, sleep);
    const { node } = met;
    const toTry = this.#options.everyWay ? 'all' : met.toTry;
    if (met.isNew) this.#breaks.judge(name, this.#model.broken());
    if (met.toTry === 'all') this.#breaks.note(name, node);
    if (toTry === 'none' || !this.#isFirst(name, budget)) return node;
    const enabled = this.#model.enabled();
    if (enabled.length === 0) {
      this.#ends.add(name);
      return node;
    }
    if (budget.depth === 0) {
      this.#cut ??= 'depth';
      return node;
    }
    const isFirst = toTry === 'all';
    const seen = new Set<number>();
    const affordable = enabled.filter((action) => {
      const number = this.#numberOf(action);
      if (seen.has(number)) return false;
      seen.add(number);
      if (!spend(budget, action.cost)) return false;
      if (!isFirst) return toTry.has(number);
      // One that sleeps is done all the same where something could go wrong on its way.
      return budget.faults > 0 || !sleep.has(number);
    });
    this.#frames.push({
      node,
      via,
      mark: this.#model.mark(),
      budget,
      sleep: isFirst ? sleep : without(sleep, toTry),
      toTry: inOwnOrder(affordable, this.#options.team),
      isFirst,
    });
    this.#deepest = Math.max(this.#deepest, this.#frames.length);
    return node;
  }

  // Near the beginning everybody goes everywhere, or the first would have all to itself.
  #isFirst(name: number, budget: Budget): boolean {
    const { team } = this.#options;
    if (!team) return true;
    const isFirst = team.seen.claim(name, budget);
    return isFirst || this.#frames.length < ALL_TOGETHER;
  }

  #shortest(): ReadonlyMap<string, Way<Taken>> {
    const taken = (at: number): Taken => present(this.#keys[at], `action ${at}`);
    const costOf = (at: number) => taken(at).cost;
    const ways = this.#graph.shortest(this.#breaks.nodes, costOf, this.#options.budget);
    return new Map(
      [...ways].map(([property, { actions, length }]) => {
        return [property, { actions: actions.map(taken), length }];
      }),
    );
  }
}

function without(sleep: Sleep, keys: ReadonlySet<number>): Map<number, Footprint | null> {
  return new Map([...sleep].filter(([key]) => !keys.has(key)));
}

// One exploration of a world, by any strategy, in slices: whoever drives it may look at the clock
// in between. What it found is made as plain as it can be before it is handed out.

import { SandboxError, type World } from '../sim/index.ts';
import type { SavedSearch } from './checkpoint.ts';
import type { Covered } from './coverage.ts';
import { Exhaustive } from './exhaustive.ts';
import { type Followed, follow, retrace } from './follow.ts';
import { minimise } from './minimise.ts';
import type { Budget, Way } from './model.ts';
import type { Cut, Shard, Team } from './search.ts';
import { type Strategy, type Walk, Walks } from './walks.ts';
import { shortestAlong, type Web } from './web.ts';
import type { WorldAction } from './world-actions.ts';
import { WorldModel, type WorldOptions } from './world-model.ts';

export interface ExploreOptions extends WorldOptions {
  readonly strategy: Strategy;
  readonly budget: Budget;
  readonly maxStates: number;
  /** Tries both orders of steps that may be swapped. */
  readonly everyOrder: boolean;
  /** Goes on from a state each time it is met. */
  readonly everyWay: boolean;
  readonly seed: number;
  /** How many ways are drawn. */
  readonly runs: number;
  /** Of `pct`: how many steps of different threads must come in a certain order. */
  readonly bugDepth: number;
  /** Which share of the first faults it tries, or of the runs it draws; all by default. */
  readonly shard?: Shard;
  /** What it shares with the same exploration in other threads. */
  readonly team?: Team;
}

/** A property that can be broken, and the plainest way found to break it. */
export interface Finding extends Followed {
  readonly property: string;
  /** The kinds of fault its seed drew from; null if all. */
  readonly mix: readonly string[] | null;
}

/** What is needed of an action to take it again. */
export type PlainAction = Pick<WorldAction, 'key' | 'name' | 'cost' | 'fault' | 'pass'>;

/** Where an exploration stands. */
export interface SavedExploration {
  readonly search: SavedSearch<PlainAction>;
  readonly covered: Covered;
}

const plain = ({ key, name, cost, fault, pass }: PlainAction): PlainAction => {
  return { key, name, cost, fault, pass };
};

/** How far an exploration has come. */
export interface Explored {
  /** Null where states are not counted. */
  readonly states: number | null;
  readonly steps: number;
  readonly depth: number;
  readonly frontier: number;
  /** Ways that were drawn. */
  readonly runs: number;
  readonly broken: readonly string[];
}

/** What an exploration came to. */
export interface Exploration extends Explored {
  /** Null if it tried everything. */
  readonly cut: Cut | null;
  readonly findings: readonly Finding[];
  /** Of the last search by `breadth`: how many steps its ways had. */
  readonly within: number | null;
}

/** Of `breadth`: how deep the first search goes, and how much deeper each that follows. */
const FIRST_DEPTH = 4;
const DEEPER = 1.5;

/** A way that was drawn, by the positions of its steps. */
interface Drawn {
  readonly taken: readonly Pick<WorldAction, 'option' | 'fault' | 'pass'>[];
  readonly mix: readonly string[] | null;
}

export class Explorer {
  readonly model: WorldModel;
  readonly #options: ExploreOptions;
  #search: Exhaustive<WorldAction> | null = null;
  #within: number | null = null;
  readonly #walks: Walks<WorldAction> | null;
  readonly #drawn = new Map<string, Drawn>();
  #runs = 0;
  #longest = 0;

  /** @param saved an exhaustive exploration that was stopped, to go on with */
  constructor(world: World, options: ExploreOptions, saved: SavedExploration | null = null) {
    this.#options = options;
    this.model = new WorldModel(world, options);
    const { strategy } = options;
    const walks = strategy === 'exhaustive' || strategy === 'breadth' ? null : strategy;
    const { kinds = this.model.kinds } = options;
    this.#walks = walks && new Walks(this.model, { ...options, strategy: walks, kinds });
    if (walks) return;
    if (strategy === 'breadth') this.#within = FIRST_DEPTH;
    if (saved) this.model.coverage.add(saved.covered);
    this.#search = this.#newSearch(saved?.search);
  }

  /** Where it stands, to go on from later; null if it is not exhaustive. */
  save(): SavedExploration | null {
    const search = this.#options.strategy === 'exhaustive' ? this.#search?.save() : null;
    if (!search) return null;
    const actions = search.actions.map(plain);
    return { search: { ...search, actions }, covered: this.model.coverage.told };
  }

  #newSearch(saved: SavedExploration['search'] | null = null): Exhaustive<WorldAction> {
    const { budget, ...limits } = this.#options;
    const depth = Math.min(budget.depth, this.#within ?? budget.depth);
    return new Exhaustive(this.model, { ...limits, budget: { ...budget, depth } }, saved);
  }

  /** Goes on for about so many steps. Returns whether it has come to its end. */
  advance(steps: number): boolean {
    if (this.#walks) return this.#walk(this.#walks, steps);
    if (!this.#search?.advance(steps)) return false;
    const { cut, progress } = this.#search;
    const within = this.#within;
    if (within === null || cut !== 'depth' || progress.broken.length > 0) return true;
    if (within >= this.#options.budget.depth) return true;
    this.#within = Math.min(Math.ceil(within * DEEPER), this.#options.budget.depth);
    this.#search = this.#newSearch();
    return false;
  }

  #walk(walks: Walks<WorldAction>, steps: number): boolean {
    const until = walks.steps + steps;
    while (walks.steps < until) {
      if (this.#runs >= this.#options.runs) return true;
      const { shard } = this.#options;
      if (shard && this.#runs % shard.count !== shard.index) {
        this.#runs += 1;
        continue;
      }
      const walk = walks.walk(this.#runs);
      this.#checkRepeats(walk);
      this.#runs += 1;
      this.#longest = Math.max(this.#longest, walk.taken.length);
      for (const [property, length] of walk.broken) {
        if (this.#drawn.has(property)) continue;
        const taken = walk.taken.slice(0, length).map(({ option, fault, pass }) => {
          return { option, fault, pass };
        });
        this.#drawn.set(property, { taken, mix: walk.mix });
      }
    }
    return this.#runs >= this.#options.runs;
  }

  // The same choices must lead to the same end, or nothing that was found can be trusted.
  #checkRepeats({ taken }: Walk<WorldAction>): void {
    const end = this.model.fingerprint();
    if (retrace(this.model, taken, null).end === end) return;
    const seed = this.#options.seed + this.#runs;
    throw new SandboxError('nondeterministic', { scenario: this.model.world.scenario.id, seed });
  }

  /** The names of the states it has met; null where they are not counted. */
  get names(): ReadonlySet<number> | null {
    return this.#search?.names ?? null;
  }

  /** All it went along, as plain data that can go to another thread; null for walks. */
  get web(): Web<PlainAction> | null {
    const web = this.#search?.web;
    if (!web) return null;
    return { ...web, actions: web.actions.map(plain) };
  }

  /** The plainest way found to break each property, along what all threads have gone. */
  findingsAlong(webs: readonly Web<PlainAction>[], isStopped: () => boolean): readonly Finding[] {
    const ways = shortestAlong(webs, this.#options.budget);
    return this.#findings(ways, isStopped);
  }

  get progress(): Explored {
    const shared = { runs: this.#runs };
    if (this.#search) return { ...shared, ...this.#search.progress };
    const broken = [...this.#drawn.keys()];
    const steps = this.#walks?.steps ?? 0;
    return { ...shared, states: null, steps, depth: this.#longest, frontier: 0, broken };
  }

  /**
   * What it came to.
   * @param isStopped says that there is no time left to make findings plainer
   */
  finish(isStopped: () => boolean = () => false): Exploration {
    const { progress } = this;
    const { runs } = this.#options;
    const result = this.#search?.result;
    const cut = result ? result.cut : this.#runs < runs ? 'stopped' : null;
    const found = result ? this.#findings(result.ways, isStopped) : [];
    const drawn = [...this.#drawn].map(([property, { taken, mix }]) => {
      return { property, mix, way: retrace(this.model, taken, property) };
    });
    const walked = drawn.map(({ property, mix, way }): Finding => {
      return { property, mix, ...minimise(this.model, way, property, isStopped) };
    });
    return { ...progress, cut, findings: [...found, ...walked], within: this.#within };
  }

  #findings(
    ways: ReadonlyMap<string, Way<PlainAction>>,
    isStopped: () => boolean,
  ): readonly Finding[] {
    return [...ways].map(([property, { actions }]) => {
      const way = follow(this.model, actions, property);
      return { property, mix: null, ...minimise(this.model, way, property, isStopped) };
    });
  }
}

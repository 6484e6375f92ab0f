// The edges a search went along, and the shortest way along them: fewest faults first, then fewest
// stalls and preemptions, then the shortest. What it costs is looked up, never done again.

import { type Budget, type Cost, LIMITED } from './model.ts';
import { grown, packed } from './nodes.ts';

/** From a node, by an action (its number in the pool), to a node, and how much longer it gets. */
const FIELDS = 4;

/** A way that is being made: where it stands, what it cost, the step before it. */
interface Going {
  readonly node: number;
  readonly spent: Budget;
  readonly length: number;
  readonly action: number;
  readonly before: Going | null;
}

const NOTHING: Budget = { faults: 0, preemptions: 0, stalls: 0, depth: 0 };

export class Graph {
  #edges = new Uint32Array(FIELDS * 1024);
  #length = 0;

  add(from: number, action: number, to: number, length: number): void {
    if (this.#length === this.#edges.length) {
      this.#edges = grown(this.#edges, new Uint32Array(this.#length * 2));
    }
    this.#edges.set([from, action, to, length], this.#length);
    this.#length += FIELDS;
  }

  restore(edges: Uint32Array): void {
    this.#edges = edges.length === 0 ? this.#edges : edges.slice();
    this.#length = edges.length;
  }

  /** The edges, four numbers each: from a node, by an action, to a node, and its length. */
  get list(): Uint32Array {
    return this.#edges.slice(0, this.#length);
  }

  /**
   * The cheapest way from the first node to one of each group of nodes, as numbers of actions, and
   * how long it is.
   * @param costOf what an action costs
   */
  shortest(
    groups: ReadonlyMap<string, ReadonlySet<number>>,
    costOf: (action: number) => Cost,
    limit: Budget,
  ): ReadonlyMap<string, { readonly actions: readonly number[]; readonly length: number }> {
    const outgoing = this.#byOrigin();
    const found = new Map<string, { actions: readonly number[]; length: number }>();
    const done = new Set<number>();
    const ways = new Cheapest();
    ways.add({ node: 0, spent: NOTHING, length: 0, action: -1, before: null });
    for (let way = ways.take(); way; way = ways.take()) {
      // How deep it is matters only where that is limited.
      const depth = limit.depth === Number.POSITIVE_INFINITY ? 0 : way.spent.depth;
      const label = way.node * 2 ** 32 + packed({ ...way.spent, depth });
      if (done.has(label)) continue;
      done.add(label);
      for (const [group, nodes] of groups) {
        if (found.has(group) || !nodes.has(way.node)) continue;
        found.set(group, { actions: actionsOf(way), length: way.length });
      }
      if (found.size === groups.size) break;
      for (const at of outgoing.get(way.node) ?? []) {
        const action = this.#edges[at + 1] ?? 0;
        const spent = added(way.spent, costOf(action));
        if (LIMITED.some((part) => spent[part] > limit[part])) continue;
        const node = this.#edges[at + 2] ?? 0;
        const length = way.length + (this.#edges[at + 3] ?? 0);
        ways.add({ node, spent, length, action, before: way });
      }
    }
    return found;
  }

  #byOrigin(): ReadonlyMap<number, readonly number[]> {
    const outgoing = new Map<number, number[]>();
    for (let at = 0; at < this.#length; at += FIELDS) {
      const from = this.#edges[at] ?? 0;
      const list = outgoing.get(from);
      if (list) list.push(at);
      else outgoing.set(from, [at]);
    }
    return outgoing;
  }
}

const SPAN = 2 ** 16;
const priceOf = ({ spent: { faults, preemptions, stalls, depth }, length }: Going): number =>
  ((faults * 2 ** 8 + stalls + preemptions) * SPAN + length) * SPAN + depth;

/** Ways in the order of their price: a binary heap. */
class Cheapest {
  readonly #ways: Going[] = [];
  readonly #prices: number[] = [];

  #price(at: number): number {
    return this.#prices[at] ?? Infinity;
  }

  add(way: Going): void {
    const price = priceOf(way);
    let at = this.#ways.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#price(parent) <= price) break;
      this.#put(at, parent);
      at = parent;
    }
    this.#ways[at] = way;
    this.#prices[at] = price;
  }

  take(): Going | null {
    const first = this.#ways[0] ?? null;
    const last = this.#ways.pop();
    const price = this.#prices.pop() ?? Infinity;
    const count = this.#ways.length;
    if (!last || count === 0) return first;
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (this.#price(child + 1) < this.#price(child)) child += 1;
      if (this.#price(child) >= price) break;
      this.#put(at, child);
      at = child;
    }
    this.#ways[at] = last;
    this.#prices[at] = price;
    return first;
  }

  #put(at: number, from: number): void {
    const way = this.#ways[from];
    if (!way) return;
    this.#ways[at] = way;
    this.#prices[at] = this.#price(from);
  }
}

function added(a: Budget, b: Cost): Budget {
  return {
    faults: a.faults + b.faults,
    preemptions: a.preemptions + b.preemptions,
    stalls: a.stalls + b.stalls,
    depth: a.depth + 1,
  };
}

function actionsOf(way: Going): readonly number[] {
  const actions: number[] = [];
  for (let at: Going = way; at.before; at = at.before) actions.push(at.action);
  return actions.reverse();
}

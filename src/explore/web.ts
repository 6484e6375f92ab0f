// What several threads went along, put together: then the cheapest way may lead from what one of
// them has seen to what another has.

import { present } from '../sim/index.ts';
import { Graph } from './graph.ts';
import type { Action, Budget, Way } from './model.ts';

/** What a search went along, as plain data. */
export interface Web<Taken extends Action> {
  /** The name of each node. */
  readonly names: Float64Array;
  /** Four numbers each: from a node, by an action, to a node, and its length. */
  readonly edges: Uint32Array;
  readonly actions: readonly Taken[];
  /** What is broken, by the name of a state. */
  readonly broken: readonly (readonly [number, readonly string[]])[];
}

/** Gives numbers from 0 to what it is shown, the same to the same. */
function numbering<Value>() {
  const numbers = new Map<Value, number>();
  return (value: Value): number => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
}

/** The shortest way to each broken property, along the webs of all. */
export function shortestAlong<Taken extends Action>(
  webs: readonly Web<Taken>[],
  budget: Budget,
): ReadonlyMap<string, Way<Taken>> {
  const graph = new Graph();
  const nodeOf = numbering<number>();
  const actionOf = numbering<string>();
  const actions: Taken[] = [];
  const broken = new Map<string, Set<number>>();
  for (const { names, edges, actions: own, broken: found } of webs) {
    const nodes = [...names].map(nodeOf);
    const taken = own.map((action) => {
      const number = actionOf(action.key);
      actions[number] = action;
      return number;
    });
    for (let at = 0; at < edges.length; at += 4) {
      const [from = 0, action = 0, to = 0, length = 0] = edges.subarray(at, at + 4);
      graph.add(nodes[from] ?? 0, taken[action] ?? 0, nodes[to] ?? 0, length);
    }
    for (const [name, properties] of found) {
      for (const property of properties) {
        const states = broken.get(property) ?? new Set();
        broken.set(property, states.add(nodeOf(name)));
      }
    }
  }
  const action = (at: number): Taken => present(actions[at], `action ${at}`);
  const ways = graph.shortest(broken, (at) => action(at).cost, budget);
  return new Map(
    [...ways].map(([property, { actions: way, length }]) => {
      return [property, { actions: way.map(action), length }];
    }),
  );
}

// A machine as a chart: each state that asks for an effect, and where it leads. Forks ask for
// nothing and are passed at once, so what is drawn leads past them.

import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { EffectEvent, EffectKind } from './effect.ts';

/** A state that asks for an effect, and the states it can lead to; `finished` and `failed` end. */
export interface ChartState {
  readonly state: string;
  readonly effect: EffectKind;
  readonly compensation: boolean;
  readonly done: readonly string[];
  readonly error: readonly string[];
}

/** Where a machine begins, and its states in the order they are written. */
export interface Chart {
  readonly initial: readonly string[];
  readonly states: readonly ChartState[];
}

const effectOf = ({ meta }: AnyStateNode): EffectKind | undefined =>
  (meta as { effect?: EffectKind } | undefined)?.effect;

// Of machines that are not here: they say themselves what they look like.
const told = new WeakMap<AnyStateMachine, Chart>();

/** Says what a machine looks like that is followed elsewhere. */
export function chartAs(machine: AnyStateMachine, chart: Chart): void {
  told.set(machine, chart);
}

/** The chart of a flat machine, its states in the order they are written. */
export function chartOf(machine: AnyStateMachine): Chart {
  return told.get(machine) ?? readChart(machine);
}

function readChart({ root }: AnyStateMachine): Chart {
  const nodes: Readonly<Record<string, AnyStateNode>> = root.states;
  const past = (state: string, seen: readonly string[]): readonly string[] => {
    const ways = nodes[state]?.always ?? [];
    if (ways.length === 0 || seen.includes(state)) return [state];
    return targets(ways, [...seen, state]);
  };
  const targets = (
    ways: readonly { readonly target?: readonly AnyStateNode[] | undefined }[],
    seen: readonly string[] = [],
  ): readonly string[] => {
    const named = ways.flatMap(({ target = [] }) => target.map(({ key }) => key));
    return [...new Set(named.flatMap((name) => past(name, seen)))];
  };
  const waysFor = (node: AnyStateNode, type: EffectEvent['type']) => {
    const own = node.transitions.get(type) ?? [];
    return own.length > 0 ? own : (root.transitions.get(type) ?? []);
  };
  return {
    initial: targets([{ target: root.initial.target as readonly AnyStateNode[] }]),
    states: Object.values(nodes).flatMap((node) => {
      const effect = effectOf(node);
      if (!effect) return [];
      const compensation = node.tags.includes('compensation');
      const done = targets(waysFor(node, 'done'));
      const error = targets(waysFor(node, 'error'));
      return [{ state: node.key, effect, compensation, done, error }];
    }),
  };
}

// A handler's machine as a statechart in layers: what leads to a state stands above it, but for
// the edges that go back. Deterministic, from the order in which the states are written.

import type { Chart, ChartState } from '../../sim/index.ts';

/** The start, a state that asks for an effect, or an end. */
export interface ChartNode {
  readonly id: string;
  readonly kind: 'start' | 'state' | 'end';
  /** What it asks for; null for a start or an end. */
  readonly state: ChartState | null;
  /** Counted from 0, from top to bottom. */
  readonly layer: number;
}

export interface ChartEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'done' | 'error';
  /** It leads to a layer that is not below its own. */
  readonly isBack: boolean;
}

export interface LayeredChart {
  /** The handler, as `service.handler`. */
  readonly name: string;
  /** How it is reached, in words. */
  readonly reached: string;
  /** By layers. */
  readonly nodes: readonly ChartNode[];
  readonly edges: readonly ChartEdge[];
  /** The state to mark; null for none. */
  readonly current: string | null;
}

/** No state has this name: theirs are words. */
export const START = '(start)';

type Edge = Omit<ChartEdge, 'isBack'>;

function edgesOf({ initial, states }: Chart): readonly Edge[] {
  const begin = initial.map((to) => ({ from: START, to, kind: 'done' }) as const);
  const others = states.flatMap(({ state, done, error }) => [
    ...done.map((to) => ({ from: state, to, kind: 'done' }) as const),
    ...error.map((to) => ({ from: state, to, kind: 'error' }) as const),
  ]);
  return [...begin, ...others];
}

/** Walks depth first: the nodes, each before all it leads to, and the edges that go back. */
function walk(ids: readonly string[], edges: readonly Edge[]) {
  const finished: string[] = [];
  const open = new Set<string>();
  const back = new Set<Edge>();
  const visit = (id: string): void => {
    open.add(id);
    for (const edge of edges) {
      if (edge.from !== id) continue;
      if (open.has(edge.to)) back.add(edge);
      else if (!finished.includes(edge.to)) visit(edge.to);
    }
    open.delete(id);
    finished.push(id);
  };
  for (const id of ids) if (!finished.includes(id)) visit(id);
  return { order: finished.toReversed(), back };
}

/** Puts a chart in layers: each node as far down as the longest way to it. */
export function layeredChart(
  chart: Chart,
  name: string,
  reached: string,
  current: string | null,
): LayeredChart {
  const edges = edgesOf(chart);
  const states = new Map(chart.states.map((state) => [state.state, state]));
  const ids = [...new Set([START, ...states.keys(), ...edges.map(({ to }) => to)])];
  const { order, back } = walk(ids, edges);
  const layers = new Map<string, number>();
  for (const id of order) {
    const above = edges.flatMap((edge) =>
      edge.to === id && !back.has(edge) ? [layers.get(edge.from) ?? 0] : [],
    );
    layers.set(id, Math.max(-1, ...above) + 1);
  }
  const last = Math.max(...layers.values());
  const nodes = ids.map((id): ChartNode => {
    const state = states.get(id) ?? null;
    const kind = id === START ? 'start' : state ? 'state' : 'end';
    // All ends stand at the bottom.
    return { id, kind, state, layer: kind === 'end' ? last : (layers.get(id) ?? 0) };
  });
  return {
    name,
    reached,
    nodes: nodes.toSorted((a, b) => a.layer - b.layer),
    edges: edges.map((edge) => ({ ...edge, isBack: back.has(edge) })),
    current,
  };
}

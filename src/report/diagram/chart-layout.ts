// Where the nodes and edges of a chart stand, in pixels. Edges that lead to the same node by the
// same outcome run together, so that many failures that lead to one end are one line.

import type { ChartEdge, ChartNode, LayeredChart } from './chart.ts';

export const NODE_HEIGHT = 40;
const LAYER = NODE_HEIGHT + 38;
const GAP = 20;
const LANE = 12;
const SWEEPS = 6;

/** A node, or a place where an edge passes the nodes of a layer. */
export interface PlacedItem {
  readonly id: string;
  readonly node: ChartNode | null;
  readonly kind: ChartEdge['kind'] | null;
  readonly layer: number;
  readonly width: number;
  readonly x: number;
  readonly y: number;
}

/** A part of one or more edges, from one layer to the next. */
interface Segment {
  readonly from: string;
  readonly to: string;
  readonly kind: ChartEdge['kind'];
}

export interface ChartLayout {
  readonly items: ReadonlyMap<string, PlacedItem>;
  readonly segments: readonly Segment[];
  readonly backEdges: readonly (ChartEdge & { readonly laneX: number })[];
  readonly width: number;
  readonly height: number;
}

type Item = { -readonly [Key in keyof PlacedItem]: PlacedItem[Key] };

function route({ nodes, edges }: LayeredChart, widthOf: (node: ChartNode) => number) {
  const items = new Map<string, Item>();
  const add = (id: string, layer: number, more: Pick<Item, 'node' | 'kind' | 'width'>) => {
    if (!items.has(id)) items.set(id, { id, layer, x: 0, y: layer * LAYER, ...more });
  };
  for (const node of nodes) add(node.id, node.layer, { node, kind: null, width: widthOf(node) });
  const segments = new Map<string, Segment>();
  for (const { from, to, kind, isBack } of edges) {
    if (isBack) continue;
    const end = items.get(to)?.layer ?? 0;
    let last = from;
    for (let layer = (items.get(from)?.layer ?? 0) + 1; layer <= end; layer++) {
      const next = layer === end ? to : `${to}|${kind}|${layer}`;
      if (layer < end) add(next, layer, { node: null, kind, width: LANE });
      segments.set(`${last}>${next}>${kind}`, { from: last, to: next, kind });
      last = next;
    }
  }
  return { items, segments: [...segments.values()] };
}

const mean = (numbers: readonly number[], otherwise: number): number =>
  numbers.length === 0 ? otherwise : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Puts the items of a layer at the places they want, as near as their widths let them. */
function spread(layer: readonly Item[], wanted: readonly number[]): void {
  const apart = (left: Item | undefined, right: Item | undefined) =>
    ((left?.width ?? 0) + (right?.width ?? 0)) / 2 + GAP;
  const toRight: number[] = [];
  layer.forEach((item, at) => {
    const least = at === 0 ? -Infinity : (toRight[at - 1] ?? 0) + apart(layer[at - 1], item);
    toRight.push(Math.max(wanted[at] ?? 0, least));
  });
  const toLeft: number[] = [];
  for (let at = layer.length - 1; at >= 0; at--) {
    const most = (toLeft[at + 1] ?? Infinity) - apart(layer[at], layer[at + 1]);
    toLeft[at] = Math.min(wanted[at] ?? 0, at === layer.length - 1 ? Infinity : most);
  }
  layer.forEach((item, at) => {
    item.x = ((toRight[at] ?? 0) + (toLeft[at] ?? 0)) / 2;
  });
}

/** Orders each layer by where its neighbours stand, and moves it below or above them. */
function settle(layers: Item[][], segments: readonly Segment[], items: ReadonlyMap<string, Item>) {
  const xOf = (id: string): number => items.get(id)?.x ?? 0;
  const neighbours = ({ id }: Item, isDown: boolean) =>
    segments.flatMap(({ from, to }) => {
      if (isDown) return to === id ? [xOf(from)] : [];
      return from === id ? [xOf(to)] : [];
    });
  for (const layer of layers) {
    spread(
      layer,
      layer.map((_, at) => at),
    );
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : layers.toReversed()) {
      const wants = new Map(layer.map((one) => [one.id, mean(neighbours(one, isDown), one.x)]));
      const want = ({ id }: Item) => wants.get(id) ?? 0;
      layer.sort((a, b) => want(a) - want(b));
      spread(layer, layer.map(want));
    }
  }
}

/** Lays a chart out, from (0, 0) to the right and down. */
export function layOutChart(
  chart: LayeredChart,
  widthOf: (node: ChartNode) => number,
): ChartLayout {
  const { items, segments } = route(chart, widthOf);
  const count = Math.max(...chart.nodes.map(({ layer }) => layer)) + 1;
  const layers = Array.from({ length: count }, (_, layer) =>
    [...items.values()].filter((item) => item.layer === layer),
  );
  settle(layers, segments, items);
  const left = Math.min(...[...items.values()].map(({ x, width }) => x - width / 2));
  for (const item of items.values()) item.x -= left;
  const right = Math.max(...[...items.values()].map(({ x, width }) => x + width / 2));
  const back = chart.edges.filter(({ isBack }) => isBack);
  const backEdges = back.map((edge, at) => ({ ...edge, laneX: right + (at + 1) * LANE }));
  return {
    items,
    segments,
    backEdges,
    width: right + (back.length + 1) * LANE,
    height: (count - 1) * LAYER + NODE_HEIGHT + 14,
  };
}

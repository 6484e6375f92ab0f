// Statecharts in words: names of states and ends, the text alternative of the picture, and the
// plain text, which is the list of states by layers.

import type { ChartState } from '../../sim/index.ts';
import { hang, type Layout, wrap, wrapLegend } from '../layout.ts';
import type { Texts } from '../texts/index.ts';
import { type ChartEdge, type ChartNode, type LayeredChart, START } from './chart.ts';

export const stateName = ({ state, compensation }: ChartState): string =>
  `${state}${compensation ? ' ↩' : ''}`;

/** A start or an end by its word; a state by its name. */
export function endName(id: string, { diagram }: Texts): string {
  if (id === START) return diagram.begins;
  return id === 'finished' || id === 'failed' ? diagram.ends[id] : id;
}

/** The charts in words, a line for each edge. */
export function chartWords(charts: readonly LayeredChart[], texts: Texts): readonly string[] {
  const { diagram } = texts;
  return [
    diagram.charts(charts.map(({ name }) => name).join(', ')),
    ...charts.flatMap(({ name, edges, current }) => [
      ...edges.map(({ from, to, kind }) => {
        const [one, other] = [endName(from, texts), endName(to, texts)];
        return `${name}: ${diagram.leadsTo(one, other, kind === 'error')}`;
      }),
      ...(current === null ? [] : [`${name}: ${diagram.current} ${current}`]),
    ]),
  ];
}

function nodeLines(node: ChartNode, edges: readonly ChartEdge[], isCurrent: boolean, say: Say) {
  const { layout, texts } = say;
  const { paint } = layout;
  const own = edges.filter(({ from }) => from === node.id);
  const onward = own.map(({ to, kind, isBack }) => {
    const text = `${isBack ? '↑ ' : ''}${endName(to, texts)}`;
    return hang(kind === 'done' ? '        → ' : '        ✗ ', text, layout).map(
      kind === 'done' ? (line) => line : paint.dim,
    );
  });
  const { state, kind, id } = node;
  const sign = isCurrent ? '◆ ' : kind === 'start' ? '● ' : kind === 'end' ? '◎ ' : '  ';
  const name = state ? `${stateName(state)}  ${texts.effects[state.effect]}` : endName(id, texts);
  const lines = hang(`  ${sign}`, name, layout);
  return [...(isCurrent || kind !== 'state' ? lines.map(paint.bold) : lines), ...onward.flat()];
}

type Say = { readonly layout: Layout; readonly texts: Texts };

/** Charts as text: each state with where it leads, from top to bottom. */
export function chartText(charts: readonly LayeredChart[], title: string, say: Say) {
  const { layout, texts } = say;
  const { paint, width, measure } = layout;
  return [
    ...wrap(title, width, measure).map(paint.bold),
    ...wrapLegend(texts.diagram.chartLegend, width, measure).map(paint.dim),
    ...charts.flatMap(({ name, reached, nodes, edges, current }) => [
      '',
      ...wrap(`${name} · ${reached}`, width, measure).map(paint.bold),
      ...nodes.flatMap((node) => nodeLines(node, edges, node.id === current, say)),
    ]),
  ];
}

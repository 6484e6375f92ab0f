// Statecharts in Mermaid's language, each in a state of its own where there are several.

import type { Texts } from '../texts/index.ts';
import { type LayeredChart, START } from './chart.ts';
import { stateName } from './chart-words.ts';
import { escapeMermaid } from './sequence-mermaid.ts';

/** An id that Mermaid takes for one: letters, digits and underscores, and no word of its own. */
const idOf = (chart: number, node: number): string => `s${chart}_${node}`;

function chartLines(chart: LayeredChart, at: number, texts: Texts): readonly string[] {
  const { nodes, edges, current } = chart;
  const ids = new Map(nodes.map(({ id }, node) => [id, idOf(at, node)]));
  const isPoint = (id: string) => id === START || id === 'finished';
  const name = (id: string): string => (isPoint(id) ? '[*]' : (ids.get(id) ?? id));
  const states = nodes.flatMap(({ id, state }) => {
    if (isPoint(id)) return [];
    const words = state
      ? `${stateName(state)} · ${texts.effects[state.effect]}`
      : texts.diagram.ends.failed;
    const mark = id === current ? '◆ ' : '';
    return [`state "${escapeMermaid(`${mark}${words}`)}" as ${name(id)}`];
  });
  const arrows = edges.map(({ from, to, kind }) => {
    return `${name(from)} --> ${name(to)}${kind === 'error' ? ' : ✗' : ''}`;
  });
  const ends = nodes.flatMap(({ id, kind }) =>
    kind === 'end' && !isPoint(id) ? [`${name(id)} --> [*]`] : [],
  );
  const compensating = nodes.flatMap(({ id, state }) =>
    state?.compensation ? [`class ${name(id)} compensating`] : [],
  );
  const here = nodes.some(({ id }) => id === current)
    ? [`class ${name(current ?? '')} current`]
    : [];
  return [...states, ...arrows, ...ends, ...compensating, ...here];
}

/** Charts as one Mermaid diagram, line by line. */
export function chartMermaid(
  charts: readonly LayeredChart[],
  title: string,
  texts: Texts,
): readonly string[] {
  const [only, more] = charts;
  const lines =
    only && !more
      ? chartLines(only, 0, texts).map((line) => `  ${line}`)
      : charts.flatMap((chart, at) => [
          `  state "${escapeMermaid(chart.name)}" as c${at} {`,
          ...chartLines(chart, at, texts).map((line) => `    ${line}`),
          '  }',
        ]);
  return [
    'stateDiagram-v2',
    `  accTitle: ${escapeMermaid(title)}`,
    `  accDescr: ${escapeMermaid(texts.diagram.charts(charts.map(({ name }) => name).join(', ')))}`,
    '  classDef compensating stroke-dasharray: 5 4',
    '  classDef current stroke-width:4px',
    ...lines,
  ];
}

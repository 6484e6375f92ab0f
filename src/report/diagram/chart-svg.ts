// Statecharts as SVG, one below the other: solid where a step is done, dashed where it fails. A
// pure function; every state carries `data-state`.

import { type Measure, wrap, wrapLegend } from '../layout.ts';
import type { Texts } from '../texts/index.ts';
import type { ChartNode, LayeredChart } from './chart.ts';
import { type ChartLayout, layOutChart, NODE_HEIGHT, type PlacedItem } from './chart-layout.ts';
import { chartWords, endName, stateName } from './chart-words.ts';
import { CHAR, element, LINE, picture, pixels, textAt } from './svg.ts';

const MARGIN = 16;

interface Words {
  readonly title: string;
  readonly texts: Texts;
  readonly measure: Measure;
}

const number = (value: number): string => value.toFixed(1);

function linesOf({ kind, state, id }: ChartNode, isCurrent: boolean, texts: Texts) {
  if (kind === 'start') return [];
  if (!state) return [endName(id, texts)];
  return [`${isCurrent ? '◆ ' : ''}${stateName(state)}`, texts.effects[state.effect]];
}

/** An arrowhead that points down, or to the left. */
function arrowhead(x: number, y: number, isDown: boolean): string {
  const [tip, left, right] = isDown
    ? [[x, y] as const, [x - 4, y - 8] as const, [x + 4, y - 8] as const]
    : [[x, y] as const, [x + 8, y - 4] as const, [x + 8, y + 4] as const];
  const point = ([px, py]: readonly [number, number]) => `${number(px)} ${number(py)}`;
  return element('path', {
    class: 'head-fill',
    d: `M${point(left)} L${point(tip)} L${point(right)} Z`,
  });
}

const lineClass = (kind: 'done' | 'error'): string => (kind === 'done' ? 'line' : 'line dashed');

const bottomOf = ({ y, node }: PlacedItem): number =>
  y + (node?.kind === 'start' ? NODE_HEIGHT - 12 : NODE_HEIGHT);

function segments({ items, segments: all }: ChartLayout): readonly string[] {
  return all.map(({ from, to, kind }) => {
    const [a, b] = [items.get(from), items.get(to)];
    if (!a || !b) return '';
    // Failures leave a little to the right, so that two edges between the same states are seen.
    const aside = kind === 'error' && a.node ? 10 : 0;
    const into = kind === 'error' && b.node ? 10 : 0;
    const [x1, y1, x2, y2] = [a.x + aside, bottomOf(a), b.x + into, b.y];
    const middle = number((y1 + y2) / 2);
    const curve = `M${number(x1)} ${number(y1)} C${number(x1)} ${middle} ${number(x2)} ${middle} ${number(x2)} ${number(y2)}`;
    const passes = b.node ? '' : ` L${number(x2)} ${number(bottomOf(b))}`;
    return (
      element('path', { class: lineClass(kind), d: curve + passes }) +
      (b.node ? arrowhead(x2, y2, true) : '')
    );
  });
}

/** Edges that go back run around the chart, on its right. */
function backEdges({ items, backEdges: all }: ChartLayout): readonly string[] {
  return all.map(({ from, to, kind, laneX }) => {
    const [a, b] = [items.get(from), items.get(to)];
    if (!a || !b) return '';
    const [x1, x2] = [a.x + a.width / 3, b.x + b.width / 3];
    const [down, up] = [bottomOf(a) + 9, b.y - 13];
    const d = `M${number(x1)} ${number(bottomOf(a))} V${number(down)} H${number(laneX)} V${number(up)} H${number(x2)} V${number(b.y)}`;
    return element('path', { class: lineClass(kind), d }) + arrowhead(x2, b.y, true);
  });
}

function node(item: PlacedItem, isCurrent: boolean, { texts }: Words): string {
  const { node: own, x, y, width } = item;
  if (!own) return '';
  if (own.kind === 'start') {
    return element('circle', { class: 'head-fill', cx: x, cy: y + NODE_HEIGHT - 20, r: 8 });
  }
  const lines = linesOf(own, isCurrent, texts);
  const names = ['box'];
  if (own.state?.compensation) names.push('dashed');
  if (isCurrent) names.push('thick');
  const box = { x: x - width / 2, y, width, height: NODE_HEIGHT, rx: own.kind === 'end' ? 20 : 6 };
  const inner = { x: box.x + 3, y: y + 3, width: width - 6, height: NODE_HEIGHT - 6, rx: 17 };
  const [name = '', effect = ''] = lines;
  return element(
    'g',
    { class: isCurrent ? 'state current' : 'state', 'data-state': own.id },
    element('rect', { class: names.join(' '), ...box }),
    isCurrent ? element('rect', { class: 'mark', ...box }) : '',
    own.kind === 'end' ? element('rect', { class: 'box', ...inner }) : '',
    textAt([name], x, y + (effect ? 17 : 25), { class: 'strong', 'text-anchor': 'middle' }),
    effect ? textAt([effect], x, y + 32, { 'text-anchor': 'middle' }) : '',
  );
}

function chartAt(chart: LayeredChart, layout: ChartLayout, y: number, words: Words): string {
  const head = [chart.name, chart.reached].filter(Boolean).join(' · ');
  const items = [...layout.items.values()];
  return [
    textAt([head], MARGIN, y + LINE, { class: 'strong' }),
    element(
      'g',
      { class: 'chart', transform: `translate(${MARGIN} ${number(y + 2 * LINE)})` },
      ...segments(layout),
      ...backEdges(layout),
      ...items.map((item) => node(item, item.id === chart.current, words)),
    ),
  ].join('\n');
}

/** Charts as one SVG document. */
export function chartSvg(charts: readonly LayeredChart[], words: Words): string {
  const { title, texts, measure } = words;
  const layouts = charts.map((chart) =>
    layOutChart(chart, (one) => {
      const lines = linesOf(one, one.id === chart.current, texts);
      return Math.max(16, ...lines.map((line) => pixels(line, measure) + 18));
    }),
  );
  const heads = charts.map(({ name, reached }) => pixels(`${name} · ${reached}`, measure));
  const widest = Math.max(420, ...layouts.map(({ width }) => width), ...heads);
  const room = Math.floor(widest / CHAR);
  const titles = wrap(title, room, measure);
  const legend = wrapLegend(texts.diagram.chartLegend, room, measure);
  let y = MARGIN + (titles.length + 1) * LINE;
  const drawn = charts.map((chart, at) => {
    const layout = layouts[at];
    const top = y;
    y += (layout?.height ?? 0) + 4 * LINE;
    return layout ? chartAt(chart, layout, top, words) : '';
  });
  const size = { width: widest + 2 * MARGIN, height: y + legend.length * LINE + MARGIN };
  return picture(size, title, chartWords(charts, texts), [
    textAt(titles, MARGIN, MARGIN + LINE, { class: 'strong' }),
    ...drawn,
    textAt(legend, MARGIN, y + LINE, { class: 'quiet' }),
  ]);
}

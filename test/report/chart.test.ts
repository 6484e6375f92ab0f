// Statecharts: layers, edges that go back, and the three formats.

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { layeredChart } from '../../src/report/diagram/chart.ts';
import { layOutChart, NODE_HEIGHT } from '../../src/report/diagram/chart-layout.ts';
import { showDiagram } from '../../src/report/diagram/show-diagram.ts';
import { type Layout, PLAIN } from '../../src/report/index.ts';
import { chartOf, handlersOf } from '../../src/sim/index.ts';
import { catalogue, scenarioOf, ticketSaga } from '../support.ts';
import { outside, readXml } from './xml.ts';

const layout = (width: number): Layout => ({ width, measure: stringWidth, paint: PLAIN });
const PAY = { handler: 'user.pay', state: 'charging' };

const charts = [...catalogue.values()].flatMap((scenario) =>
  scenario.services.flatMap((service) =>
    handlersOf(service).map((handler) => {
      const name = `${service.name}.${handler.name}`;
      return layeredChart(chartOf(handler.machine), name, '', null);
    }),
  ),
);

describe('layers', () => {
  it('hold what leads to a state above it, but for the edges that go back', () => {
    expect(charts.length).toBeGreaterThan(100);
    for (const { name, nodes, edges } of charts) {
      const layerOf = new Map(nodes.map(({ id, layer }) => [id, layer]));
      for (const { from, to, isBack } of edges) {
        const [one = -1, other = -1] = [layerOf.get(from), layerOf.get(to)];
        expect(isBack ? other <= one : other > one, `${name}: ${from} → ${to}`).toBe(true);
      }
      const start = nodes.filter(({ kind }) => kind === 'start');
      expect(start.map(({ layer }) => layer)).toEqual([0]);
    }
    expect(charts.some(({ edges }) => edges.some(({ isBack }) => isBack))).toBe(true);
  });

  it('have all edges of the machine', () => {
    const user = ticketSaga.services.find(({ name }) => name === 'user');
    const [pay] = user ? handlersOf(user) : [];
    if (!pay) throw new Error('no handler');
    const chart = chartOf(pay.machine);
    const { edges } = layeredChart(chart, 'user.pay', '', null);
    const count = chart.states.reduce(
      (sum, { done, error }) => sum + done.length + error.length,
      0,
    );
    expect(edges).toHaveLength(count + chart.initial.length);
  });

  it('put no node upon another', () => {
    for (const chart of charts) {
      const { items } = layOutChart(chart, ({ id }) => id.length * 8 + 20);
      const placed = [...items.values()];
      for (const one of placed) {
        for (const other of placed) {
          if (one === other || one.layer !== other.layer) continue;
          const apart = Math.abs(one.x - other.x) - (one.width + other.width) / 2;
          expect(apart, `${chart.name}: ${one.id}, ${other.id}`).toBeGreaterThanOrEqual(8);
        }
        expect(one.y).toBeGreaterThanOrEqual(one.layer * NODE_HEIGHT);
      }
    }
  });
});

describe('showDiagram', () => {
  it.each([...catalogue.keys()])('draws every machine of %s', (id) => {
    for (const language of ['en', 'zh'] as const) {
      const scenario = scenarioOf(id);
      const [svg = ''] = showDiagram(scenario, {}, 'svg', layout(80), language);
      expect(outside(svg, (text) => stringWidth(text) * 7.2)).toEqual([]);
      for (const width of [40, 80]) {
        for (const line of showDiagram(scenario, {}, 'text', layout(width), language))
          expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      }
      const mermaid = showDiagram(scenario, {}, 'mermaid', layout(80), language);
      expect(mermaid[0]).toBe('stateDiagram-v2');
      const open = mermaid.filter((line) => line.endsWith('{')).length;
      expect(mermaid.filter((line) => line.trim() === '}')).toHaveLength(open);
      for (const line of mermaid.slice(1)) {
        expect(line.trim()).toMatch(
          /^(acc\w+: |classDef |state "[^"]+" as \w+( \{)?$|(\[\*\]|\w+) --> (\[\*\]|\w+)( : ✗)?$|class \w+ \w+$|\}$)/,
        );
      }
    }
  });

  it('tells the chart in words, and marks where one stands in every format', () => {
    const [svg = ''] = showDiagram(ticketSaga, PAY, 'svg', layout(80), 'en');
    const elements = readXml(svg);
    expect(elements[0]?.attributes['role']).toBe('img');
    expect(elements[2]?.text).toContain('user.pay: charging leads to rolling-back on an error');
    const current = elements.filter(({ attributes }) => attributes['class'] === 'state current');
    expect(current.map(({ attributes }) => attributes['data-state'])).toEqual(['charging']);
    expect(svg).toContain('◆ charging');
    const text = showDiagram(ticketSaga, PAY, 'text', layout(80), 'en').join('\n');
    expect(text).toContain('◆ charging  statement\n        → sending-ticket-move\n');
    const mermaid = showDiagram(ticketSaga, PAY, 'mermaid', layout(80), 'en').join('\n');
    expect(mermaid).toMatch(/state "◆ charging · statement" as (\w+)[\s\S]*class \1 current/);
  });

  it('marks compensating states and ends', () => {
    const drawn = { handler: 'ticket.ticket_error' };
    expect(showDiagram(ticketSaga, drawn, 'svg', layout(80), 'en')[0]).toContain('>unlocking ↩<');
    const text = showDiagram(ticketSaga, drawn, 'text', layout(80), 'zh').join('\n');
    expect(text).toMatch(/unlocking ↩ {2}语句/);
    expect(text).toContain('◎ 完成');
    const mermaid = showDiagram(ticketSaga, drawn, 'mermaid', layout(80), 'en').join('\n');
    expect(mermaid).toMatch(/class \w+ compensating/);
  });

  it('names the nearest handler and state', () => {
    const show = (drawn: { handler?: string; state?: string }) => () =>
      showDiagram(ticketSaga, drawn, 'text', layout(80), 'en');
    expect(show({ handler: 'user.pya' })).toThrow('"nearest":"user.pay"');
    expect(show({ ...PAY, state: 'chargin' })).toThrow('"nearest":"charging"');
    expect(show({ handler: 'order.create', state: 'charging' })).toThrow('unknown-name');
  });
});

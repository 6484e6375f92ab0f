// The machines of a scenario as a diagram, in one of the formats that can be asked for.

import { chartOf, closest, handlersOf, SandboxError, type Scenario } from '../../sim/index.ts';
import type { Layout } from '../layout.ts';
import { reachedBy } from '../show-report.ts';
import { type Language, textsIn } from '../texts/index.ts';
import { type LayeredChart, layeredChart } from './chart.ts';
import { chartMermaid } from './chart-mermaid.ts';
import { chartSvg } from './chart-svg.ts';
import { chartText } from './chart-words.ts';
import type { DiagramFormat } from './run-diagram.ts';

/** What of a scenario's machines is drawn, and which state is marked. */
export interface Drawn {
  /** As `service.handler`; without it, all. */
  readonly handler?: string;
  readonly state?: string;
}

function known(what: 'handler' | 'state', given: string, names: readonly string[], id: string) {
  if (names.includes(given)) return;
  const nearest = closest(given, names);
  throw new SandboxError('unknown-name', { what, given, nearest, known: names, scenario: id });
}

/** @throws SandboxError `unknown-name` for a handler or a state that is not there */
function chartsOf(scenario: Scenario, drawn: Drawn, language: Language): readonly LayeredChart[] {
  const { handler, state } = drawn;
  const texts = textsIn(language);
  const all = scenario.services.flatMap((service) =>
    handlersOf(service).map((one) => {
      const reached = reachedBy(service, one, texts);
      return { name: `${service.name}.${one.name}`, reached, chart: chartOf(one.machine) };
    }),
  );
  const names = all.map(({ name }) => name);
  if (handler !== undefined) known('handler', handler, names, scenario.id);
  const asked = all.filter(({ name }) => handler === undefined || name === handler);
  const statesOf = ({ chart }: (typeof all)[number]) => chart.states.map((one) => one.state);
  if (state !== undefined) {
    known('state', state, [...new Set(asked.flatMap(statesOf))], scenario.id);
  }
  return asked.map((one) => {
    const current = state !== undefined && statesOf(one).includes(state) ? state : null;
    return layeredChart(one.chart, one.name, one.reached, current);
  });
}

/**
 * The statecharts of a scenario, as lines.
 * @throws SandboxError `unknown-name` for a handler or a state that is not there
 */
export function showDiagram(
  scenario: Scenario,
  drawn: Drawn,
  format: DiagramFormat,
  layout: Layout,
  language: Language,
): readonly string[] {
  const charts = chartsOf(scenario, drawn, language);
  const title = `${scenario.id} · ${scenario.title[language]}`;
  const texts = textsIn(language);
  switch (format) {
    case 'svg':
      return [chartSvg(charts, { title, texts, measure: layout.measure })];
    case 'mermaid':
      return chartMermaid(charts, title, texts);
    case 'text':
      return chartText(charts, title, { layout, texts });
  }
}

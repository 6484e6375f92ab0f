// A scenario told: its story, who takes part, what can be given, what must hold, what can break.

import { allParameters, readInput } from '../scenarios/index.ts';
import {
  chartOf,
  FAULT_KINDS,
  type FaultKind,
  type Handler,
  handlersOf,
  type Parameter,
  type Scenario,
  type Service,
  type Text,
} from '../sim/index.ts';
import { targetOf } from './command.ts';
import { hang, type Layout, wrap } from './layout.ts';
import type { Language, Texts } from './texts/index.ts';

type Say = { readonly layout: Layout; readonly texts: Texts; readonly language: Language };

const section = (heading: string, { layout }: Say, lines: readonly string[]): readonly string[] => [
  '',
  layout.paint.bold(heading),
  ...lines,
];

/** The scenarios, one to a line. */
export function listReport(
  scenarios: readonly Pick<Scenario, 'id' | 'title'>[],
  say: Say,
): readonly string[] {
  const widest = Math.max(...scenarios.map(({ id }) => id.length));
  return scenarios.flatMap(({ id, title }) =>
    hang(`${id.padEnd(widest)}  `, title[say.language], say.layout),
  );
}

/** How a handler is reached: by a request or call, by a queue, or by itself. */
export function reachedBy(service: Service, handler: Handler, { show }: Texts): string {
  const listener = service.listeners.find((one) => one === handler);
  if (listener) return show.listens(listener.queue);
  return service.jobs.some((one) => one === handler) ? show.job : show.entry;
}

// The statechart of each handler, a line for each state: what it asks for, and where it leads.
function chartLines(scenario: Scenario, { layout, texts }: Say): readonly string[] {
  const { paint } = layout;
  return scenario.services.flatMap((service) => [
    paint.bold(`  ${service.name}`),
    ...hang('    ', `${service.name}.process.starting  ${texts.effects.start}`, layout),
    ...handlersOf(service).flatMap((handler) => {
      const name = `${service.name}.${handler.name}`;
      const { initial, states } = chartOf(handler.machine);
      const head = `${name} · ${reachedBy(service, handler, texts)} → ${initial.join(' | ')}`;
      const lines = states.flatMap(({ state, effect, compensation, done, error }) => {
        const label = `${name}.${state}  ${texts.effects[effect]}${compensation ? ' ↩' : ''}`;
        const onward = done.length > 0 ? `  → ${done.join(' | ')}` : '';
        const back = error.length > 0 ? `  ✗ ${error.join(' | ')}` : '';
        const [line = '', ...rest] = hang('        ', `${label}${onward}${back}`, layout);
        return [line.slice(4), ...rest];
      });
      return [...hang('  ', head, layout).map(paint.bold), ...lines];
    }),
  ]);
}

function kindLines({ points }: Scenario, { layout, texts }: Say): readonly string[] {
  const here = [...new Set(points.map(({ effect }) => effect))];
  const kinds = (Object.keys(FAULT_KINDS) as FaultKind[]).flatMap((kind) => {
    const effects = here.filter((effect) => FAULT_KINDS[kind].applies.includes(effect));
    if (effects.length === 0) return [];
    const where = effects.map((effect) => texts.effects[effect]).join(', ');
    return hang(`    ${kind}: `, `${texts.faultKinds[kind]} (${where})`, layout);
  });
  return [
    ...hang('  ', texts.show.pointsHint, layout),
    ...hang('  ', texts.show.applies, layout),
    ...kinds,
  ];
}

function faultLines({ namedFaults }: Scenario, { layout, texts, language }: Say) {
  return Object.entries(namedFaults).flatMap(([name, { text, faults, set, expect }]) => {
    const settings = Object.entries(set).map(([key, value]) => `${key}=${value}`);
    const violated = expect?.violated ?? [];
    const ends = [
      ...(expect ? [texts.show.expects(texts.outcomes[expect.outcome])] : []),
      ...(violated.length > 0 ? [texts.show.breaks(violated.join(', '))] : []),
    ].join('; ');
    return [
      ...hang(`  ${name}: `, text[language], layout),
      ...hang('      ', texts.show.stands([...settings, ...faults].join('  ')), layout).map(
        layout.paint.dim,
      ),
      ...(ends ? hang('      ', ends, layout) : []),
    ];
  });
}

function inputLines(scenario: Scenario, { layout, texts }: Say): readonly string[] {
  const { input } = scenario;
  const fields = Object.entries(input.fields).map(([name, { expected }]) => {
    return `"${name}": ${texts.expected(expected)}`;
  });
  const tables = [...Object.keys(input.tables), input.requests];
  const [sample] = readInput(scenario, allParameters(scenario, {})).requests;
  const example = `echo '${JSON.stringify(sample?.body)}' | sim run ${targetOf(scenario)} --input -`;
  return [
    ...hang('  ', texts.show.request, layout),
    ...hang('    ', tables.join(', '), layout),
    ...fields.flatMap((field) => hang('    ', field, layout)),
    ...hang('  ', example, layout),
  ];
}

// A boolean is kept as 0 or 1, as SQL has it.
function shownDefault({ expected, default: value }: Parameter): string {
  return expected.type === 'boolean' ? String(value === 1) : String(value);
}

// What a parameter may be, if it is one of a few; and what each means, where that is told.
function choiceLines({ parameters, matrix }: Scenario, name: string, say: Say): readonly string[] {
  const { layout, language } = say;
  const choices = parameters[name]?.expected.choices ?? [];
  const strikes = Object.entries(matrix?.strikes ?? {}).map(([one, { text }]) => [one, text]);
  const told = { [matrix?.columns ?? '']: Object.fromEntries(strikes) };
  const titles: Readonly<Record<string, Text>> =
    matrix?.rows === name ? matrix.titles : (told[name] ?? {});
  if (choices.length === 0) return [];
  if (Object.keys(titles).length === 0) return hang('      ', choices.join(', '), layout);
  return choices.flatMap((one) => hang(`      ${one}: `, titles[one]?.[language] ?? '', layout));
}

/** All about one scenario. */
export function showReport(scenario: Scenario, say: Say): readonly string[] {
  const { layout, texts, language } = say;
  const { headings } = texts;
  const participants = Object.entries(scenario.participants).flatMap(([name, text]) =>
    hang(`  ${name}: `, text[language], layout),
  );
  const parameters = Object.entries(scenario.parameters).flatMap(([name, parameter]) => [
    ...hang(
      `  ${name}: `,
      `${parameter.about[language]} (${texts.show.default(shownDefault(parameter))})`,
      layout,
    ),
    ...choiceLines(scenario, name, say),
  ]);
  const properties = scenario.properties.flatMap(({ id, when, text }) => [
    ...hang(`  ${id}: `, `${text[language]} (${texts.show[when]})`, layout),
    ...(scenario.mistakes[id] ? hang('      ✗ ', scenario.mistakes[id][language], layout) : []),
  ]);
  const [first] = Object.keys(scenario.namedFaults);
  return [
    ...hang('', `${scenario.id} · ${scenario.title[language]}`, layout).map(layout.paint.bold),
    ...section(headings.story, say, wrap(scenario.story[language], layout.width, layout.measure)),
    ...(participants.length > 0 ? section(headings.participants, say, participants) : []),
    ...(properties.length > 0 ? section(headings.properties, say, properties) : []),
    ...(first ? section(headings.faults, say, faultLines(scenario, say)) : []),
    ...section(headings.parameters, say, parameters),
    ...section(headings.input, say, inputLines(scenario, say)),
    ...section(headings.points, say, [...chartLines(scenario, say), ...kindLines(scenario, say)]),
    '',
    ...hang(
      '',
      `${texts.show.try} sim run ${targetOf(scenario)}${first ? ` --fail=${first}` : ''}`,
      layout,
    ),
    ...(scenario.matrix
      ? hang('', `${texts.show.try} sim matrix ${targetOf(scenario)}`, layout)
      : []),
  ];
}

/** All about one scenario, for a program. */
export function showDocument(scenario: Scenario) {
  const { id, title, story, participants, parameters, properties, mistakes } = scenario;
  const { namedFaults, points, queues, matrix } = scenario;
  const machines = scenario.services.flatMap((service) =>
    handlersOf(service).map(({ name, machine }) => {
      return { id: `${service.name}.${name}`, ...chartOf(machine) };
    }),
  );
  const told = { id, title, story, participants, parameters, properties, mistakes };
  return { ...told, namedFaults, points, machines, queues, matrix };
}

// Joins the two halves of a scenario: its data from the catalogue, its machines from the code.

import {
  closest,
  type Expectation,
  faultPoints,
  type Matrix,
  type NamedFault,
  type OutcomeWord,
  type Parameter,
  SandboxError,
  type Scenario,
  type Service,
  WORLD_PARAMETERS,
} from '../sim/index.ts';
import { bestEffortServices } from './best-effort.ts';
import { chainedJdbcServices } from './chained-jdbc.ts';
import { chainedJpaServices } from './chained-jpa.ts';
import { comparePatternsServices } from './compare-patterns.ts';
import { deadLetterServices } from './dead-letter.ts';
import { eventSourcingServices } from './event-sourcing.ts';
import { idempotencyServices } from './idempotency.ts';
import { isolationServices } from './isolation.ts';
import { jmsSessionServices } from './jms-session.ts';
import { jpaLocalServices } from './jpa-local.ts';
import { jtaSingleServices } from './jta-single.ts';
import { jtaXaServices } from './jta-xa.ts';
import { outboxServices } from './outbox.ts';
import { propagationServices } from './propagation.ts';
import { sagaOrchestratedServices } from './saga-orchestrated.ts';
import type { CatalogueData, ScenarioData } from './shape.ts';
import { tccServices } from './tcc.ts';
import { ticketLockServices } from './ticket-lock.ts';
import { ticketSagaServices } from './ticket-saga.ts';
import { ticketSagaFixedServices } from './ticket-saga-fixed.ts';
import { ticketShopServices } from './ticket-shop.ts';
import { uniqueIdServices } from './unique-id.ts';

/** What makes the services of every scenario, by the scenario's id. */
export const BEHAVIOUR: Readonly<Record<string, () => readonly Service[]>> = {
  'ticket-saga': ticketSagaServices,
  'ticket-saga-fixed': ticketSagaFixedServices,
  'ticket-lock': ticketLockServices,
  outbox: outboxServices,
  'event-sourcing': eventSourcingServices,
  'dead-letter': deadLetterServices,
  idempotency: idempotencyServices,
  isolation: isolationServices,
  'compare-patterns': comparePatternsServices,
  'jpa-local': jpaLocalServices,
  'jta-single': jtaSingleServices,
  'jta-xa': jtaXaServices,
  'chained-jdbc': chainedJdbcServices,
  'chained-jpa': chainedJpaServices,
  'jms-session': jmsSessionServices,
  'best-effort': bestEffortServices,
  propagation: propagationServices,
  tcc: tccServices,
  'saga-orchestrated': sagaOrchestratedServices,
  'unique-id': uniqueIdServices,
  'ticket-shop': ticketShopServices,
};

function expectation(data: ScenarioData['expect']): Expectation | null {
  if (!data) return null;
  const { outcome, by, violated, why } = data;
  return { outcome, by: by ?? null, violated, why: why ?? null };
}

// A cell names the outcome's word, or what brings it about: then the rule says the word.
function cellOf(cell: string, { outcomes }: ScenarioData): Expectation {
  const rule = outcomes.find(({ by }) => by === cell);
  const outcome = rule?.word ?? (cell as OutcomeWord);
  return { outcome, by: rule ? cell : null, violated: [], why: null };
}

function matrixOf(data: ScenarioData): Matrix | null {
  if (!data.matrix) return null;
  const { rows, columns, titles, causes, strikes, expect } = data.matrix;
  const choices = data.parameters[columns]?.choices ?? [];
  return {
    rows,
    columns,
    titles,
    causes: Object.fromEntries(
      Object.entries(causes).map(([name, { short, en, zh }]) => [
        name,
        { short, text: { en, zh } },
      ]),
    ),
    strikes: Object.fromEntries(
      Object.entries(strikes).map(([name, { en, zh, set, faults }]) => {
        return [name, { text: { en, zh }, set, faults }];
      }),
    ),
    expect: Object.fromEntries(
      Object.entries(expect).map(([row, cells]) => [
        row,
        Object.fromEntries(cells.map((cell, at) => [choices[at] ?? '', cellOf(cell, data)])),
      ]),
    ),
  };
}

function expectedOf(spec: Omit<ScenarioData['parameters'][string], 'default' | 'en' | 'zh'>) {
  const { type, min, max, maxLength, optional, choices } = spec;
  return {
    type,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(maxLength !== undefined && { maxLength }),
    ...(optional !== undefined && { optional }),
    ...(choices !== undefined && { choices }),
  };
}

function parametersOf(data: ScenarioData): Readonly<Record<string, Parameter>> {
  const own = Object.entries(data.parameters).map(([name, spec]) => {
    const { en, zh } = spec;
    return [name, { expected: expectedOf(spec), default: spec.default, about: { en, zh } }];
  });
  const worlds = Object.entries(WORLD_PARAMETERS).map(([name, parameter]) => {
    return [name, { ...parameter, default: data.defaults[name] ?? parameter.default }];
  });
  return Object.fromEntries([...own, ...worlds]);
}

function namedFaultsOf(data: ScenarioData): Readonly<Record<string, NamedFault>> {
  return Object.fromEntries(
    Object.entries(data.faults).map(([name, { en, zh, set, faults, expect }]) => {
      return [name, { text: { en, zh }, set, faults, expect: expectation(expect) }];
    }),
  );
}

function exploreOf({ explore }: ScenarioData): Scenario['explore'] {
  const { set, input, breaks } = explore ?? { set: {}, breaks: {} };
  return { set, breaks, ...(input !== undefined && { document: input }) };
}

/** One scenario from its data and its services. */
export function buildScenario(
  id: string,
  data: ScenarioData,
  services: readonly Service[],
): Scenario {
  const { title, story, participants, databases, queues, rows, input } = data;
  const { inspects } = data;
  const shared = { id, title, story, participants, services, queues, rows, inspects };
  const { entry, ...asked } = input;
  const fields = Object.entries(input.fields).map(([name, field]) => {
    const exists = field.exists === undefined ? {} : { exists: field.exists };
    return [name, { expected: expectedOf(field), ...exists }];
  });
  return {
    ...shared,
    matrix: matrixOf(data),
    points: faultPoints({ services }),
    databases: Object.entries(databases).map(([name, ddl]) => ({ name, ddl })),
    parameters: parametersOf(data),
    input: { ...asked, entries: [entry].flat(), fields: Object.fromEntries(fields) },
    properties: Object.entries(data.properties).map(([property, { when, en, zh, sql }]) => {
      return { id: property, when, text: { en, zh }, sql };
    }),
    outcomes: data.outcomes.map(({ word, by = null, en, zh, sql }) => {
      return { word, by, sql, text: { en, zh } };
    }),
    namedFaults: namedFaultsOf(data),
    expect: expectation(data.expect),
    mistakes: data.mistakes,
    explore: exploreOf(data),
  };
}

/** A scenario's name, and its title. */
export type Titled = Pick<Scenario, 'id' | 'title'>;

/** The scenarios one can run, by id: a map will do. */
export interface Catalogue {
  get(id: string): Scenario | undefined;
  keys(): Iterable<string>;
  values(): Iterable<Scenario>;
}

/** The scenarios of checked data, each built when it is first asked for. */
export function buildCatalogue(data: CatalogueData): Catalogue & {
  /** What each is called: it need not be built for that. */
  titles(): readonly Titled[];
} {
  const ids = Object.keys(data);
  const built = new Map<string, Scenario>();
  const get = (id: string): Scenario | undefined => {
    const known = built.get(id);
    const one = ids.includes(id) ? data[id] : undefined;
    if (known || !one) return known;
    const scenario = buildScenario(id, one, BEHAVIOUR[id]?.() ?? []);
    built.set(id, scenario);
    return scenario;
  };
  const titles = () => Object.entries(data).map(([id, { title }]) => ({ id, title }));
  return { get, titles, keys: () => ids, values: () => ids.flatMap((id) => get(id) ?? []) };
}

/** @throws SandboxError `unknown-name` */
export function findScenario(catalogue: Catalogue, id: string): Scenario {
  const scenario = catalogue.get(id);
  if (scenario) return scenario;
  const known = [...catalogue.keys()];
  throw new SandboxError('unknown-name', {
    what: 'scenario',
    given: id,
    nearest: closest(id, known),
    known,
  });
}

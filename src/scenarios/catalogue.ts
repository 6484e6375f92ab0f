// Joins the two halves of a scenario: its data from the catalogue, its machines from the code.

import {
  closest,
  type Expectation,
  faultPoints,
  type NamedFault,
  type Parameter,
  SandboxError,
  type Scenario,
  type Service,
  WORLD_PARAMETERS,
} from '../sim/index.ts';
import type { CatalogueData, ScenarioData } from './shape.ts';
import { ticketSagaServices } from './ticket-saga.ts';

/** The services of every scenario, by the scenario's id. */
export const BEHAVIOUR: Readonly<Record<string, readonly Service[]>> = {
  'ticket-saga': ticketSagaServices,
};

type ExpectationData = ScenarioData['expect'];

function expectation({ outcome, violated, why }: ExpectationData): Expectation {
  return { outcome, violated, why: why ?? null };
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

/** One scenario from its data and its services. */
export function buildScenario(
  id: string,
  data: ScenarioData,
  services: readonly Service[],
): Scenario {
  const { title, story, participants, databases, queues, rows, input } = data;
  const { inspects, matrix = null } = data;
  const shared = { id, title, story, participants, services, queues, rows, inspects, matrix };
  const { entry, ...asked } = input;
  const fields = Object.entries(input.fields).map(([name, field]) => {
    const exists = field.exists === undefined ? {} : { exists: field.exists };
    return [name, { expected: expectedOf(field), ...exists }];
  });
  return {
    ...shared,
    points: faultPoints({ services }),
    databases: Object.entries(databases).map(([name, ddl]) => ({ name, ddl })),
    parameters: parametersOf(data),
    input: { ...asked, entries: [entry].flat(), fields: Object.fromEntries(fields) },
    properties: Object.entries(data.properties).map(([property, { when, en, zh, sql }]) => {
      return { id: property, when, text: { en, zh }, sql };
    }),
    outcomes: data.outcomes.map(({ word, en, zh, sql }) => ({ word, sql, text: { en, zh } })),
    namedFaults: namedFaultsOf(data),
    expect: expectation(data.expect),
    mistakes: data.mistakes,
  };
}

/** The scenarios one can run, by id. */
export type Catalogue = ReadonlyMap<string, Scenario>;

/** Builds every scenario of checked data. */
export function buildCatalogue(data: CatalogueData): Catalogue {
  return new Map(
    Object.entries(data).map(([id, one]) => [id, buildScenario(id, one, BEHAVIOUR[id] ?? [])]),
  );
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

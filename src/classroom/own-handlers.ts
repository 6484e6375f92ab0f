// A scenario in which some handlers are somebody's own: what the catalogue knows of its mistakes no
// longer counts.

import type { AnyStateMachine } from 'xstate';
import type { Catalogue } from '../scenarios/index.ts';
import {
  faultPoints,
  type Property,
  parseFault,
  SandboxError,
  type Scenario,
  type Service,
} from '../sim/index.ts';

export type Machines = ReadonlyMap<string, AnyStateMachine>;

function serviceWith(service: Service, machines: Machines): Service {
  const own = <One extends { readonly name: string; readonly machine: AnyStateMachine }>(
    one: One,
  ) => {
    const machine = machines.get(`${service.name}.${one.name}`);
    return machine ? { ...one, machine } : one;
  };
  const { entries, listeners, jobs } = service;
  return {
    ...service,
    entries: entries.map(own),
    listeners: listeners.map(own),
    jobs: jobs.map(own),
  };
}

/** The scenario with these handlers instead of its own, and these properties beside its own. */
export function withHandlers(
  scenario: Scenario,
  machines: Machines,
  properties: readonly Property[] = [],
  typed = '',
): Scenario {
  const services = scenario.services.map((service) => serviceWith(service, machines));
  const points = faultPoints({ services });
  const strikes = (line: string): boolean => {
    try {
      return Boolean(parseFault(line, points, scenario.id));
    } catch (error) {
      if (error instanceof SandboxError) return false;
      throw error;
    }
  };
  const named = Object.entries(scenario.namedFaults).filter(([, { faults }]) =>
    faults.every(strikes),
  );
  const namedFaults = named.map(([name, fault]) => [name, { ...fault, expect: null }]);
  return {
    ...scenario,
    ...(typed && { typed }),
    services,
    points,
    namedFaults: Object.fromEntries(namedFaults),
    properties: [...scenario.properties, ...properties],
    expect: null,
    mistakes: {},
    explore: { ...scenario.explore, breaks: {} },
  };
}

/** A catalogue in which every scenario that has all these handlers has them instead of its own. */
export function catalogueWith(
  catalogue: Catalogue,
  machines: Machines,
  properties: readonly Property[],
  typed: string,
): Catalogue {
  const own = (scenario: Scenario): Scenario => {
    const names = scenario.points.map(({ id }) => id);
    const has = (name: string) => names.some((point) => point.startsWith(`${name}.`));
    return [...machines.keys()].every(has)
      ? withHandlers(scenario, machines, properties, typed)
      : scenario;
  };
  return {
    get: (id) => {
      const scenario = catalogue.get(id);
      return scenario && own(scenario);
    },
    keys: () => catalogue.keys(),
    values: () => [...catalogue.values()].map(own),
  };
}

// Checks one scenario: its SQL, and that every name it uses is there.

import {
  Broker,
  brokerSource,
  type CatalogueProblem,
  Database,
  DEAD_LETTER_QUEUE,
  History,
  InDoubt,
  type Named,
  Observatory,
  parseFault,
  type Query,
  REQUESTS,
  run,
  SandboxError,
  type Scenario,
  WORLD_PARAMETERS,
  WORLD_TABLES,
} from '../sim/index.ts';
import { exploreProblems } from './check-explore.ts';
import { matrixProblems } from './check-matrix.ts';
import { allParameters, CHOICE, NOBODY, readInput } from './input.ts';
import type { ScenarioData } from './shape.ts';
import { check as checkValue, unknownName } from './values.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** Collects what is wrong with one scenario. */
export class ScenarioCheck {
  readonly problems: CatalogueProblem[] = [];
  readonly #source: YamlSource;
  /** Where in the source it stands. */
  readonly #place: Path;
  readonly #scenario: Scenario;
  readonly #data: ScenarioData;

  constructor(source: YamlSource, place: Path, scenario: Scenario, data: ScenarioData) {
    this.#source = source;
    this.#place = place;
    this.#scenario = scenario;
    this.#data = data;
  }

  /** Runs a check; what it throws becomes a problem at the given place. */
  #try(path: Path, test: () => void): boolean {
    try {
      test();
      return true;
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      this.#fail(path, error);
      return false;
    }
  }

  /** Looks at all but how it runs. */
  run(): void {
    const scenario = this.#scenario;
    this.#names(scenario);
    this.#parameters(scenario);
    this.#faults(scenario);
    const others = [...matrixProblems(this.#data), ...exploreProblems(scenario)];
    for (const { path, error } of others) this.#fail(path, error);
    if (this.#databases(scenario)) this.#queries(scenario);
  }

  #names({ services, databases, queues }: Scenario): void {
    const serviceNames = services.map(({ name }) => name);
    for (const name of Object.keys(this.#data.participants)) {
      this.#known('service', name, serviceNames, ['participants', name]);
    }
    const entries = services.flatMap(({ name, entries: list }) =>
      list.map((entry) => `${name}.${entry.name}`),
    );
    const { entry, tables, requests } = this.#data.input;
    for (const one of [entry].flat().flatMap((name) => this.#choicesOf(name))) {
      this.#known('handler', one, entries, ['input', 'entry']);
    }
    queues.forEach((queue, at) => {
      if (queues.indexOf(queue) < at || queue === DEAD_LETTER_QUEUE) {
        this.#fail(['queues', at], new SandboxError('conflict', { first: queue, second: queue }));
      }
    });
    if (requests in tables) {
      const both = { first: `tables.${requests}`, second: `requests: ${requests}` };
      this.#fail(['input', 'requests'], new SandboxError('conflict', both));
    }
    const names = databases.map(({ name }) => name);
    for (const table of Object.keys(this.#data.rows)) {
      this.#known('database', table.split('.')[0] ?? '', names, ['rows', table]);
    }
    const rows = Object.keys(this.#data.rows);
    for (const [name, table] of Object.entries(tables)) {
      this.#known('table', table, rows, ['input', 'tables', name]);
    }
  }

  // The handlers an entry can name: one for each choice of the field or parameter in it.
  #choicesOf(entry: string): readonly string[] {
    const name = CHOICE.exec(entry)?.[1];
    if (name === undefined) return [entry];
    const { parameters, input } = this.#data;
    const choices = (input.fields[name] ?? parameters[name])?.choices ?? [];
    if (choices.length === 0) this.#known('choice', name, [], ['input', 'entry']);
    return choices
      .filter((choice) => choice !== NOBODY)
      .map((choice) => entry.replace(CHOICE, choice));
  }

  // A text `:name` in a row or in the request stands for a parameter.
  #references(path: Path, values: Readonly<Record<string, unknown>>, known: readonly string[]) {
    for (const [key, value] of Object.entries(values)) {
      if (typeof value !== 'string' || !value.startsWith(':')) continue;
      this.#known('parameter', value.slice(1), known, [...path, key]);
    }
  }

  #parameters(scenario: Scenario): void {
    const all = Object.keys(scenario.parameters);
    this.#references(['input', 'request'], this.#data.input.request, all);
    for (const [table, rows] of Object.entries(this.#data.rows)) {
      rows.forEach((row, at) => {
        this.#references(['rows', table, at], row, all);
      });
    }
    for (const [name, parameter] of Object.entries(scenario.parameters)) {
      this.#try(['parameters', name, 'default'], () => {
        checkValue(name, parameter.default, parameter.expected, null);
      });
    }
    for (const name of Object.keys(this.#data.defaults)) {
      this.#known('parameter', name, Object.keys(WORLD_PARAMETERS), ['defaults', name]);
    }
  }

  #known(what: Named, name: string, known: readonly string[], path: Path): void {
    if (!known.includes(name)) this.#fail(path, unknownName(what, name, known, null));
  }

  #fail(path: Path, error: SandboxError): void {
    this.problems.push(this.#source.problemAt(error, [...this.#place, ...path]));
  }

  #faults(scenario: Scenario): void {
    const properties = scenario.properties.map(({ id }) => id);
    const parameters = Object.keys(scenario.parameters);
    const expectations = [
      [['expect'], this.#data.expect?.violated ?? []] as const,
      ...Object.entries(this.#data.faults).map(([name, fault]) => {
        return [['faults', name, 'expect'], fault.expect?.violated ?? []] as const;
      }),
    ];
    for (const property of Object.keys(this.#data.mistakes)) {
      this.#known('property', property, properties, ['mistakes', property]);
    }
    for (const [path, violated] of expectations) {
      violated.forEach((property, at) => {
        this.#known('property', property, properties, [...path, 'violated', at]);
      });
    }
    for (const [name, { faults, set }] of Object.entries(this.#data.faults)) {
      faults.forEach((fault, at) => {
        this.#try(['faults', name, 'faults', at], () => {
          parseFault(fault, scenario.points, scenario.id);
        });
      });
      for (const [parameter, value] of Object.entries(set)) {
        const path = ['faults', name, 'set', parameter];
        this.#known('parameter', parameter, parameters, path);
        const expected = scenario.parameters[parameter]?.expected;
        if (expected) this.#try(path, () => checkValue(parameter, value, expected, null));
      }
    }
  }

  #databases(scenario: Scenario): boolean {
    const each = scenario.databases.map(({ name, ddl }) =>
      this.#try(['databases', name], () => new Database(name, { ddl, rows: {} }).close()),
    );
    return each.every(Boolean);
  }

  #queries(scenario: Scenario): void {
    const databases = scenario.databases.map(
      ({ name, ddl }) => new Database(name, { ddl, rows: {} }),
    );
    const broker = brokerSource(new Broker([], { delayMs: 0, redeliveriesMax: 0 }));
    const empty = { stampOf: () => 0, committedRows: () => [] };
    const world = { name: 'world', tables: WORLD_TABLES, ...empty };
    const onlookers = [new History(), new InDoubt(), world];
    const observatory = new Observatory([...databases, broker, ...onlookers]);
    const parameters = [...Object.keys(scenario.parameters), REQUESTS];
    const compile = (path: Path, sql: string): Query | null => {
      let query: Query | null = null;
      this.#try([...path, 'sql'], () => {
        query = observatory.compile(sql);
        for (const name of query.parameters) {
          if (!parameters.includes(name)) throw unknownName('parameter', name, parameters, null);
        }
      });
      return query;
    };
    for (const { id, sql } of scenario.properties) compile(['properties', id], sql);
    scenario.outcomes.forEach(({ sql, text }, at) => {
      const columns = compile(['outcomes', at], sql)?.columns;
      for (const language of ['en', 'zh'] as const) {
        for (const [, column = ''] of text[language].matchAll(/\{(\w+)\}/g)) {
          if (columns) this.#known('column', column, columns, ['outcomes', at, language]);
        }
      }
    });
    observatory.close();
    for (const database of databases) database.close();
  }

  /**
   * Runs it, for whatever is left: first rows, queues the machines use, their SQL.
   * @param stepsMax after which it is enough
   * @param whereOf says of a mistake where the file has it, if it knows better
   */
  rehearse(
    stepsMax = Number.POSITIVE_INFINITY,
    whereOf: (error: SandboxError) => Path | null = () => null,
  ): void {
    const scenario = this.#scenario;
    const read = () => readInput(scenario, allParameters(scenario, {}));
    if (!this.#try(['input'], read)) return;
    try {
      run(scenario, read(), [], undefined, { steps: stepsMax });
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      this.#fail(whereOf(error) ?? this.#pathOf(error), error);
    }
  }

  /** Where the catalogue says what a run stumbled over. */
  #pathOf({ data }: SandboxError): Path {
    if ('table' in data) {
      const rows = Object.keys(this.#data.rows);
      return ['rows', rows.find((name) => name.endsWith(`.${data.table}`)) ?? ''];
    }
    const sql = 'sql' in data ? data.sql : null;
    const property = Object.entries(this.#data.properties).find(([, one]) => one.sql === sql);
    if (property) return ['properties', property[0], 'sql'];
    const outcome = this.#data.outcomes.findIndex((one) => one.sql === sql);
    return outcome >= 0 ? ['outcomes', outcome, 'sql'] : ['queues'];
  }
}

// Checks scenarios.yaml: its syntax, its shape, its SQL, and that every name it uses is there.
// All mistakes are reported at once, each with its line and column.

import { isMap, LineCounter, parseDocument } from 'yaml';
import {
  Broker,
  brokerSource,
  type CatalogueProblem,
  Database,
  type FilePlace,
  Observatory,
  parseFault,
  run,
  SandboxError,
  type Scenario,
  World,
} from '../sim/index.ts';
import { BEHAVIOUR, buildScenario } from './catalogue.ts';
import { allParameters, readInput } from './input.ts';
import { type CatalogueData, catalogueShape, type ScenarioData } from './shape.ts';
import { check as checkValue, unknownName } from './values.ts';

type Path = readonly (string | number)[];

/** Finds lines and columns in a YAML text. */
class Source {
  readonly #file: string;
  readonly #lines: readonly string[];
  readonly #counter = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;

  constructor(text: string, file: string) {
    this.#file = file;
    this.#lines = text.split('\n');
    this.#document = parseDocument(text, { lineCounter: this.#counter, uniqueKeys: true });
  }

  get data(): unknown {
    return this.#document.toJS();
  }

  syntaxProblems(): readonly CatalogueProblem[] {
    return [...this.#document.errors, ...this.#document.warnings].map(({ message, pos }) => {
      const [why = ''] = message.split(/ at line \d+/);
      return this.problem(new SandboxError('bad-yaml', { why }), pos[0]);
    });
  }

  /** A problem at the key or value a path leads to; at the nearest parent that is there. */
  problemAt(error: SandboxError, path: Path): CatalogueProblem {
    return this.problem(error, this.#offsetOf(path));
  }

  problem({ code, data }: SandboxError, offset: number): CatalogueProblem {
    const { line, col } = this.#counter.linePos(offset);
    const place: FilePlace = { file: this.#file, line, column: col };
    const shown = [line - 1, line].filter((number) => number > 0);
    const frame = shown.map((number) => {
      return `${String(number).padStart(5)} | ${this.#lines[number - 1] ?? ''}`;
    });
    return { code, data, place, frame: [...frame, `${' '.repeat(7 + col)}^`].join('\n') };
  }

  #offsetOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const parent = this.#document.getIn(path.slice(0, length - 1), true);
      const key = path[length - 1];
      if (isMap(parent)) {
        const pair = parent.items.find((item) => String(item.key) === String(key));
        const range = (pair?.key as { range?: readonly number[] } | undefined)?.range;
        if (range) return range[0] ?? 0;
      }
      const node = this.#document.getIn(path.slice(0, length), true) as { range?: number[] } | null;
      if (node?.range) return node.range[0] ?? 0;
    }
    return 0;
  }
}

/** Collects what is wrong with one scenario. */
class ScenarioCheck {
  readonly problems: CatalogueProblem[] = [];
  readonly #source: Source;
  readonly #id: string;
  readonly #data: ScenarioData;

  constructor(source: Source, id: string, data: ScenarioData) {
    this.#source = source;
    this.#id = id;
    this.#data = data;
  }

  /** Runs a check; what it throws becomes a problem at the given place. */
  #try(path: Path, test: () => void): boolean {
    try {
      test();
      return true;
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      this.problems.push(this.#source.problemAt(error, [this.#id, ...path]));
      return false;
    }
  }

  run(): void {
    const services = BEHAVIOUR[this.#id];
    const known = Object.keys(BEHAVIOUR);
    if (!services) {
      this.#try([], () => {
        throw new SandboxError('no-behaviour', { scenario: this.#id, known });
      });
      return;
    }
    const scenario = buildScenario(this.#id, this.#data, services);
    this.#parameters(scenario);
    this.#faults(scenario);
    if (this.#databases(scenario)) this.#queries(scenario);
    if (this.problems.length === 0) this.#rehearse(scenario);
  }

  #parameters(scenario: Scenario): void {
    for (const [name, parameter] of Object.entries(scenario.parameters)) {
      this.#try(['parameters', name, 'default'], () => {
        checkValue(name, parameter.default, parameter.expected, null);
      });
    }
    for (const name of Object.keys(this.#data.defaults)) {
      this.#known('parameter', name, Object.keys(scenario.parameters), ['defaults', name]);
    }
  }

  #known(what: 'parameter' | 'property', name: string, known: readonly string[], path: Path): void {
    this.#try(path, () => {
      if (!known.includes(name)) throw unknownName(what, name, known, null);
    });
  }

  #faults(scenario: Scenario): void {
    const properties = scenario.properties.map(({ id }) => id);
    const parameters = Object.keys(scenario.parameters);
    const expectations = [
      [['expect'], this.#data.expect.violated] as const,
      ...Object.entries(this.#data.faults).map(([name, fault]) => {
        return [['faults', name, 'expect'], fault.expect.violated] as const;
      }),
    ];
    for (const [path, violated] of expectations) {
      violated.forEach((property, at) => {
        this.#known('property', property, properties, [...path, 'violated', at]);
      });
    }
    for (const [name, { faults, set }] of Object.entries(this.#data.faults)) {
      faults.forEach((fault, at) => {
        this.#try(['faults', name, 'faults', at], () => {
          parseFault(fault, scenario.points, this.#id);
        });
      });
      for (const parameter of Object.keys(set)) {
        this.#known('parameter', parameter, parameters, ['faults', name, 'set', parameter]);
      }
    }
  }

  #databases(scenario: Scenario): boolean {
    const each = scenario.databases.map(({ name, ddl }) => {
      return this.#try(['databases', name], () => new Database(name, { ddl, rows: {} }).close());
    });
    return each.every(Boolean);
  }

  #queries(scenario: Scenario): void {
    const databases = scenario.databases.map(
      ({ name, ddl }) => new Database(name, { ddl, rows: {} }),
    );
    const broker = brokerSource(new Broker([], { delayMs: 0, redeliveriesMax: 0 }));
    const observatory = new Observatory([...databases, broker]);
    for (const { id, sql } of scenario.properties) {
      this.#try(['properties', id, 'sql'], () => observatory.compile(sql));
    }
    scenario.outcomes.forEach(({ sql }, at) => {
      this.#try(['outcomes', at, 'sql'], () => observatory.compile(sql));
    });
    observatory.close();
    for (const database of databases) database.close();
  }

  // Whatever is left (first rows, queues the machines use, their SQL) shows when it is run.
  #rehearse(scenario: Scenario): void {
    const input = readInput(scenario, allParameters(scenario, {}));
    if (!this.#try(['rows'], () => new World(scenario, input).close())) return;
    this.#try(['queues'], () => run(scenario, input));
  }
}

/**
 * Reads and checks the text of a catalogue.
 * @throws SandboxError `bad-catalogue` with every problem found
 */
export function checkCatalogue(text: string, file: string): CatalogueData {
  const source = new Source(text, file);
  const syntax = source.syntaxProblems();
  if (syntax.length > 0) throw new SandboxError('bad-catalogue', { problems: syntax });
  const parsed = catalogueShape.safeParse(source.data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
      const [key] = issue.code === 'unrecognized_keys' ? issue.keys : [];
      const error = new SandboxError('bad-shape', { path: path.join('.'), why: issue.message });
      return source.problemAt(error, key === undefined ? path : [...path, key]);
    });
    throw new SandboxError('bad-catalogue', { problems });
  }
  const problems = Object.entries(parsed.data).flatMap(([id, data]) => {
    const check = new ScenarioCheck(source, id, data);
    check.run();
    return check.problems;
  });
  if (problems.length > 0) throw new SandboxError('bad-catalogue', { problems });
  return parsed.data;
}

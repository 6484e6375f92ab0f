// A scenario that stands alone in a file, its behaviour written as flows. The text is read and
// checked here, all mistakes at once, each with its line and column; files are read elsewhere.

import { type CatalogueProblem, Database, SandboxError, type Scenario } from '../sim/index.ts';
import { BEHAVIOUR, buildScenario } from './catalogue.ts';
import { ScenarioCheck } from './check-scenario.ts';
import { columnsOf, type Databases, FlowCheck } from './flow-check.ts';
import { fullData } from './flow-data.ts';
import { shapeProblems, treeProblems } from './flow-problems.ts';
import { type FlowHandler, handlersIn, servicesOf } from './flow-services.ts';
import { type FileData, fileShape } from './flow-shape.ts';
import type { Problem } from './flow-steps.ts';
import { type Path, YamlSource } from './yaml-source.ts';

/** A rehearsal looks no further: a flow that goes round and round has shown what it does. */
const STEPS_MAX = 5000;

/** Whether a text is a scenario of its own, not a catalogue: no scenario is called `services`. */
export const isScenarioFile = (text: string): boolean => /^["']?services["']?\s*:/m.test(text);

/** The id a file's name stands for. */
export function idOf(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? '';
  const id = name
    .replace(/\.ya?ml$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return id || 'scenario';
}

function openDatabases({ databases }: FileData): Databases {
  const opened = Object.entries(databases).flatMap(([name, ddl]) => {
    try {
      return [[name, new Database(name, { ddl, rows: {} })] as const];
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return []; // The check of the whole scenario says so, with its place.
    }
  });
  return new Map(opened);
}

/** The data without what is not of the right shape, so that the rest can be checked as well. */
function remaining(data: unknown, problems: readonly Problem[]): FileData | null {
  const copy = structuredClone(data);
  for (const { path } of problems) {
    let parent: unknown = copy;
    for (const key of path.slice(0, -1)) parent = (parent as Record<string, unknown>)?.[key];
    if (!parent || typeof parent !== 'object' || Array.isArray(parent)) continue;
    Reflect.deleteProperty(parent, path.at(-1) ?? '');
  }
  return fileShape.safeParse(copy).data ?? null;
}

const startsWith = (path: Path, start: Path): boolean =>
  start.every((key, at) => String(path[at]) === String(key));

/** Reads one file. */
class FileReader {
  readonly #source: YamlSource;
  readonly #path: string;
  #problems: readonly Problem[] = [];

  constructor(text: string, path: string) {
    this.#source = new YamlSource(text, path);
    this.#path = path;
  }

  #refuse(problems: readonly CatalogueProblem[] = this.#located()) {
    const at = ({ place: { line = 0, column = 0 } }: CatalogueProblem) => line * 1_000_000 + column;
    const sorted = problems.toSorted((one, other) => at(one) - at(other));
    return new SandboxError('bad-scenario', { problems: sorted }, { file: this.#path });
  }

  #located(): readonly CatalogueProblem[] {
    return this.#problems.map(({ path, error }) => this.#source.problemAt(error, path));
  }

  /** The data by its shape; of one that does not fit, what is left of it. */
  #data(): FileData {
    const syntax = this.#source.syntaxProblems();
    if (syntax.length > 0) throw this.#refuse(syntax);
    const { data } = this.#source;
    this.#problems = treeProblems(data);
    if (this.#problems.length > 0) throw this.#refuse();
    const isMap = data !== null && typeof data === 'object' && !Array.isArray(data);
    if (!isMap || !('services' in data)) {
      const error = new SandboxError('no-scenario', { keys: ['databases', 'services'] });
      this.#problems = [{ path: [], error }];
      if (!isMap) throw this.#refuse();
    }
    const parsed = fileShape.safeParse(data);
    if (parsed.success) return parsed.data;
    const misfits = shapeProblems(parsed.error.issues, data);
    this.#problems = this.#problems.length > 0 ? this.#problems : misfits;
    const rest = remaining(data, misfits);
    if (!rest) throw this.#refuse();
    return rest;
  }

  // What follows from a mistake that is told already is not told.
  #add(problems: readonly Problem[]): void {
    const told = this.#problems;
    const isHoled = this.#isHoled();
    const fresh = problems.filter(
      ({ path, error }) =>
        !(isHoled && error.code === 'unknown-name') &&
        told.every((one) => !startsWith(path, one.path) && !startsWith(one.path, path)),
    );
    this.#problems = [...told, ...fresh];
  }

  // Where a whole handler could not be read, nobody can say which names are there.
  #isHoled(): boolean {
    return this.#problems.some(({ path }) => path[0] === 'services' && !path.includes('flow'));
  }

  read(): Scenario {
    const file = this.#data();
    const id = file.id ?? idOf(this.#path);
    if (Object.hasOwn(BEHAVIOUR, id)) {
      const error = new SandboxError('id-taken', { id });
      this.#problems = [...this.#problems, { path: ['id'], error }];
    }
    const databases = openDatabases(file);
    try {
      return this.#checked(id, file, databases);
    } finally {
      for (const database of databases.values()) database.close();
    }
  }

  #checked(id: string, file: FileData, databases: Databases): Scenario {
    const handlers = handlersIn(file);
    const check = new FlowCheck(file, handlers, databases);
    check.run();
    this.#add(check.problems);
    const tables = [...databases].map(
      ([name, { store }]) => [name, [...store.tables.keys()]] as const,
    );
    const data = fullData(id, file, handlers, new Map(tables));
    const services = servicesOf(file, handlers, (sql, name) => columnsOf(databases, sql, name));
    const scenario = { ...buildScenario(id, data, services), file: this.#path };
    const whole = new ScenarioCheck(this.#source, [], scenario, data);
    const isFine = this.#problems.length === 0;
    whole.run();
    if (isFine && whole.problems.length === 0) {
      whole.rehearse(STEPS_MAX, (error) => placeOf(error, file, handlers));
    }
    const isHoled = this.#isHoled();
    const others = whole.problems.filter(({ code }) => !isHoled || code !== 'unknown-name');
    const problems = [...this.#located(), ...others];
    if (problems.length > 0) throw this.#refuse(problems);
    return scenario;
  }
}

/** Where a file says what a run stumbled over: a step, or what a job waits for. */
function placeOf(
  { data }: SandboxError,
  file: FileData,
  handlers: readonly FlowHandler[],
): Path | null {
  const where = 'where' in data ? (data.where?.split(': ')[1] ?? '') : '';
  const sql = 'sql' in data ? data.sql : null;
  for (const { service, name, role, path, layout } of handlers) {
    const laid = layout.steps.find((one) => where === `${service}.${name}.${one.name}`);
    if (laid) return laid.path;
    const waitsFor = role === 'jobs' ? file.services[service]?.jobs[name]?.waitsFor : null;
    if (sql !== null && waitsFor === sql) return [...path, 'waitsFor'];
  }
  return null;
}

/**
 * Reads and checks the text of a scenario's own file.
 * @param path as a person typed it: it names the scenario, and stands in its replay commands
 * @throws SandboxError `bad-scenario` with every problem found
 */
export function readScenarioFile(text: string, path: string): Scenario {
  return new FileReader(text, path).read();
}

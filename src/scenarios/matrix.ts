// A scenario's matrix: a run for every choice of one parameter against every choice of another,
// each held against what the catalogue expects of it.

import {
  type Expectation,
  type RunOutcome,
  recordEvents,
  runWorld,
  SandboxError,
  type Scenario,
  type TraceEvent,
  World,
} from '../sim/index.ts';
import { type Catalogue, findScenario } from './catalogue.ts';
import { withStrikes } from './faults.ts';
import { allParameters, type Parameters, readInput } from './input.ts';
import { judge } from './judge.ts';
import { type Measures, measure } from './measure.ts';
import { unknownName } from './values.ts';

/** The scenario that is meant if none is named: one business case under every pattern. */
export const COMPARED = 'compare-patterns';

/** What one cell came to. */
export interface MatrixCell {
  readonly row: string;
  readonly column: string;
  readonly outcome: RunOutcome;
  readonly measures: Measures;
  readonly expectation: Expectation | null;
  readonly asExpected: boolean;
}

/** All cells, row by row. */
export interface MatrixResult {
  readonly scenario: Scenario;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly MatrixCell[];
}

/** Which rows and columns are wanted; all, where nothing is said. */
export interface MatrixChoice {
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
}

function choicesOf({ parameters }: Scenario, name: string, wanted?: readonly string[]) {
  const known = parameters[name]?.expected.choices ?? [];
  for (const one of wanted ?? []) {
    if (!known.includes(one)) throw unknownName('choice', one, known, null);
  }
  return known.filter((one) => wanted?.includes(one) ?? true);
}

/** Finds a scenario that has a matrix. @throws SandboxError `unknown-name`, `no-matrix` */
export function findMatrix(catalogue: Catalogue, id: string): Scenario {
  const scenario = findScenario(catalogue, id);
  if (scenario.matrix) return scenario;
  const known = [...catalogue.values()].filter(({ matrix }) => matrix).map((one) => one.id);
  throw new SandboxError('no-matrix', { scenario: id, known });
}

/** The worlds of one matrix: cells that differ by their faults alone share one. */
class Worlds {
  readonly #scenario: Scenario;
  readonly #byInput = new Map<string, readonly [World, readonly TraceEvent[]]>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  run(set: Readonly<Record<string, string>>) {
    const chosen = withStrikes(this.#scenario, allParameters(this.#scenario, set));
    const [world, events] = this.#worldOf(chosen.parameters);
    const summary = runWorld(world, chosen.faults);
    return { summary, measures: measure(events, summary.endedAtMs) };
  }

  #worldOf(parameters: Parameters): readonly [World, readonly TraceEvent[]] {
    const { matrix } = this.#scenario;
    // Where a column stands for faults, its name means nothing to a run.
    const named = Object.keys(matrix?.strikes ?? {}).length > 0 ? matrix?.columns : undefined;
    const key = JSON.stringify(Object.entries(parameters).filter(([name]) => name !== named));
    const known = this.#byInput.get(key);
    if (known) return known;
    const world = new World(this.#scenario, readInput(this.#scenario, parameters));
    const made = [world, recordEvents(world.events)] as const;
    this.#byInput.set(key, made);
    return made;
  }

  close(): void {
    for (const [world] of this.#byInput.values()) world.close();
  }
}

/**
 * Runs every cell. A scenario without a matrix has none.
 * @throws SandboxError `unknown-name` for a row or column that is not there
 */
export function runMatrix(scenario: Scenario, wanted: MatrixChoice = {}): MatrixResult {
  const { matrix } = scenario;
  if (!matrix) return { scenario, rows: [], columns: [], cells: [] };
  const rows = choicesOf(scenario, matrix.rows, wanted.rows);
  const columns = choicesOf(scenario, matrix.columns, wanted.columns);
  const worlds = new Worlds(scenario);
  const cells = rows.flatMap((row) =>
    columns.map((column): MatrixCell => {
      const set = { [matrix.rows]: row, [matrix.columns]: column };
      const { summary, measures } = worlds.run(set);
      const asked = { named: [], own: false, settings: set };
      const judgement = judge(scenario, asked, summary);
      const { expectation } = judgement;
      const asExpected = judgement.asExpected && summary.neverStruck.length === 0;
      return { row, column, outcome: summary.outcome, measures, expectation, asExpected };
    }),
  );
  worlds.close();
  return { scenario, rows, columns, cells };
}

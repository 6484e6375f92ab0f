// A scenario's matrix: a run for every choice of one parameter against every choice of another,
// each held against what the catalogue expects of it.

import {
  type Expectation,
  type RunOutcome,
  recordEvents,
  runWorld,
  SandboxError,
  type Scenario,
  World,
} from '../sim/index.ts';
import { type Catalogue, findScenario } from './catalogue.ts';
import { withStrikes } from './faults.ts';
import { allParameters, readInput } from './input.ts';
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

function runCell(scenario: Scenario, set: Readonly<Record<string, string>>) {
  const { parameters, faults } = withStrikes(scenario, allParameters(scenario, set));
  const world = new World(scenario, readInput(scenario, parameters));
  const events = recordEvents(world.events);
  const summary = runWorld(world, faults);
  world.close();
  return { summary, measures: measure(events, summary.endedAtMs) };
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
  const cells = rows.flatMap((row) =>
    columns.map((column): MatrixCell => {
      const set = { [matrix.rows]: row, [matrix.columns]: column };
      const { summary, measures } = runCell(scenario, set);
      const asked = { named: [], own: false, settings: set };
      const judgement = judge(scenario, asked, summary);
      const { expectation } = judgement;
      const asExpected = judgement.asExpected && summary.neverStruck.length === 0;
      return { row, column, outcome: summary.outcome, measures, expectation, asExpected };
    }),
  );
  return { scenario, rows, columns, cells };
}

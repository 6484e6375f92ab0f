// A scenario's matrix: a run for every choice of one parameter against every choice of another,
// each held against what the catalogue expects of it.

import {
  type Expectation,
  type RunOutcome,
  runWorld,
  SandboxError,
  type Scenario,
  World,
} from '../sim/index.ts';
import { type Catalogue, findScenario } from './catalogue.ts';
import { allParameters, readInput } from './input.ts';
import { judge } from './judge.ts';

/** What one cell came to. */
export interface MatrixCell {
  readonly row: string;
  readonly column: string;
  readonly outcome: RunOutcome;
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

const choicesOf = ({ parameters }: Scenario, name: string): readonly string[] =>
  parameters[name]?.expected.choices ?? [];

/** Finds a scenario that has a matrix. @throws SandboxError `unknown-name`, `no-matrix` */
export function findMatrix(catalogue: Catalogue, id: string): Scenario {
  const scenario = findScenario(catalogue, id);
  if (scenario.matrix) return scenario;
  const known = [...catalogue.values()].filter(({ matrix }) => matrix).map((one) => one.id);
  throw new SandboxError('no-matrix', { scenario: id, known });
}

/** Runs every cell. A scenario without a matrix has none. */
export function runMatrix(scenario: Scenario): MatrixResult {
  const { matrix } = scenario;
  if (!matrix) return { scenario, rows: [], columns: [], cells: [] };
  const rows = choicesOf(scenario, matrix.rows);
  const columns = choicesOf(scenario, matrix.columns);
  const cells = rows.flatMap((row) =>
    columns.map((column): MatrixCell => {
      const set = { [matrix.rows]: row, [matrix.columns]: column };
      const world = new World(scenario, readInput(scenario, allParameters(scenario, set)));
      const summary = runWorld(world);
      world.close();
      const asked = { named: [], own: false, settings: set };
      const { expectation, asExpected } = judge(scenario, asked, summary);
      return { row, column, outcome: summary.outcome, expectation, asExpected };
    }),
  );
  return { scenario, rows, columns, cells };
}

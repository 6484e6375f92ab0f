// Checks a scenario's matrix: that its two parameters have choices, that every row has a title and
// a cell for every column, and that every cell names something that can be.

import { type Named, SandboxError } from '../sim/index.ts';
import type { ScenarioData } from './shape.ts';
import { unknownName } from './values.ts';
import type { Path } from './yaml-source.ts';

interface Problem {
  readonly path: Path;
  readonly error: SandboxError;
}

/** What is wrong with the matrix of a scenario, each with its place in the scenario's data. */
export function matrixProblems(data: ScenarioData): readonly Problem[] {
  const { matrix, parameters, outcomes } = data;
  const problems: Problem[] = [];
  const known = (what: Named, name: string, names: readonly string[], path: Path) => {
    if (!names.includes(name)) problems.push({ path, error: unknownName(what, name, names, null) });
  };
  const causes = Object.keys(matrix?.causes ?? {});
  outcomes.forEach(({ by }, at) => {
    if (by !== undefined) known('cause', by, causes, ['outcomes', at, 'by']);
  });
  if (!matrix) return problems;
  const withChoices = Object.keys(parameters).filter((name) => parameters[name]?.choices);
  known('parameter', matrix.rows, withChoices, ['matrix', 'rows']);
  known('parameter', matrix.columns, withChoices, ['matrix', 'columns']);
  const rows = parameters[matrix.rows]?.choices ?? [];
  const columns = parameters[matrix.columns]?.choices ?? [];
  const words = outcomes.map(({ word, by }) => by ?? word);
  for (const key of ['titles', 'expect'] as const) {
    for (const row of Object.keys(matrix[key])) known('choice', row, rows, ['matrix', key, row]);
    for (const row of rows.filter((one) => !(one in matrix[key]))) {
      const error = new SandboxError('missing-value', { name: row, expected: { type: 'text' } });
      problems.push({ path: ['matrix', key], error });
    }
  }
  for (const [row, cells] of Object.entries(matrix.expect)) {
    const path = ['matrix', 'expect', row];
    if (cells.length !== columns.length) {
      const why = `${cells.length} cells for ${columns.length} columns`;
      problems.push({ path, error: new SandboxError('bad-shape', { path: path.join('.'), why }) });
    }
    cells.forEach((cell, at) => {
      known('cause', cell, words, [...path, at]);
    });
  }
  return problems;
}

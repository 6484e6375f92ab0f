// The matrix of a scenario: what is run, what is held against what, and what may stand in the
// catalogue.

import { describe, expect, it } from 'vitest';
import { checkCatalogue } from '../../src/scenarios/check.ts';
import { buildCatalogue, findMatrix, findScenario, runMatrix } from '../../src/scenarios/index.ts';
import type { SandboxError } from '../../src/sim/index.ts';
import { CATALOGUE_TEXT, catalogue } from '../support.ts';

describe('runMatrix', () => {
  const isolation = findMatrix(catalogue, 'isolation');

  it('runs every choice against every other, row by row', () => {
    const { rows, columns, cells } = runMatrix(isolation);
    expect(cells.map(({ row, column }) => `${row} ${column}`)).toEqual(
      rows.flatMap((row) => columns.map((column) => `${row} ${column}`)),
    );
    expect(cells.filter(({ asExpected }) => !asExpected)).toEqual([]);
  });

  it('finds the one cell that the catalogue gets wrong', () => {
    const wrong = CATALOGUE_TEXT.replace(
      'G1b: [anomaly, view, view, lock]',
      'G1b: [anomaly, view, lock, lock]',
    );
    const { cells } = runMatrix(
      findMatrix(buildCatalogue(checkCatalogue(wrong, 'wrong.yaml')), 'isolation'),
    );
    expect(cells.filter(({ asExpected }) => !asExpected)).toMatchObject([
      {
        row: 'G1b',
        column: 'repeatable-read',
        expectation: { by: 'lock' },
        outcome: { by: 'view' },
      },
    ]);
  });

  it('has nothing to run where there is no matrix', () => {
    expect(runMatrix(findScenario(catalogue, 'ticket-saga')).cells).toEqual([]);
    expect(() => findMatrix(catalogue, 'ticket-saga')).toThrow('no-matrix');
    expect(() => findMatrix(catalogue, 'isolaton')).toThrow('"nearest":"isolation"');
  });
});

describe('a matrix in the catalogue', () => {
  it.each<[string, string, string, string]>([
    ['an unknown cell', 'G0: [lock, lock', 'G0: [lok, lock', '"nearest":"lock"'],
    ['a cell too few', 'G0: [lock, lock', 'G0: [lock', '3 cells for 4 columns'],
    ['an unknown row', '      G0: [lock', '      G9: [lock', '"given":"G9"'],
    [
      'a row without a title',
      '      G1a:\n        en: "aborted',
      '      G1x:\n        en: "aborted',
      '"name":"G1a"',
    ],
    ['an unknown cause', '      by: timeout\n', '      by: time\n', '"given":"time"'],
    [
      'a parameter without choices',
      '    columns: level\n',
      '    columns: pauseMs\n',
      '"given":"pauseMs"',
    ],
  ])('%s', (_what, from, to, found) => {
    const text = CATALOGUE_TEXT.replace(from, to);
    expect(text).not.toBe(CATALOGUE_TEXT);
    try {
      checkCatalogue(text, 'scenarios.yaml');
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify((error as SandboxError).data)).toContain(found);
    }
  });
});

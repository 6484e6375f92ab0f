// The view of two clients side by side, and the table of a matrix: they fit, and they say what
// the database has inside.

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { performRun } from '../../src/cli/run.ts';
import {
  type Language,
  type Layout,
  matrixReport,
  PLAIN,
  runReport,
  showReport,
  textsIn,
} from '../../src/report/index.ts';
import { wrapLegend } from '../../src/report/layout.ts';
import { findMatrix, runMatrix } from '../../src/scenarios/index.ts';
import { catalogue } from '../support.ts';

const isolation = findMatrix(catalogue, 'isolation');
const matrix = runMatrix(isolation);
const layout = (width: number): Layout => ({ width, measure: stringWidth, paint: PLAIN });

function reportOf(
  anomaly: string,
  level: string,
  language: Language = 'en',
  width = 80,
): readonly string[] {
  const settings = { anomaly, level };
  const report = performRun(catalogue, { scenario: 'isolation', fails: [], settings, seed: null });
  return runReport(report, layout(width), textsIn(language), language);
}

const WIDTHS = [
  ['en', 80],
  ['en', 40],
  ['zh', 80],
  ['zh', 40],
] as const;

describe.each(WIDTHS)('in %s, %i columns', (language, width) => {
  const fits = (lines: readonly string[]) => {
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  };

  it('every run fits', () => {
    for (const { row, column } of matrix.cells) fits(reportOf(row, column, language, width));
  });

  it('the matrix and the story fit', () => {
    const say = { layout: layout(width), texts: textsIn(language), language };
    fits(matrixReport(matrix, say.layout, say.texts, language));
    fits(showReport(isolation, say));
  });
});

describe('side by side', () => {
  it('has a column for each client that took part', () => {
    const head = (anomaly: string) =>
      reportOf(anomaly, 'serializable').find((line) => line.trimStart().startsWith('ms '));
    expect(head('P4')).toMatch(/^ {4}ms {2}T1 {30,}T2$/);
    expect(head('OTV')).toMatch(/^ {4}ms {2}T1 +T2 +T3$/);
    expect(reportOf('P4', 'serializable', 'en', 40)).toContain('    10  T1  BEGIN (serializable)');
  });

  it('shows locks, who waits for whom, and the circle of a deadlock', () => {
    const text = reportOf('P4', 'serializable').join('\n');
    expect(text).toContain('locks + T1 test.PRIMARY S locks rec but not gap: 1');
    expect(text).toContain('locks ! T1 waits: test.PRIMARY X locks rec but not gap: 1');
    expect(text).toContain('waits T1 → T2\n');
    expect(text).toContain('waits ! T1 → T2 → T1\n');
    expect(text).toMatch(/! UPDATE test SET value = 12 WHERE\n.*id = 1\n.*→ deadlock/);
    expect(text).toMatch(/61 {2}… UPDATE/);
  });

  it('shows read views and undo chains, and what is not committed', () => {
    const text = reportOf('G-single', 'repeatable-read').join('\n');
    expect(text).toContain('view  T1 reads what was there at the start');
    expect(text).toContain('undo  test id=1: value=12 (T2 ?) ← value=10');
    expect(text).toContain('undo  test id=1: value=12 (T2 commit 1) ← value=10');
    const phantom = reportOf('PMP', 'repeatable-read').join('\n');
    expect(phantom).toContain('undo  test id=3: value=30 (T2 ?) ← no row');
    const gone = reportOf('PMP-write', 'repeatable-read').join('\n');
    expect(gone).toContain('undo  test id=1: deleted (T2 ?) ← value=20 (T1 commit 1)');
    const vanishes = reportOf('OTV', 'repeatable-read').join('\n');
    expect(vanishes).toContain('view  T3 reads as of commit 1');
  });

  it('names anomaly, level and what prevented it', () => {
    const text = reportOf('PMP', 'repeatable-read').join('\n').replace(/\s+/g, ' ');
    expect(text).toContain('anomaly=PMP level=repeatable-read PMP: predicate-many-preceders');
    expect(text).toContain(
      'the anomaly is prevented PMP at repeatable-read: T1 did not see what T2 had meanwhile',
    );
    const zh = reportOf('P4', 'repeatable-read', 'zh').join('');
    expect(zh).toContain('出现异常现象');
    expect(zh).toContain('丢失更新');
  });

  it('tells faults in the lane of whom they strike', () => {
    const fails = ['crash@t2.play.writing:before'];
    const asked = { scenario: 'isolation', fails, settings: {}, seed: null };
    const lines = runReport(performRun(catalogue, asked), layout(80), textsIn('en'), 'en');
    expect(lines.join('\n')).toMatch(/\n +60 {30,}! the service crashes\n/);
  });
});

describe('matrixReport', () => {
  const lines = (width: number, result = matrix) =>
    matrixReport(result, layout(width), textsIn('en'), 'en');

  it('has a word in each cell, or a number where words do not fit, and a legend', () => {
    const wide = lines(80);
    expect(wide).toContainEqual(
      expect.stringMatching(/^G1c +✗ shows +✓ view +✓ view +✓ deadlock$/),
    );
    expect(wide).toContain('  ✓ deadlock: both wait for each other, and the server rolls one back');
    const narrow = lines(40);
    expect(narrow).toContainEqual(expect.stringMatching(/^anomaly +a +b +c +d$/));
    expect(narrow).toContainEqual(expect.stringMatching(/^G1c +✗(\d) +✓(\d) +✓\2 +✓\d$/));
    expect(narrow).toContain('  c repeatable-read');
    expect(wide).toContain('✓ as the catalogue expects');
  });

  it('marks a cell that is not as expected, by a sign, and says what was', () => {
    const [first, ...rest] = matrix.cells;
    if (!first) throw new Error('no cells');
    const cells = [{ ...first, asExpected: false }, ...rest];
    const text = lines(80, { ...matrix, cells }).join('\n');
    expect(text).toMatch(/G0 +✓ waits ! +✓ waits +/);
    expect(text).toContain('  ! not as the catalogue expects');
    expect(text).toContain('G0 at read-uncommitted: expected waits, got waits');
  });
});

describe('wrapLegend', () => {
  it('breaks between signs only', () => {
    expect(wrapLegend('a b  c d  e f', 8, stringWidth)).toEqual(['a b  c d', 'e f']);
  });
});

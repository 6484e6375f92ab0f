// A matrix as lines of CSV or as a Markdown table, for a spreadsheet or a page: ids and words in
// English, a line for every cell.

import type { MatrixResult } from '../scenarios/index.ts';

const HEADS = [
  'outcome',
  'by',
  'as expected',
  'latency ms',
  'locked ms',
  'in doubt ms',
  'messages',
] as const;

function linesOf({ scenario, cells }: MatrixResult): readonly (readonly string[])[] {
  const { rows = '', columns = '' } = scenario.matrix ?? {};
  const body = cells.map(({ row, column, outcome, measures, asExpected }) => {
    const { latencyMs, lockedMs, inDoubtMs, messages } = measures;
    const measured = [latencyMs, lockedMs, inDoubtMs, messages].map((value) => String(value ?? ''));
    return [row, column, outcome.word, outcome.by ?? '', asExpected ? 'yes' : 'no', ...measured];
  });
  return [[rows, columns, ...HEADS], ...body];
}

const quoted = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Comma-separated values as RFC 4180 has them, with a line of heads. */
export function matrixCsv(result: MatrixResult): readonly string[] {
  return linesOf(result).map((line) => line.map(quoted).join(','));
}

/** A table of outcomes in Markdown: a line for each row of the matrix. */
export function matrixMarkdown(result: MatrixResult): readonly string[] {
  const { scenario, rows, columns, cells } = result;
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  const body = rows.map((row) => {
    const own = cells.filter((cell) => cell.row === row);
    const texts = own.map(({ outcome, measures: { latencyMs, lockedMs, messages } }) => {
      const cost = `${latencyMs ?? '-'} / ${lockedMs} / ${messages}`;
      return `${outcome.by ?? outcome.word}<br>${cost}`;
    });
    return line([row, ...texts]);
  });
  const head = line([scenario.matrix?.rows ?? '', ...columns]);
  const rule = line(['', ...columns].map(() => '---'));
  return [head, rule, ...body];
}

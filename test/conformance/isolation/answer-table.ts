// Two answers to one question side by side, as text: a line for each step, marked where they part.

import type { Answer, LaterResult, Question, StepResult } from './format.ts';

function rowText(row: Readonly<Record<string, unknown>>): string {
  return `(${Object.values(row)
    .map((value) => value ?? 'NULL')
    .join(', ')})`;
}

function rowsText(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return rows.length === 0 ? 'no rows' : rows.map(rowText).sort().join(' ');
}

function resultText(result: StepResult): string {
  if (result.rows !== undefined) return rowsText(result.rows);
  if (result.affected !== undefined) {
    const changed = result.changed === undefined ? '' : `, changed ${result.changed}`;
    return `affected ${result.affected}${changed}`;
  }
  if (result.error !== undefined) return result.error;
  if (result.skipped !== undefined) return `skipped: ${result.skipped}`;
  if (result.blocked) return 'blocked';
  return result.queued ? 'queued' : 'ok';
}

function stepText(step: { result: StepResult; later?: LaterResult } | undefined): string {
  if (step === undefined) return 'nothing';
  const { result, later } = step;
  if (later === undefined) return resultText(result);
  return `${resultText(result)}, after ${later.resumedAfterStep}: ${resultText(later)}`;
}

/** `changed` is shown, but is no difference. */
function counted(text: string): string {
  return text.replaceAll(/, changed \d+/g, '');
}

function tableText(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => {
    return Math.max(...lines.map((line) => line[column]?.length ?? 0));
  });
  return lines
    .map((line) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** `plans`: by step, what EXPLAIN said. */
export function answerTable(
  question: Question,
  answers: { readonly mariaDb: Answer; readonly simulated: Answer },
  plans: ReadonlyMap<number, string>,
): string {
  const { mariaDb, simulated } = answers;
  const lines = question.steps.map(({ n, tx, sql, op, lock }) => {
    const left = stepText(mariaDb.steps.find((step) => step.n === n));
    const right = stepText(simulated.steps.find((step) => step.n === n));
    const statement = `${sql ?? op}${lock === undefined ? '' : ` [${lock}]`}`;
    const mark = counted(left) === counted(right) ? '' : '≠';
    return [mark, String(n), tx, statement, plans.get(n) ?? '', left, right];
  });
  for (const table of Object.keys(mariaDb.final)) {
    const left = rowsText(mariaDb.final[table] ?? []);
    const right = rowsText(simulated.final[table] ?? []);
    const same = left === right;
    lines.push([same ? '' : '≠', '', '', `final ${table}`, '', left, same ? 'the same' : right]);
  }
  const head = ['', 'n', 'tx', 'statement', 'plan', 'MariaDB', 'simulation'];
  const levels = Object.entries(question.isolation).map(([tx, level]) => `${tx} ${level}`);
  const setting = [...question.schema, ...question.rows, levels.join(', ')].join('\n');
  return `${setting}\n${tableText([head, ...lines])}`;
}

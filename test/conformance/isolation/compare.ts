// Where two answers to the same case differ. Rows are compared as sets, unless the statement
// orders them; of several that wake at once the order is not defined.

import { isDeepStrictEqual } from 'node:util';
import type { Answer, LaterResult, Step, StepResult } from './format.ts';

export interface Difference {
  readonly id: string;
  /** The step's number; `final` for the rows in the end. */
  readonly step: number | 'final';
  readonly expected: unknown;
  readonly got: unknown;
}

const asSet = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

// What of a result must agree.
function essence(sql: string, result: StepResult | undefined) {
  if (!result) return null;
  const { ok, rows, affected, error, blocked, queued, skipped } = result;
  const { resumedAfterStep } = result as Partial<LaterResult>;
  const content = rows && (/\border by\b/i.test(sql) ? rows : asSet(rows));
  return { ok, rows: content, affected, error, blocked, queued, skipped, resumedAfterStep };
}

/** A case with its recorded answer. */
export interface Expected extends Pick<Answer, 'final'> {
  readonly steps: readonly Pick<Step, 'n' | 'sql' | 'result' | 'later'>[];
}

/** Every step at which two answers differ, and the rows in the end. */
export function differencesOf(id: string, expected: Expected, got: Answer): readonly Difference[] {
  const seen = new Map(got.steps.map((step) => [step.n, step]));
  const steps = expected.steps.flatMap((step): readonly Difference[] => {
    const other = seen.get(step.n);
    const { sql = '' } = step;
    const [wanted, given] = [step, other].map((one) => [
      essence(sql, one?.result),
      essence(sql, one?.later),
    ]);
    if (isDeepStrictEqual(wanted, given)) return [];
    return [{ id, step: step.n, expected: shown(step), got: shown(other) }];
  });
  const final = Object.entries(expected.final).flatMap(([table, rows]): readonly Difference[] => {
    const given = got.final[table] ?? [];
    if (isDeepStrictEqual(asSet(rows), asSet(given))) return [];
    return [{ id, step: 'final', expected: { [table]: rows }, got: { [table]: given } }];
  });
  return [...steps, ...final];
}

function shown(step: Pick<Step, 'result' | 'later'> | undefined): unknown {
  return step && { ...step.result, ...(step.later && { later: step.later }) };
}

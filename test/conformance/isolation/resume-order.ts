// Where several waiters wake at once, InnoDB leaves open which of them goes first. Here two answers
// that differ in nothing else are made alike.

import type { Answer, LaterResult, Question } from './format.ts';

/** Without its content, which depends on who went first. */
function kindOf({ resumedAfterStep: _, rows, changed: __, ...rest }: LaterResult): string {
  return JSON.stringify(rows === undefined ? rest : { ...rest, rows: true });
}

function kindsOf(steps: Answer['steps'], numbers: ReadonlySet<number>): string {
  const kinds = steps.flatMap(({ n, later }) => {
    return later !== undefined && numbers.has(n) ? [kindOf(later)] : [];
  });
  return kinds.sort().join();
}

function finalText(answer: Answer): string {
  const tables = Object.entries(answer.final).map(([table, rows]) => {
    return `${table}: ${rows.map((row) => JSON.stringify(row)).sort()}`;
  });
  return tables.sort().join();
}

/** The steps that resumed after the same step, where they are of several transactions. */
export function wokenTogether(question: Question, answer: Answer): readonly ReadonlySet<number>[] {
  const groups = new Map<number, Set<number>>();
  for (const { n, later } of answer.steps) {
    if (later === undefined) continue;
    const group = groups.get(later.resumedAfterStep) ?? new Set();
    groups.set(later.resumedAfterStep, group.add(n));
  }
  return [...groups.values()].filter((group) => {
    const names = question.steps.filter(({ n }) => group.has(n)).map(({ tx }) => tx);
    return new Set(names).size > 1;
  });
}

/** `got`, with the results `expected` has for steps that woke together and differ by their order
 * only: the same steps, the same kinds of results, and the same rows in the end. */
export function inResumeOrderOf(question: Question, expected: Answer, got: Answer): Answer {
  if (finalText(expected) !== finalText(got)) return got;
  const alike = new Set<number>();
  const gotGroups = wokenTogether(question, got).map((group) => [...group].join());
  for (const group of wokenTogether(question, expected)) {
    if (!gotGroups.includes([...group].join())) continue;
    if (kindsOf(expected.steps, group) !== kindsOf(got.steps, group)) continue;
    for (const n of group) alike.add(n);
  }
  const steps = got.steps.map((step) => {
    const later = alike.has(step.n)
      ? expected.steps.find(({ n }) => n === step.n)?.later
      : undefined;
    return later === undefined ? step : { ...step, later };
  });
  return { ...got, steps };
}

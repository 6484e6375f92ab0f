// Makes a question smaller as long as it still fails: without a transaction, without its BEGIN and
// COMMIT, without a statement. Every transaction that begins still ends.

import type { Question } from './format.ts';

const BEGINS = /^\s*(BEGIN|START TRANSACTION)\b/i;
const ENDS = /^\s*(COMMIT|ROLLBACK(?!\s+TO\b))\b/i;

/** What may go together, by step number; the largest first. */
function units({ steps }: Question): number[][] {
  const names = [...new Set(steps.map(({ tx }) => tx))];
  const whole: number[][] = [];
  const bounds: number[][] = [];
  const single: number[][] = [];
  for (const name of names) {
    const own = steps.filter(({ tx }) => tx === name);
    whole.push(own.map(({ n }) => n));
    let begun: number | null = null;
    for (const { n, sql = '' } of own) {
      if (BEGINS.test(sql)) begun = n;
      else if (!ENDS.test(sql)) single.push([n]);
      else {
        bounds.push(begun === null ? [n] : [begun, n]);
        begun = null;
      }
    }
  }
  return [...whole, ...single, ...bounds];
}

function without(question: Question, numbers: readonly number[]): Question {
  const steps = question.steps
    .filter(({ n }) => !numbers.includes(n))
    .map((step, index) => ({ ...step, n: index + 1 }));
  const names = new Set(steps.map(({ tx }) => tx));
  const isolation = Object.entries(question.isolation).filter(([name]) => names.has(name));
  return { ...question, isolation: Object.fromEntries(isolation), steps };
}

/** @param runsMax how often `fails` may be asked. */
export async function minimised(
  question: Question,
  fails: (smaller: Question) => Promise<boolean>,
  runsMax: number,
): Promise<Question> {
  let best = question;
  let runs = 0;
  for (let found = true; found; ) {
    found = false;
    for (let place = 0; place < units(best).length && runs < runsMax; ) {
      const smaller = without(best, units(best)[place] ?? []);
      if (smaller.steps.length > 0 && ++runs > 0 && (await fails(smaller))) {
        best = smaller;
        found = true;
      } else {
        place++;
      }
    }
  }
  return best;
}

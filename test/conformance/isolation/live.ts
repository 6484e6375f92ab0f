// `npm run conformance:mariadb`: the recorded cases and random interleavings, each on a MariaDB
// server of our own and on the simulation. Where they part, the case is made small and shown.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { answerTable } from './answer-table.ts';
import { readCases } from './case-file.ts';
import { differencesOf } from './compare.ts';
import type { Answer, Case, Question } from './format.ts';
import { type MariaDb, startMariaDb } from './mariadb.ts';
import { minimised } from './minimise.ts';
import { OUT_OF_SCOPE } from './out-of-scope.ts';
import { otherPlans } from './plans.ts';
import { randomCase } from './random-cases.ts';
import { inResumeOrderOf, wokenTogether } from './resume-order.ts';
import { answerOf as simulatedAnswerOf } from './simulated.ts';

const HELP = `npm run conformance:mariadb -- [options]
  --runs N      how many random interleavings (500)
  --seed S      which ones (new ones each time)
  --cases FILE  recorded cases (cases.json); --out writes such a file
  --out FILE    the cases that differ, with MariaDB's answers
`;

/** More often where MariaDB itself may choose who goes first. */
const REPEATS = 2;
const REPEATS_OF_WOKEN_TOGETHER = 8;
const MINIMISED_MAX = 20;
const MINIMISING_RUNS_MAX = 150;

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly cases: string | URL;
  readonly out: string | null;
}

interface Tally {
  agreed: number;
  differed: number;
  varied: number;
  /** They differed since MariaDB's optimizer chose another index than SQLite's planner. */
  planned: number;
  /** Recorded cases that come out otherwise on this server. */
  readonly unlikeRecorded: string[];
  readonly found: Case[];
}

function optionsOf(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '500' },
      seed: { type: 'string' },
      cases: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const runs = Number(values.runs);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  if (!Number.isInteger(runs) || runs < 0) throw new Error(`--runs ${values.runs}: not a count`);
  if (!Number.isInteger(seed)) throw new Error(`--seed ${values.seed}: not a whole number`);
  const cases = values.cases ?? new URL('./cases.json', import.meta.url);
  return { runs, seed, cases, out: values.out ?? null };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Without what was seen. */
function questionOf({ id, group, schema, rows, isolation, ...recorded }: Case): Question {
  const { session, continueAfterRollback } = recorded;
  const steps = recorded.steps.map(({ n, tx, sql, op, lock }) => ({
    n,
    tx,
    ...(sql === undefined ? {} : { sql }),
    ...(op === undefined ? {} : { op }),
    ...(lock === undefined ? {} : { lock }),
  }));
  return {
    id,
    group,
    schema,
    rows,
    isolation,
    steps,
    ...(session === undefined ? {} : { session }),
    ...(continueAfterRollback === undefined ? {} : { continueAfterRollback }),
  };
}

/** An answer as a recorded case. */
function caseOf(question: Question, answer: Answer): Case {
  const steps = question.steps.map((step, index) => {
    const seen = answer.steps[index];
    if (seen === undefined) throw new Error(`${question.id}: no answer to step ${step.n}`);
    return { ...step, ...seen };
  });
  return { ...question, steps, final: answer.final };
}

/** A simulation that throws has answered wrongly; its message stands at every step. */
function simulated(question: Question): Answer {
  try {
    return simulatedAnswerOf(question);
  } catch (error) {
    const result = { error: error instanceof Error ? error.message : String(error) };
    return { steps: question.steps.map(({ n }) => ({ n, result })), final: {} };
  }
}

function alike(question: Question, expected: Answer, got: Answer): boolean {
  const ordered = inResumeOrderOf(question, expected, got);
  return differencesOf(question.id, caseOf(question, expected), ordered).length === 0;
}

type Verdict = 'agreed' | 'differed' | 'varied';

async function verdictOn(question: Question, mariaDb: MariaDb, first: Answer): Promise<Verdict> {
  const got = simulated(question);
  if (alike(question, first, got)) return 'agreed';
  const together = wokenTogether(question, first).length > 0;
  for (let n = 0; n < (together ? REPEATS_OF_WOKEN_TOGETHER : REPEATS); n++) {
    const again = await mariaDb.answerOf(question);
    if (!alike(question, first, again) || alike(question, again, got)) return 'varied';
  }
  return 'differed';
}

/** The smallest question found that differs as steadily. */
async function smallest(question: Question, mariaDb: MariaDb): Promise<Question> {
  const differs = async (smaller: Question): Promise<boolean> => {
    const answer = await mariaDb.answerOf(smaller);
    return (await verdictOn(smaller, mariaDb, answer)) === 'differed';
  };
  return await minimised(question, differs, MINIMISING_RUNS_MAX);
}

async function show(question: Question, mariaDb: MariaDb, tally: Tally): Promise<void> {
  if (tally.differed > MINIMISED_MAX) {
    say(`\n${question.id} differs too (only the first ${MINIMISED_MAX} are made small).`);
    return;
  }
  const small = await smallest(question, mariaDb);
  const answer = await mariaDb.answerOf(small);
  const plans = await mariaDb.plansOf(small);
  const other = otherPlans(small, plans);
  if (other.length > 0) {
    tally.differed--;
    tally.planned++;
    say(`\n${question.id}: another plan: ${other.join('; ')}`);
    return;
  }
  say(`\n${question.id} differs (${small.steps.length} of ${question.steps.length} steps left):`);
  say(answerTable(small, { mariaDb: answer, simulated: simulated(small) }, plans));
  tally.found.push(caseOf(small, answer));
}

async function check(question: Question, mariaDb: MariaDb, tally: Tally): Promise<Answer> {
  const answer = await mariaDb.answerOf(question);
  const verdict = await verdictOn(question, mariaDb, answer);
  tally[verdict]++;
  if (verdict === 'varied') say(`\n${question.id}: MariaDB itself varies.`);
  if (verdict === 'differed') await show(question, mariaDb, tally);
  return answer;
}

async function checkAll(mariaDb: MariaDb, options: Options): Promise<Tally> {
  const tally: Tally = {
    agreed: 0,
    differed: 0,
    varied: 0,
    planned: 0,
    unlikeRecorded: [],
    found: [],
  };
  const cases = readCases(options.cases);
  say(`${cases.length} recorded cases, then ${options.runs} random ones (--seed ${options.seed})`);
  for (const recorded of cases) {
    if (recorded.id in OUT_OF_SCOPE) {
      say(`out of scope: ${recorded.id}: ${OUT_OF_SCOPE[recorded.id]}`);
      continue;
    }
    const question = questionOf(recorded);
    const answer = await check(question, mariaDb, tally);
    if (!alike(question, recorded, answer)) tally.unlikeRecorded.push(recorded.id);
  }
  if (options.runs === 0) return tally;
  const drawn = fc.sample(randomCase, { seed: options.seed, numRuns: options.runs });
  for (const [index, question] of drawn.entries()) {
    await check({ ...question, id: `random-${options.seed}-${index + 1}` }, mariaDb, tally);
  }
  return tally;
}

/** The exit code: 1 if anything differs; 0 also where there is no MariaDB to ask. */
export async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) {
    say(HELP);
    return 0;
  }
  const mariaDb = await startMariaDb();
  if (mariaDb === null) {
    say('Skipped: no MariaDB is installed (mariadbd and mariadb-install-db, from mariadb-server).');
    return 0;
  }
  try {
    const tally = await checkAll(mariaDb, options);
    if (options.out !== null) {
      writeFileSync(options.out, `${JSON.stringify({ cases: tally.found }, null, 1)}\n`);
    }
    const { unlikeRecorded, agreed, differed, varied, planned } = tally;
    if (unlikeRecorded.length > 0) {
      say(`\nUnlike the record on this server: ${unlikeRecorded.join(', ')}`);
    }
    say(`\n${agreed} agreed, ${differed} differed, ${varied} varied, ${planned} planned otherwise`);
    return differed > 0 ? 1 : 0;
  } finally {
    await mariaDb.stop();
  }
}

// A process that judges answers, one after another. The student's code is not in it: that runs in a
// process of its own; but the student's SQL is.

import { Worker } from 'node:worker_threads';
import { checkAnswer } from '../classroom/check.ts';
import { type Exercise, readExercise } from '../classroom/exercises.ts';
import { gradeOf } from '../classroom/grades.ts';
import { judgesOf } from './classroom.ts';
import type { GradeOrder } from './grade-pool.ts';
import { loadCatalogue } from './load.ts';

const [, , folder = '', scenarios = ''] = process.argv;
const catalogue = loadCatalogue(scenarios || undefined);
const exercises = new Map<string, Exercise>();

async function graded({ who, text }: GradeOrder) {
  const known = exercises.get(who.exercise) ?? readExercise(folder, who.exercise);
  exercises.set(who.exercise, known);
  const verdict = await checkAnswer(known.data, text, judgesOf(await catalogue));
  return gradeOf(who, verdict);
}

process.on('message', (order: GradeOrder) => {
  graded(order).then(
    (grade) => process.send?.({ grade }),
    (error: unknown) => process.send?.({ bug: String((error as Error).stack) }),
  );
});
// Whoever interrupts the command lets it finish what it is at.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

// SQL without an end hears of nothing; a thread does, when the command is gone.
const WATCH = `const { ppid } = process;
setInterval(() => process.ppid === ppid || process.kill(process.pid, 'SIGKILL'), 1000);`;
new Worker(WATCH, { eval: true }).unref();

// A worker thread that judges answers, one after another. The student's code is not in it: that
// runs in a process of its own.

import { parentPort, workerData } from 'node:worker_threads';
import { checkAnswer } from '../classroom/check.ts';
import { type Exercise, readExercise } from '../classroom/exercises.ts';
import { gradeOf } from '../classroom/grades.ts';
import { judgesOf } from './classroom.ts';
import type { GradeOrder, GradeWorkerData } from './grade-pool.ts';
import { loadCatalogue } from './load.ts';

const { folder } = workerData as GradeWorkerData;
const catalogue = loadCatalogue();
const exercises = new Map<string, Exercise>();

async function graded({ who, text }: GradeOrder) {
  const known = exercises.get(who.exercise) ?? readExercise(folder, who.exercise);
  exercises.set(who.exercise, known);
  const verdict = await checkAnswer(known.data, text, judgesOf(await catalogue));
  return gradeOf(who, verdict);
}

parentPort?.on('message', (order: GradeOrder) => {
  graded(order).then(
    (grade) => parentPort?.postMessage({ grade }),
    (error: unknown) => parentPort?.postMessage({ bug: String((error as Error).stack) }),
  );
});

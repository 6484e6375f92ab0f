// Judges many answers at once, each in one of several worker threads.

import { Worker } from 'node:worker_threads';
import type { Grade } from '../classroom/grades.ts';
import { BugError } from '../sim/index.ts';

/** An answer to be judged. */
export interface GradeOrder {
  readonly who: Pick<Grade, 'student' | 'exercise' | 'print' | 'likeness'>;
  readonly text: string;
}

/** What a worker is given. */
export interface GradeWorkerData {
  /** The folder of the exercises. */
  readonly folder: string;
}

type Said = { readonly grade: Grade } | { readonly bug: string };

/**
 * Judges all of them. A worker that dies takes nothing with it but the answer it was at.
 * @param onGrade is told of each, as they come
 * @throws BugError for what no answer can be blamed for
 */
export async function gradeAll(
  orders: readonly GradeOrder[],
  jobs: number,
  data: GradeWorkerData,
  { onGrade, isStopped }: { onGrade: (grade: Grade) => void; isStopped: () => boolean },
): Promise<void> {
  const waiting = [...orders];
  const judge = (worker: Worker, order: GradeOrder): Promise<Said | null> =>
    new Promise((resolve) => {
      const died = () => done(null);
      const done = (said: Said | null) => {
        worker.off('message', done).off('error', died).off('exit', died);
        resolve(said);
      };
      worker.on('message', done).on('error', died).on('exit', died);
      worker.postMessage(order);
    });
  const work = async (): Promise<void> => {
    let worker: Worker | null = null;
    try {
      for (let order = waiting.shift(); order && !isStopped(); order = waiting.shift()) {
        worker ??= new Worker(new URL('./grade-worker.js', import.meta.url), { workerData: data });
        const said = await judge(worker, order);
        if (said && 'bug' in said) throw new BugError(said.bug);
        if (said) onGrade(said.grade);
        else {
          onGrade(unjudged(order));
          worker = null;
        }
      }
    } finally {
      await worker?.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
}

// The engine itself gave out: most likely the answer asked for more than there is memory for.
function unjudged({ who }: GradeOrder): Grade {
  const error = {
    code: 'bad-handlers',
    data: { reason: 'memory', detail: '' },
    place: null,
  } as const;
  return { ...who, earned: 0, points: 0, passed: false, error, items: [] };
}

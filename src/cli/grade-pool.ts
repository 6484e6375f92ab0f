// Judges many answers at once, each in one of several processes: SQL of theirs may have no end, and
// only a process can be ended then.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Grade } from '../classroom/grades.ts';
import { BugError } from '../sim/index.ts';

/** An answer to be judged. */
export interface GradeOrder {
  readonly who: Pick<Grade, 'student' | 'exercise' | 'print' | 'likeness'>;
  readonly text: string;
  /** What it can earn. */
  readonly points: number;
}

/** What a worker is given. */
export interface GradeWorkerData {
  /** The folder of the exercises. */
  readonly folder: string;
  /** The catalogue; empty for the built-in one. */
  readonly scenarios: string;
}

const WORKER = fileURLToPath(new URL('./grade-worker.js', import.meta.url));
interface Grading {
  /** Is told of each grade, as they come. */
  readonly onGrade: (grade: Grade) => void;
  readonly isStopped: () => boolean;
  /** How long a worker may be at one answer. A grade does not hang on it: see `unjudged`. */
  readonly judgeMs: number;
}

type Said = { readonly grade: Grade } | { readonly bug: string };

/**
 * Judges all of them. A worker that dies takes nothing with it but the answer it was at.
 * @throws BugError for what no answer can be blamed for
 */
export async function gradeAll(
  orders: readonly GradeOrder[],
  jobs: number,
  data: GradeWorkerData,
  { onGrade, isStopped, judgeMs }: Grading,
): Promise<void> {
  const waiting = [...orders];
  const work = async (): Promise<void> => {
    let worker: ChildProcess | null = null;
    try {
      for (let order = waiting.shift(); order && !isStopped(); order = waiting.shift()) {
        worker ??= fork(WORKER, [data.folder, data.scenarios], {
          stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        });
        const said = await judged(worker, order, judgeMs);
        if (typeof said === 'object' && 'bug' in said) throw new BugError(said.bug);
        if (typeof said === 'object') onGrade(said.grade);
        else {
          onGrade(unjudged(order, said));
          worker = null;
        }
      }
    } finally {
      worker?.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
}

/** What a worker says of an answer; or what it ended of. */
function judged(
  worker: ChildProcess,
  order: GradeOrder,
  judgeMs: number,
): Promise<Said | 'time' | 'memory'> {
  return new Promise((resolve) => {
    let reason: 'time' | 'memory' = 'memory';
    const watch = setTimeout(() => {
      reason = 'time';
      worker.kill('SIGKILL');
    }, judgeMs);
    const died = () => done(reason);
    const done = (said: Said | typeof reason) => {
      clearTimeout(watch);
      worker.off('message', done).off('error', died).off('exit', died);
      resolve(said);
    };
    worker.on('message', done).on('error', died).on('exit', died);
    worker.send(order);
  });
}

// The engine itself gave out. What an answer may cost is counted in states and steps, the same on
// all machines; only SQL without an end is in no count. So this is no verdict on the answer.
function unjudged({ who, points }: GradeOrder, reason: 'time' | 'memory'): Grade {
  const error = { code: 'not-judged', data: { reason }, place: null } as const;
  return { ...who, earned: 0, points, passed: false, error, items: [] };
}

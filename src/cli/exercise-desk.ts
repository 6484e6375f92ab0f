// A learner at work: what they have done, which exercise is meant, how they are spoken to.

import { basename, relative } from 'node:path';
import {
  type Exercise,
  exerciseNames,
  findExercise,
  readExercise,
} from '../classroom/exercises.ts';
import type { Progress } from '../classroom/progress.ts';
import { type ClassroomTexts, classroomTexts, type Layout } from '../report/index.ts';
import { SandboxError } from '../sim/index.ts';
import type { HandlerFlags } from './classroom.ts';
import type { OutputStyle } from './output.ts';

/** What can be typed after `sim exercise`. */
export interface ExerciseFlags extends Pick<HandlerFlags, 'exercises'> {
  readonly giveUp?: boolean;
  readonly kind?: string;
  readonly scenarios?: string;
}

/** A learner at work: what they have done, and how they are spoken to. */
export interface Desk {
  readonly progress: Progress;
  readonly folder: string;
  readonly style: OutputStyle;
  readonly layout: Layout;
  readonly flags: ExerciseFlags;
}

export const wordsOf = ({ style }: Desk): ClassroomTexts => classroomTexts[style.language];
export const here = (path: string): string => relative(process.cwd(), path) || '.';

/** The exercise that is meant: by name, by where one is, or the one that was started last. */
export function meant({ progress, folder }: Desk, given: string): Exercise {
  if (given !== '') return findExercise(folder, given);
  const names = exerciseNames(folder);
  const own = names.find((name) => name === basename(process.cwd()));
  const begun = progress.all().filter(({ exercise }) => names.includes(exercise));
  const name = own ?? begun.findLast(({ passed }) => !passed)?.exercise ?? begun.at(-1)?.exercise;
  if (name === undefined) throw new SandboxError('not-started', { exercise: names[0] ?? '1' });
  return readExercise(folder, name);
}

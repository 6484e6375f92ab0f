// What tests of exercises need that are answered by an answer.yaml: the exercise, and its judge.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkAnswer } from '../../src/classroom/check.ts';
import { type ExerciseData, exerciseShape } from '../../src/classroom/shape.ts';
import type { Verdict } from '../../src/classroom/verdict.ts';
import { judgesOf } from '../../src/cli/classroom.ts';
import { catalogue, ROOT } from '../support.ts';

const folder = (name: string): string => `${ROOT}exercises/${name}/`;

export const starterOf = (name: string): string =>
  readFileSync(`${folder(name)}answer.yaml`, 'utf8');

export const solutionOf = (name: string): string =>
  readFileSync(`${folder(name)}solution/answer.yaml`, 'utf8');

export const readmeOf = (name: string, language: 'en' | 'zh'): string =>
  readFileSync(`${folder(name)}README.${language}.md`, 'utf8');

export const exerciseOf = (name: string): ExerciseData =>
  exerciseShape.parse(parse(readFileSync(`${folder(name)}exercise.yaml`, 'utf8')));

/** Judges an answer to an exercise as `sim exercise check` would. */
export const judged = (name: string, answer: string): Promise<Verdict> =>
  checkAnswer(exerciseOf(name), answer, judgesOf(catalogue));

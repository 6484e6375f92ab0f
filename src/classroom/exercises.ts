// The exercises as they lie in their folder: what each is, and the files that belong to it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { YamlSource } from '../scenarios/yaml-source.ts';
import { closest, SandboxError, type Text } from '../sim/index.ts';
import { answerFile } from './check.ts';
import { type ExerciseData, exerciseShape } from './shape.ts';

export interface Exercise {
  /** `12-sold-twice`. */
  readonly name: string;
  readonly number: number;
  readonly title: Text;
  readonly data: ExerciseData;
  /** The file the learner writes. */
  readonly file: string;
  readonly folder: string;
}

const NAME = /^(\d\d)-[a-z0-9-]+$/;

/**
 * Reads an exercise.yaml.
 * @throws SandboxError `bad-catalogue` with every problem at its line, `cannot-read`
 */
export function readExercise(folder: string, name: string): Exercise {
  const path = join(folder, name, 'exercise.yaml');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
  const source = new YamlSource(text, `${name}/exercise.yaml`);
  const syntax = source.syntaxProblems();
  if (syntax.length > 0) throw new SandboxError('bad-catalogue', { problems: syntax });
  const read = exerciseShape.safeParse(source.data);
  if (!read.success) {
    const problems = read.error.issues.map(({ path: at, message }) => {
      const steps = at.map((part) => (typeof part === 'symbol' ? String(part) : part));
      const error = new SandboxError('bad-shape', { path: steps.join('.'), why: message });
      return source.problemAt(error, steps);
    });
    throw new SandboxError('bad-catalogue', { problems });
  }
  const { data } = read;
  const number = Number(NAME.exec(name)?.[1] ?? 0);
  return {
    name,
    number,
    title: data.title,
    data,
    file: answerFile(data),
    folder: join(folder, name),
  };
}

/** The names of all exercises of a folder, in the order of the course. */
export function exerciseNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name) && existsSync(join(folder, name, 'exercise.yaml')))
    .sort();
}

/**
 * The exercise that is meant by its number, its name, a part of it, or the path of its folder.
 * @throws SandboxError `unknown-name`
 */
export function findExercise(folder: string, said: string): Exercise {
  const names = exerciseNames(folder);
  const given = basename(said);
  const number = /^\d{1,2}$/.test(given) ? `${given.padStart(2, '0')}-` : null;
  const found =
    names.find((name) => name === given) ??
    names.find((name) => (number ? name.startsWith(number) : name.slice(3) === given));
  if (found !== undefined) return readExercise(folder, found);
  const nearest = closest(given, [...names, ...names.map((name) => name.slice(3))]);
  throw new SandboxError('unknown-name', { what: 'exercise', given, nearest, known: names });
}

// Judges answers as the command does, and has the variants of answers that an exercise must be fair
// to.

import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkAnswer } from '../../src/classroom/check.ts';
import { type ExerciseData, exerciseShape } from '../../src/classroom/shape.ts';
import type { Verdict } from '../../src/classroom/verdict.ts';
import { judgesOf } from '../../src/cli/classroom.ts';
import { catalogue, ROOT } from '../support.ts';

const VARIANTS = `${ROOT}test/classroom/variants/`;
const read = (path: string): string => readFileSync(path, 'utf8');

const replacement = z.tuple([z.string().min(1), z.string()]);

/** An answer: a whole file, or the starter or the solution with something changed. */
const variant = z.strictObject({
  name: z.string().min(1),
  code: z.string().optional(),
  from: z.enum(['starter', 'solution']).optional(),
  replace: z.array(replacement).default([]),
});

const variants = z.strictObject({
  correct: z.array(variant).min(5),
  /** With the items that it must not earn. */
  wrong: z.array(variant.extend({ lacks: z.array(z.string()).min(1) })).min(10),
});

type Variant = z.infer<typeof variant>;

/** An exercise whose answer is code, with the answers that are known of it. */
export interface Written {
  readonly name: string;
  readonly data: ExerciseData;
  readonly starter: string;
  readonly solution: string;
  readonly correct: readonly { readonly name: string; readonly code: string }[];
  readonly wrong: readonly {
    readonly name: string;
    readonly code: string;
    readonly lacks: readonly string[];
  }[];
}

/** The text of a variant. @throws Error if something that is to be replaced is not there */
function codeOf(given: Variant, texts: Readonly<Record<'starter' | 'solution', string>>): string {
  const { name, code, from, replace } = given;
  const start = from ? texts[from] : code;
  if (start === undefined) throw new Error(`${name}: neither code nor from`);
  return replace.reduce((text, [old, fresh]) => {
    if (!text.includes(old)) throw new Error(`${name}: there is no ${old}`);
    return text.replaceAll(old, () => fresh);
  }, start);
}

/** An exercise and its variants, by its name. */
function written(name: string): Written {
  const dir = `${ROOT}exercises/${name}/`;
  const data = exerciseShape.parse(parse(read(`${dir}exercise.yaml`)));
  const starter = read(`${dir}handlers.ts`);
  const solution = read(`${dir}solution/handlers.ts`);
  const given = variants.parse(parse(read(`${VARIANTS}${name}.yaml`)));
  const texts = { starter, solution };
  const withCode = <One extends Variant>(one: One) => ({ ...one, code: codeOf(one, texts) });
  const [correct, wrong] = [given.correct.map(withCode), given.wrong.map(withCode)];
  return { name, data, starter, solution, correct, wrong };
}

/** The exercises of a kind that have variants. */
export function allWritten(kind: 'mend' | 'build'): readonly Written[] {
  const names = readdirSync(VARIANTS).map((file) => file.replace(/\.yaml$/, ''));
  return names.map(written).filter(({ data }) => data.kind === kind);
}

export const judge = (data: ExerciseData, code: string): Promise<Verdict> =>
  checkAnswer(data, code, judgesOf(catalogue));

/** The items that were not earned; or what kept the answer from being looked at. */
export function lacking({ error, items }: Verdict): readonly string[] {
  if (error) return [`${error.code}: ${JSON.stringify(error.data)}`];
  return items.filter(({ points, earned }) => earned < points).map(({ id }) => id);
}

// `sim exercise new` and `sim exercise lint`: for those who write exercises.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { exerciseNames, findExercise, readExercise } from '../classroom/exercises.ts';
import { type Fault, lint } from '../classroom/lint.ts';
import { templateOf } from '../classroom/template.ts';
import { classroomTexts, errorText, hang, type Language, textsIn } from '../report/index.ts';
import { closest, SandboxError } from '../sim/index.ts';
import { judgesOf } from './classroom.ts';
import type { Desk } from './exercise-desk.ts';
import { loadCatalogue } from './load.ts';
import { EXIT } from './output.ts';
import { print } from './terminal.ts';

const KINDS = ['predict', 'break', 'mend', 'build'] as const;

/** Lays out a new exercise: the next number, and the name that was given. */
export function newExercise({ folder, flags, style, layout }: Desk, given: string): number {
  const kind = KINDS.find((one) => one === (flags.kind ?? 'mend'));
  if (!kind) {
    const nearest = closest(flags.kind ?? '', KINDS);
    const data = { what: 'choice', given: flags.kind ?? '', nearest, known: KINDS } as const;
    throw new SandboxError('unknown-name', { ...data, where: '--kind' });
  }
  if (!/^(\d\d-)?[a-z0-9]+(-[a-z0-9]+)*$/.test(given)) {
    const expected = { type: 'text', choices: ['sold-twice'] } as const;
    throw new SandboxError('bad-value', { name: 'exercise', given, expected });
  }
  const numbers = exerciseNames(folder).map((name) => Number(name.slice(0, 2)));
  const next = String(Math.max(0, ...numbers) + 1).padStart(2, '0');
  const name = /^\d\d-/.test(given) ? given : `${next}-${given}`;
  const path = join(folder, name);
  if (existsSync(path)) throw new SandboxError('file-exists', { path });
  try {
    for (const [file, text] of templateOf(kind, name.slice(3).replaceAll('-', ' '))) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    }
  } catch (error) {
    throw new SandboxError('cannot-write', { path, why: (error as Error).message });
  }
  const made = classroomTexts[style.language].authoring.made(relative(process.cwd(), path));
  print(hang('', made, layout));
  return EXIT.expected;
}

function faultText(fault: Fault, language: Language): string {
  const words = classroomTexts[language].authoring;
  const said = (error: SandboxError): string => {
    const { line, column } = error.place ?? {};
    const place = [line, column].filter((part) => part !== undefined).join(':');
    return `${place ? `${place}: ` : ''}${errorText(error, textsIn(language)).message}`;
  };
  switch (fault.kind) {
    case 'no-file':
      return words.noFile(fault.file);
    case 'empty-file':
      return words.emptyFile(fault.file);
    case 'no-hint':
      return words.noHint(fault.number);
    case 'starter-passes':
      return words.starterPasses;
    case 'starter-broken':
      return words.starterBroken(said(fault.error));
    case 'solution-broken':
      return words.solutionBroken(said(fault.error));
    case 'solution-fails':
      return words.solutionFails(fault.items);
    case 'idle-earns':
      return words.idleEarns(fault.earned, fault.points);
    case 'slow':
      return words.slow(fault.ms);
    default:
      return said(fault.error);
  }
}

/** Checks one exercise, or all of a folder. */
export async function lintExercises(desk: Desk, given: string): Promise<number> {
  const { folder, style, layout, flags } = desk;
  const { language } = style;
  const judges = judgesOf(await loadCatalogue(flags.scenarios));
  const names = given === '' ? exerciseNames(folder) : [findExercise(folder, given).name];
  let isFine = true;
  for (const name of names) {
    const faults = await lint(readExercise(folder, name), judges, () => performance.now());
    isFine &&= faults.length === 0;
    const fine = hang('✓ ', classroomTexts[language].authoring.fine(name), layout);
    const wrong = faults.flatMap((fault) =>
      hang('✗ ', `${name}: ${faultText(fault, language)}`, layout),
    );
    print(faults.length === 0 ? fine : wrong);
  }
  return isFine ? EXIT.expected : EXIT.unexpected;
}

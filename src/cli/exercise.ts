// `sim exercise`: a learner's way through the course.

import { type FSWatcher, type WatchListener, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkAnswer } from '../classroom/check.ts';
import { handedIn, layOut, putBack, solutionOf } from '../classroom/desk.ts';
import { type Exercise, exerciseNames, findExercise } from '../classroom/exercises.ts';
import { Progress } from '../classroom/progress.ts';
import type { Verdict } from '../classroom/verdict.ts';
import { verdictDocument } from '../classroom/verdict-document.ts';
import { verdictReport } from '../classroom/verdict-report.ts';
import { hang } from '../report/index.ts';
import { closest, SandboxError } from '../sim/index.ts';
import {
  exercisesFolder,
  folderOf,
  judgesOf,
  progressFile,
  typedFor,
  WORD_TYPES,
} from './classroom.ts';
import { lintExercises, newExercise } from './exercise-author.ts';
import { type Desk, type ExerciseFlags, here, meant, wordsOf } from './exercise-desk.ts';
import { list, status } from './exercise-list.ts';
import { loadCatalogue } from './load.ts';
import { EXIT, type OutputStyle } from './output.ts';
import { layoutFor, print } from './terminal.ts';

type Action = (desk: Desk, given: string) => Promise<number> | number;

function start(desk: Desk, given: string): number {
  const { folder, progress, layout, style } = desk;
  const names = exerciseNames(folder);
  const next = names.find((name) => !progress.of(name)) ?? names[0] ?? '';
  const exercise = findExercise(folder, given || next);
  const path = resolve(exercise.name);
  layOut(exercise, path, style.language, WORD_TYPES);
  progress.start(exercise.name, path);
  const { exercises } = desk.flags;
  const more = exercises === undefined ? '' : ` --exercises ${exercises}`;
  const lines = wordsOf(desk).started(here(path), exercise.file, more);
  print(lines.flatMap((line) => hang('', line, layout)));
  return EXIT.expected;
}

async function judged(desk: Desk, exercise: Exercise): Promise<Verdict> {
  const path = folderOf(desk.progress, exercise);
  const catalogue = await loadCatalogue(desk.flags.scenarios);
  const text = handedIn(exercise, path);
  const typed = typedFor(exercise, desk.flags);
  const verdict = await checkAnswer(exercise.data, text, judgesOf(catalogue, typed));
  if (desk.progress.of(exercise.name) === null) desk.progress.start(exercise.name, path);
  desk.progress.attempt(exercise.name, verdict);
  return verdict;
}

async function check(desk: Desk, given: string): Promise<number> {
  const { folder, layout, style } = desk;
  const words = wordsOf(desk);
  const exercise = meant(desk, given);
  const verdict = await judged(desk, exercise);
  if (style.json) {
    print([JSON.stringify(verdictDocument(exercise.name, verdict), null, 2)]);
    return verdict.passed ? EXIT.expected : EXIT.unexpected;
  }
  const names = exerciseNames(folder);
  const next = names[names.indexOf(exercise.name) + 1];
  const after = next === undefined ? words.all : words.next(String(Number(next.slice(0, 2))));
  const title = `${exercise.name.slice(0, 2)} · ${exercise.title[style.language]}`;
  print([
    ...hang('', title, layout).map(layout.paint.bold),
    ...verdictReport(verdict, layout, style.language),
    '',
    ...hang('', verdict.passed ? after : words.stuck, layout),
  ]);
  return verdict.passed ? EXIT.expected : EXIT.unexpected;
}

function hint(desk: Desk, given: string): number {
  const { progress, layout, style } = desk;
  const words = wordsOf(desk);
  const exercise = meant(desk, given);
  const { hints } = exercise.data;
  if (!progress.of(exercise.name))
    throw new SandboxError('not-started', { exercise: exercise.name });
  const before = progress.of(exercise.name)?.hints ?? 0;
  const shown = progress.hint(exercise.name, hints.length);
  print([
    ...hints
      .slice(0, shown)
      .flatMap((text, at) => [
        layout.paint.bold(words.hint(at + 1, hints.length)),
        ...hang('  ', text[style.language], layout),
      ]),
    ...(before >= hints.length ? hang('', words.lastHint, layout) : []),
  ]);
  return EXIT.expected;
}

function reset(desk: Desk, given: string): number {
  const exercise = meant(desk, given);
  const path = folderOf(desk.progress, exercise);
  const kept = putBack(exercise, path);
  const words = wordsOf(desk).reset(
    here(join(path, exercise.file)),
    kept === null ? null : here(kept),
  );
  print(hang('', words, desk.layout));
  return EXIT.expected;
}

function solution(desk: Desk, given: string): number {
  const { progress, flags, layout } = desk;
  const exercise = meant(desk, given);
  const standing = progress.of(exercise.name);
  if (!standing) throw new SandboxError('not-started', { exercise: exercise.name });
  const words = wordsOf(desk);
  const opens = standing.passed || standing.gaveUp;
  if (!opens && !flags.giveUp) throw new SandboxError('not-passed', { exercise: exercise.name });
  if (!opens) progress.giveUp(exercise.name);
  const gaveUp = opens ? [] : hang('', words.gaveUp, layout);
  print([
    ...gaveUp,
    layout.paint.bold(words.solution),
    '',
    ...solutionOf(exercise).trimEnd().split('\n'),
  ]);
  return EXIT.expected;
}

const SETTLE_MS = 100;

/** @throws SandboxError `cannot-read`, as for a folder that is gone */
function watched(path: string, onChange: WatchListener<string>): FSWatcher {
  try {
    return watch(path, onChange);
  } catch (error) {
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
}

/** Checks whenever the file is saved, until it is interrupted. */
async function watchFile(desk: Desk, given: string): Promise<number> {
  const exercise = meant(desk, given);
  const path = folderOf(desk.progress, exercise);
  const file = join(path, exercise.file);
  const again = async () => {
    try {
      await check(desk, exercise.name);
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      print([
        ...verdictReport(
          { items: [], points: 0, earned: 0, passed: false, error },
          desk.layout,
          desk.style.language,
        ),
      ]);
    }
    print(['', ...hang('', wordsOf(desk).watching(here(file)), desk.layout)]);
  };
  await again();
  // Editors replace a file as often as they write into it: the folder is what stays.
  let timer: NodeJS.Timeout | undefined;
  let busy = Promise.resolve();
  const watcher = watched(path, (_event, name) => {
    if (name !== exercise.file) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      busy = busy.then(again);
    }, SETTLE_MS);
  });
  return await new Promise((done) => {
    process.once('SIGINT', () => {
      clearTimeout(timer);
      watcher.close();
      busy.then(() => done(EXIT.interrupted));
    });
  });
}

const ACTIONS: Readonly<Record<string, Action>> = {
  list,
  status,
  start,
  check,
  hint,
  watch: watchFile,
  reset,
  solution,
  new: newExercise,
  lint: lintExercises,
};

/** @throws SandboxError `unknown-name`, and what is wrong with an answer or its files */
export async function exerciseCommand(
  action: string,
  given: string,
  flags: ExerciseFlags,
  style: OutputStyle,
): Promise<number> {
  const known = Object.keys(ACTIONS);
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!act) {
    const nearest = closest(action, known);
    throw new SandboxError('unknown-name', { what: 'choice', given: action, nearest, known });
  }
  const progress = new Progress(progressFile());
  try {
    const folder = exercisesFolder(flags);
    const layout = await layoutFor(style.color);
    return await act({ progress, folder, style, layout, flags }, given);
  } finally {
    progress.close();
  }
}

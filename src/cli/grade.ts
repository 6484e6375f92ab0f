// `sim grade`: judges a folder of submissions and writes what came of it, in every format.

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { pointsOf } from '../classroom/check.ts';
import {
  type Exercise,
  exerciseNames,
  findExercise,
  readExercise,
} from '../classroom/exercises.ts';
import { csvOf, githubOf, jsonOf, junitOf, markdownOf } from '../classroom/grade-formats.ts';
import { htmlOf } from '../classroom/grade-html.ts';
import {
  alike,
  commonMistakes,
  type Grade,
  type GradeBook,
  gradeOf,
  hashOf,
  isUnjudged,
  likenessOf,
} from '../classroom/grades.ts';
import {
  type Answer,
  answersOf,
  type Submission,
  submissionsIn,
} from '../classroom/submissions.ts';
import { verdictOf } from '../classroom/verdict.ts';
import { classroomTexts, type Language, visible } from '../report/index.ts';
import { SandboxError } from '../sim/index.ts';
import { exercisesFolder, judgesOf } from './classroom.ts';
import { duration } from './explore-options.ts';
import { type GradeOrder, gradeAll } from './grade-pool.ts';
import { loadCatalogue } from './load.ts';
import { EXIT, type OutputStyle } from './output.ts';
import { ProgressLine } from './progress.ts';
import { readJobs } from './run.ts';
import { complain, print } from './terminal.ts';

/** What can be typed after `sim grade`. */
export interface GradeFlags {
  readonly exercise?: string;
  readonly exercises?: string;
  readonly scenarios?: string;
  readonly out?: string;
  readonly jobs?: string;
  /** How long an answer may take before it is given up as not judged. */
  readonly time?: string | undefined;
  /** A switch here; of `sim explore` it names a file. */
  readonly resume?: string;
  readonly force?: boolean;
  readonly progress?: boolean;
}

const JOURNAL = 'grades.ndjson';
/** How much of what is passed over is named on the terminal: all of it is in the reports. */
const NAMED_MAX = 8;
/** In ms: many times what an answer takes that comes to its end. */
const JUDGE_MS = 60_000;

function written<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw new SandboxError('cannot-write', { path, why: (error as Error).message });
  }
}

/** What was judged before; a line that was cut short is as if it were not there. */
function journalOf(path: string): readonly Grade[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as Grade];
      } catch {
        return [];
      }
    });
}

const keyOf = ({ student, exercise, print: of }: Pick<Grade, 'student' | 'exercise' | 'print'>) =>
  JSON.stringify([student, exercise, of]);

/** What an answer is judged by: another exercise or another answer is to be judged anew. */
function printOf(exercise: Exercise, answer: Answer): string {
  const text = 'text' in answer ? answer.text : answer.error.message;
  return hashOf(JSON.stringify(exercise.data), text);
}

/** The grade of an answer that is not there, or cannot be read. */
const lacking = (who: GradeOrder['who'], error: SandboxError, points: number): Grade =>
  gradeOf(who, { ...verdictOf([], error), points });

interface Asked {
  readonly grades: Grade[];
  readonly orders: readonly GradeOrder[];
  readonly students: readonly string[];
}

/** Reads all submissions, and finds out what is still to be judged. */
async function read(
  submissions: readonly Submission[],
  exercises: readonly Exercise[],
  points: ReadonlyMap<string, number>,
  before: readonly Grade[],
): Promise<Asked> {
  // What the machine gave up is tried again.
  const known = new Map(
    before.filter((grade) => !isUnjudged(grade)).map((grade) => [keyOf(grade), grade]),
  );
  const grades: Grade[] = [];
  const orders: GradeOrder[] = [];
  for (const submission of submissions) {
    const { student } = submission;
    const answers = await answersOf(submission, exercises);
    for (const exercise of exercises) {
      const answer = answers.get(exercise.name);
      if (!answer) continue;
      const isCode = 'text' in answer && exercise.file.endsWith('.ts');
      const likeness = isCode ? likenessOf(answer.text) : null;
      const print = printOf(exercise, answer);
      const who = { student, exercise: exercise.name, print, likeness };
      const most = points.get(exercise.name) ?? 0;
      const again = known.get(keyOf(who));
      if (again) grades.push(again);
      else if ('text' in answer) orders.push({ who, text: answer.text, points: most });
      else grades.push(lacking(who, answer.error, most));
    }
  }
  return { grades, orders, students: submissions.map(({ student }) => student) };
}

function bookOf(
  exercises: readonly Exercise[],
  points: ReadonlyMap<string, number>,
  students: readonly string[],
  passedOver: readonly string[],
  all: readonly Grade[],
): GradeBook {
  const order = exercises.map(({ name }) => name);
  const grades = all.toSorted(
    (one, other) =>
      students.indexOf(one.student) - students.indexOf(other.student) ||
      order.indexOf(one.exercise) - order.indexOf(other.exercise),
  );
  const starters = exercises.map(({ name, folder, file }) => {
    return [name, likenessOf(readFileSync(join(folder, file), 'utf8'))] as const;
  });
  return {
    exercises: exercises.map(({ name, title }) => ({ name, title, points: points.get(name) ?? 0 })),
    students,
    passedOver,
    grades,
    mistakes: commonMistakes(grades),
    alike: alike(grades, new Map(starters)),
  };
}

// A student's name is the name of a file only where it can be one.
const fileName = (student: string): string => student.replace(/[^\w.@-]/g, '_').slice(0, 100);

function writeBook(book: GradeBook, out: string, language: Language): void {
  const files: readonly (readonly [string, string])[] = [
    ['grades.csv', csvOf(book, language)],
    ['grades.json', jsonOf(book)],
    ['grades.md', markdownOf(book, language)],
    ['grades.xml', junitOf(book, language)],
    ['grades.html', htmlOf(book, language)],
    ...book.students.map((student, at) => {
      const name = `github/${String(at + 1).padStart(3, '0')}-${fileName(student)}.json`;
      return [name, `${JSON.stringify(githubOf(book, student, language), null, 2)}\n`] as const;
    }),
  ];
  written(out, () => {
    mkdirSync(join(out, 'github'), { recursive: true });
    for (const [name, text] of files) writeFileSync(join(out, name), text);
  });
}

function chosen(folder: string, given: string | undefined): readonly Exercise[] {
  const names = given?.split(',').map((one) => one.trim()) ?? exerciseNames(folder);
  return names.map((name) =>
    given === undefined ? readExercise(folder, name) : findExercise(folder, name),
  );
}

/** @throws SandboxError `cannot-read`, `cannot-write`, `file-exists`, `unknown-name` */
export async function gradeCommand(
  submissions: string,
  flags: GradeFlags,
  { language, json }: OutputStyle,
): Promise<number> {
  const words = classroomTexts[language].grades;
  const folder = exercisesFolder(flags);
  const exercises = chosen(folder, flags.exercise);
  const jobs = readJobs(flags.jobs, availableParallelism());
  const judgeMs = duration('time', flags.time, JUDGE_MS);
  const out = resolve(flags.out ?? `${basename(resolve(submissions))}-grades`);
  const journal = join(out, JOURNAL);
  const resumes = flags.resume !== undefined;
  if (existsSync(journal) && !resumes && !flags.force) {
    throw new SandboxError('file-exists', { path: out });
  }
  const judges = judgesOf(await loadCatalogue(flags.scenarios));
  const points = new Map(exercises.map(({ name, data }) => [name, pointsOf(data, judges)]));
  const before = resumes ? journalOf(journal) : [];
  const { submissions: own, passedOver } = submissionsIn(submissions, out);
  const [named, more] = [passedOver.slice(0, NAMED_MAX), passedOver.slice(NAMED_MAX)];
  if (named.length > 0) complain([visible(words.passedOver(named, more.length))]);
  const { grades, orders, students } = await read(own, exercises, points, before);
  written(out, () => {
    mkdirSync(out, { recursive: true });
    // What was judged before is lost at no time, be it that there is no room to write it again.
    writeFileSync(`${journal}.new`, grades.map((grade) => `${JSON.stringify(grade)}\n`).join(''));
    renameSync(`${journal}.new`, journal);
  });
  const all = grades.length + orders.length;
  const line = new ProgressLine(flags.progress !== false);
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  process.once('SIGINT', stop);
  const onGrade = (grade: Grade): void => {
    grades.push(grade);
    written(journal, () => appendFileSync(journal, `${JSON.stringify(grade)}\n`));
    line.show(() => words.progress(grades.length, all));
  };
  try {
    const data = { folder, scenarios: flags.scenarios ?? '' };
    await gradeAll(orders, jobs, data, { onGrade, isStopped: () => isStopped, judgeMs });
  } finally {
    process.off('SIGINT', stop);
    line.end();
  }
  if (isStopped) {
    complain([words.progress(grades.length, all), words.goOn]);
    return EXIT.interrupted;
  }
  const book = bookOf(exercises, points, students, passedOver, grades);
  writeBook(book, out, language);
  if (json) print([jsonOf(book).trimEnd()]);
  else print([words.done(grades.length, students.length, relative(process.cwd(), out) || '.')]);
  const unjudged = grades.filter(isUnjudged).length;
  if (unjudged === 0) return EXIT.expected;
  complain([words.someUnjudged(unjudged)]);
  return EXIT.limit;
}

// A folder of submissions: one folder or .zip for each student, in it a folder for each exercise.

import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { SandboxError } from '../sim/index.ts';
import { ANSWER_MAX, answerText } from './answer-file.ts';
import { type Files, unpacked } from './archive.ts';
import type { Exercise } from './exercises.ts';

export interface Submission {
  readonly student: string;
  readonly path: string;
  readonly isArchive: boolean;
}

/** An answer, or why there is none. */
export type Answer = { readonly text: string } | { readonly error: SandboxError };

/** How deep below a student's folder the folder of an exercise may lie. */
const DEPTH_MAX = 3;

const ARCHIVE = /\.zip$/i;

/** What systems and archivers leave behind, and nobody has handed in. */
const LITTER = ['__MACOSX', 'Thumbs.db', 'desktop.ini'];

/** What a grading writes, beside its journal. */
const JOURNAL = 'grades.ndjson';
const GITHUB = 'github';
const REPORT = /^grades\.(csv|json|md|xml|html|ndjson|ndjson\.new)$/;

/** All that lies in a folder of submissions. */
export interface Handed {
  readonly submissions: readonly Submission[];
  /** The names of what is no submission: files that are no archives, and former gradings. */
  readonly passedOver: readonly string[];
}

/**
 * All submissions, by the students' names.
 * @param out where the grades go: that is nobody's submission
 * @throws SandboxError `cannot-read`
 */
export function submissionsIn(folder: string, out: string): Handed {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new SandboxError('cannot-read', { path: folder, why: (error as Error).message });
  }
  const isHere = resolve(folder) === out;
  const all = entries.filter(({ name }) => {
    const isReport = isHere && (REPORT.test(name) || name === GITHUB);
    return !(name.startsWith('.') || LITTER.includes(name) || isReport);
  });
  const others = all.filter(({ name }) => resolve(folder, name) !== out);
  const own = others.filter((entry) => isSubmission(entry, folder));
  const studentOf = (entry: Dirent): string =>
    entry.isDirectory() ? entry.name : entry.name.replace(ARCHIVE, '');
  const isTaken = (student: string, by: Dirent): boolean =>
    own.some((one) => one !== by && [one.name, studentOf(one)].includes(student));
  const submissions = own
    .map((entry) => {
      const { name } = entry;
      // Two of one name are two submissions, each by its whole name.
      const student = isTaken(studentOf(entry), entry) ? name : studentOf(entry);
      return { student, path: join(folder, name), isArchive: !entry.isDirectory() };
    })
    .sort((one, other) => (one.student < other.student ? -1 : 1));
  const passedOver = others.filter((one) => !own.includes(one)).map(({ name }) => name);
  return { submissions, passedOver: passedOver.sort() };
}

/** Whether a folder holds what a grading wrote, and nothing else: no student vanishes by a file. */
function isGrading(folder: string): boolean {
  if (!existsSync(join(folder, JOURNAL))) return false;
  return readdirSync(folder).every((name) => REPORT.test(name) || name === GITHUB);
}

/** A link counts, to be refused: whoever handed it in is told. */
function isSubmission(entry: Dirent, folder: string): boolean {
  if (entry.isDirectory()) return !isGrading(join(folder, entry.name));
  return entry.isSymbolicLink() || (entry.isFile() && ARCHIVE.test(entry.name));
}

// Whatever can be read of a folder without following links.
function filesIn(root: string, wanted: (file: string) => boolean): Files {
  const files = new Map<string, Uint8Array>();
  const look = (at: string, depth: number): void => {
    for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
      const file = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      if (entry.isSymbolicLink() && (wanted(file) || wanted(`${file}/x`))) {
        throw new SandboxError('bad-submission', { reason: 'link', file });
      }
      if (entry.isDirectory() && depth < DEPTH_MAX) look(file, depth + 1);
      if (!entry.isFile() || !wanted(file)) continue;
      if (lstatSync(join(root, file)).size > ANSWER_MAX) {
        throw new SandboxError('bad-submission', { reason: 'large', file });
      }
      files.set(file, readFileSync(join(root, file)));
    }
  };
  look('', 0);
  return files;
}

/** Where the answer to an exercise lies: in a folder of its name; or, if only one is graded, on top. */
function isAnswer(file: string, exercise: Exercise, isOnly: boolean): boolean {
  if (posix.basename(file) !== exercise.file) return false;
  const folder = posix.dirname(file);
  return posix.basename(folder) === exercise.name || (isOnly && folder.split('/').length <= 1);
}

/** What a student handed in, by exercise. Whatever is wrong with it is said of every exercise. */
export async function answersOf(
  { path, isArchive }: Submission,
  exercises: readonly Exercise[],
): Promise<ReadonlyMap<string, Answer>> {
  const isOnly = exercises.length === 1;
  const wanted = (file: string): boolean =>
    exercises.some((exercise) => isAnswer(file, exercise, isOnly));
  const all = (answer: (exercise: Exercise) => Answer) =>
    new Map(exercises.map((exercise) => [exercise.name, answer(exercise)]));
  try {
    if (lstatSync(path).isSymbolicLink()) {
      throw new SandboxError('bad-submission', { reason: 'link', file: posix.basename(path) });
    }
    const files = isArchive ? await unpacked(path, wanted) : filesIn(path, wanted);
    return all((exercise) => {
      const names = [...files.keys()].filter((file) => isAnswer(file, exercise, isOnly)).sort();
      const [name = `${exercise.name}/${exercise.file}`] = names;
      try {
        return { text: answerText(files.get(name) ?? null, name) };
      } catch (error) {
        if (error instanceof SandboxError) return { error };
        throw error;
      }
    });
  } catch (error) {
    if (error instanceof SandboxError) return all(() => ({ error }));
    const why = (error as Error).message;
    return all(() => ({ error: new SandboxError('cannot-read', { path, why }) }));
  }
}

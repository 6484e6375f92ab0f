// Grades as plain data, and what a class did not understand: the same mistake is one that the same
// minimised counterexample shows.

import { createHash } from 'node:crypto';
import type { ErrorCode, ErrorData, FilePlace, Text } from '../sim/index.ts';
import type { Evidence, Item, Verdict } from './verdict.ts';
import { verdictDocument } from './verdict-document.ts';

interface GradedItem {
  readonly id: string;
  readonly text: Text;
  readonly points: number;
  readonly earned: number;
  /** The replay code that shows what is wrong; null where no run shows it. */
  readonly code: string | null;
  /** The check without which this counts nothing; null where it is not for that. */
  readonly needs: { readonly check: string; readonly text: Text } | null;
  /** The same for all who make the same mistake; null where nothing is wrong. */
  readonly mistake: string | null;
}

export interface Grade {
  readonly student: string;
  readonly exercise: string;
  readonly earned: number;
  readonly points: number;
  readonly passed: boolean;
  readonly error: {
    readonly code: ErrorCode;
    readonly data: ErrorData[ErrorCode];
    readonly place: FilePlace | null;
  } | null;
  readonly items: readonly GradedItem[];
  /** Of the exercise and the answer: the same again need not be judged again. */
  readonly print: string;
  /** Of the answer without blanks and comments; null where it says nothing. */
  readonly likeness: string | null;
}

export const hashOf = (...texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);

// What is left of a minimised counterexample without the names of those who made it.
function traceOf(evidence: Evidence | null): unknown {
  if (evidence?.kind === 'found') {
    const { faults, report } = evidence.found;
    return [faults, report.recording.choices];
  }
  if (evidence?.kind === 'ran') return evidence.report.result.outcome.word;
  return evidence?.kind === 'decided' ? 'decided' : evidence?.kind;
}

function mistakeOf(exercise: string, item: Item): string | null {
  // What only waits for another item is that one's mistake.
  if (item.earned === item.points || item.evidence?.kind === 'needs') return null;
  return hashOf(
    exercise,
    item.id,
    item.given?.en ?? '',
    JSON.stringify(traceOf(item.evidence) ?? null),
  );
}

/** An answer's likeness: blanks, comments and quotes do not make it another. */
export function likenessOf(text: string): string {
  // A comment without an end is looked for only once: from each of its beginnings takes long.
  const bare = text.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '').replace(/\/\/.*$/gm, '');
  return hashOf(bare.replace(/["`]/g, "'").replace(/[\s;,]/g, ''));
}

type Who = Pick<Grade, 'student' | 'exercise' | 'print' | 'likeness'>;

/** A verdict as a grade. */
export function gradeOf(who: Who, verdict: Verdict): Grade {
  const { items, error, earned, points, passed } = verdictDocument(who.exercise, verdict);
  const graded = items.map((item, at) => {
    const source = verdict.items[at];
    return { ...item, mistake: source ? mistakeOf(who.exercise, source) : null };
  });
  return { ...who, earned, points, passed, error, items: graded };
}

/** One mistake, and who made it. */
export interface Mistake {
  readonly exercise: string;
  readonly item: GradedItem;
  readonly students: readonly string[];
}

/** The mistakes that more than one student made, the most common first. */
export function commonMistakes(grades: readonly Grade[]): readonly Mistake[] {
  const byMistake = new Map<string, { exercise: string; item: GradedItem; students: string[] }>();
  for (const { student, exercise, items } of grades) {
    for (const item of items) {
      if (item.mistake === null) continue;
      const known = byMistake.get(item.mistake);
      if (known) known.students.push(student);
      else byMistake.set(item.mistake, { exercise, item, students: [student] });
    }
  }
  return [...byMistake.values()]
    .filter(({ students }) => students.length > 1)
    .sort(
      (one, other) =>
        other.students.length - one.students.length ||
        one.exercise.localeCompare(other.exercise, 'en') ||
        one.item.id.localeCompare(other.item.id, 'en'),
    );
}

/** Students whose answers are the same but for blanks and comments. */
export interface Alike {
  readonly exercise: string;
  readonly students: readonly string[];
}

/** @param starters the likeness of each exercise's starter: to hand that in is nobody's secret */
export function alike(
  grades: readonly Grade[],
  starters: ReadonlyMap<string, string>,
): readonly Alike[] {
  const groups = new Map<string, { exercise: string; students: string[] }>();
  for (const { student, exercise, likeness } of grades) {
    if (likeness === null || starters.get(exercise) === likeness) continue;
    const key = `${exercise} ${likeness}`;
    const group = groups.get(key) ?? { exercise, students: [] };
    group.students.push(student);
    groups.set(key, group);
  }
  return [...groups.values()].filter(({ students }) => students.length > 1);
}

/** All that was graded. */
export interface GradeBook {
  readonly exercises: readonly {
    readonly name: string;
    readonly title: Text;
    readonly points: number;
  }[];
  readonly students: readonly string[];
  /** What lay beside the submissions and is none. */
  readonly passedOver: readonly string[];
  readonly grades: readonly Grade[];
  readonly mistakes: readonly Mistake[];
  readonly alike: readonly Alike[];
}

/** Whether the machine's limit was reached before there was a verdict: that is not zero points. */
export const isUnjudged = ({ error }: Grade): boolean => error?.code === 'not-judged';

export const totalOf = ({ grades }: GradeBook, student: string): number =>
  grades.reduce((total, one) => total + (one.student === student ? one.earned : 0), 0);

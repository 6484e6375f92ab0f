// Grades as the formats that others read: CSV, Markdown, JUnit, GitHub Classroom's autograding.

import {
  classroomTexts,
  errorText,
  type Language,
  SCHEMA_VERSION,
  textsIn,
} from '../report/index.ts';
import { SandboxError } from '../sim/index.ts';
import { type Grade, type GradeBook, isUnjudged, totalOf } from './grades.ts';

/** Why an answer could not be judged at all, in words; null if it could. */
export function problemOf({ error }: Grade, language: Language): string | null {
  if (!error) return null;
  const { message } = errorText(
    new SandboxError(error.code, error.data as never),
    textsIn(language),
  );
  const { line, column } = error.place ?? {};
  const at = [line, column].filter((part) => part !== undefined).join(':');
  return at === '' ? message : `${at}: ${message}`;
}

type GradedItem = Grade['items'][number];

/** What an item is about, and, where that is why it counts nothing, what it needs. */
export function itemText({ text, needs }: GradedItem, language: Language): string {
  const words = classroomTexts[language];
  return needs ? words.held(text[language], words.needs(needs.text[language])) : text[language];
}

const gradeFor = ({ grades }: GradeBook, student: string, exercise: string): Grade | undefined =>
  grades.find((one) => one.student === student && one.exercise === exercise);

/** The points of a student, or that there is no verdict. */
function pointsFor(book: GradeBook, student: string, exercise: string, language: Language) {
  const grade = gradeFor(book, student, exercise);
  return grade && isUnjudged(grade)
    ? classroomTexts[language].grades.unjudged
    : (grade?.earned ?? 0);
}

// A spreadsheet must not take a name for a formula.
function cell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line for each student: their points for each exercise, then all together. */
export function csvOf(book: GradeBook, language: Language): string {
  const { student, total, most } = classroomTexts[language].grades;
  const { exercises, students } = book;
  const lines = students.map((name) => {
    const points = exercises.map((one) => pointsFor(book, name, one.name, language));
    return [name, ...points, totalOf(book, name)];
  });
  const all = exercises.reduce((sum, { points }) => sum + points, 0);
  const rows = [
    [student, ...exercises.map(({ name }) => name), total],
    [most, ...exercises.map(({ points }) => points), all],
    ...lines,
  ];
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function jsonOf(book: GradeBook): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...book }, null, 2)}\n`;
}

const plain = (text: string): string => text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');

export function markdownOf(book: GradeBook, language: Language): string {
  const words = classroomTexts[language].grades;
  const { exercises, students, mistakes, alike, passedOver } = book;
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    row([words.student, ...exercises.map(({ name }) => name), words.total]),
    row(['---', ...exercises.map(() => '---:'), '---:']),
    ...students.map((name) =>
      row([
        plain(name),
        ...exercises.map((one) => pointsFor(book, name, one.name, language)),
        totalOf(book, name),
      ]),
    ),
  ];
  const made = mistakes.map(({ exercise, item, students: who }) => {
    const code = item.code === null ? '' : ` \`${item.code}\``;
    return `- ${words.madeBy(who.length)}, ${exercise}: ${plain(item.text[language])}${code} (${who.map(plain).join(', ')})`;
  });
  const same = alike.map(
    ({ exercise, students: who }) => `- ${exercise}: ${who.map(plain).join(', ')}`,
  );
  return [
    `# ${words.title}`,
    '',
    ...table,
    '',
    `## ${words.mistakes}`,
    '',
    ...(made.length > 0 ? made : [words.noMistakes]),
    '',
    `## ${words.alike}`,
    '',
    ...(same.length > 0 ? same : [words.noneAlike]),
    '',
    ...(passedOver.length > 0
      ? [`## ${words.besides}`, '', passedOver.map(plain).join(', '), '']
      : []),
  ].join('\n');
}

// XML has no place for control characters at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not stand in XML
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as XML has it, in elements and attributes. */
export const escaped = (text: string): string =>
  text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A suite for each student, a case for each item. */
export function junitOf(book: GradeBook, language: Language): string {
  const suites = book.students.map((student) => {
    const cases = book.grades
      .filter((grade) => grade.student === student)
      .flatMap((grade) => {
        const name = escaped(grade.exercise);
        const problem = problemOf(grade, language);
        if (problem !== null) {
          return [
            `    <testcase classname="${name}" name="${name}"><error message="${escaped(problem)}"/></testcase>`,
          ];
        }
        return grade.items.map((item) => {
          const { id, earned, points, code } = item;
          const open = `    <testcase classname="${name}" name="${escaped(id)}"`;
          if (earned === points) return `${open}/>`;
          const message = escaped(`${earned}/${points} ${itemText(item, language)}`);
          return `${open}><failure message="${message}">${escaped(code ?? '')}</failure></testcase>`;
        });
      });
    const count = (tag: string): number => cases.filter((one) => one.includes(`<${tag} `)).length;
    const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
    return [`  <testsuite name="${escaped(student)}" ${totals}>`, ...cases, '  </testsuite>'].join(
      '\n',
    );
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

/** What GitHub Classroom's autograding reporter reads, in base64, from a runner's RESULTS. */
export function githubOf(book: GradeBook, student: string, language: Language) {
  const own = book.grades.filter((grade) => grade.student === student);
  const tests = own.flatMap((grade) => {
    const problem = problemOf(grade, language);
    if (problem !== null) {
      return [{ name: grade.exercise, status: 'error', message: problem, score: 0 }];
    }
    return grade.items.map((item) => {
      const { id, earned, points, code } = item;
      const said = `${itemText(item, language)}${code === null ? '' : ` (${code})`}`;
      return {
        name: `${grade.exercise} ${id}`,
        status: earned === points ? 'pass' : 'fail',
        message: earned === points ? '' : said,
        score: earned,
      };
    });
  });
  const status = own.every(({ passed }) => passed)
    ? 'pass'
    : own.some(({ error }) => error)
      ? 'error'
      : 'fail';
  const most = book.exercises.reduce((sum, { points }) => sum + points, 0);
  return { version: 1, status, max_score: most, tests };
}

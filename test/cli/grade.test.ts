// A folder of submissions, good and bad: each is graded for itself, and the same again is the same.

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { readExercise } from '../../src/classroom/exercises.ts';
import { ROOT } from '../support.ts';
import { folder, sim } from './sim.ts';
import { zipOf } from './zip.ts';

const EXERCISE = join(ROOT, 'exercises/12-sold-twice');
const starter = readFileSync(join(EXERCISE, 'handlers.ts'), 'utf8');
const solution = readFileSync(join(EXERCISE, 'solution/handlers.ts'), 'utf8');
const { data } = readExercise(join(ROOT, 'exercises'), '12-sold-twice');
/** What the exercise gives at most. */
const FULL = ('checks' in data ? data.checks : [])
  .flatMap(({ points }) => Object.values(points))
  .reduce((all, points) => all + points, 0);
const submissions = join(folder, 'submissions');
const EVIL = '=cmd|\'calc\'!A0 "x" <b>';

function submit(
  student: string,
  content: string | Buffer,
  file = '12-sold-twice/handlers.ts',
): void {
  const path = join(submissions, student, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function zip(student: string, entries: Parameters<typeof zipOf>[0]): void {
  mkdirSync(submissions, { recursive: true });
  writeFileSync(join(submissions, `${student}.zip`), zipOf(entries));
}

submit('anna', solution);
submit('ben', `// mine\n${solution.replaceAll('  ', '    ')}`);
submit('cara', starter);
submit('dan', starter.replace('lockTicket', 'lock').replace('lockTicket', 'lock'));
submit('deep', solution, 'homework/12-sold-twice/handlers.ts');
submit('endless', 'for (;;);');
submit(EVIL, 'export const handlers = { "ticket.new": 1 };');
submit('large', Buffer.alloc(50_000_000, 'x'));
submit('syntax', 'const a = ;');
submit('utf16', Buffer.from(solution, 'utf16le'));
mkdirSync(join(submissions, 'without'));
mkdirSync(join(submissions, 'linked/12-sold-twice'), { recursive: true });
symlinkSync('/etc/passwd', join(submissions, 'linked/12-sold-twice/handlers.ts'));
zip('zipped', [{ name: '12-sold-twice/handlers.ts', content: solution }]);
zip('zip-out', [{ name: '../12-sold-twice/handlers.ts', content: solution }]);
zip('zip-link', [{ name: '12-sold-twice/handlers.ts', content: '/etc/passwd', mode: 0o120777 }]);
zip('zip-bomb', [{ name: '12-sold-twice/handlers.ts', content: Buffer.alloc(50_000_000) }]);
writeFileSync(join(submissions, 'zip-broken.zip'), 'PK no zip at all');
writeFileSync(join(submissions, 'notes.txt'), 'no submission');

const grade = (...args: string[]) => sim(['grade', submissions, '--exercise', '12', ...args]);
const out = join(folder, 'grades');
const read = (name: string): string => readFileSync(join(out, name), 'utf8');
const hash = (name: string) => createHash('sha256').update(read(name)).digest('hex');
const NAMES = ['grades.csv', 'grades.json', 'grades.md', 'grades.xml', 'grades.html'];

interface Graded {
  readonly student: string;
  readonly earned: number;
  readonly points: number;
  readonly error: {
    readonly code: string;
    readonly data: Record<string, string>;
    readonly place: object;
  } | null;
}

it('grades each for itself', () => {
  const { code, err } = grade('--out', out, '--no-progress');
  expect(code).toBe(0);
  // One line: what is passed over is named, once.
  expect(err).toMatch(/^passed over, .*: notes\.txt\n$/);
  const book = JSON.parse(read('grades.json')) as { grades: Graded[] };
  const points = Object.fromEntries(book.grades.map(({ student, earned }) => [student, earned]));
  const { cara = 0 } = points;
  expect(cara).toBeGreaterThan(0);
  expect(cara).toBeLessThan(FULL);
  expect(points).toEqual({
    ...{ anna: FULL, ben: FULL, deep: FULL, zipped: FULL, cara, dan: cara },
    ...{ endless: 0, [EVIL]: 0, large: 0, linked: 0, syntax: 0, utf16: 0, without: 0 },
    ...{ 'zip-out': 0, 'zip-link': 0, 'zip-bomb': 0, 'zip-broken': 0 },
  });
  expect(book.grades.every((one) => one.points === FULL)).toBe(true);
  const why = Object.fromEntries(
    book.grades.flatMap(({ student, error }) => (error ? [[student, error.data['reason']]] : [])),
  );
  expect(why).toEqual({
    ...{
      endless: expect.stringMatching(/time|cpu/),
      [EVIL]: 'threw',
      large: 'large',
      linked: 'link',
    },
    ...{ syntax: 'syntax', utf16: 'encoding', without: 'missing' },
    ...{ 'zip-out': 'path', 'zip-link': 'link', 'zip-bomb': 'large', 'zip-broken': 'zip' },
  });
  expect(book.grades.find(({ student }) => student === 'syntax')?.error?.place).toMatchObject({
    line: 1,
    column: 11,
  });
});

it('says which mistakes are common, and whose code is the same', () => {
  const { mistakes, alike } = JSON.parse(read('grades.json'));
  const made = mistakes.map(
    ({ item, students }: { item: { id: string; code: string }; students: string[] }) => {
      expect(item.code).toMatch(/^2\.ticket-saga\./);
      return [item.id, students];
    },
  );
  expect(made.length).toBeGreaterThan(2);
  expect(made.every(([, students]: [string, string[]]) => students.join() === 'cara,dan')).toBe(
    true,
  );
  expect(made.map(([id]: [string]) => id)).toContain('two-customers.sold-once');
  expect(alike).toEqual([
    { exercise: '12-sold-twice', students: ['anna', 'ben', 'deep', 'zipped'] },
  ]);
});

it('lets no name become a formula, a tag or a path', () => {
  const line = read('grades.csv')
    .split('\r\n')
    .find((one) => one.includes('cmd'));
  expect(line).toBe(`"'${EVIL.replaceAll('"', '""')}",0,0`);
  expect(read('grades.html')).not.toContain(EVIL);
  expect(read('grades.html')).not.toMatch(/<script|https?:/);
  expect(read('grades.xml')).toContain('&#34;x&#34;');
  expect(
    readdirSync(join(out, 'github')).every((name) => /^\d{3}-[\w.@-]+\.json$/.test(name)),
  ).toBe(true);
});

it('writes what others read', () => {
  expect(read('grades.md')).toContain(`| anna | ${FULL} | ${FULL} |`);
  expect(read('grades.md')).toContain('No submissions, and passed over\n\nnotes.txt');
  expect(read('grades.html')).toContain('<p>notes.txt</p>');
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(ROOT, 'schema/grades.schema.json'), 'utf8')),
  );
  expect([validate(JSON.parse(read('grades.json'))), validate.errors]).toEqual([true, null]);
  const github = JSON.parse(read('github/004-cara.json'));
  expect(github).toMatchObject({ version: 1, status: 'fail', max_score: FULL });
  const score = github.tests.reduce((all: number, one: { score: number }) => all + one.score, 0);
  const cara = JSON.parse(read('grades.json')).grades.find(
    ({ student }: Graded) => student === 'cara',
  );
  expect(score).toBe(cara.earned);
  const suites = read('grades.xml').match(/<testsuite /g) ?? [];
  expect(suites).toHaveLength(17);
  expect(read('grades.xml').match(/<error /g)).toHaveLength(11);
});

it('gives the same again, and with --resume judges nothing twice', () => {
  const before = NAMES.map(hash);
  expect(grade('--out', out)).toMatchObject({ code: 2 });
  expect(NAMES.map(hash)).toEqual(before);
  expect(grade('--out', out, '--force', '--jobs', '1').code).toBe(0);
  expect(NAMES.map(hash)).toEqual(before);
  // As if it had been cut off in the middle of a line.
  const journal = read('grades.ndjson').trimEnd().split('\n');
  writeFileSync(
    join(out, 'grades.ndjson'),
    `${journal.slice(0, -1).join('\n')}\n${journal.at(-1)?.slice(0, 40)}`,
  );
  appendFileSync(join(submissions, 'dan/12-sold-twice/handlers.ts'), '\n// changed\n');
  expect(grade('--out', out, '--resume').code).toBe(0);
  expect(JSON.parse(read('grades.json')).grades).toHaveLength(17);
  expect(hash('grades.csv')).toBe(before[0]);
});

it('says what it cannot do', () => {
  expect(sim(['grade', join(folder, 'nowhere')])).toMatchObject({ code: 2 });
  expect(grade('--out', '/dev/null/x')).toMatchObject({
    code: 2,
    err: expect.stringContaining('/dev/null/x'),
  });
  expect(grade('--jobs', '0', '--out', join(folder, 'other')).code).toBe(2);
  expect(sim(['grade', submissions, '--exercise', '99']).err).toContain(
    'there is no exercise "99"',
  );
  expect(sim(['grade', submissions, '--help']).out).toContain('--resume');
});

it('grades predictions and breaks as well, and a single file on top', () => {
  const other = join(folder, 'one');
  mkdirSync(join(other, 'emil'), { recursive: true });
  copyFileSync(
    join(ROOT, 'exercises/10-saga/solution/answer.yaml'),
    join(other, 'emil/answer.yaml'),
  );
  const { code, out: text } = sim([
    'grade',
    other,
    '--exercise',
    '10',
    '--json',
    '--out',
    join(folder, 'g10'),
  ]);
  expect(code).toBe(0);
  const [only] = JSON.parse(text).grades;
  expect(only).toMatchObject({ student: 'emil', passed: true, likeness: null });
  rmSync(other, { recursive: true });
});

// Submissions that are odd in their names, or in what their handlers ask for: each is graded for
// itself, and none of them stops the others.

import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Grade } from '../../src/classroom/grades.ts';
import { ROOT } from '../support.ts';
import { folder, sim } from './sim.ts';
import { zipOf } from './zip.ts';

const NAME = '12-sold-twice/handlers.ts';
const solution = readFileSync(join(ROOT, 'exercises/12-sold-twice/solution/handlers.ts'), 'utf8');

/** A handler that asks for one thing first. */
const asking = (effect: string, then = "'finished', 'failing'"): string => `
import { handlerMachine, step } from 'indoubt/words';
export const handlers = {
  'ticket.new': handlerMachine('ticket.new', 'first', 'failing', {
    first: step(${effect}, ${then}),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  }),
};`;

function made(name: string): (student: string | Buffer, text: string) => string {
  const submissions = join(folder, name);
  mkdirSync(submissions);
  return (student, text) => {
    const at = Buffer.concat([Buffer.from(`${submissions}/`), Buffer.from(student)]);
    mkdirSync(Buffer.concat([at, Buffer.from('/12-sold-twice')]), { recursive: true });
    writeFileSync(Buffer.concat([at, Buffer.from(`/${NAME}`)]), text);
    return submissions;
  };
}

function graded(submissions: string, ...more: readonly string[]): readonly Grade[] {
  const { code, out } = sim(['grade', submissions, '--exercise', '12', '--json', ...more]);
  expect(code).toBe(0);
  return JSON.parse(out).grades;
}

const errorsOf = (grades: readonly Grade[]) =>
  grades.map(({ student, error }) => [student, error?.code ?? null]);

it('judges what asks for what is nowhere, or goes round in circles', () => {
  const submit = made('asks');
  submit('a', asking("'call', { service: 'nope', handler: 'nope', body: {} }"));
  submit('b', asking("'begin', { database: 'order' }"));
  submit('c', asking("'keep', { entries: { a: 1 } }", "'first', 'failing'"));
  const grades = graded(submit('d', solution), '--out', join(folder, 'asks-grades'));
  expect(errorsOf(grades)).toEqual([
    ['a', 'bad-handlers'],
    ['b', 'unknown-name'],
    ['c', 'endless'],
    ['d', null],
  ]);
});

it('tells two of one name apart, and leaves out its own folder', () => {
  const submit = made('names');
  const long = 'x'.repeat(255);
  submit(long, '');
  // As an archive with names in GBK is unpacked where names are UTF-8.
  submit(Buffer.from([0xd5, 0xc5]), '');
  const submissions = submit('anna', solution);
  writeFileSync(join(submissions, 'anna.zip'), zipOf([{ name: NAME, content: solution }]));
  symlinkSync(join(submissions, 'anna'), join(submissions, 'linked'));
  const out = ['--out', join(submissions, 'out')];
  const expected = [
    ['anna', null],
    ['anna.zip', null],
    ['linked', 'bad-submission'],
    [long, 'bad-submission'],
    ['\ufffd\ufffd', 'cannot-read'],
  ];
  const before = graded(submissions, ...out);
  expect(errorsOf(before).map(([name]) => name)).toEqual(expected.map(([name]) => name));
  expect(graded(submissions, ...out, '--force')).toEqual(before);
  expect(readdirSync(join(submissions, 'out/github'))).toHaveLength(5);
});

// A file that is /dev/full is as a disk on which there is no room left.
it('says that the disk is full, and has lost nothing once there is room', () => {
  const submit = made('full');
  const submissions = submit('anna', solution);
  const out = join(folder, 'full-grades');
  mkdirSync(out);
  symlinkSync('/dev/full', join(out, 'grades.csv'));
  const args = ['grade', submissions, '--exercise', '12', '--out', out];
  expect(sim(args)).toMatchObject({ code: 2, err: expect.stringContaining('no space left') });
  const journal = readFileSync(join(out, 'grades.ndjson'), 'utf8');
  rmSync(join(out, 'grades.csv'));
  const [{ passed }] = graded(submissions, '--out', out, '--resume') as [Grade];
  expect(passed).toBe(true);
  expect(readFileSync(join(out, 'grades.ndjson'), 'utf8')).toBe(journal);
  expect(readFileSync(join(out, 'grades.csv'), 'utf8')).toContain('anna,');
});

// No count of steps is ever reached here: only the clock ends it, which is not the same everywhere.
it('gives no points for what no machine ends, and no zero: it is not judged', () => {
  const submit = made('endless');
  const sql =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
  const submissions = submit('a', asking(`'sql', { sql: '${sql}', params: {} }`));
  const out = join(folder, 'endless-grades');
  const args = ['grade', submissions, '--exercise', '12', '--no-progress', '--out', out];
  const { code, err } = sim([...args, '--time', '3s']);
  expect([code, err]).toEqual([3, expect.stringMatching(/^1 answer was not judged: .*\n$/)]);
  const read = (name: string) => readFileSync(join(out, name), 'utf8');
  expect(JSON.parse(read('grades.json')).grades[0].error).toMatchObject({
    code: 'not-judged',
    data: { reason: 'time' },
  });
  expect(read('grades.csv')).toContain('a,not judged,0');
  expect(read('grades.md')).toContain('| a | not judged | 0 |');
  expect(read('grades.html')).toContain('>not judged</td>');
  expect(sim([...args, '--time', 'soon', '--force']).code).toBe(2);
});

it('tries again with --resume what was not judged', () => {
  const submissions = made('again')('a', solution);
  const out = join(folder, 'again-grades');
  const [grade] = graded(submissions, '--out', out) as [Grade];
  const error = { code: 'not-judged', data: { reason: 'time' }, place: null };
  const given = { ...grade, earned: 0, passed: false, items: [], error };
  writeFileSync(join(out, 'grades.ndjson'), `${JSON.stringify(given)}\n`);
  expect(graded(submissions, '--out', out, '--resume')).toEqual([grade]);
});

// Archives as upload forms and other systems make them: what can be read is read, and of the others
// each is told by itself what is wrong with it, in both languages.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readExercise } from '../../src/classroom/exercises.ts';
import { answersOf, submissionsIn } from '../../src/classroom/submissions.ts';
import { errorText, textsIn } from '../../src/report/index.ts';
import { zipOf } from '../cli/zip.ts';
import { ROOT } from '../support.ts';

const exercise = readExercise(`${ROOT}exercises`, '10-saga');
const NAME = '10-saga/answer.yaml';
const content = 'outcome: mine\n';
const good = zipOf([{ name: NAME, content }]);

const folder = mkdtempSync(join(tmpdir(), 'indoubt-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
/** A folder with these files in it. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  count += 1;
  const path = join(folder, String(count));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
  return path;
}

/** What each student handed in, or why it cannot be taken, in both languages. */
async function answersIn(path: string) {
  const { submissions } = submissionsIn(path, join(path, 'out'));
  const all = submissions.map(async (one) => {
    const answer = (await answersOf(one, [exercise])).get('10-saga');
    if (!answer) return [one.student, null];
    if ('text' in answer) return [one.student, answer.text];
    const { error } = answer;
    return [one.student, [errorText(error, textsIn('en')), errorText(error, textsIn('zh'))]];
  });
  return Object.fromEntries(await Promise.all(all));
}

const fix = [
  'pack the folder of the exercise as an ordinary zip archive, without a password',
  '请把练习文件夹打成普通的 zip 压缩包，不加密码',
];
const told = (...messages: readonly [string, string]) =>
  messages.map((message, at) => ({ message, fix: fix[at] }));

it.each([
  ['of zip64', zipOf([{ name: NAME, content }], { is64: true })],
  ['with one folder on top', zipOf([{ name: `anna-homework/${NAME}`, content }])],
  [
    'with what macOS adds',
    zipOf([
      { name: NAME, content },
      { name: `__MACOSX/10-saga/._answer.yaml`, content: 'Mac OS X' },
    ]),
  ],
  [
    'that somebody else can open, too',
    zipOf([
      { name: NAME, content },
      { name: 'diary.txt', content: 'x', flags: 1, method: 99 },
    ]),
  ],
])('reads an archive %s', async (_, bytes) => {
  expect(await answersIn(folderOf({ 'anna.zip': bytes }))).toEqual({ anna: content });
});

it.each([
  [
    'with a password',
    zipOf([{ name: NAME, content, flags: 1 }]),
    told('anna.zip is locked with a password', 'anna.zip 加了密码'),
  ],
  [
    'with a strong password',
    zipOf([{ name: NAME, content, flags: 0x41 }]),
    told('anna.zip is locked with a password', 'anna.zip 加了密码'),
  ],
  [
    'packed by another method',
    zipOf([{ name: NAME, content, method: 14 }]),
    told('anna.zip is packed in a way that is not known here', 'anna.zip 的压缩方式这里不认识'),
  ],
  [
    'of no bytes',
    Buffer.alloc(0),
    told('anna.zip is empty: not a single byte is in it', 'anna.zip 是空文件，一个字节也没有'),
  ],
  [
    'that was broken off',
    good.subarray(0, 60),
    told(
      'anna.zip is only the beginning of a zip archive: was the upload broken off?',
      'anna.zip 只有 zip 压缩包的前一截：是不是没有传完？',
    ),
  ],
  [
    'that is none',
    Buffer.from('Rar! and so on'),
    told('anna.zip is not a zip archive that can be read', 'anna.zip 不是可读的 zip 压缩包'),
  ],
])('says what is wrong with an archive %s, and takes the others', async (_, bytes, wrong) => {
  const answers = await answersIn(folderOf({ 'anna.zip': bytes, 'ben.zip': good }));
  expect(answers).toEqual({ anna: wrong, ben: content });
});

it('takes .ZIP as .zip, and a folder of such a name as a folder', async () => {
  const path = folderOf({ 'ANNA.ZIP': good, [`ben.zip/${NAME}`]: content });
  expect(await answersIn(path)).toEqual({ ANNA: content, 'ben.zip': content });
});

it('names what it passes over, but no litter, and nothing of this grading', () => {
  const path = folderOf({
    'anna.zip': good,
    'cara.rar': 'Rar!',
    'ben.yaml': content,
    '.DS_Store': '',
    'Thumbs.db': '',
    '__MACOSX/._anna.zip': '',
    'before/grades.ndjson': '',
    'before/grades.csv': '',
    'before/github/001-anna.json': '{}',
    'out/grades.ndjson': '',
    // Whoever hands in more than a grading has handed something in.
    'dan/grades.ndjson': '',
    [`dan/${NAME}`]: content,
  });
  const { submissions, passedOver } = submissionsIn(path, join(path, 'out'));
  expect(submissions.map(({ student }) => student)).toEqual(['anna', 'dan']);
  expect(passedOver).toEqual(['before', 'ben.yaml', 'cara.rar']);
});

it('passes over its own reports without a word where they lie beside the submissions', () => {
  const path = folderOf({
    'anna.zip': good,
    'grades.csv': '',
    'grades.ndjson': '',
    'github/001-anna.json': '{}',
  });
  const { submissions, passedOver } = submissionsIn(path, path);
  expect(submissions.map(({ student }) => student)).toEqual(['anna']);
  expect(passedOver).toEqual([]);
});

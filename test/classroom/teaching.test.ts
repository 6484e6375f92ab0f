// The lesson plan shows only what works, and names each exercise there is to be.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandsOf } from '../docs/chapters.ts';
import { ROOT } from '../support.ts';

const plan = (language: string): string =>
  readFileSync(`${ROOT}docs/teaching.${language}.md`, 'utf8');

// What waits for a person is not run, but for the frame it would begin with.
const commands = [...new Set(commandsOf(plan('en')))].filter((line) => line !== 'sim serve');

test('both languages show the same commands', () => {
  expect(commandsOf(plan('zh'))).toEqual(commandsOf(plan('en')));
});

test.each(commands)('%s', (line) => {
  const [, ...args] = line.split(' ');
  const keys = args[0] === 'step' ? ['--keys', ''] : [];
  const out = execFileSync(process.execPath, [`${ROOT}dist/bin/sim.js`, ...args, ...keys], {
    encoding: 'utf8',
  });
  expect(out).not.toBe('');
});

test.each(['en', 'zh'])('every exercise has its lesson: %s', (language) => {
  const text = plan(language);
  const missing = Array.from({ length: 27 }, (_, index) =>
    String(index + 1).padStart(2, '0'),
  ).filter((number) => !new RegExp(`\\b${number}\\b`).test(text));
  expect(missing).toEqual([]);
});

// The page on scenarios of one's own shows what the program prints, and leaves out no word of the
// file. With UPDATE_DOCS=1 its outputs are written anew instead.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileShape, KINDS, STEP_KEYS, TRANSACTIONS } from '../../src/scenarios/flow-shape.ts';
import { ROOT } from '../support.ts';
import { commandsOf, LANGUAGES, rewritten, Typist } from './chapters.ts';

const HOW = 'it is out of date: UPDATE_DOCS=1 npx vitest run test/docs/scenarios.test.ts';
const pathOf = (language: string): string => `${ROOT}docs/scenarios.${language}.md`;
const read = (language: string): string => readFileSync(pathOf(language), 'utf8');
const typists = LANGUAGES.map((language) => new Typist(language, ROOT));
afterAll(() => {
  for (const typist of typists) typist.leave();
});

describe.each(typists)('docs/scenarios.$language.md', (typist) => {
  const { language } = typist;

  it('shows what its commands print', async () => {
    const now = await rewritten(read(language), typist);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(pathOf(language), now);
    else expect(read(language), HOW).toBe(now);
  });

  it('shows an example as it is', () => {
    const [, shown] = /```yaml\n([\s\S]*?)```/.exec(read(language)) ?? [];
    expect(shown).toBe(readFileSync(`${ROOT}examples/half-commit.yaml`, 'utf8'));
  });

  it('names every key, every step and every transaction', () => {
    const text = read(language);
    const keys = Object.keys(fileShape.shape).filter((key) => key !== '$schema');
    for (const key of keys) expect(text).toContain(`\`${key}\``);
    for (const kind of KINDS) expect(text).toContain(`\`${kind}:`);
    for (const key of STEP_KEYS) expect(text).toMatch(new RegExp(`\`${key}[\`:]`));
    for (const word of TRANSACTIONS) expect(text).toMatch(new RegExp(`^\\| \`${word}\``, 'm'));
  });

  it('leads to files that are there', () => {
    for (const [, path = ''] of read(language).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      expect(existsSync(join(ROOT, 'docs', path)), path).toBe(true);
    }
  });

  it('types the same as in the other language', () => {
    expect(commandsOf(read(language))).toHaveLength(9);
    const plain = (text: string) => commandsOf(text).map((line) => line.replace(/2\.\S+/, ''));
    expect(plain(read(language))).toEqual(plain(read('en')));
  });
});

// The tutorial shows what the program prints. With UPDATE_DOCS=1 it is written anew instead.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogueData } from '../support.ts';
import {
  CHAPTERS,
  commandsOf,
  LANGUAGES,
  picturesOf,
  read,
  rewritten,
  select,
  TUTORIAL,
  Typist,
} from './chapters.ts';

const UPDATES = process.env['UPDATE_DOCS'] === '1';
const HOW = 'it is out of date: UPDATE_DOCS=1 npx vitest run test/docs writes it anew';
const folder = mkdtempSync(join(tmpdir(), 'indoubt-tutorial-'));
const typists = LANGUAGES.map((language) => new Typist(language, folder));
afterAll(() => {
  for (const typist of typists) typist.leave();
  rmSync(folder, { recursive: true });
});

const files = CHAPTERS.flatMap((chapter) =>
  typists.map((typist) => {
    const { language } = typist;
    return { chapter, language, typist, file: `${chapter}.${language}.md` };
  }),
);

describe.concurrent('what the commands print', () => {
  it.each(files)('is what $file shows', async ({ chapter, language, file, typist }) => {
    const text = read(chapter, language);
    const now = await rewritten(text, typist);
    if (UPDATES) writeFileSync(`${TUTORIAL}${file}`, now);
    else expect(text, `${file}: ${HOW}`).toBe(now);
  });
});

const drawn = files.flatMap(({ chapter, language, typist }) =>
  picturesOf(read(chapter, language)).map((picture) => ({ ...picture, typist })),
);

describe.concurrent('a picture', () => {
  it.each(drawn)('$path is drawn by $command', async ({ command, path, typist }) => {
    const { code, out, err } = await typist.type(command);
    expect(code, err).toBe(0);
    const target = `${TUTORIAL}${path}`;
    if (UPDATES) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, out);
    }
    expect(existsSync(target) ? readFileSync(target, 'utf8') : '', `${path}: ${HOW}`).toBe(out);
  });
});

describe('the chapters', () => {
  const faults = Object.values(catalogueData).flatMap((one) => Object.keys(one.faults));
  const contents = readFileSync(`${TUTORIAL}README.md`, 'utf8');

  it('are twelve, numbered from 01', () => {
    const numbers = CHAPTERS.map((chapter) => Number(chapter.slice(0, 2)));
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  it.each(files)('$file is in the table of contents', ({ file }) => {
    expect(contents).toContain(`](${file})`);
  });

  it.each(files)('$file leads to the one before and the one after', ({ chapter, language }) => {
    const at = CHAPTERS.indexOf(chapter);
    const [last = ''] = read(chapter, language).trimEnd().split('\n').slice(-1);
    for (const next of [CHAPTERS[at - 1], CHAPTERS[at + 1]].filter((name) => name !== undefined)) {
      expect(last).toContain(`](${next}.${language}.md)`);
    }
    expect(last).toContain('](README.md)');
  });

  it.each(CHAPTERS)('%s types the same in both languages', (chapter) => {
    const [en = '', zh = ''] = LANGUAGES.map((language) => read(chapter, language));
    expect(commandsOf(zh)).toEqual(commandsOf(en));
    const commands = (text: string) => picturesOf(text).map(({ command }) => command);
    expect(commands(zh)).toEqual(commands(en));
  });

  it.each(files)(
    '$file names scenarios, faults and files that are there',
    ({ chapter, language }) => {
      const text = read(chapter, language);
      for (const [, id] of text.matchAll(/\bsim (?:run|show|explore|matrix) ([a-z][\w-]*)/g)) {
        expect(Object.keys(catalogueData)).toContain(id);
      }
      for (const [, fault] of text.matchAll(/--fail=([a-z][\w-]*)/g)) {
        expect(faults).toContain(fault);
      }
      for (const [, path = ''] of text.matchAll(/\]\((?!https?:|pictures\/)([^)#]+)/g)) {
        expect(existsSync(join(TUTORIAL, path)), path).toBe(true);
      }
    },
  );

  it.each(files)('$file has a picture only with its command', ({ chapter, language }) => {
    const text = read(chapter, language);
    expect(text.match(/!\[/g) ?? []).toHaveLength(picturesOf(text).length);
  });
});

describe('what a block shows of an output', () => {
  const printed = ['one', 'two', 'three', 'four', 'five'];

  it('is all of it, unless something is left out', () => {
    expect(select(['one', 'zwei'], printed)).toEqual(printed);
  });

  it('is found again by what its lines were, as many as there were', () => {
    expect(select(['one', '…', 'threw', 'fear', '…'], printed)).toEqual([
      'one',
      '…',
      'three',
      'four',
      '…',
    ]);
  });

  it('begins and ends with the output where nothing is left out there', () => {
    expect(select(['three', '…', 'three'], printed)).toEqual(['one', '…', 'five']);
  });
});

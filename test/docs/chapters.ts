// The tutorial as a program reads it: the commands of a chapter, and what it shows of their output.
// A chapter is right if writing it anew from what the program prints leaves it as it is.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import { ROOT } from '../support.ts';

export const TUTORIAL = `${ROOT}docs/tutorial/`;
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES: Readonly<Record<Language, string>> = { en: 'C.UTF-8', zh: 'zh_CN.UTF-8' };
const LISTING = /```sh\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g;
const PICTURE = /<!-- picture: (sim .+?) -->\n!\[([^\]]+)\]\((pictures\/[\w.-]+\.svg)\)/g;
const CODE = /\b2\.[a-z][a-z0-9-]*\.[\w-]+/g;
const COMMENT = /\s+#.*$/;
const HOLE = '…';

/** The chapters' names, in order, as `01-local`. */
export const CHAPTERS: readonly string[] = readdirSync(TUTORIAL)
  .flatMap((file) => file.match(/^(\d\d-.+)\.en\.md$/)?.slice(1) ?? [])
  .sort();

export function read(chapter: string, language: Language): string {
  return readFileSync(`${TUTORIAL}${chapter}.${language}.md`, 'utf8');
}

/** Every command of a chapter, without the shell's comments. */
export function commandsOf(text: string): readonly string[] {
  return [...text.matchAll(LISTING)]
    .flatMap(([, block = '']) => block.trim().split('\n'))
    .map((line) => line.replace(COMMENT, ''));
}

export interface Picture {
  readonly command: string;
  readonly alt: string;
  readonly path: string;
}

/** The pictures of a chapter, with the commands that draw them. */
export function picturesOf(text: string): readonly Picture[] {
  return [...text.matchAll(PICTURE)].map(([, command = '', alt = '', path = '']) => ({
    command,
    alt,
    path,
  }));
}

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Somebody whose terminal speaks that language, has 80 columns, and no colours. */
export class Typist {
  readonly language: Language;
  readonly #process: ChildProcess;
  readonly #gone: Promise<never>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(language: Language, cwd: string) {
    const env = { PATH: process.env['PATH'] ?? '', COLUMNS: '80', LANG: LOCALES[language] };
    this.language = language;
    this.#process = fork(`${ROOT}test/docs/typist.js`, { cwd, env, silent: true, execArgv: [] });
    this.#gone = once(this.#process, 'exit').then(([code, signal]) => {
      throw new Error(`the program has ended by itself: ${code ?? signal}`);
    });
    this.#gone.catch(() => {});
  }

  /** Types a line such as `sim run outbox`, after all that was typed before. */
  type(line: string): Promise<Answer> {
    const [program, ...args] = line.replace(COMMENT, '').split(' ');
    if (program !== 'sim') throw new Error(`"${line}" is not a command of this program`);
    const answer = this.#last.then(async () => {
      this.#process.send(args);
      const [message] = await Promise.race([once(this.#process, 'message'), this.#gone]);
      return message as Answer;
    });
    this.#last = answer;
    return answer;
  }

  leave(): void {
    this.#process.kill();
  }
}

/** Where a run of lines stands in an output, from some line on; or what is most like it. */
function place(run: readonly string[], printed: readonly string[], from: number): number {
  const wanted = run.join('\n');
  let best = { at: from, apart: Number.POSITIVE_INFINITY };
  for (let at = from; at + run.length <= printed.length && best.apart > 0; at += 1) {
    const apart = distance(wanted, printed.slice(at, at + run.length).join('\n'));
    if (apart < best.apart) best = { at, apart };
  }
  return best.at;
}

/** What a block that shows these lines, with `…` for what it leaves out, shows of an output. */
export function select(shown: readonly string[], printed: readonly string[]): readonly string[] {
  const runs: string[][] = [[]];
  for (const line of shown) {
    if (line === HOLE) runs.push([]);
    else runs.at(-1)?.push(line);
  }
  if (runs.length === 1) return printed;
  let from = 0;
  return runs.flatMap((run, index) => {
    const isLast = index === runs.length - 1;
    const at = index === 0 ? 0 : isLast ? printed.length - run.length : place(run, printed, from);
    from = at + run.length;
    return [...(index === 0 ? [] : [HOLE]), ...printed.slice(at, from)];
  });
}

/**
 * The chapter with every output as it is now; a replay code that has changed in one is changed in
 * the commands after it.
 * @throws Error if a command ends otherwise than it says (`# exits 1`), or types a code never shown
 */
export async function rewritten(text: string, typist: Typist): Promise<string> {
  const codes = new Map<string, string>();
  let result = '';
  let end = 0;
  for (const { 0: all, 1: block = '', 2: shown, index } of text.matchAll(LISTING)) {
    const typed = block.replace(CODE, (code) => {
      const now = codes.get(code);
      if (now === undefined) throw new Error(`${code} stands in no output above its command`);
      return now;
    });
    let printed = '';
    for (const line of typed.trim().split('\n')) {
      const { code, out, err } = await typist.type(line);
      if (code !== Number(line.match(/# exits (\d+)/)?.[1] ?? 0)) {
        throw new Error(`"${line}" exits with ${code}\n${err}${out}`);
      }
      printed += out;
    }
    result += `${text.slice(end, index)}\`\`\`sh\n${typed}\`\`\``;
    end = index + all.length;
    if (shown === undefined) continue;
    const before = shown.trimEnd();
    const after = select(before.split('\n'), printed.trim().split('\n')).join('\n');
    const fresh = after.match(CODE) ?? [];
    for (const [at, code] of (before.match(CODE) ?? []).entries()) codes.set(code, fresh[at] ?? '');
    result += `\n\n\`\`\`text\n${after}\n\`\`\``;
  }
  return result + text.slice(end);
}

// The child process: it may read no file, start nothing and reach nobody. Student code runs in a
// realm of its own; only strings cross.

import { createContext, Script } from 'node:vm';

interface Inside {
  load(module: unknown): unknown;
  ask(text: string): unknown;
}

const ANSWER_MAX = 256 * 1024;

const realm = createContext(Object.create(null), {
  codeGeneration: { strings: false, wasm: false },
});
let inside: Inside | null = null;

const textOf = (value: unknown): string => {
  const failed = (message: string) => JSON.stringify({ failure: { message } });
  if (typeof value !== 'string') return failed('the answer is no text');
  return value.length <= ANSWER_MAX ? value : failed('the answer is too large');
};

/** The engine's own text first, the student's module next, then questions. */
function answer(line: string): string {
  const said = JSON.parse(line) as { runtime?: string; module?: string; ask?: string };
  if (said.runtime !== undefined) {
    inside = new Script(`${said.runtime}\n;inside`).runInContext(realm) as Inside;
    return '{}';
  }
  if (said.module !== undefined) {
    const text = `(function (exports, require) {${said.module}\n})`;
    try {
      const module = new Script(text, { filename: 'handlers.ts' }).runInContext(realm);
      return textOf(inside?.load(module));
    } catch (error) {
      const { name, message, stack } = error as Error;
      const [, at] = /handlers\.ts:(\d+)/.exec(String(stack)) ?? [];
      const place = at === undefined ? {} : { line: Number(at) };
      return JSON.stringify({ failure: { message: `${name}: ${message}`, ...place } });
    }
  }
  return textOf(inside?.ask(said.ask ?? ''));
}

let waiting = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  waiting += text;
  for (let end = waiting.indexOf('\n'); end >= 0; end = waiting.indexOf('\n')) {
    const line = waiting.slice(0, end);
    waiting = waiting.slice(end + 1);
    process.stdout.write(`${answer(line).replaceAll('\n', ' ')}\n`);
  }
});
process.stdin.on('end', () => process.exit());

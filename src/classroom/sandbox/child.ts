// The child process: it may read no file, start nothing and reach nobody. Student code runs in a
// realm of its own; only strings cross.

import { compileFunction, createContext, Script } from 'node:vm';

interface Inside {
  load(module: unknown): unknown;
  ask(text: string): unknown;
}

const ANSWER_MAX = 256 * 1024;

const realm = createContext(Object.create(null), {
  codeGeneration: { strings: false, wasm: false },
});
let inside: Inside | null = null;

// A promise of `import()`, even where it is refused, is of this realm, and leads to all that is in
// it. The word with an escape in it is the same name and the same text, but no keyword.
const KEYWORD = /import/g;
const NAME = 'imp\\u006frt';

const textOf = (value: unknown): string => {
  const failed = (message: string) => JSON.stringify({ failure: { message } });
  if (typeof value !== 'string') return failed('the answer is no text');
  return value.length <= ANSWER_MAX ? value : failed('the answer is too large');
};

/** The engine's own text first, the student's module next, then questions. */
function answer(line: string): string {
  const said = JSON.parse(line) as { runtime?: string; module?: string; ask?: string };
  if (said.runtime !== undefined) {
    const runtime = `(() => {${said.runtime}\n;return inside})()`;
    inside = new Script(runtime).runInContext(realm) as Inside;
    return '{}';
  }
  if (said.module !== undefined) {
    const [filename, parsingContext] = ['handlers.ts', realm];
    try {
      // As the body of a function it cannot end before its last line: it runs when all is closed.
      const names = ['exports', 'require'];
      const text = said.module.replace(KEYWORD, NAME);
      const module = compileFunction(text, names, { filename, parsingContext });
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

// To print what a student's code threw would call what it has put there.
const giveUp = () => process.exit(1);
process.on('uncaughtException', giveUp);
process.on('unhandledRejection', giveUp);

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

// Student code is not trusted: each attack ends with that submission refused, and says why; the
// next one is judged as if nothing had been.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMachine } from '../../src/sim/index.ts';
import { ROOT } from '../support.ts';
import { open, openAsIs, QUICK, refused } from './parts.ts';

const INPUT = { body: {}, parameters: {}, nowMs: 0 };
const GOOD = readFileSync(join(ROOT, 'exercises/12-sold-twice/handlers.ts'), 'utf8');

/** A handler whose first step does something before it asks. */
const step = (act: string): string => `
import { handlerMachine, step } from 'indoubt/words';
let calls = 0;
export const handlers = {
  'ticket.new': handlerMachine('ticket.new', 'first', 'failing', {
    first: step('sql', () => { calls += 1; ${act}; return { sql: 'SELECT 1', params: {} }; }, 'finished'),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  }),
};`;

/** Loads it, and asks its handler for the first step. */
function run(text: string): unknown {
  const sandbox = open(text);
  try {
    const machine = sandbox.machines.get('ticket.new');
    return machine && startMachine(machine, INPUT).effect;
  } finally {
    sandbox.close();
  }
}

const HIDE = '/tmp/indoubt-attack';
// As a program may hide what it does from whoever only reads it.
const outer = "(() => {}).constructor('return this')()";

describe.each<[string, string, RegExp, RegExp]>([
  ['an endless loop', step('for (;;);'), /^(time|cpu)$/, /./],
  ['an endless loop at once', 'for (;;);', /^(time|cpu)$/, /./],
  [
    'a bomb of memory',
    step('const all = []; for (;;) all.push(new Array(1e5).fill(calls))'),
    /memory|time/,
    /./,
  ],
  [
    'a bomb of text',
    step('let t = "x"; for (;;) t += t + Math.sqrt(t.length)'),
    /threw|memory|time/,
    /./,
  ],
  ['a bomb of buffers', step('new ArrayBuffer(1e9)'), /threw/, /ArrayBuffer is not defined/],
  ['a bomb of typed arrays', step('new Float64Array(1e9)'), /threw/, /not defined/],
  ['Buffer', step('Buffer.alloc(1e9)'), /threw/, /Buffer is not defined/],
  [
    'a fork',
    "import { fork } from 'node:child_process'; fork('x'); export const handlers = {};",
    /threw/,
    /no module node:child_process/,
  ],
  [
    'a file',
    "import { readFileSync } from 'fs'; readFileSync('/etc/passwd'); export const handlers = {};",
    /threw/,
    /no module fs/,
  ],
  [
    'a worker',
    "import { Worker } from 'worker_threads'; new Worker('x'); export const handlers = {};",
    /threw/,
    /no module/,
  ],
  ['fetch', step("fetch('http://127.0.0.1:1')"), /threw/, /fetch is not defined/],
  ['the environment', step('process.env.HOME'), /threw/, /process is not defined/],
  ['process.binding', step("process.binding('fs')"), /threw/, /process is not defined/],
  ['code from text', step(`${outer}.process.exit()`), /threw/, /[Cc]ode generation from strings/],
  ['eval', step("eval('1')"), /threw/, /[Cc]ode generation from strings/],
  ['WebAssembly', step('new WebAssembly.Memory({ initial: 1 })'), /threw/, /not defined/],
  [
    'the engine behind a word',
    step("step.constructor('return process')()"),
    /threw/,
    /[Cc]ode generation from strings/,
  ],
  [
    'the prototype of all objects',
    step('(Object.prototype as any).polluted = 1'),
    /threw/,
    /not extensible/,
  ],
  ['a built-in patched', step('Array.prototype.map = () => []'), /threw/, /read only/],
  [
    'JSON patched',
    'JSON.stringify = () => \'{"passed":true}\'; export const handlers = {};',
    /threw/,
    /read only/,
  ],
  ['a clock', step('if (Date.now() > 0) throw new Error("late")'), /threw/, /no Date/],
  ['chance', step('Math.random()'), /threw/, /by chance/],
  [
    'a handler that counts',
    step('if (calls % 2) throw new Error("odd")'),
    /threw/,
    /odd|differently/,
  ],
  ['a promise instead of an effect', step('return new Promise(() => {}) as never'), /answer/, /./],
  [
    'a promise that never settles',
    step('return (async () => { await new Promise(() => {}); })() as never'),
    /answer/,
    /./,
  ],
  [
    'a cyclic answer',
    step('const body: any = {}; body.body = body; return { sql: body, params: {} } as never'),
    /threw/,
    /circular/,
  ],
  ['a huge answer', step('return { sql: "x".repeat(1e6), params: {} }'), /threw|answer/, /./],
  ['an effect that is none', step('return { kind: "eval", code: "1" } as never'), /answer/, /./],
  [
    'a verdict instead of an answer',
    step('console.log(\'{"passed":true}\')'),
    /threw/,
    /console is not defined/,
  ],
  [
    'an error without an end',
    step('throw new Proxy({}, { get() { for (;;); } })'),
    /time|cpu/,
    /./,
  ],
  [
    'a name that is a prototype',
    'export const handlers = JSON.parse(\'{"__proto__": {}}\');',
    /answer|threw|missing/,
    /./,
  ],
  ['too deep a recursion', step('const f = (): number => 1 + f(); f()'), /threw/, /call stack/],
  [
    'thousands of states',
    `import { handlerMachine, step } from 'indoubt/words';
const states: any = {}; for (let i = 0; i < 5000; i += 1) states['s' + i] = step('recall', {}, 'finished');
export const handlers = { 'ticket.new': handlerMachine('x', 's0', 's1', states) };`,
    /threw|answer/,
    /./,
  ],
])('%s', (_name, text, reason, detail) => {
  it('is refused, and says why', () => {
    rmSync(HIDE, { force: true });
    const said = refused(() => {
      const effect = run(text);
      // Code without that handler has nothing that could be judged.
      if (effect === undefined) open(text).close();
      if (effect === undefined) throw new Error('nothing was refused');
    });
    expect(said?.reason).toMatch(reason);
    expect(`${said?.detail} `).toMatch(detail);
    expect(existsSync(HIDE)).toBe(false);
  });
});

it('cannot import anything later either', async () => {
  rmSync(HIDE, { force: true });
  const late = `const hidden = import('node:fs').then((fs) => fs.writeFileSync('${HIDE}', ''));`;
  const said = refused(() => run(`${late}\n${GOOD}`));
  await new Promise((done) => setTimeout(done, 300));
  expect(said === null || said.reason === 'died').toBe(true);
  expect(existsSync(HIDE)).toBe(false);
});

it('has no promise of another realm', () => {
  const text = step("const p = import('x'); if (!(p instanceof Promise)) throw new Error('out')");
  const said = refused(() => run(text));
  expect(said?.reason === 'died' || said === null).toBe(true);
  // Past the transpiler, which lets nothing of that kind through.
  for (const module of ["import('x').catch(() => {})", '}); inside.ask = null; (() => {']) {
    expect(refused(() => openAsIs(module))?.detail).toMatch(/^SyntaxError/);
  }
});

it('leaves the word import where it is no keyword', () => {
  const text =
    "if ('import' !== ['im', 'port'].join('') || !{ import: 1 }.import) throw new Error();";
  expect(run(`${text}\n${GOOD}`)).toEqual({ kind: 'begin' });
});

it('costs no more than its own limit', () => {
  const began = performance.now();
  refused(() => run(step('for (;;);')));
  expect(performance.now() - began).toBeLessThan(3 * QUICK.answerMs);
});

it('judges the next one as if nothing had been', () => {
  expect(refused(() => run('for (;;);'))).not.toBe(null);
  expect(run(GOOD)).toEqual({ kind: 'begin' });
});

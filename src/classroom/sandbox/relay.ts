// A thread that keeps the child process: passes questions and answers on, and kills the child with
// its whole group once a limit is reached. The engine waits meanwhile, without an event loop.

import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { NAMESPACES } from './namespaces.ts';
import type { Ended, RelayOrder } from './sandbox.ts';

const { port, signal: shared, child: childText, limits, isolates, tie } = workerData as RelayOrder;
const flag = new Int32Array(shared);

const WORDS_MAX = 2000;
/** What a shell adds to the number of the signal that ended its program. */
const SIGNALLED = 128;
const FLAGS = [
  '--experimental-permission',
  '--no-warnings',
  '--disallow-code-generation-from-strings',
  // A stack trace gives away the `this` of a function that is not strict.
  '--use-strict',
  `--max-old-space-size=${limits.heapMb}`,
  '--stack-size=500',
];
/** The command that starts the child, in namespaces of its own where the kernel allows it. */
function command(): readonly [string, readonly string[]] {
  const node = [process.execPath, ...FLAGS, '-e', childText];
  if (process.platform === 'win32') return [process.execPath, node.slice(1)];
  const limited = `ulimit -t ${limits.cpuSeconds}; ulimit -c 0; ulimit -d ${limits.dataKb}; exec "$@"`;
  const all = isolates ? ['unshare', ...NAMESPACES, ...node] : node;
  return ['/bin/sh', ['-c', limited, 'sh', ...tie, ...all]];
}

let asked = false;
let ended: Ended | null = null;

function say(answer: string | Ended): void {
  asked = false;
  port.postMessage(answer);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

function start(): ChildProcess {
  const [file, args] = command();
  return spawn(file, args, { env: {}, cwd: '/', detached: true, stdio: 'pipe' });
}

const child = start();
let words = '';
let waiting = '';
let watch: NodeJS.Timeout | undefined;

function kill(): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function end(why: Ended['ended']): void {
  clearTimeout(watch);
  if (ended) return;
  ended = { ended: why, words };
  kill();
  if (asked) say(ended);
}

child.stderr?.setEncoding('utf8').on('data', (text: string) => {
  if (words.length < WORDS_MAX) words += text;
});
child.stdout?.setEncoding('utf8').on('data', (text: string) => {
  waiting += text;
  if (waiting.length > limits.answerMax) return end('answer');
  const at = waiting.indexOf('\n');
  if (at < 0) return;
  const line = waiting.slice(0, at);
  waiting = waiting.slice(at + 1);
  clearTimeout(watch);
  if (asked && waiting === '') say(line);
  else end('answer');
});
child.stdin?.on('error', () => end('died'));
child.on('error', () => end('died'));
child.on('exit', (code, signal) => {
  const isCpu = signal === 'SIGXCPU' || code === SIGNALLED + constants.signals.SIGXCPU;
  end(isCpu ? 'cpu' : 'died');
});

port.on('message', (line: string) => {
  asked = true;
  if (ended) return say(ended);
  watch = setTimeout(() => end('time'), limits.answerMs);
  child.stdin?.write(`${line}\n`);
});
parentPort?.on('message', () => {
  end('died');
  process.exit();
});
process.on('exit', kill);

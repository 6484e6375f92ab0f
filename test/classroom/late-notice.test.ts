// The engine waits for the sandbox without an event loop: to be woken is not yet to be answered.

import { expect, it } from 'vitest';
import { Sandbox } from '../../src/classroom/sandbox/sandbox.ts';

/** A relay that answers everything, a while after it has woken the engine for nothing. */
const RELAY = `
import { workerData } from 'node:worker_threads';
const { port, signal } = workerData;
const flag = new Int32Array(signal);
port.on('message', () => {
  const untilMs = performance.now() + 50;
  while (Atomics.notify(flag, 0) === 0 && performance.now() < untilMs);
  setTimeout(() => {
    port.postMessage('{"charts":{}}');
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  }, 20);
});`;

it('takes a late notification for no answer', () => {
  const relay = new URL(`data:text/javascript,${encodeURIComponent(RELAY)}`);
  const sandbox = new Sandbox({ relay, child: '', inside: '' }, '');
  expect(sandbox.machines.size).toBe(0);
  sandbox.close();
});

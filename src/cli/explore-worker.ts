// A worker thread that explores its share and says what it found.

import { parentPort, workerData } from 'node:worker_threads';
import { SandboxError } from '../sim/index.ts';
import { explorePart, requestOf } from './explore.ts';
import type { Order } from './explore-options.ts';
import { loadCatalogue } from './load.ts';
import type { Said } from './shards.ts';

const order = workerData as Order;
const say = (said: Said): void => parentPort?.postMessage(said);

const SAY_EVERY_MS = 100;
let saidMs = performance.now();
let isStopped = false;
parentPort?.on('message', () => {
  isStopped = true;
});

try {
  const request = requestOf(await loadCatalogue(order.scenarios ?? undefined), order);
  const explored = await explorePart(request, {
    isStopped: () => isStopped,
    onProgress: ({ steps, states, broken }) => {
      if (performance.now() - saidMs < SAY_EVERY_MS) return;
      saidMs = performance.now();
      say({ kind: 'progress', steps, states, broken });
    },
  });
  say({ kind: 'done', explored });
} catch (error) {
  const { code, data } = error as Partial<SandboxError>;
  say({ kind: 'failed', error: error instanceof SandboxError ? { code, data } : error });
}

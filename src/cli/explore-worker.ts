// A worker thread that explores its share and says what it found.

import { parentPort, workerData } from 'node:worker_threads';
import { SharedSeen } from '../explore/index.ts';
import { SandboxError } from '../sim/index.ts';
import { explorePart, requestOf } from './explore.ts';
import { loadCatalogue } from './load.ts';
import type { Said, WorkerData } from './shards.ts';

const { order, team } = workerData as WorkerData;
const say = (said: Said): void => parentPort?.postMessage(said);

const SAY_EVERY_MS = 100;
let saidMs = performance.now();
let isStopped = false;
parentPort?.on('message', () => {
  isStopped = true;
});

async function explored() {
  const request = requestOf(await loadCatalogue(order.scenarios ?? undefined), order);
  const { budget } = request.options;
  const shared = team && {
    team: { seen: new SharedSeen(team.buffer, budget), member: team.member },
  };
  const own = { ...request, options: { ...request.options, ...shared } };
  return await explorePart(own, {
    isStopped: () => isStopped,
    onProgress: ({ steps, states, broken }) => {
      if (performance.now() - saidMs < SAY_EVERY_MS) return;
      saidMs = performance.now();
      say({ kind: 'progress', steps, states, broken });
    },
  });
}

explored().then(
  (found) => say({ kind: 'done', explored: found }),
  (error: unknown) => {
    const { code, data } = error as Partial<SandboxError>;
    say({ kind: 'failed', error: error instanceof SandboxError ? { code, data } : error });
  },
);

// 1,000 seeds in one process against the same 1,000 in fresh processes: the same fingerprints.
// `npm test` does this for a few; this is the whole of it, and takes some minutes.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  allParameters,
  findScenario,
  loadCatalogue,
  readInput,
  runWorld,
  seededSchedule,
  World,
} from '../dist/index.js';

const SEEDS = 1000;
const AT_ONCE = 2;
const SIM = fileURLToPath(new URL('../dist/bin/sim.js', import.meta.url));
const execute = promisify(execFile);

const scenario = findScenario(await loadCatalogue(), 'ticket-saga');
const world = new World(scenario, readInput(scenario, allParameters(scenario, {})));
const here = Array.from({ length: SEEDS }, (_, seed) => {
  return runWorld(world, [], seededSchedule(seed)).fingerprint;
});

let next = 0;
let different = 0;
async function worker() {
  while (next < SEEDS) {
    const seed = next++;
    const args = [SIM, 'run', 'ticket-saga', '--json', '--quiet', '--seed', String(seed)];
    const { stdout } = await execute(process.execPath, args);
    if (JSON.parse(stdout).fingerprint !== here[seed]) different += 1;
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, worker));
console.log(
  `${SEEDS} seeds, ${new Set(here).size} different ends, ${different} differ between processes`,
);
process.exitCode = different === 0 ? 0 : 1;

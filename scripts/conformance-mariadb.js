// Compares the simulated database with a real MariaDB, if one is installed.
// It must never touch a server that it did not start.

import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const live = fileURLToPath(new URL('../test/conformance/isolation/live.ts', import.meta.url));
const { module } = await runnerImport(live);
process.exitCode = await module.main();

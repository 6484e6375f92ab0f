// `npm run conformance -- [--cases FILE] [--json]`: plays recorded interleavings on the simulated
// database, and counts where it did as the real one. Exits 1 if it differs anywhere.

import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const main = fileURLToPath(new URL('../test/conformance/isolation/play.ts', import.meta.url));
const { module } = await runnerImport(main);
process.exitCode = module.main(process.argv.slice(2));

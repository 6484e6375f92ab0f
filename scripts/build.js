// Compiles the program into dist/, and the checked catalogue with it, so that a run need not read
// and check YAML again.

import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, tsc, { cwd: root, stdio: 'inherit' });
chmodSync(`${root}dist/cli.js`, 0o755);

const { checkCatalogueFile } = await import('../dist/cli/load.js');
writeFileSync(`${root}dist/scenarios.json`, JSON.stringify(await checkCatalogueFile()));

// Compiles the program into dist/ (the library), bundles the command into dist/bin/ and
// writes the checked catalogue beside them, so that a run
// need not read and check YAML again.

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildCommand, keepCompiled } from './build-command.js';
import { buildSandbox } from './build-sandbox.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, tsc, { cwd: root, stdio: 'inherit' });

await buildCommand(root);
await buildSandbox(root);

// The page: one script and one style, so that a recorded run can carry them along.
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    outDir: 'dist/web',
    emptyOutDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: {
      input: { page: `${root}src/web/page/main.tsx` },
      output: { entryFileNames: 'page.js', assetFileNames: 'page[extname]' },
    },
  },
});

const { checkCatalogueFile, checkedLines } = await import('../dist/cli/load.js');
writeFileSync(`${root}dist/scenarios.ndjson`, checkedLines(await checkCatalogueFile()));
keepCompiled(root);

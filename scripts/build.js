// Compiles the program into dist/ (the library), bundles the command into dist/bin/ (one file
// starts twice as fast as eighty), and writes the checked catalogue beside them, so that a run
// need not read and check YAML again.

import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, tsc, { cwd: root, stdio: 'inherit' });

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/bin',
    sourcemap: true,
    rolldownOptions: {
      input: {
        sim: `${root}dist/cli.js`,
        'explore-worker': `${root}dist/cli/explore-worker.js`,
      },
      // Names stay, for those who read a stack; what is shorter is read sooner.
      output: {
        chunkFileNames: '[name].js',
        minify: { compress: false, mangle: false, codegen: true },
      },
    },
  },
});
chmodSync(`${root}dist/bin/sim.js`, 0o755);

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

// Bundles the command into dist/bin/ and keeps what V8 compiled of it beside it.

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'vite';

// Names stay, for those who read a stack; what is shorter is read sooner.
const minify = { compress: false, mangle: false, codegen: true };

function bundle(root, name, file) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: 'dist/bin',
      emptyOutDir: false,
      sourcemap: true,
      rolldownOptions: {
        input: { [name]: file },
        output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].js', minify },
      },
    },
  });
}

// Text of one byte a character is read without decoding. What is not ASCII stands in texts only,
// where an escape says the same.
function escapeText(file) {
  const escaped = readFileSync(file, 'utf8').replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(file, escaped);
}

/** One file starts faster than eighty; what is only needed sometimes is evaluated only then. */
export async function buildCommand(root) {
  await bundle(root, 'command', `${root}dist/cli.js`);
  for (const name of ['explore-worker', 'apart-worker', 'grade-worker'])
    await bundle(root, name, `${root}dist/cli/${name}.js`);
  escapeText(`${root}dist/bin/command.js`);
  writeFileSync(`${root}dist/bin/package.json`, '{ "type": "commonjs" }\n');
  copyFileSync(`${root}scripts/start.cjs`, `${root}dist/bin/sim.js`);
  chmodSync(`${root}dist/bin/sim.js`, 0o755);
}

/** Has the command compile what a usual start needs, so that the next start need not. */
export function keepCompiled(root) {
  const env = { ...process.env, INDOUBT_KEEP_COMPILED: '1' };
  const command = [`${root}dist/bin/sim.js`, 'step', 'ticket-saga', '--keys', 'n'];
  execFileSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'], env });
}

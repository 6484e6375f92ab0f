// Bundles the parts of the classroom's sandbox into dist/sandbox/: the relay (a thread), the child
// (a process, given its program as text), and what runs beside a student's code in it.

import { build } from 'vite';

function bundle(root, name, output, more = {}) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: 'dist/sandbox',
      emptyOutDir: false,
      rolldownOptions: {
        input: { [name]: `${root}dist/classroom/sandbox/${name}.js` },
        output: { codeSplitting: false, entryFileNames: '[name].js', ...output },
        ...more,
      },
    },
  });
}

export async function buildSandbox(root) {
  await bundle(root, 'relay', { format: 'es' });
  await bundle(root, 'child', { format: 'cjs', minify: true });
  // Only what the words need: no database, no Node.
  const treeshake = { moduleSideEffects: false };
  const inside = { format: 'iife', name: 'inside', minify: { mangle: false } };
  await bundle(root, 'inside', inside, { treeshake });
}

// The command is tested as it is built: whatever is newer than dist/ is built first.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export function setup(): void {
  const built = join(ROOT, 'dist/scenarios.ndjson');
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const inputs = [...sources.map((path) => `src/${path}`), 'scenarios.yaml', 'package.json'];
  const newest = Math.max(...inputs.map((path) => statSync(join(ROOT, path)).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.js')], { cwd: ROOT, stdio: 'inherit' });
}

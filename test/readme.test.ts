// What README.md tells a newcomer to type works, and shows what it says.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...README.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );
const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter(Boolean);

describe('README.md', () => {
  it('begins with npm ci and the compensated saga', () => {
    const [install, first = ''] = commands;
    expect(install).toBe('npm ci');
    const output = execFileSync('bash', ['-c', first], { cwd: ROOT, encoding: 'utf8' });
    expect(output).toMatch(/Outcome\n {2}compensated\n/);
    for (const shown of blocks('text').join('').trimEnd().split('\n')) {
      expect(output.split('\n')).toContain(shown);
    }
  });

  it('names the test command that CI runs', () => {
    expect(commands.at(-1)).toBe('npm test');
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.test).toBe('vitest run');
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toMatch(/^npm ci\n[\s\S]*^npm test /m);
    for (const [, name = ''] of README.matchAll(/npm run (\w+)/g))
      expect(scripts).toHaveProperty(name);
  });

  const typed = commands.filter((command) => /(^|\| )sim /.test(command));
  it.each(typed)('%s', (command) => {
    const folder = mkdtempSync(join(tmpdir(), 'indoubt-readme-'));
    symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
    const script = `sim() { "${process.execPath}" "${ROOT}dist/bin/sim.js" "$@"; }\n${command}`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect([0, 1], stderr).toContain(status);
    expect(stdout.length).toBeGreaterThan(500);
  });

  it('shows library code that runs', async () => {
    const [code = ''] = blocks('ts');
    const own = code.replace("'indoubt'", JSON.stringify(join(ROOT, 'dist/index.js')));
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', own], {
      encoding: 'utf8',
    });
    expect(output).toContain('compensated');
  });
});

describe('ARCHITECTURE.md', () => {
  it('names files and folders that are there', () => {
    const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    const paths = [...text.matchAll(/`((?:src|test)\/[\w./-]+?)(?:\*\.ts)?`/g)].map(
      ([, path]) => path,
    );
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths)
      expect(() => execFileSync('ls', [join(ROOT, path ?? '')])).not.toThrow();
  });
});

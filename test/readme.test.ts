// What README.md tells a newcomer to type works, and shows what it says.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from './support.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...README.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );
const linesOf = (block: string): readonly string[] =>
  block
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter(Boolean);
const commands = blocks('sh').flatMap(linesOf);

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

  // What stands in one block is typed one after another in one folder.
  const typed = blocks('sh').map((block) =>
    linesOf(block).filter((one) => /(^|\| )sim /.test(one)),
  );
  describe.each(typed.filter((block) => block.length > 0))('%s', (...block) => {
    const folder = mkdtempSync(join(tmpdir(), 'indoubt-readme-'));
    const env = { ...process.env, INDOUBT_HOME: join(folder, 'home') };
    symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
    const anna = join(folder, 'submissions/anna/12-sold-twice');
    cpSync(join(ROOT, 'exercises/12-sold-twice/solution'), anna, { recursive: true });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(block)('%s', (command) => {
      const script = `sim() { "${process.execPath}" "${ROOT}dist/bin/sim.js" "$@"; }\n${command}`;
      const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
        ...{ cwd: folder, env },
        encoding: 'utf8',
      });
      expect([0, 1], stderr).toContain(status);
      const isShort = /sim (exercise|grade)/.test(command);
      expect(stdout.length).toBeGreaterThan(isShort ? 20 : 500);
    });
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

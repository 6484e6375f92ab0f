// The command starts from what V8 compiled when it was built; where it cannot, it is the same.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from '../support.ts';
import { SIM } from './sim.ts';

// Beside the real one, since it reads the catalogue from there.
const copy = mkdtempSync(join(ROOT, 'dist/start-'));
afterAll(() => rmSync(copy, { recursive: true }));

const ARGS = ['run', 'ticket-saga', '--fail=deposit', '--lang=zh'];
const started = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...args, ...ARGS]);
  return { stdout: stdout.toString(), stderr: stderr.toString(), status };
};
const usual = started(SIM);

it('keeps what V8 compiled', () => {
  expect(existsSync(join(ROOT, 'dist/bin/command.compiled'))).toBe(true);
  expect(usual).toMatchObject({ status: 0, stderr: '' });
  expect(usual.stdout).toContain('重放');
});

it.each([
  ['under another V8, which refuses it', () => ['--stack-size=900', SIM]],
  ['when it is broken', () => [startOf((file) => writeFileSync(file, 'nothing compiled'))]],
  ['when it is missing', () => [startOf((file) => rmSync(file))]],
])('says the same %s', (_, command) => {
  expect(started(...command())).toEqual(usual);
});

function startOf(spoil: (file: string) => void): string {
  cpSync(join(ROOT, 'dist/bin'), copy, { recursive: true });
  spoil(join(copy, 'command.compiled'));
  return join(copy, 'sim.js');
}

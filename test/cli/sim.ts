// Runs the command as a person does: a real process, real streams, a real exit code.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ROOT } from '../support.ts';

export const SIM = join(ROOT, 'dist/bin/sim.js');

/** A folder of the test file's own, gone when it is through. */
export const folder = mkdtempSync(join(tmpdir(), 'indoubt-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

export function sim(args: readonly string[], { env = {}, input = '', cwd = folder }: Options = {}) {
  const plain = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const result = spawnSync(process.execPath, [SIM, ...args], {
    env: { ...plain, ...env },
    input,
    cwd,
    encoding: 'utf8',
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

export function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

export const run = (...args: string[]) => sim(['run', 'ticket-saga', ...args]);

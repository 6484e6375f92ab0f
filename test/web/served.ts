// `sim serve` as a process of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SIM } from '../cli/sim.ts';

/** `sim serve`, at its address. */
export async function served(port = '0'): Promise<{ url: string; process: ChildProcess }> {
  const process_ = spawn(process.execPath, [SIM, 'serve', '--port', port, '--lang', 'en']);
  const [line] = await once(process_.stdout, 'data');
  return { url: String(line).trim(), process: process_ };
}

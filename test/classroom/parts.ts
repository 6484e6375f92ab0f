// The sandbox as it was built, and a module in it.

import { LIMITS, Sandbox } from '../../src/classroom/sandbox/sandbox.ts';
import { transpiled } from '../../src/classroom/sandbox/transpile.ts';
import { judgesOf } from '../../src/cli/classroom.ts';
import { SandboxError } from '../../src/sim/index.ts';
import { catalogue } from '../support.ts';

const { parts } = judgesOf(catalogue);
export const QUICK = { ...LIMITS, answerMs: 2500 };

/** What somebody's module says of itself when it is loaded. */
export function open(text: string, limits = QUICK): Sandbox {
  return new Sandbox(parts, transpiled(text), limits);
}

/** The same for text that is JavaScript already. */
export const openAsIs = (module: string): Sandbox => new Sandbox(parts, module, QUICK);

/** Why it was refused, and with which words; null if it was not. */
export function refused(act: () => unknown): { reason: string; detail: string } | null {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof SandboxError) || error.code !== 'bad-handlers') throw error;
    return error.data as { reason: string; detail: string };
  }
}

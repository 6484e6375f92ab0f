// The sandbox as it was built, and a module in it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LIMITS, Sandbox, type SandboxParts } from '../../src/classroom/sandbox/sandbox.ts';
import { transpiled } from '../../src/classroom/sandbox/transpile.ts';
import { SandboxError } from '../../src/sim/index.ts';
import { ROOT } from '../support.ts';

const at = (name: string): string => join(ROOT, 'dist/sandbox', `${name}.js`);

const parts: SandboxParts = {
  relay: pathToFileURL(at('relay')),
  child: readFileSync(at('child'), 'utf8'),
  inside: readFileSync(at('inside'), 'utf8'),
};

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

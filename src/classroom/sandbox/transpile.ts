// A student's TypeScript as the JavaScript of a module: types taken off, lines kept.

import { transform } from 'sucrase';
import { SandboxError } from '../../sim/index.ts';

/** @throws SandboxError `bad-handlers`, with the line and column of what cannot be read */
export function transpiled(text: string): string {
  try {
    return transform(text, { transforms: ['typescript', 'imports'] }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const place = { file: 'handlers.ts', ...(loc && { line: loc.line, column: loc.column }) };
    const detail = message.replace(/^Error transforming .*?: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new SandboxError('bad-handlers', { reason: 'syntax', detail }, place);
  }
}

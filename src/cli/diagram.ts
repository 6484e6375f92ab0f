// `--diagram`: which format was asked for, and that nothing else was asked for at the same time.

import { DIAGRAMS, type DiagramFormat } from '../report/index.ts';
import { closest, SandboxError } from '../sim/index.ts';
import type { OutputStyle } from './output.ts';

/** What can be typed about a diagram. */
export interface DiagramFlags {
  readonly diagram?: string;
  readonly handler?: string;
  readonly state?: string;
}

/**
 * The format that was asked for; null without one.
 * @throws SandboxError `unknown-name`, `conflict`, `missing-value`
 */
export function readDiagram(
  { diagram: given, handler, state }: DiagramFlags,
  { json, ndjson }: Pick<OutputStyle, 'json' | 'ndjson'>,
): DiagramFormat | null {
  if (given === undefined) {
    if (handler === undefined && state === undefined) return null;
    const expected = { type: 'text', choices: DIAGRAMS } as const;
    throw new SandboxError('missing-value', { name: '--diagram', expected });
  }
  const format = DIAGRAMS.find((one) => one === given);
  if (!format) {
    const nearest = closest(given, DIAGRAMS);
    throw new SandboxError('unknown-name', { what: 'diagram', given, nearest, known: DIAGRAMS });
  }
  if (json || ndjson) {
    const second = json ? '--json' : '--reporter=ndjson';
    throw new SandboxError('conflict', { first: '--diagram', second });
  }
  return format;
}

// Reads what somebody handed in: text, of a bearable size, in UTF-8.

import { SandboxError } from '../sim/index.ts';

/** In bytes: an answer is a page or two. */
export const ANSWER_MAX = 200_000;

/** The text of an answer. @throws SandboxError `bad-submission` */
export function answerText(bytes: Uint8Array | null, file: string): string {
  const refuse = (reason: 'missing' | 'large' | 'encoding') =>
    new SandboxError('bad-submission', { reason, file });
  if (bytes === null) throw refuse('missing');
  if (bytes.length > ANSWER_MAX) throw refuse('large');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw refuse('encoding');
    return text;
  } catch {
    throw refuse('encoding');
  }
}

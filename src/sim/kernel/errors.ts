// What is thrown: mistakes of the person (SandboxError) and of this program (BugError).
// Modelled failures are neither: they are values in the trace.

import type { ErrorCode, ErrorData, FilePlace } from './error-codes.ts';

/** A mistake the person can mend. The words for it, in each language, are in the report's texts. */
export class SandboxError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly data: ErrorData[Code];
  readonly place: FilePlace | null;

  constructor(code: Code, data: ErrorData[Code], place: FilePlace | null = null) {
    super(`${code}: ${JSON.stringify(data)}`);
    this.name = 'SandboxError';
    this.code = code;
    this.data = data;
    this.place = place;
  }
}

/** A broken promise of this program: an assertion that failed. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

// Assertions about Indoubt itself. A failed one is our bug, never the user's mistake.

import { BugError } from './errors.ts';

/** Throws when a condition that this program guarantees does not hold. @throws BugError */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}

/** Returns a value that this program guarantees to be there. @throws BugError when it is not */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new BugError(`missing: ${what}`);
  return value;
}

/** Marks a branch that the types say cannot be reached. @throws BugError */
export function unreachable(value: never): never {
  throw new BugError(`unreachable: ${JSON.stringify(value)}`);
}

// A short name for a value: equal values have equal fingerprints, whatever the machine.

import { createHash } from 'node:crypto';

/** Plain data: what a fingerprint, a mark and a message body are made of. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * The first 96 bits of SHA-256 over the value's JSON text, as 16 URL-safe characters.
 * Keys count in the order they stand, so a caller builds its objects always in the same order.
 */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}

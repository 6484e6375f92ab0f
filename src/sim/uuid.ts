// Time-based identifiers (RFC 9562, version 1) from virtual time and a counter: the same run gives
// the same ones.

const TICKS_PER_MS = 10_000n;
// A fixed clock sequence and a multicast node, as the RFC asks of nodes that are not hardware.
const CLOCK_AND_NODE = '8000-010000000001';

/** The `nth` UUID of a run (from 1), made at a virtual time. */
export function uuidAt(nowMs: number, nth: number): string {
  const ticks = BigInt(nowMs) * TICKS_PER_MS + BigInt(nth);
  const hex = ticks.toString(16).padStart(15, '0');
  return `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-${CLOCK_AND_NODE}`;
}

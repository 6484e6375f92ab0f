// Repeatable randomness: the only source of chance in a run, fed by a seed and nothing else.

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A pseudo-random source. The same seed gives the same numbers on every machine. */
export interface Prng {
  /** A whole number, `0 <= n < limit`. */
  below(limit: number): number;
}

// Neighbouring raw seeds draw alike, so the seed is mixed first (the finaliser of MurmurHash3).
function mix(seed: number): number {
  let hash = seed | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

export function createPrng(seed: number): Prng {
  const generator = xoroshiro128plus(mix(seed));
  return { below: (limit) => uniformInt(generator, 0, limit - 1) };
}

// Which known name a mistyped one probably stands for.

import { distance } from 'fastest-levenshtein';

/** The known name nearest to the given one; null if none is near enough to be meant. */
export function closest(given: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, away: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const best = ranked[0];
  if (!best) return null;
  const near = best.away <= Math.max(2, Math.ceil(best.name.length / 3));
  // Two short names may be near each other and have no letter in common.
  const alike = best.away < Math.max(given.length, best.name.length);
  return near && alike ? best.name : null;
}

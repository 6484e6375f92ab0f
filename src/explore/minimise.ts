// Makes a way to break a property as plain as it can be, before anyone sees it: what is not needed
// for the break is left out, faults first, and what is left happens in the usual order.

import { type Followed, follow, type Stop } from './follow.ts';
import type { WorldModel } from './world-model.ts';

// What one would rather see: fewer faults, fewer stalls and preemptions, shorter, more usual.
const pricesOf = ({ faults, costly, length, stops, choices }: Followed): readonly number[] => [
  faults.length,
  costly,
  length,
  stops.length,
  choices.length,
];

/** Whether one would rather see the one than the other. */
export function isBetter(one: Followed, other: Followed): boolean {
  const prices = pricesOf(other);
  const at = pricesOf(one).findIndex((price, index) => price !== prices[index]);
  return at >= 0 && (pricesOf(one)[at] ?? 0) < (prices[at] ?? 0);
}

const withoutFault = (stop: Stop): Stop => ({ ...stop, fault: null });

/** Each fault left out; then stretches of steps, long ones first. */
function* shortened(stops: readonly Stop[]): Generator<readonly Stop[]> {
  for (const [at, stop] of stops.entries()) {
    if (stop.fault) yield stops.with(at, withoutFault(stop));
  }
  for (let size = Math.ceil(stops.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = stops.length - size; at >= 0; at -= 1) yield stops.toSpliced(at, size);
  }
}

/** What would usually come next, brought forward to where it would come. */
function* reordered(stops: readonly Stop[]): Generator<readonly Stop[]> {
  for (const [at, { name, usual }] of stops.entries()) {
    if (name === usual) continue;
    const later = stops.findIndex((stop, index) => index > at && stop.name === usual);
    const stop = stops[later];
    if (stop) yield stops.toSpliced(later, 1).toSpliced(at, 0, stop);
  }
}

/**
 * The plainest way found that breaks the property.
 * @param isStopped says that there is no more time: the best so far will do
 */
export function minimise(
  model: WorldModel,
  found: Followed,
  property: string,
  isStopped: () => boolean = () => false,
): Followed {
  let best = found;
  const improve = (candidates: (stops: readonly Stop[]) => Iterable<readonly Stop[]>): boolean => {
    for (const stops of candidates(best.stops)) {
      if (isStopped()) return false;
      const tried = follow(model, stops, property);
      if (!tried.broken.includes(property) || !isBetter(tried, best)) continue;
      best = tried;
      return true;
    }
    return false;
  };
  while (improve(shortened) || improve(reordered));
  return best;
}

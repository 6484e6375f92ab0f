// A filmed run with all that is needed to show it, on any surface: plain data, so that it can go to
// a page or into a file. Nothing here runs anything.

import type { FaultPoint, Film, Frame, OutcomeWord, Property, Text } from '../../sim/index.ts';

/** What can go wrong at a point, but for the how many-th time: `crash@user.pay.charging:after`. */
export interface Strikable {
  readonly kind: string;
  readonly text: string;
}

export interface Showing {
  readonly scenario: string;
  readonly title: Text;
  /** The services, in the order of their lanes. */
  readonly services: readonly string[];
  readonly properties: readonly Pick<Property, 'id' | 'when' | 'text'>[];
  /** By fault point. */
  readonly strikable: Readonly<Record<string, readonly Strikable[]>>;
  readonly effects: Readonly<Record<string, FaultPoint['effect']>>;
  /** As given to `--fail`. */
  readonly fails: readonly string[];
  readonly watch: readonly string[];
  readonly film: Film;
  readonly outcome: { readonly word: OutcomeWord; readonly text: Text };
  /** The code that repeats it. */
  readonly code: string;
}

/** The last step of a film. */
export const lastStep = ({ frames }: Film): number => frames.length - 1;

/** What could be seen after a step; what is beyond the end is the end. */
export function frameAt({ frames }: Film, step: number): Frame {
  const frame = frames[Math.max(0, Math.min(step, frames.length - 1))];
  if (!frame) throw new RangeError('a film without frames');
  return frame;
}

/** The step in which an event happened. */
export function stepOf({ frames }: Film, event: number): number {
  let [low, high] = [0, frames.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.events ?? 0) >= event) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first step after which something is broken, by property. */
export function breaksOf({ frames }: Film): ReadonlyMap<string, number> {
  const breaks = new Map<string, number>();
  frames.forEach(({ broken }, step) => {
    for (const property of broken) if (!breaks.has(property)) breaks.set(property, step);
  });
  return breaks;
}

/** The first step after which two films show something else; null if they are alike. */
export function firstDifference(one: Film, other: Film): number | null {
  const shown = ({ next: _, passed: __, option: ___, ...seen }: Frame) => JSON.stringify(seen);
  const steps = Math.max(one.frames.length, other.frames.length);
  for (let step = 0; step < steps; step++) {
    const [here, there] = [one.frames[step], other.frames[step]];
    if (!here || !there || shown(here) !== shown(there)) return step;
  }
  return null;
}

// A filmed run with all that is needed to show it, on any surface: plain data, so that it can go to
// a page or into a file. Nothing here runs anything.

import type {
  Choice,
  FaultPoint,
  Film,
  Frame,
  Json,
  OutcomeWord,
  Pace,
  Property,
  Text,
} from '../../sim/index.ts';

/** What can go wrong at a point, but for the how many-th time: `crash@user.pay.charging:after`. */
export interface Strikable {
  readonly kind: string;
  readonly text: string;
}

/** Which way a run is to go. */
export interface AskedWay {
  /** As given to `--fail`. */
  readonly fails: readonly string[];
  readonly settings: Readonly<Record<string, string | number | null>>;
  /** An input document. */
  readonly document?: Json | undefined;
  readonly choices: readonly Choice[];
  readonly pace: Pace;
  /** Queries over the committed state of all databases and queues. */
  readonly watch: readonly string[];
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
  /** What was asked for: the same film can be made of it again. */
  readonly asked: AskedWay;
  readonly film: Film;
  readonly outcome: { readonly word: OutcomeWord; readonly text: Text };
  /** The code that repeats it. */
  readonly code: string;
  /** What must be typed after a command to have the same scenario. */
  readonly found: string;
}

/** The way that leaves a film at a step, by another of the choices there. */
export function choosing({ asked, film }: Showing, step: number, option: number): AskedWay {
  const before = film.choices.filter((choice) => choice.step < step);
  return { ...asked, choices: [...before, { step, option }] };
}

/** The way that leaves a film at a step, since a fault strikes in the step that comes next. */
export function striking({ asked, film }: Showing, step: number, fault: string): AskedWay {
  const choices = film.choices.filter((choice) => choice.step <= step);
  return { ...asked, choices, fails: [...asked.fails, fault] };
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

/** Where one should look first: where something breaks, or a fault strikes; or the beginning. */
export function firstToSee({ film }: Showing): number {
  const breaks = [...breaksOf(film).values()];
  if (breaks.length > 0) return Math.min(...breaks);
  const struck = film.events.find(({ happening }) => happening.kind === 'struck');
  return struck ? stepOf(film, struck.id) : 0;
}

/** What can be seen after a step; what queries gave does not count, they need not be the same. */
const seenAt = ({ frames }: Film, step: number): string | null => {
  const frame = frames[step];
  if (!frame) return null;
  const { next: _, passed: __, option: ___, watched: ____, ...seen } = frame;
  return JSON.stringify(seen);
};

/** What happened in a step. */
const happenedIn = ({ frames, events }: Film, step: number): string | null => {
  const frame = frames[step];
  if (!frame) return null;
  const own = events.slice(frames[step - 1]?.events ?? 0, frame.events);
  return JSON.stringify(own.map(({ atMs, place, happening }) => [atMs, place, happening]));
};

/**
 * The first step after which two films show something else; null if they are alike. Of films that
 * begin differently, the first in which something else happens, if there is one.
 */
export function firstDifference(one: Film, other: Film): number | null {
  const steps = Math.max(one.frames.length, other.frames.length);
  const first = (of: (film: Film, step: number) => string | null): number | null => {
    for (let step = 0; step < steps; step++) if (of(one, step) !== of(other, step)) return step;
    return null;
  };
  const difference = first(seenAt);
  return difference === 0 ? (first(happenedIn) ?? 0) : difference;
}

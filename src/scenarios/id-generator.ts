// How a node makes identifiers from its clock, its random bits and what it remembers of the last
// one; and what it does when its clock stands still or goes back.

import { bitsFrom, gregorianTicks, objectId, uuidV1, uuidV4, uuidV7 } from './ids.ts';

/** The identifiers a node makes by itself. */
export type OwnWay = 'uuid-v1' | 'uuid-v4' | 'uuid-v7' | 'objectid';

/** What a node does when its clock has not gone on since its last identifier. */
export type Guard = 'none' | 'wait' | 'bump';

/** What a node remembers between two identifiers. */
export type Generator = {
  /** Where its random bits come from: a node of its own, or the image it was cloned from. */
  readonly source: string;
  /** Its network card: of a clone, that of the image. */
  readonly node: string;
  /** How many identifiers it has made. */
  readonly count: number;
  /** The time in the last one, in ms; -1 before the first. */
  readonly lastMs: number;
  /** Version 1's clock sequence, and version 7's counter within a millisecond. */
  readonly clockSequence: number;
  readonly within: number;
};

export const newGenerator = (source: string, node: string): Generator => {
  const clockSequence = Number(bitsFrom(14, source, 'clock sequence'));
  return { source, node, count: 0, lastMs: -1, clockSequence, within: 0 };
};

/** How long a node has to wait until its clock is past the last identifier, in ms. */
export const behindMs = ({ lastMs }: Generator, clockMs: number): number =>
  Math.max(lastMs - clockMs + 1, 0);

// A network card that is none says so by its lowest bit of the first byte.
const MULTICAST = 1n << 40n;
const CLOCK_SEQUENCES = 1 << 14;
const COUNTERS = 1 << 12;
const OBJECT_COUNTERS = 1 << 24;

interface Made {
  readonly id: string;
  readonly generator: Generator;
}

function version1(generator: Generator, clockMs: number, bumps: boolean): Made {
  const { node, lastMs } = generator;
  const stands = bumps && clockMs <= lastMs;
  const clockSequence = (generator.clockSequence + (stands ? 1 : 0)) % CLOCK_SEQUENCES;
  const card = bitsFrom(48, node, 'card') | MULTICAST;
  const id = uuidV1(gregorianTicks(clockMs), clockSequence, card);
  return { id, generator: { ...generator, clockSequence, lastMs: clockMs } };
}

// The first of a millisecond draws 11 bits, so that there is room to count.
function version7(generator: Generator, clockMs: number, bumps: boolean): Made {
  const { source, count, lastMs, within } = generator;
  const stands = bumps && clockMs <= lastMs;
  const isFull = stands && within + 1 === COUNTERS;
  const unixMs = stands ? lastMs + (isFull ? 1 : 0) : clockMs;
  const drawn = Number(bitsFrom(11, source, count, 'a'));
  const counter = stands && !isFull ? within + 1 : drawn;
  const id = uuidV7(unixMs, counter, bitsFrom(62, source, count, 'b'));
  return { id, generator: { ...generator, lastMs: unixMs, within: counter } };
}

function mongo(generator: Generator, clockMs: number, bumps: boolean): Made {
  const { source, count, lastMs } = generator;
  const unixMs = bumps ? Math.max(clockMs, lastMs) : clockMs;
  const first = Number(bitsFrom(24, source, 'counter'));
  const counter = (first + count) % OBJECT_COUNTERS;
  const id = objectId(Math.floor(unixMs / 1000), bitsFrom(40, source, 'process'), counter);
  return { id, generator: { ...generator, lastMs: unixMs } };
}

/** The next identifier by a node's own clock, and what the node remembers from then on. */
export function nextId(way: OwnWay, generator: Generator, clockMs: number, guard: Guard): Made {
  const bumps = guard === 'bump';
  const random = () => uuidV4(bitsFrom(122, generator.source, generator.count, 'random'));
  const made = {
    'uuid-v1': () => version1(generator, clockMs, bumps),
    'uuid-v4': () => ({ id: random(), generator: { ...generator, lastMs: clockMs } }),
    'uuid-v7': () => version7(generator, clockMs, bumps),
    objectid: () => mongo(generator, clockMs, bumps),
  }[way]();
  return { ...made, generator: { ...made.generator, count: generator.count + 1 } };
}

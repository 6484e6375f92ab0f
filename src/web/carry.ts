// A filmed run as text, for a page or a file: what several frames share is written once, and of a
// frame only what changed from one to the next.

import { parse, stringify } from 'devalue';
import type { Showing } from '../report/view/showing.ts';
import type { Frame } from '../sim/index.ts';
import { type Patch, patched, patchOf } from './patch.ts';

/** A run to be shown, and what to call it. */
export interface Titled {
  readonly title: string;
  readonly showing: Showing;
}

type Packed = Omit<Titled, 'showing'> & {
  readonly first: Frame | undefined;
  readonly patches: readonly Patch[];
  readonly showing: Omit<Showing, 'film'> & { readonly film: Omit<Showing['film'], 'frames'> };
};

// Of the list of tables each table, of each table the lists of its rows; so with queues.
const NESTED = 2;

function packed({ title, showing }: Titled): Packed {
  const { frames, ...film } = showing.film;
  const [first, ...others] = frames;
  const patches = others.map((frame, at) => patchOf(frames[at], frame, NESTED));
  return { title, first, patches, showing: { ...showing, film } };
}

function unpacked({ title, first, patches, showing }: Packed): Titled {
  const frames = first ? [first] : [];
  for (const patch of patches) frames.push(patched(frames.at(-1), patch) as Frame);
  return { title, showing: { ...showing, film: { ...showing.film, frames } } };
}

export const carried = (all: readonly Titled[]): string => stringify(all.map(packed));

export const received = (text: string): readonly Titled[] =>
  (parse(text) as readonly Packed[]).map(unpacked);

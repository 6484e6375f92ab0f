// A filmed run as text, for a page or a file: what several frames share is written once.

import { parse, stringify } from 'devalue';
import type { Showing } from '../report/view/showing.ts';

/** A run to be shown, and what to call it. */
export interface Titled {
  readonly title: string;
  readonly showing: Showing;
}

export const carried = (all: readonly Titled[]): string => stringify(all);

export const received = (text: string): readonly Titled[] => parse(text);

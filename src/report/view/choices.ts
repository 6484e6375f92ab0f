// What a person can choose at a step: what comes next, and what goes wrong in it.

import type { Frame, Prospect } from '../../sim/index.ts';
import { type Language, textsIn } from '../texts/index.ts';
import { viewTexts } from '../texts/view.ts';
import { frameAt, lastStep, type Showing } from './showing.ts';

/** One thing to choose. */
interface Choosable {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

export interface Choices {
  readonly next: readonly (Choosable & { readonly option: number; readonly isTaken: boolean })[];
  /** What can go wrong in the step that the film takes next: `fault` as given to `--fail`. */
  readonly faults: readonly (Choosable & { readonly fault: string })[];
  /** The point at which all of it would; null if there are several. */
  readonly struckAt: string | null;
}

/** What could come next, in words. */
function prospectText(
  { effects }: Showing,
  { atMs }: Frame,
  prospect: Prospect,
  language: Language,
): string {
  const words = viewTexts[language];
  const effect = effects[prospect.place];
  const text = words.next(prospect, effect ? textsIn(language).effects[effect] : '');
  const inMs = prospect.dueMs - atMs;
  return inMs > 1 ? `${text} (${words.later(inMs)})` : text;
}

/** Which step was taken last; null at the beginning. */
export function tookAt(showing: Showing, step: number, language: Language): string | null {
  const { film } = showing;
  if (step === 0) return null;
  const before = frameAt(film, step - 1);
  const prospect = before.next[frameAt(film, step).option ?? -1];
  return prospect ? prospectText(showing, before, prospect, language) : null;
}

/** What can be chosen at a step. */
export function choicesAt(showing: Showing, step: number, language: Language): Choices {
  const { film, strikable } = showing;
  const isLast = step >= lastStep(film);
  const following = isLast ? null : frameAt(film, step + 1);
  const frame = frameAt(film, step);
  const next = frame.next.map((prospect, option) => {
    const text = prospectText(showing, frame, prospect, language);
    return { number: option + 1, option, text, isTaken: option === following?.option };
  });
  const faults = (following?.passed ?? []).flatMap(({ point, occurrence }) =>
    (strikable[point] ?? []).map(
      ({ text }) => `${text}${occurrence === 1 ? '' : `#${occurrence}`}`,
    ),
  );
  // Mostly they are all at one point, the next one: then it need not be said.
  const isOnePoint = new Set(following?.passed.map(({ point }) => point)).size === 1;
  return {
    next,
    faults: faults.map((fault, at) => {
      const text = isOnePoint ? fault.replace(/@[^:#]+/, '') : fault;
      return { number: at + 1, text, fault };
    }),
    struckAt: isOnePoint ? (following?.passed[0]?.point ?? null) : null,
  };
}

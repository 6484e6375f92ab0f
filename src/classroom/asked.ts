// What a prediction is asked: each thing with what is right about it and, where it is wrong, the
// event that decides it.

import { type ClassroomTexts, classroomTexts, type Report } from '../report/index.ts';
import type { SqlValue, Text, TraceEvent } from '../sim/index.ts';
import type { Item } from './verdict.ts';

export type Happening = TraceEvent['happening'];

/** One thing that is asked. */
export type Asked = Omit<Item, 'earned' | 'evidence'> & {
  readonly isRight: boolean;
  readonly event: () => TraceEvent | null;
};

/** The same words in both languages. */
export function said(words: (texts: ClassroomTexts['asked']) => string): Text {
  return { en: words(classroomTexts.en.asked), zh: words(classroomTexts.zh.asked) };
}

/** A value as it was answered, or a dash. */
export const shown = (one: unknown): Text =>
  said(() => (one === undefined ? '–' : JSON.stringify(one)));

export function alike(given: unknown, real: SqlValue | boolean | undefined): boolean {
  if (typeof given === 'boolean' && typeof real === 'number') return real === Number(given);
  return given === real;
}

/** The last event of those that could have decided something. */
export function last(
  { result }: Report,
  decides: (happening: Happening) => boolean,
): TraceEvent | null {
  return result.events.findLast(({ happening }) => decides(happening)) ?? null;
}

/** That there is nothing beside, or nothing at all, is a prediction, too. */
export function nothingElse(
  id: string,
  text: Text,
  extra: readonly unknown[],
  isAnswered: boolean,
  event: () => TraceEvent | null,
): Asked {
  return {
    id,
    text,
    given: shown(isAnswered ? extra : undefined),
    points: 1,
    isRight: isAnswered && extra.length === 0,
    event,
  };
}

// The texts of both languages.

import { en } from './en.ts';
import type { Language, Texts } from './texts.ts';
import { zh } from './zh.ts';

export { type ClassroomTexts, classroomTexts } from './classroom.ts';
export { type Bounds, exploreTexts, type Limit, type Totals } from './explore.ts';
export { exploreOptions } from './explore-help.ts';
export type { ErrorText, Language, Texts } from './texts.ts';

const TEXTS: Readonly<Record<Language, Texts>> = { en, zh };

export const LANGUAGES: readonly Language[] = ['en', 'zh'];

export function textsIn(language: Language): Texts {
  return TEXTS[language];
}

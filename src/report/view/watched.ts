// What a watched query gave, or why it gave nothing.

import type { Row, WatchedRows } from '../../sim/index.ts';
import type { Language } from '../texts/index.ts';
import { viewTexts } from '../texts/view.ts';

/** The rows of a query, and what is to be said in their place. */
export function answerOf(
  watched: WatchedRows,
  language: Language,
): { readonly rows: readonly Row[]; readonly wrong: string | null } {
  if ('endless' in watched)
    return { rows: [], wrong: viewTexts[language].endless[watched.endless] };
  if ('wrong' in watched) return { rows: [], wrong: watched.wrong };
  return { rows: watched, wrong: null };
}

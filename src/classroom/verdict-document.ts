// A verdict as a document for programs.

import { SCHEMA_VERSION } from '../report/index.ts';
import type { Item, Verdict } from './verdict.ts';

/** The replay code that shows what is wrong; null where no run shows it. */
function codeOf({ evidence }: Item): string | null {
  if (evidence?.kind === 'found') return evidence.found.report.code;
  return evidence?.kind === 'ran' ? evidence.report.code : null;
}

export function verdictDocument(exercise: string, verdict: Verdict) {
  const { items, points, earned, passed, error } = verdict;
  return {
    schemaVersion: SCHEMA_VERSION,
    exercise,
    passed,
    earned,
    points,
    error: error && { code: error.code, data: error.data, place: error.place },
    items: items.map((item) => {
      const { id, text } = item;
      return { id, text, points: item.points, earned: item.earned, code: codeOf(item) };
    }),
  };
}

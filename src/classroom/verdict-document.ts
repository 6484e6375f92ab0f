// A verdict as a document for programs.

import { SCHEMA_VERSION } from '../report/index.ts';
import { runOf, type Verdict } from './verdict.ts';

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
      const { id, text, evidence } = item;
      return {
        id,
        text,
        points: item.points,
        earned: item.earned,
        code: runOf(item)?.code ?? null,
        needs: evidence?.kind === 'needs' ? { check: evidence.check, text: evidence.text } : null,
      };
    }),
  };
}

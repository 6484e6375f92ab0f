// Exercises are fair: every correct answer earns all points, however it is written, and every
// mistake costs those that it should. Each exercise with its own known answers: variants/*.yaml.

import { describe, expect, it } from 'vitest';
import { judge, lacking, type Written } from './judging.ts';

/** Holds some exercises against their variants. */
export function areFair(exercises: readonly Written[]): void {
  describe.each(exercises)('$name', ({ data, starter, solution, correct, wrong }) => {
    it('passes its solution', async () => {
      expect(lacking(await judge(data, solution))).toEqual([]);
    });

    it('does not pass its starter', async () => {
      const { passed, earned, points, error } = await judge(data, starter);
      expect(error).toBeNull();
      expect(passed).toBe(false);
      expect(earned).toBeLessThan(points);
    });

    it.each(correct)('passes: $name', async ({ code }) => {
      expect(lacking(await judge(data, code))).toEqual([]);
    });

    it.each(wrong)('does not pass: $name', async ({ code, lacks }) => {
      const { passed, items, error } = await judge(data, code);
      expect(error).toBeNull();
      expect(passed).toBe(false);
      const unearned = items.filter(({ earned }) => earned === 0).map(({ id }) => id);
      expect(unearned).toEqual(expect.arrayContaining([...lacks]));
    });
  });
}

// Exercises are fair: every correct answer earns all points, however it is written, and every
// mistake costs those that it should. Each exercise with its own known answers: variants/*.yaml.

import { describe, expect, it } from 'vitest';
import { judge, lacking, written, writtenNames } from './judging.ts';

describe.each(writtenNames)('%s', (name) => {
  const { data, starter, solution, correct, wrong } = written(name);

  it('passes its solution', async () => {
    expect(lacking(await judge(data, solution))).toEqual([]);
  });

  it('does not pass its starter', async () => {
    const { passed, earned, points } = await judge(data, starter);
    expect(passed).toBe(false);
    expect(earned).toBeLessThan(points);
  });

  it.each(correct)('passes: $name', async ({ code }) => {
    expect(lacking(await judge(data, code))).toEqual([]);
  });

  it.each(wrong)('does not pass: $name', async ({ code, lacks }) => {
    const { passed, items } = await judge(data, code);
    expect(passed).toBe(false);
    const unearned = items.filter(({ earned }) => earned === 0).map(({ id }) => id);
    expect(unearned).toEqual(expect.arrayContaining([...lacks]));
  });
});

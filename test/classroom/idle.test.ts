// What must never happen does not happen where nothing is done: that alone earns next to nothing.

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { judgeIdle } from '../../src/classroom/check.ts';
import { exerciseShape, type WrittenData } from '../../src/classroom/shape.ts';
import { verdictReport } from '../../src/classroom/verdict-report.ts';
import { judgesOf } from '../../src/cli/classroom.ts';
import { PLAIN } from '../../src/report/index.ts';
import { catalogue } from '../support.ts';
import { allWritten, judge } from './judging.ts';

const judges = judgesOf(catalogue);
const written = [...allWritten('mend'), ...allWritten('build')];
const dataOf = (name: string) => written.find((one) => one.name === name)?.data as WrittenData;

it.each(written)('$name: whoever does nothing earns at most a tenth', async ({ data }) => {
  const { earned, points } = await judgeIdle(data as WrittenData, judges);
  expect(earned).toBeLessThanOrEqual(points / 10);
});

it.each(allWritten('build'))('$name: the starter earns at most a third', async (one) => {
  const { earned, points } = await judge(one.data, one.starter);
  expect(earned).toBeLessThanOrEqual(points / 3);
});

describe('a check that needs another', () => {
  it('says so of what would be right, and shows what is wrong where it is wrong', async () => {
    const verdict = await judgeIdle(dataOf('12-sold-twice'), judges);
    const evidence = Object.fromEntries(verdict.items.map((one) => [one.id, one.evidence?.kind]));
    expect(evidence).toMatchObject({
      'usual.outcome': 'ran',
      'two-customers.sold-once': 'needs',
      'two-customers.one-buyer': 'found',
    });
    const layout = { width: 400, measure: stringWidth, paint: PLAIN };
    const said = (language: 'en' | 'zh') => verdictReport(verdict, layout, language).join('\n');
    expect(said('en')).toContain('it counts only once this is: One order, nothing goes wrong');
    expect(said('zh')).toContain('但要先做对这一项才计分：一个订单，一切正常');
  });

  const shaped = (...needs: (string[] | undefined)[]) => {
    const data = dataOf('12-sold-twice');
    const checks = data.checks.slice(0, needs.length).map((one, at) => {
      const { needs: _, ...rest } = one;
      return needs[at] ? { ...rest, needs: needs[at] } : rest;
    });
    return exerciseShape.safeParse({ ...data, checks });
  };

  it('needs the first, unless it says otherwise', () => {
    const { data } = shaped(undefined, undefined, [], ['locked', 'usual']);
    const needs = data?.kind === 'mend' ? data.checks.map((one) => one.needs) : [];
    expect(needs).toEqual([[], ['usual'], [], ['locked', 'usual']]);
  });

  it('can only need what stands before it', () => {
    const issues = (...needs: (string[] | undefined)[]) =>
      shaped(...needs).error?.issues.map(({ path, message }) => [path.join('.'), message]);
    expect(issues(undefined, ['sold'], undefined)).toEqual([
      ['checks.1.needs.0', 'sold is no check before this one: usual'],
    ]);
    expect(issues(['usual'])).toEqual([
      ['checks.0.needs.0', 'usual is no check before this one: there is none'],
    ]);
  });
});

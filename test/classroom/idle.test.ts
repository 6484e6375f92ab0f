// What must never happen does not happen where nothing is done: that alone earns next to nothing.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { judgeIdle } from '../../src/classroom/check.ts';
import { readExercise } from '../../src/classroom/exercises.ts';
import { commonMistakes, gradeOf } from '../../src/classroom/grades.ts';
import { lint } from '../../src/classroom/lint.ts';
import { exerciseShape, type WrittenData } from '../../src/classroom/shape.ts';
import { verdictDocument } from '../../src/classroom/verdict-document.ts';
import { verdictReport } from '../../src/classroom/verdict-report.ts';
import { judgesOf } from '../../src/cli/classroom.ts';
import { PLAIN } from '../../src/report/index.ts';
import { catalogue, ROOT } from '../support.ts';
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

  it('is told to programs, as their schema has it', async () => {
    const verdict = await judgeIdle(dataOf('12-sold-twice'), judges);
    const told = verdictDocument('12-sold-twice', verdict);
    const schema = JSON.parse(readFileSync(`${ROOT}schema/verdict.schema.json`, 'utf8'));
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
    expect([validate(told), validate.errors]).toEqual([true, null]);
    const needs = Object.fromEntries(told.items.map((one) => [one.id, one.needs?.check]));
    expect(needs).toMatchObject({ 'two-customers.sold-once': 'usual' });
    expect(needs['two-customers.one-buyer']).toBeUndefined();
  });

  it("is nobody's common mistake", async () => {
    const verdict = await judgeIdle(dataOf('12-sold-twice'), judges);
    const grades = ['anna', 'ben'].map((student) =>
      gradeOf({ student, exercise: '12-sold-twice', print: '', likeness: null }, verdict),
    );
    const common = commonMistakes(grades).map(({ item }) => item.id);
    expect(common).toContain('usual.outcome');
    expect(common).not.toContain('two-customers.sold-once');
  });

  it('is asked for by the lint where handlers that do nothing earn too much', async () => {
    const exercise = readExercise(`${ROOT}exercises`, '12-sold-twice');
    const { data } = exercise;
    if (data.kind !== 'mend') throw new Error('it is to be mended');
    const checks = data.checks.map((one) => ({ ...one, needs: [] }));
    const faults = await lint({ ...exercise, data: { ...data, checks } }, judges, () => 0);
    expect(faults).toEqual([{ kind: 'idle-earns', earned: 6, points: 20 }]);
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

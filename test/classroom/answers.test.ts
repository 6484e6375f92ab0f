// Every exercise that is answered by an answer.yaml: its starter fails, its solution passes, and
// answers that are plausible and wrong earn less.

import { expect, test } from 'vitest';
import { exerciseOf, judged, readmeOf, solutionOf, starterOf } from './reading.ts';

/** Of each prediction: what of its solution somebody gets wrong, and the item that must say so. */
const WRONG: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  '01-acid': [
    ['value: 10 ', 'value: 101 ', 'shop.test[id=1].value'],
    ['outcome: anomaly', 'outcome: prevented', 'outcome'],
  ],
  '02-local': [
    // A checked exception rolls back, too, and in code as by annotation.
    ['- { user_name: ann, id: 1 }', '', 'user.customer[user_name=ann].id'],
    [
      '- { user_name: cyd, id: 3 }',
      '- { user_name: ben, id: 2 }',
      'user.customer[user_name="ben"]',
    ],
    ['id: 5', 'id: 3', 'user.customer[user_name=eve].id'],
  ],
  '03-jms-session': [
    ['customer:msg:reply: 2', 'customer:msg:reply: 1', 'customer:msg:reply'],
    ['ActiveMQ.DLQ: 1', 'ActiveMQ.DLQ: 0', 'ActiveMQ.DLQ'],
    ['customer:msg:new: 0', 'customer:msg:new: 1', 'customer:msg:new'],
  ],
  '04-half-commit': [
    ['deposit: 900', 'deposit: 650', 'user.customer[id=1].deposit'],
    ['- { title: lamp, amount: 250 }', '', 'order.customer_order[title=lamp].amount'],
    ['outcome: half-committed', 'outcome: rolled-back', 'outcome'],
  ],
};

/** Of each exercise in breaking: answers, and what they earn. */
const TRIED: Readonly<Record<string, readonly (readonly [string, number])[]>> = {};

const NAMES = [...Object.keys(WRONG), ...Object.keys(TRIED)];

test.each(NAMES)('%s: the starter fails, the solution passes', async (name) => {
  const starter = await judged(name, starterOf(name));
  expect(starter.passed).toBe(false);
  expect(starter.error).toBeNull();
  const solution = await judged(name, solutionOf(name));
  expect(solution).toMatchObject({ passed: true, error: null, earned: solution.points });
  // What can be earned does not depend on what was answered.
  expect(starter.points).toBe(solution.points);
});

test.each(NAMES)('%s: both languages say how to hand in', (name) => {
  const { title } = exerciseOf(name);
  const number = name.slice(0, 2);
  for (const language of ['en', 'zh'] as const) {
    const text = readmeOf(name, language);
    expect(text.split('\n')[0]).toBe(`# ${number} · ${title[language]}`);
    expect(text).toContain(`sim exercise check ${number}`);
  }
});

const wrongOnes = Object.entries(WRONG).flatMap(([name, ones]) =>
  ones.map((one) => [name, ...one] as const),
);

test.each(wrongOnes)('%s: %s is not %s', async (name, right, wrong, item) => {
  const solution = solutionOf(name);
  expect(solution).toContain(right);
  const { passed, items, earned, points } = await judged(name, solution.replace(right, wrong));
  expect(passed).toBe(false);
  expect(earned).toBeLessThan(points);
  const blamed = items.filter((one) => one.earned < one.points);
  expect(blamed.map(({ id }) => id)).toContain(item);
  expect(blamed.every(({ evidence }) => evidence?.kind === 'decided')).toBe(true);
});

const triedOnes = Object.entries(TRIED).flatMap(([name, ones]) =>
  ones.map((one) => [name, ...one] as const),
);

test.each(triedOnes)('%s: %s earns %i', async (name, answer, earned) => {
  const verdict = await judged(name, answer);
  expect(verdict.earned).toBe(earned);
  expect(verdict.passed).toBe(earned > 0);
});

// Mistakes of a step `receive` are found, each at its line and column.

import { expect, it } from 'vitest';
import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import type { CatalogueProblem, SandboxError } from '../../src/sim/index.ts';

const TEXT = `databases:
  shop: CREATE TABLE sale (id INTEGER PRIMARY KEY, price INT);
queues: [sold]
parameters: { late: -5 }
services:
  shop:
    entries:
      sell:
        flow:
          - send: sold
            body: { price: 1 }
          - go-to: end
`;

function problemsOf(text: string): readonly CatalogueProblem[] {
  try {
    readScenarioFile(text, 'shop.yaml');
  } catch (error) {
    return (error as SandboxError<'bad-scenario'>).data.problems;
  }
  return [];
}

it('is right as it stands', () => {
  expect(problemsOf(TEXT)).toEqual([]);
});

// The mistakes a receive can have, each at the place that is wrong.
it.each<[string, string, string, string, string]>([
  ['an unknown queue', 'receive: solt', 'unknown-name', 'solt', 'sold'],
  ['a timeout of no receive', 'sql: SELECT 1\n            timeout: 5', 'conflict', 'timeout', ''],
  ['a negative timeout', 'receive: sold\n            timeout: -1', 'bad-value', '-1', ''],
  ['a timeout that is no number', 'receive: sold\n            timeout: a', 'bad-name', ' a', ''],
  [
    'a timeout by an unknown name',
    'receive: sold\n            timeout: :prize',
    'unknown-name',
    ':prize',
    'price',
  ],
  [
    'a timeout by a parameter that is negative',
    'receive: sold\n            timeout: :late',
    'bad-value',
    ':late',
    '',
  ],
  ['a send and a receive', 'send: sold\n            receive: sold', 'conflict', 'receive', ''],
  ['a body', 'receive: sold\n            body: { x: 1 }', 'conflict', 'body', ''],
  [
    'a field no message has',
    'receive: sold\n          - sql: SELECT :prise',
    'unknown-name',
    ':prise',
    'price',
  ],
])('knows %s of a receive', (_what, step, code, at, nearest) => {
  const text = TEXT.replace('- go-to: end', `- ${step}\n          - go-to: end`);
  const problems = problemsOf(text);
  expect(problems.map((one) => one.code)).toEqual([code]);
  const [{ place, data } = {}] = problems;
  const line = text.split('\n')[(place?.line ?? 0) - 1] ?? '';
  expect(line.slice((place?.column ?? 0) - 1)).toContain(at.trim().split('\n')[0]);
  if (nearest) expect(data).toMatchObject({ nearest });
});

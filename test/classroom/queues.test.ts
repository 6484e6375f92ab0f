// A prediction of what lies in a queue is judged message by message, and each mistake is laid to
// the event that decided it.

import { expect, test } from 'vitest';
import { checkAnswer } from '../../src/classroom/check.ts';
import { exerciseShape } from '../../src/classroom/shape.ts';
import type { Item } from '../../src/classroom/verdict.ts';
import { judgesOf } from '../../src/cli/classroom.ts';
import { catalogue } from '../support.ts';
import { judged, solutionOf } from './reading.ts';

const NAME = '06-best-effort-gap';

/** What lies in the queues of replies, as somebody answers it. */
const replies = (...names: readonly string[]): string =>
  solutionOf(NAME).replace(
    /(customer:msg:reply:)(\n +- .*)+/,
    `$1 [${names.map((name) => `{ msg: ${name} created. }`).join(', ')}]`,
  );

/** What is wrong: item, answer, and the event that decides it. */
const wrongOf = (items: readonly Item[]) =>
  items.flatMap(({ id, given, evidence }) => {
    if (evidence?.kind !== 'decided') return [];
    return [[id, given?.en, evidence.event?.happening.kind, evidence.event?.atMs]];
  });

test('the messages that are there, in their order, are right', async () => {
  const { items, passed } = await judged(NAME, replies('ann', 'bob', 'cyd'));
  expect(passed).toBe(true);
  const ids = items.map(({ id }) => id).filter((id) => id.startsWith('customer:msg:reply'));
  expect(ids).toEqual([
    'customer:msg:reply[1].msg',
    'customer:msg:reply[2].msg',
    'customer:msg:reply[3].msg',
    'customer:msg:reply',
    'customer:msg:reply.order',
  ]);
});

test.each([
  [
    'a wrong field is laid to what published the message',
    replies('ann', 'bob', 'dan'),
    [['customer:msg:reply[3].msg', '"dan created."', 'published', 7011]],
  ],
  [
    'of a missing message the others are still right',
    replies('bob', 'cyd'),
    [['customer:msg:reply[1].msg', 'no such message', 'published', 8]],
  ],
  [
    'one too many was sent in the session that the crash undid',
    replies('ann', 'bob', 'bob', 'cyd'),
    [
      ['customer:msg:reply', '[{"msg":"bob created."}]', 'crashed', 2007],
      ['customer:msg:reply[+1]', '{"msg":"bob created."}', 'crashed', 2007],
    ],
  ],
  [
    'one that was rolled back each time, by the last rollback',
    replies('ann', 'bob', 'cyd', 'error2'),
    [
      ['customer:msg:reply', '[{"msg":"error2 created."}]', 'rolled-back', 16_051],
      ['customer:msg:reply[+1]', '{"msg":"error2 created."}', 'rolled-back', 16_051],
    ],
  ],
  [
    'the wrong order is one mistake',
    replies('bob', 'ann', 'cyd'),
    [['customer:msg:reply.order', '[2,1,3]', 'published', 3013]],
  ],
  [
    'of no messages no order is right',
    replies(),
    [
      ['customer:msg:reply[1].msg', 'no such message', 'published', 8],
      ['customer:msg:reply[2].msg', 'no such message', 'published', 3013],
      ['customer:msg:reply[3].msg', 'no such message', 'published', 7011],
      ['customer:msg:reply.order', '–', 'published', 7011],
    ],
  ],
])('%s', async (_, answer, wrong) => {
  const { items, points } = await judged(NAME, answer);
  expect(wrongOf(items)).toEqual(wrong);
  expect(points).toBe((await judged(NAME, solutionOf(NAME))).points);
});

test('a dead letter that did not die was acknowledged', async () => {
  const answer = solutionOf(NAME).replace(
    '- { name: error2 }',
    '- { name: error2 }\n    - { name: bob }',
  );
  const { items } = await judged(NAME, answer);
  expect(wrongOf(items)).toEqual([
    ['ActiveMQ.DLQ', '[{"name":"bob"}]', 'committed', 3013],
    ['ActiveMQ.DLQ[+1]', '{"name":"bob"}', 'committed', 3013],
  ]);
});

test('a number instead of a list, and the other way round, is told with its place', async () => {
  const number = await judged(NAME, 'queues:\n  ActiveMQ.DLQ: 1\n');
  expect(number.error).toMatchObject({
    code: 'bad-answer',
    data: { reason: 'no-list', detail: 'ActiveMQ.DLQ' },
    place: { file: 'answer.yaml', line: 2 },
  });
  const list = await judged(NAME, 'queues:\n  customer:msg:new: []\n');
  expect(list.error?.data).toEqual({ reason: 'no-number', detail: 'customer:msg:new' });
  expect(list.points).toBe((await judged(NAME, solutionOf(NAME))).points);
});

const data = exerciseShape.parse({
  kind: 'predict',
  scenario: 'compare-patterns',
  title: { en: 'a', zh: 'b' },
  hints: [{ en: 'a', zh: 'b' }],
  set: { pattern: 'outbox', fault: 'order-refused' },
  ask: { queues: { 'ActiveMQ.DLQ': ['customerId', 'amount'] } },
});
const ofNumbers = (answer: string) => checkAnswer(data, answer, judgesOf(catalogue));

test('a string is no number', async () => {
  const answer = (amount: string) =>
    `queues: { ActiveMQ.DLQ: [{ customerId: 1, amount: ${amount} }] }`;
  expect(await ofNumbers(answer('100'))).toMatchObject({ passed: true, points: 3 });
  const { items, earned } = await ofNumbers(answer('"100"'));
  expect(earned).toBe(2);
  expect(wrongOf(items)).toMatchObject([['ActiveMQ.DLQ[1].amount', '"100"', 'dead-lettered', 246]]);
});

test('a queue that was left as it was given says nothing', async () => {
  expect(await ofNumbers('queues: { ActiveMQ.DLQ: }')).toMatchObject({ earned: 0, error: null });
});

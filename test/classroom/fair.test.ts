// An answer is judged by what it says, not by how it was written down or where it was found.

import { expect, test } from 'vitest';
import { reportOn } from '../../src/cli/library.ts';
import { performRun } from '../../src/cli/run.ts';
import { catalogue, scenarioOf } from '../support.ts';
import { judged, solutionOf } from './reading.ts';

const FAIL = 'delay@buyer-2.ask.calling,delay=3s';

function codeOf(settings: Readonly<Record<string, string | number>>): string {
  const asked = { scenario: 'ticket-lock', seed: null, fails: [FAIL], settings };
  return performRun(catalogue, asked).code;
}

test('the parameters of a code may come in any sequence', async () => {
  const code = codeOf({ fencing: 0, gapMs: 3000, way: 'distributed', stallMs: 8000 });
  expect(await judged('27-break-a-lease', `code: ${code}`)).toMatchObject({ earned: 10 });
});

test('a code of other parameters is refused', async () => {
  const code = codeOf({ fencing: 0, gapMs: 3000, way: 'distributed', stallMs: 9000 });
  const { error, earned } = await judged('27-break-a-lease', `code: ${code}`);
  expect(error?.code).toBe('bad-answer');
  expect(earned).toBe(0);
});

test('a code that was found by exploring is taken', async () => {
  const wanted = { faults: 1, kinds: ['duplicate'], set: {}, maxStates: 20_000 } as const;
  const { findings } = await reportOn(scenarioOf('ticket-saga'), wanted);
  const code = findings.find(({ property }) => property === 'charged-once')?.report.code;
  expect(await judged('13-break-charged-once', `code: ${code}`)).toMatchObject({ earned: 10 });
});

test('a named fault that sets a parameter answers another exercise', async () => {
  const { error } = await judged('07-break-best-effort', 'fail: [throws-between]');
  expect(error).toMatchObject({
    code: 'bad-answer',
    data: { reason: 'sets', detail: 'throws-between, afterCommit' },
  });
});

test('whoever leaves rows out can earn as much as others, and earns less', async () => {
  const full = await judged('10-saga', solutionOf('10-saga'));
  const none = await judged('10-saga', 'rows: {}');
  expect(none).toMatchObject({ points: full.points, earned: 0 });
});

test('a wrong row is laid to the statement that wrote it, or to its rollback', async () => {
  const { items } = await judged('04-half-commit', 'rows: {}');
  const rows = items.filter(({ id }) => id.includes(']'));
  const decided = rows.map(({ id, evidence }) => {
    const event = evidence?.kind === 'decided' ? evidence.event : null;
    return [id, event?.happening.kind, event?.atMs];
  });
  expect(decided).toEqual([
    ['user.customer[id=1].deposit', 'rolled-back', 2006],
    ['order.customer_order[title=book].amount', 'changed', 4],
    ['order.customer_order[title=lamp].amount', 'changed', 2004],
  ]);
});

test('what recovery rolled back is laid to the rollback of that branch', async () => {
  const { items } = await judged('08-in-doubt', 'rows: {}');
  const rows = items.filter(({ id }) => id.includes(']') || id === 'outcome');
  const decided = rows.map(({ evidence }) => {
    return evidence?.kind === 'decided' && evidence.event?.happening.kind;
  });
  expect(decided).toEqual(['changed', 'rolled-back', 'changed']);
});

test('what decided the dead-letter queue is the message that died', async () => {
  const { items } = await judged('03-jms-session', 'queues: {}');
  const { evidence } = items.find(({ id }) => id === 'ActiveMQ.DLQ') ?? {};
  expect(evidence).toMatchObject({ event: { happening: { kind: 'dead-lettered' } } });
});

test('a row too many costs a point, and is never a point more to earn', async () => {
  const full = await judged('04-half-commit', solutionOf('04-half-commit'));
  const more = solutionOf('04-half-commit').replace(
    /(user\.customer:\n)/,
    '$1    - { id: 77, deposit: 1 }\n',
  );
  expect(await judged('04-half-commit', more)).toMatchObject({
    points: full.points,
    earned: full.earned - 1,
    passed: false,
  });
});

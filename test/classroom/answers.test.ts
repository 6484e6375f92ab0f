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
    // Thrown is taken back; a reply dies, and not what was asked; what is dead is still to do.
    ['    - { msg: Replied - error two }\n', '', 'customer:msg:reply[2].msg'],
    ['- { msg: error one }', '- { msg: Replied - error one }', 'ActiveMQ.DLQ[1].msg'],
    ['customer:msg:new: []', 'customer:msg:new: [{ msg: error one }]', 'customer:msg:new'],
  ],
  '04-half-commit': [
    ['deposit: 900', 'deposit: 650', 'user.customer[id=1].deposit'],
    ['- { title: lamp, amount: 250 }', '', 'order.customer_order[title=lamp].amount'],
    ['outcome: half-committed', 'outcome: rolled-back', 'outcome'],
  ],
  '06-best-effort-gap': [
    // The crash between the commits loses the row, or comes with a second reply.
    ['- { id: 3, user_name: bob }', '- { id: 3, user_name: cyd }', 'user.customer[id=3].user_name'],
    [
      '- { msg: bob created. }',
      '- { msg: bob created. }\n    - { msg: bob created. }',
      'customer:msg:reply',
    ],
    ['- { name: error2 }', '- { msg: error2 created. }', 'ActiveMQ.DLQ[1].name'],
    ['customer:msg:new: 0', 'customer:msg:new: 1', 'customer:msg:new'],
    ['outcome: half-committed', 'outcome: committed', 'outcome'],
  ],
  '08-in-doubt': [
    // Both have been prepared, so both commit; or the crash undoes both.
    ['{ id: 2, deposit: 1000 }', '{ id: 2, deposit: 750 }', 'user.customer[id=2].deposit'],
    ['- { title: ann, amount: 100 }', '', 'order.customer_order[title=ann].amount'],
    ['{ id: 1, deposit: 900 }', '{ id: 1, deposit: 1000 }', 'user.customer[id=1].deposit'],
  ],
  '10-saga': [
    ['TICKET_LOCK_FAIL', 'null', 'order.customer_order[title=early].reason'],
    [
      '{ title: early, status: FAIL',
      '{ title: early, status: FINISH',
      'order.customer_order[title=early].status',
    ],
    [
      'lock_user: null, owner: 2',
      'lock_user: 2, owner: 2',
      'ticket.ticket[ticket_num=110].lock_user',
    ],
    ['{ id: 2, deposit: 900 }', '{ id: 2, deposit: 800 }', 'user.customer[id=2].deposit'],
  ],
  '21-isolation': [
    // As if nobody locked; as if the two had come one after the other.
    ['deposit: 70', 'deposit: 60', 'shop.customer[id=1].deposit'],
    ['deposit: 70', 'deposit: 30', 'shop.customer[id=1].deposit'],
    ['outcome: prevented', 'outcome: anomaly', 'outcome'],
  ],
  '23-event-sourcing': [
    ['balance: 10', 'balance: 40', 'view.account[stream=acc-1].balance'],
    ['{ id: 3, version: 2 }', '{ id: 3, version: 3 }', 'view.booking[id=3].version'],
    ['- { version: 3, amount: -30 }', '', 'ledger.event[version=3].amount'],
  ],
  '25-choose-a-pattern': [
    // At least once means that it comes about; or that what cannot be is taken back.
    ['order.customer_order: []', 'order.customer_order: [{ id: 1 }]', 'order.customer_order[id=1]'],
    ['outcome: half-committed', 'outcome: rolled-back', 'outcome'],
    ['status: PAID', 'status: REFUNDED', 'user.payment[id=1].status'],
    ['sent: 1', 'sent: 0', 'user.outbox[id=1].sent'],
  ],
  '26-dead-letter': [
    // What is dead was not done.
    ['- { order_id: 1, status: DISPATCHED }', '', 'delivery.parcel[order_id=1].status'],
    ['outcome: half-committed', 'outcome: compensated', 'outcome'],
    ['status: REFUNDED', 'status: DELIVERED', 'shop.customer_order[id=1].status'],
    ['ActiveMQ.DLQ: 0', 'ActiveMQ.DLQ: 1', 'ActiveMQ.DLQ'],
  ],
};

/** Of each exercise in breaking: answers, and what they earn. */
const TRIED: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  '05-break-the-chain': [
    ['fail: ["crash-db@app.user-order.committing-user:before"]', 10],
    [
      'fail: ["disconnect@app.user-order.committing-user", "disconnect@app.user-order.committing-user#2"]',
      6,
    ],
    ['fail: ["crash@app.user-order.committing-order:after"]', 0],
    ['fail: [second-commit]', 0],
  ],
  '07-break-best-effort': [
    ['fail: ["crash@app.handle.committing:after", "crash@app.handle.committing:after#2"]', 10],
    [
      'fail: ["duplicate@app.listen.sending", "error@app.handle.saving", "error@app.handle.saving#2"]',
      6,
    ],
    ['fail: ["crash@app.handle.committing:after"]', 0],
    // It lets something throw each time, by a parameter.
    ['fail: [throws-between]', 0],
  ],
  '13-break-charged-once': [
    ['fail: ["duplicate@order.create.sending,delay=1s"]', 10],
    ['fail: [duplicate-locked, "crash@user.pay.committing:before"]', 7],
    ['fail: ["duplicate@order.locked.sending-pay"]', 0],
    ['fail: [duplicate-new]', 0],
  ],
  '17-break-by-timeout': [
    ['fail: ["delay@ticket.ticket_move.sending-finish,delay=80s"]', 10],
    ['fail: [late-payment]', 0],
    ['fail: ["delay@user.pay.sending-ticket-move,delay=50s"]', 0],
    ['fail: ["lose@user.pay.sending-ticket-move"]', 0],
  ],
  '27-break-a-lease': [
    ['fail: ["delay@buyer-1.ask.calling,delay=1s", "delay@buyer-2.ask.calling,delay=4s"]', 7],
    // Within the lease; or when buyer 1 has long saved.
    ['fail: ["delay@buyer-2.ask.calling,delay=1s"]', 0],
    ['fail: ["crash@ticket.distributed.saving:before"]', 0],
    ['fail: [lease-expired]', 0],
  ],
};

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
  const blamed = items.filter((one) => one.evidence !== null);
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

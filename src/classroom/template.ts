// What a new exercise begins with: files that load, and say what belongs in them.

import type { ExerciseData } from './shape.ts';

type Kind = ExerciseData['kind'];

const HINTS = `hints:
  - en: A first hint, that only says where to look.
    zh: 第一条提示，只说该看哪里。
  - en: A second one, that says what to look for.
    zh: 第二条提示，说出该找什么。
`;

const head = (
  kind: Kind,
  title: string,
): string => `# yaml-language-server: $schema=https://unpkg.com/indoubt/schema/exercise.schema.json
kind: ${kind}
scenario: ticket-saga
title:
  en: ${title}
  zh: ${title}
${HINTS}`;

const PREDICT = `# The run that is to be predicted, as sim run has it.
fail: [deposit]
ask:
  outcome: 2
  rows:
    # The first column names a row, the others are asked for.
    user.customer: [id, deposit]
  # Of a queue either how many messages lie there, or which, by some fields of theirs.
  queues:
    order:pay: count
    ActiveMQ.DLQ: [uuid, status]
`;

const BREAK = `property: charged-once
# Points by the most faults that earn them.
points: { 1: 10, 2: 6 }
`;

const WRITTEN = `handlers: [ticket.new]
checks:
  - id: usual
    en: One order, nothing goes wrong
    zh: 一个订单，一切正常
    outcome: committed
    points: { outcome: 2 }
  - id: two-customers
    en: Two customers, every order of messages
    zh: 两位顾客，任意消息次序
    explore: { faults: 0 }
    # These points count only once the first check is right. needs: [other-check] names others.
    points: { sold-once: 3 }
`;

const HANDLERS = `// What this exercise asks, in two or three lines.
import { bestEffortListener, send, sql, when } from 'indoubt/words';

const lockTicket = bestEffortListener('ticket.new', {
  first: 'locking',
  states: {
    locking: sql(
      'UPDATE ticket SET lock_user = :customerId WHERE lock_user IS NULL AND ticket_num = :ticketNum',
      ({ memory: { customerId, ticketNum } }) => ({ customerId, ticketNum }),
      [when('sending-fail', ({ result }) => result.affected === 0), 'sending-locked'],
    ),
    'sending-locked': send('order:locked', () => ({ status: 'TICKET_LOCKED' })),
    'sending-fail': send('order:fail', () => ({ status: 'TICKET_LOCK_FAIL' })),
  },
});

export const handlers = { 'ticket.new': lockTicket };
`;

const ANSWERS: Readonly<Record<'predict' | 'break', string>> = {
  predict: `# committed, rolled-back, compensated, half-committed, in-doubt or stuck
outcome:
rows:
  user.customer:
    - { id: 1, deposit: }
queues:
  # How many messages lie there.
  order:pay:
  # One entry for each message, the one that came first on top.
  ActiveMQ.DLQ: []
`,
  break: `# Faults as given to --fail, or the replay code of a run.
fail: []
code:
`,
};

const readme = (title: string, todo: string): string => `# ${title}\n\n${todo}\n`;

/** The files of a new exercise, by name. */
export function templateOf(kind: Kind, title: string): ReadonlyMap<string, string> {
  const isCode = kind === 'mend' || kind === 'build';
  const rest = { predict: PREDICT, break: BREAK, mend: WRITTEN, build: WRITTEN }[kind];
  const file = isCode ? 'handlers.ts' : 'answer.yaml';
  const answer = isCode ? HANDLERS : ANSWERS[kind];
  const todo = 'What is learnt, the situation, what to do, what is checked.';
  return new Map([
    ['exercise.yaml', head(kind, title) + rest],
    ['README.en.md', readme(title, todo)],
    ['README.zh.md', readme(title, '学什么、情形如何、要做什么、检查什么。')],
    [file, answer],
    [`solution/${file}`, answer],
  ]);
}

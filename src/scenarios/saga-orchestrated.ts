// A saga with an orchestrator: one service has the plan, sends commands and receives replies, and
// writes down each step before it sends the next command. What was written but never sent, or sent
// and never answered, a job sends again. Data, properties and named faults are in scenarios.yaml.

import {
  bestEffortListener,
  compensating,
  type Exit,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  type Service,
  type States,
  step,
  synchronizedHandler,
} from '../sim/index.ts';
import { backoffMs, isExhausted, type Tried } from './retry.ts';
import { participants } from './saga-participants.ts';
import { type Answer, type Command, QUEUE_OF, REPLIES, type SagaStep } from './saga-words.ts';
import { statement, unchanged } from './statements.ts';

/** A saga as its row has it: the command that is out, and how often that has failed. */
type Saga = Omit<Command, 'attempt'> & Tried & { readonly dueMs: number };

/** A reply, and the saga it is for, once that has been read. */
type Replied = Answer & Saga;

type Here = Given<Replied>;

const command = (exit: string, name?: SagaStep): HandlerState =>
  step<Saga, 'send'>(
    'send',
    ({ memory: { sagaId, step: current, tries, customerId, ticketNum, amount } }) => {
      const asked = name ?? current;
      const attempt = name === undefined ? tries + 1 : 1;
      const order = { customerId, ticketNum, amount };
      return { queue: QUEUE_OF[asked], body: { sagaId, step: asked, attempt, ...order } };
    },
    exit,
  );

const DUE = ':now + :replyTimeoutMs';

/** Writes a step down, then sends its command: it leaves once the row is committed. */
function going(name: SagaStep, undoes: boolean): States {
  const state = undoes ? 'COMPENSATING' : 'RUNNING';
  const mark = undoes ? compensating : (one: HandlerState) => one;
  return {
    [`logging-${name}`]: mark(
      statement<Replied>(
        `UPDATE saga SET state = '${state}', step = '${name}', tries = 0, due_ms = ${DUE},
  reason = coalesce(:reason, reason) WHERE saga_id = :sagaId`,
        `sending-${name}`,
      ),
    ),
    [`sending-${name}`]: mark(command('committing', name)),
  };
}

/** Writes down how it ended, for the saga and for the order. */
const ending = (name: string, state: string, status: string): States => ({
  [`logging-${name}`]: statement<Replied>(
    `UPDATE saga SET state = '${state}', due_ms = NULL, reason = coalesce(:reason, reason)
  WHERE saga_id = :sagaId`,
    `closing-${name}`,
  ),
  [`closing-${name}`]: statement<Replied>(
    `UPDATE customer_order SET status = '${status}',
  reason = (SELECT reason FROM saga WHERE saga_id = :sagaId) WHERE uuid = :sagaId`,
    'committing',
  ),
});

const when = (outcome: Answer['outcome'], step: SagaStep, target: string): Exit<Replied> => ({
  target,
  test: ({ memory }) => memory.outcome === outcome && memory.step === step,
});

/** A failure of the attempt that is out; one of an earlier attempt has been dealt with. */
const hasFailed = ({ memory: { outcome, attempt, tries } }: Here): boolean =>
  outcome === 'FAILED' && attempt === tries + 1;

// The plan: where each reply leads. What is refused is followed by what undoes the steps before.
const PLAN: readonly Exit<Replied>[] = [
  when('DONE', 'reserve-ticket', 'logging-charge'),
  when('DONE', 'charge', 'logging-confirm-ticket'),
  when('DONE', 'confirm-ticket', 'logging-finished'),
  when('REFUSED', 'confirm-ticket', 'logging-refund'),
  when('DONE', 'refund', 'logging-release-ticket'),
  when('REFUSED', 'charge', 'logging-release-ticket'),
  when('DONE', 'release-ticket', 'logging-compensated'),
  when('REFUSED', 'reserve-ticket', 'logging-compensated'),
  {
    target: 'logging-retry',
    test: (here) => hasFailed(here) && !isExhausted(here.memory.tries + 1, here.parameters),
    remember: ({ memory, nowMs, parameters }) => {
      const tries = memory.tries + 1;
      return { ...memory, tries, dueMs: nowMs + backoffMs(tries, parameters) };
    },
  },
  { target: 'logging-given-up', test: hasFailed },
];

// The row is locked, so of two equal replies the second finds the saga at another step.
const handleReply = () =>
  bestEffortListener('order.reply', {
    first: 'reading-saga',
    states: {
      'reading-saga': statement<Replied>(
        `SELECT tries, customer_id AS customerId, ticket_num AS ticketNum, amount FROM saga
  WHERE saga_id = :sagaId AND step = :step AND state IN ('RUNNING', 'COMPENSATING') FOR UPDATE`,
        [
          { target: 'committing', test: ({ result }) => result.rows?.length === 0 },
          {
            target: 'choosing',
            remember: ({ memory, result }) => ({ ...memory, ...result.rows?.[0] }),
          },
        ],
      ),
      choosing: fork<Replied>([...PLAN, 'committing']),
      ...going('charge', false),
      ...going('confirm-ticket', false),
      ...going('refund', true),
      ...going('release-ticket', true),
      ...ending('finished', 'FINISHED', 'FINISH'),
      ...ending('compensated', 'COMPENSATED', 'FAIL'),
      'logging-retry': statement<Replied>(
        'UPDATE saga SET tries = :tries, due_ms = :dueMs WHERE saga_id = :sagaId',
        'committing',
      ),
      'logging-given-up': statement<Replied>(
        "UPDATE saga SET state = 'GIVEN_UP', tries = :attempt, due_ms = NULL WHERE saga_id = :sagaId",
        'asking-person',
      ),
      'asking-person': statement<Replied>(
        `INSERT INTO person_task (saga_id, step, reason, created_ms)
  VALUES (:sagaId, :step, :reason, :now)`,
        'committing',
      ),
    },
  });

const takeOrder = () =>
  synchronizedHandler<Saga>('order.create', {
    units: [{ name: '', kind: 'jdbc' }],
    before: {
      naming: step<Saga, 'uuid'>('uuid', {}, [
        {
          target: 'called',
          remember: ({ memory, result }) => {
            return { ...memory, sagaId: String(result.value), tries: 0 };
          },
        },
      ]),
    },
    first: 'inserting-order',
    states: {
      'inserting-order': statement<Saga>(
        `INSERT INTO customer_order (uuid, customer_id, ticket_num, amount, status)
  VALUES (:sagaId, :customerId, :ticketNum, :amount, 'NEW')`,
        'logging-reserve-ticket',
      ),
      'logging-reserve-ticket': statement<Saga>(
        `INSERT INTO saga (saga_id, state, step, tries, due_ms, customer_id, ticket_num, amount)
  VALUES (:sagaId, 'RUNNING', 'reserve-ticket', 0, ${DUE}, :customerId, :ticketNum, :amount)`,
        'sending-reserve-ticket',
      ),
      'sending-reserve-ticket': command('returned', 'reserve-ticket'),
    },
    reply: ({ memory }) => memory.sagaId,
  });

// Not in a transaction: the row is postponed first, so that whoever dies in between sends it later.
const resume = () =>
  handlerMachine('order.resume', 'finding-due', 'failing', {
    'finding-due': statement<Saga>(
      `SELECT saga_id AS sagaId, step, tries, due_ms AS dueMs, customer_id AS customerId,
  ticket_num AS ticketNum, amount FROM saga
  WHERE state IN ('RUNNING', 'COMPENSATING') AND due_ms <= :now AND :resumes = 1
  ORDER BY due_ms LIMIT 1`,
      [
        { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
        { target: 'postponing', remember: ({ result }) => result.rows?.[0] as unknown as Saga },
      ],
    ),
    postponing: statement<Saga>(
      `UPDATE saga SET due_ms = ${DUE} WHERE saga_id = :sagaId AND step = :step AND due_ms = :dueMs`,
      [unchanged('finished'), 'resending'],
    ),
    resending: command('publishing'),
    publishing: step('commit', { resource: 'session' }, 'finding-due'),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

/** The order service, which orchestrates, and the two that do the steps. */
export const sagaOrchestratedServices = (): readonly Service[] => [
  {
    name: 'order',
    databases: ['order'],
    entries: [{ name: 'create', machine: takeOrder() }],
    listeners: [{ name: 'reply', queue: REPLIES, machine: handleReply() }],
    jobs: [
      {
        name: 'resume',
        machine: resume(),
        delayParameter: 'resumeDelayMs',
        waitsFor: `SELECT 1 FROM order.saga
          WHERE state IN ('RUNNING', 'COMPENSATING') AND :resumes = 1`,
      },
    ],
  },
  ...participants(),
];

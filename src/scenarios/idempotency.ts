// A client that repeats a request when it hears no answer, and a bank whose GET, PUT, DELETE and
// POST bear that more or less well. Data, story, properties and named faults are in scenarios.yaml.

import {
  type Exit,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  type Json,
  type Row,
  type Service,
  step,
} from '../sim/index.ts';

type Answer = { readonly [key: string]: Json };

/** What a client wants; `tries` counts how often it has asked in vain. */
interface Wish {
  readonly method: string;
  readonly purchase: string;
  readonly amount: number;
  readonly tries: number;
  readonly answer: Answer;
}

type Wishing = Given<Wish>;

// The key names what the customer wants, not the request: every repeat carries the same one.
const requestOf = ({ memory: { method, purchase, amount }, parameters }: Wishing): Answer => {
  if (method === 'put') return { limit: parameters['limit'] ?? null };
  if (method !== 'post') return {};
  const keyed = parameters['key'] === 'none' ? {} : { idempotencyKey: purchase };
  return { purchase, amount, ...keyed };
};

const moreTries = ({ memory }: Wishing): Wish => ({ ...memory, tries: memory.tries + 1 });

const ask = () =>
  handlerMachine('client.ask', 'starting', 'failed', {
    starting: fork<Wish>([
      { target: 'calling', remember: ({ memory }) => ({ ...memory, tries: 0, answer: {} }) },
    ]),
    calling: step<Wish, 'call'>(
      'call',
      (given) => ({
        service: 'bank',
        handler: given.memory.method,
        body: requestOf(given),
        timeoutMs: Number(given.parameters['patienceMs']),
      }),
      [
        {
          target: 'telling',
          remember: ({ memory, result }) => ({ ...memory, answer: result.value as Answer }),
        },
      ],
      [
        {
          target: 'giving-up',
          test: ({ memory, parameters }) => memory.tries + 1 >= Number(parameters['triesMax']),
        },
        { target: 'waiting', remember: moreTries },
      ],
    ),
    // Twice as long each time, so that a bank that is down is not run over when it comes back.
    waiting: step<Wish, 'sleep'>(
      'sleep',
      ({ memory, nowMs, parameters }) => ({
        untilMs: nowMs + Number(parameters['pauseMs']) * 2 ** (memory.tries - 1),
      }),
      'calling',
    ),
    telling: step<Wish, 'reply'>(
      'reply',
      ({ memory: { method, answer } }) => ({ value: { asked: method, ...answer } }),
      'finished',
    ),
    'giving-up': step(
      'throw',
      {
        error: { code: 'AnswerUnknown', definite: false, detail: 'no answer to any of the tries' },
      },
      [],
    ),
  });

/** What the bank is asked for, and the charge it has made. */
interface Order {
  readonly idempotencyKey?: string;
  readonly purchase: string;
  readonly amount: number;
  readonly limit: number;
  readonly charge?: number | null;
}

type Found = Given<Order>;

const sql = (
  text: string,
  params: (found: Found) => Row,
  exits: string | readonly (string | Exit<Order>)[],
  onError?: readonly (string | Exit<Order>)[],
): HandlerState =>
  step<Order, 'sql'>('sql', (found) => ({ sql: text, params: params(found) }), exits, onError);

const answering = (value: (found: Found) => Answer): HandlerState =>
  step<Order, 'reply'>('reply', (found) => ({ value: value(found) }), 'finished');

const get = () =>
  handlerMachine('bank.get', 'reading', 'failed', {
    reading: sql('SELECT balance FROM account WHERE id = 1', () => ({}), 'replying'),
    replying: answering(({ result }) => ({ status: 200, ...result.rows?.[0] })),
  });

// Says what shall be, not by how much it shall change.
const put = () =>
  handlerMachine('bank.put', 'setting', 'failed', {
    setting: sql(
      'UPDATE account SET daily_limit = :limit WHERE id = 1',
      ({ memory: { limit } }) => ({ limit }),
      'replying',
    ),
    replying: answering(({ memory: { limit } }) => ({ status: 200, limit })),
  });

const remove = () =>
  handlerMachine('bank.delete', 'deleting', 'failed', {
    deleting: sql('DELETE FROM card WHERE id = 1', () => ({}), 'replying'),
    replying: answering(({ result }) => ({ status: result.affected === 0 ? 404 : 204 })),
  });

const keyIs =
  (when: string) =>
  ({ parameters }: Found): boolean =>
    parameters['key'] === when;

const isDuplicate = ({ failure }: Found): boolean => failure?.code === 'duplicate-key';

/** Stores the key, with the answer if there is one yet; `known` is where a key that is there leads. */
const storing = (then: string, known: string): HandlerState =>
  sql(
    'INSERT INTO idempotency_key (idempotency_key, charge_id) VALUES (:key, :charge)',
    ({ memory: { idempotencyKey = '', charge = null } }) => ({ key: idempotencyKey, charge }),
    then,
    [{ target: known, test: isDuplicate }],
  );

const finding = (exits: string | readonly (string | Exit<Order>)[]): HandlerState =>
  sql(
    'SELECT charge_id FROM idempotency_key WHERE idempotency_key = :key',
    ({ memory: { idempotencyKey = '' } }) => ({ key: idempotencyKey }),
    exits,
  );

const rememberAnswer = ({ memory, result }: Found): Order => {
  return { ...memory, charge: (result.rows?.[0]?.['charge_id'] ?? null) as number | null };
};
const rememberCharge = ({ memory, result }: Found): Order => {
  return { ...memory, charge: result.lastId ?? null };
};

const works = ({ parameters }: Found): boolean => Number(parameters['workMs']) > 0;

// One transaction that takes the money; the key is stored before it, in it, or after it.
const post = () =>
  handlerMachine('bank.post', 'starting', 'rolling-back', {
    starting: fork<Order>([
      { target: 'storing-key-before', test: keyIs('before') },
      { target: 'finding-key', test: keyIs('after') },
      'beginning',
    ]),
    'storing-key-before': storing('beginning', 'finding-answer'),
    'finding-key': finding([
      {
        target: 'replying-again',
        test: ({ result }) => (result.rows?.length ?? 0) > 0,
        remember: rememberAnswer,
      },
      'beginning',
    ]),
    beginning: step<Order, 'begin'>('begin', {}, [
      { target: 'storing-key', test: keyIs('with') },
      'charging',
    ]),
    'storing-key': storing('charging', 'leaving'),
    charging: sql(
      'UPDATE account SET balance = balance - :amount WHERE id = 1 AND balance >= :amount',
      ({ memory: { amount } }) => ({ amount }),
      [
        { target: 'refusing', test: ({ result }) => result.affected === 0 },
        { target: 'working', test: works },
        'recording',
      ],
    ),
    working: step<Order, 'sleep'>(
      'sleep',
      ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['workMs']) }),
      'recording',
    ),
    recording: sql(
      'INSERT INTO charge (purchase, amount) VALUES (:purchase, :amount)',
      ({ memory: { purchase, amount } }) => ({ purchase, amount }),
      [
        { target: 'storing-answer', test: keyIs('with'), remember: rememberCharge },
        { target: 'committing', remember: rememberCharge },
      ],
    ),
    'storing-answer': sql(
      'UPDATE idempotency_key SET charge_id = :charge WHERE idempotency_key = :key',
      ({ memory: { idempotencyKey = '', charge = null } }) => ({ key: idempotencyKey, charge }),
      'committing',
    ),
    committing: step<Order, 'commit'>('commit', { resource: 'database' }, [
      { target: 'storing-key-after', test: keyIs('after') },
      'replying',
    ]),
    'storing-key-after': storing('replying', 'replying'),
    replying: answering(({ memory: { purchase, charge = null } }) => {
      return { status: 201, purchase, charge };
    }),
    leaving: step('rollback', { resource: 'database' }, 'finding-answer'),
    'finding-answer': finding([{ target: 'replying-again', remember: rememberAnswer }]),
    'replying-again': answering(({ memory: { purchase, charge = null } }) => {
      return { status: 201, purchase, charge, again: true };
    }),
    refusing: step('rollback', { resource: 'database' }, 'replying-refusal'),
    'replying-refusal': answering(({ memory: { purchase } }) => ({ status: 402, purchase })),
    'rolling-back': step('rollback', { resource: 'database' }, 'failed', 'failed'),
  });

/** The client, and the bank with its account. */
export const idempotencyServices = (): readonly Service[] => [
  {
    name: 'client',
    databases: [],
    entries: [{ name: 'ask', machine: ask() }],
    listeners: [],
    jobs: [],
  },
  {
    name: 'bank',
    databases: ['bank'],
    entries: [
      { name: 'get', machine: get() },
      { name: 'put', machine: put() },
      { name: 'delete', machine: remove() },
      { name: 'post', machine: post() },
    ],
    listeners: [],
    jobs: [],
  },
];

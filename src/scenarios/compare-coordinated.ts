// The business case with a coordinator that has a log of its own: try-confirm-cancel, and an
// orchestrated saga. Both write down what is decided before they tell anybody, and go on from there
// after a crash.

import {
  type Exit,
  type Failure,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  type States,
  step,
} from '../sim/index.ts';
import { numbering, type Purchase, telling } from './compare-words.ts';
import { again, type Tried, waiting } from './retry.ts';
import { statement } from './statements.ts';

type Coordinated = Purchase &
  Tried & { readonly status?: string; readonly reason?: Failure | null };
type Found = Given<Coordinated>;

/** A call of the protocol: which service, which handler, and the state that makes it. */
interface Call {
  readonly state: string;
  readonly service: string;
  readonly handler: string;
}

const calling = (
  { service, handler }: Call,
  exits: readonly (string | Exit<Coordinated>)[],
  onError: readonly (string | Exit<Coordinated>)[],
): HandlerState =>
  step<Coordinated, 'call'>(
    'call',
    ({ memory: { uuid, customerId, amount } }) => ({
      service,
      handler,
      body: { uuid, customerId, amount },
    }),
    exits,
    onError,
  );

const log = (status: string, onward: string) =>
  statement<Coordinated>(
    `INSERT INTO coordination (uuid, pattern, status, customer_id, amount, updated_ms)
  VALUES (:uuid, :pattern, '${status}', :customerId, :amount, :now)
  ON CONFLICT (uuid) DO UPDATE SET status = '${status}', updated_ms = :now`,
    onward,
    'order',
  );

// Told until it is heard; whoever is not heard for long is left to the recovery job.
function insisting(calls: readonly Call[], onward: string, givesUp: string): States {
  const states = calls.flatMap((call, at) => {
    const heard: Exit<Coordinated> = {
      target: calls[at + 1]?.state ?? onward,
      remember: ({ memory }) => ({ ...memory, tries: 0 }),
    };
    const waits = `waiting-${call.state}`;
    return [
      [call.state, calling(call, [heard], again(waits, givesUp))],
      [waits, waiting(call.state)],
    ];
  });
  return Object.fromEntries(states) as States;
}

const because = (target: string): Exit<Coordinated> => ({
  target,
  remember: ({ memory, failure }) => ({ ...memory, reason: failure }),
});

const ends: States = {
  replying: step<Coordinated, 'reply'>(
    'reply',
    ({ memory }) => ({ value: memory.uuid }),
    'finished',
  ),
  throwing: step<Coordinated, 'throw'>(
    'throw',
    ({ memory: { reason } }) => ({
      error: reason ?? { code: 'Cancelled', definite: true },
    }),
    [],
    'failed',
  ),
};

const CONFIRM: readonly Call[] = [
  { state: 'confirming-payment', service: 'payments', handler: 'confirm' },
  { state: 'confirming-order', service: 'orders', handler: 'confirm' },
];
const CANCEL: readonly Call[] = [
  { state: 'cancelling-order', service: 'orders', handler: 'cancel' },
  { state: 'cancelling-payment', service: 'payments', handler: 'cancel' },
];

const secondPhase = (told: string, cancelled: string, left: string): States => ({
  ...insisting(CONFIRM, 'telling', left),
  telling: telling('logging-end', false),
  'logging-end': log('DONE', told),
  'deciding-cancel': log('CANCELLING', 'cancelling-order'),
  ...insisting(CANCEL, 'logging-cancelled', left),
  'logging-cancelled': log('CANCELLED', cancelled),
});

export const tryConfirmCancel = () =>
  handlerMachine('shop.tcc', 'numbering', 'throwing', {
    ...numbering('logging-start', { tries: 0 }),
    'logging-start': log('TRYING', 'trying-payment'),
    'trying-payment': calling(
      { state: '', service: 'payments', handler: 'try' },
      ['trying-order'],
      [because('deciding-cancel')],
    ),
    'trying-order': calling(
      { state: '', service: 'orders', handler: 'try' },
      ['deciding-confirm'],
      [because('deciding-cancel')],
    ),
    'deciding-confirm': log('CONFIRMING', 'confirming-payment'),
    ...secondPhase('replying', 'throwing', 'replying'),
    ...ends,
  });

const DO: readonly Call[] = [
  { state: 'charging', service: 'payments', handler: 'charge' },
  { state: 'ordering', service: 'orders', handler: 'place' },
];
const UNDO: readonly Call[] = [
  { state: 'undoing-charge', service: 'payments', handler: 'undo-charge' },
];

// A refusal is an answer; any other failure only means that nobody knows, so it is asked again.
const isRefusal = ({ failure }: Found): boolean =>
  ['NotEnoughDeposit', 'OrderRefused'].includes(failure?.code ?? '');

const forward = (told: string, undone: string, left: string): States => {
  const [charging, ordering] = DO;
  const ask = (call: Call | undefined, onward: string, refused: string): States => {
    if (!call) return {};
    const waits = `waiting-${call.state}`;
    const heard = { target: onward, remember: ({ memory }: Found) => ({ ...memory, tries: 0 }) };
    const no = { ...because(refused), test: isRefusal };
    return {
      [call.state]: calling(call, [heard], [no, ...again<Coordinated>(waits, left)]),
      [waits]: waiting(call.state),
    };
  };
  return {
    ...ask(charging, 'logging-charged', 'logging-undone'),
    'logging-charged': log('CHARGED', 'ordering'),
    ...ask(ordering, 'telling', 'deciding-undo'),
    telling: telling('logging-end', false),
    'logging-end': log('DONE', told),
    'deciding-undo': log('UNDOING', 'undoing-charge'),
    ...insisting(UNDO, 'logging-undone', left),
    'logging-undone': log('UNDONE', undone),
  };
};

export const orchestrated = () =>
  handlerMachine('shop.orchestrated', 'numbering', 'throwing', {
    ...numbering('logging-start', { tries: 0 }),
    'logging-start': log('STARTED', 'charging'),
    ...forward('replying', 'throwing', 'replying'),
    ...ends,
  });

const FIND = `SELECT uuid, pattern, status, customer_id AS customerId, amount FROM coordination
  WHERE status NOT IN ('DONE', 'CANCELLED', 'UNDONE') AND updated_ms <= :dueMs LIMIT 1`;

/** The recovery of both: looks for what nobody has touched for a while, and goes on with it. */
export const resume = () => {
  const at = (target: string, ...statuses: readonly string[]): Exit<Coordinated> => ({
    target,
    test: ({ memory }) => statuses.includes(memory.status ?? ''),
  });
  const shared = secondPhase('finished', 'finished', 'finished');
  const { telling: told, 'logging-end': end, ...phases } = shared;
  return handlerMachine('shop.resume', 'finding', 'failed', {
    finding: step<Coordinated, 'sql'>(
      'sql',
      ({ nowMs, parameters }) => ({
        database: 'order',
        sql: FIND,
        params: { dueMs: nowMs - Number(parameters['timeoutMs']) },
      }),
      [
        { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
        {
          target: 'choosing',
          remember: ({ result }) => {
            return { ...(result.rows?.[0] as unknown as Coordinated), tries: 0 };
          },
        },
      ],
    ),
    choosing: fork<Coordinated>([
      at('deciding-cancel', 'TRYING', 'CANCELLING'),
      at('confirming-payment', 'CONFIRMING'),
      at('charging', 'STARTED'),
      at('ordering', 'CHARGED'),
      'undoing-charge',
    ]),
    ...phases,
    ...forward('finished', 'finished', 'finished'),
    ...(told && end ? { telling: told, 'logging-end': end } : {}),
  });
};

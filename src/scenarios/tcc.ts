// Try-Confirm-Cancel: a coordinator that calls its participants, writes its decision down before
// it tells anybody, and after a crash goes on from what is written. Data, properties and named
// faults are in scenarios.yaml; the participants have a file of their own.

import {
  compensating,
  type Exit,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  managedHandler,
  type Service,
  type States,
  step,
} from '../sim/index.ts';
import { again, type Tried, waiting } from './retry.ts';
import { statement, unchanged } from './statements.ts';
import { type Branch, JDBC, ticketService, userService } from './tcc-participants.ts';

/** A purchase under way, and why it fails if it does. */
type Purchase = Branch & Tried & { readonly reason: string | null };

/** What the recovery job has found: where the log says the purchase stands, and since when. */
type Unfinished = Purchase & { readonly status: string; readonly updatedMs: number };

// Money last: it is frozen only for a ticket that is held.
const PARTICIPANTS = ['ticket', 'user'] as const;

const call = (
  service: string,
  handler: 'try' | 'confirm' | 'cancel',
  exits: readonly (string | Exit<Purchase>)[],
  onError: readonly (string | Exit<Purchase>)[],
): HandlerState =>
  step<Purchase, 'call'>(
    'call',
    ({ memory: { xid, customerId, ticketNum, amount } }) => ({
      service,
      handler,
      body: { xid, customerId, ticketNum, amount },
    }),
    exits,
    onError,
  );

// Whether a try that failed has happened is not asked: the cancel is told to all.
const tryingAll = (): States => {
  const refused: Exit<Purchase> = {
    target: 'deciding-cancel',
    remember: ({ memory, failure }) => ({ ...memory, reason: failure?.code ?? null }),
  };
  const states = PARTICIPANTS.map((name, at) => {
    const next = PARTICIPANTS[at + 1];
    const onward = next ? `trying-${next}` : 'deciding-confirm';
    return [`trying-${name}`, call(name, 'try', [onward], [refused])];
  });
  return Object.fromEntries(states);
};

const DOING = { confirm: 'confirming', cancel: 'cancelling' } as const;

// Once decided there is no way back: each is told until it has heard, or goes on being told by the
// recovery job.
function tellingAll(
  participants: readonly string[],
  handler: 'confirm' | 'cancel',
  told: string,
  givesUp: string,
): States {
  const states = participants.flatMap((name, at) => {
    const next = participants[at + 1];
    const telling = `${DOING[handler]}-${name}`;
    const waits = `waiting-to-${handler}-${name}`;
    const heard: Exit<Purchase> = {
      target: next === undefined ? told : `${DOING[handler]}-${next}`,
      remember: ({ memory }) => ({ ...memory, tries: 0 }),
    };
    const state = call(name, handler, [heard], again(waits, givesUp));
    return [
      [telling, handler === 'cancel' ? compensating(state) : state],
      [waits, waiting(telling)],
    ];
  });
  return Object.fromEntries(states);
}

/** Where the second phase leads. */
interface Ends {
  readonly confirmed: string;
  readonly cancelled: string;
  /** Somebody else has decided before. */
  readonly overtaken: string;
}

const log = (status: string, exits: string | readonly (string | Exit<Purchase>)[], from = '') =>
  statement<Purchase>(
    `UPDATE tcc_transaction SET status = '${status}', reason = :reason, updated_ms = :now
  WHERE xid = :xid${from && ` AND status = '${from}'`}`,
    exits,
  );

const closing = (status: string, onward: string) =>
  statement<Purchase>(
    `UPDATE customer_order SET status = '${status}', reason = :reason WHERE uuid = :xid`,
    onward,
  );

const secondPhase = ({ confirmed, cancelled, overtaken }: Ends): States => ({
  'deciding-cancel': log('CANCELLING', [unchanged(overtaken), 'cancelling-user'], 'TRYING'),
  ...tellingAll(PARTICIPANTS, 'confirm', 'finishing-order', confirmed),
  'finishing-order': closing('FINISH', 'logging-confirmed'),
  'logging-confirmed': log('CONFIRMED', confirmed),
  ...tellingAll(PARTICIPANTS.toReversed(), 'cancel', 'failing-order', cancelled),
  'failing-order': closing('FAIL', 'logging-cancelled'),
  'logging-cancelled': log('CANCELLED', cancelled),
});

const buy = () =>
  managedHandler<Purchase>('shop.buy', {
    units: JDBC,
    before: {
      naming: step<Purchase, 'uuid'>('uuid', { form: 'xid' }, [
        {
          target: 'called',
          remember: ({ memory, result }) => {
            return { ...memory, xid: String(result.value), tries: 0, reason: null };
          },
        },
      ]),
    },
    first: 'inserting-order',
    states: {
      'inserting-order': statement<Purchase>(
        `INSERT INTO customer_order (uuid, customer_id, ticket_num, amount, status)
  VALUES (:xid, :customerId, :ticketNum, :amount, 'NEW')`,
        'logging-try',
      ),
      'logging-try': statement<Purchase>(
        "INSERT INTO tcc_transaction (xid, status, updated_ms) VALUES (:xid, 'TRYING', :now)",
        'returned',
      ),
    },
    afterwards: {
      ...tryingAll(),
      'deciding-confirm': log('CONFIRMING', [unchanged('refusing'), 'confirming-ticket'], 'TRYING'),
      ...secondPhase({ confirmed: 'replying', cancelled: 'refusing', overtaken: 'refusing' }),
      refusing: step<Purchase, 'throw'>(
        'throw',
        ({ memory: { reason } }) => ({ error: { code: reason ?? 'TIMEOUT', definite: true } }),
        [],
        'failed',
      ),
    },
    reply: ({ memory }) => memory.xid,
  });

const isAt =
  (status: string) =>
  ({ memory }: Given<Unfinished>): boolean =>
    memory.status === status;

// What nobody has touched for a while belongs to a coordinator that died, or gave up.
const FIND_UNFINISHED = `SELECT t.xid, t.status, t.reason, t.updated_ms AS updatedMs,
  o.customer_id AS customerId, o.ticket_num AS ticketNum, o.amount
  FROM tcc_transaction t JOIN customer_order o ON o.uuid = t.xid
  WHERE t.status IN ('TRYING', 'CONFIRMING', 'CANCELLING') AND t.updated_ms <= :dueMs
  ORDER BY t.updated_ms LIMIT 1`;

const recover = () =>
  handlerMachine('shop.recover', 'finding-unfinished', 'failed', {
    'finding-unfinished': step<Unfinished, 'sql'>(
      'sql',
      ({ nowMs, parameters }) => ({
        sql: FIND_UNFINISHED,
        params: { dueMs: nowMs - Number(parameters['timeoutMs']) },
      }),
      [
        { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
        {
          target: 'claiming',
          remember: ({ result }) => {
            const row = result.rows?.[0] as unknown as Unfinished;
            const reason = row.status === 'TRYING' ? 'TIMEOUT' : row.reason;
            return { ...row, reason, tries: 0 };
          },
        },
      ],
    ),
    claiming: statement<Unfinished>(
      `UPDATE tcc_transaction SET updated_ms = :now
  WHERE xid = :xid AND status = :status AND updated_ms = :updatedMs`,
      [unchanged('finished'), 'choosing'],
    ),
    choosing: fork<Unfinished>([
      { target: 'confirming-ticket', test: isAt('CONFIRMING') },
      { target: 'cancelling-user', test: isAt('CANCELLING') },
      'deciding-cancel',
    ]),
    ...secondPhase({ confirmed: 'finished', cancelled: 'finished', overtaken: 'finished' }),
  });

/** The coordinator, which the customer buys from, and its two participants. */
export const tccServices = (): readonly Service[] => [
  {
    name: 'shop',
    databases: ['shop'],
    entries: [{ name: 'buy', machine: buy() }],
    listeners: [],
    jobs: [
      {
        name: 'recover',
        machine: recover(),
        delayParameter: 'recoverDelayMs',
        waitsFor: `SELECT 1 FROM shop.tcc_transaction
          WHERE status IN ('TRYING', 'CONFIRMING', 'CANCELLING')`,
      },
    ],
  },
  ticketService(),
  userService(),
];

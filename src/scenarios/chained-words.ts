// What both chained scenarios share: an order that takes money in one database and is written to
// another, and a second session that holds the customer's row.

import {
  type Exit,
  failing,
  fork,
  type Given,
  type HandlerState,
  handlerMachine,
  type Isolation,
  managedHandler,
  type Service,
  type States,
  step,
  type Unit,
} from '../sim/index.ts';

export interface Order {
  readonly customerId: number;
  readonly title: string | null;
  readonly amount: number;
}

export type Found = Given<Order>;

const UNITS = {
  user: { name: 'user', database: 'user' },
  order: { name: 'order', database: 'order' },
} as const;

/** The two orders in which the managers can stand in the chain. */
export const CHAINS = {
  'user-order': ['user', 'order'],
  'order-user': ['order', 'user'],
} as const;

export const when = (target: string, test: (given: Found) => boolean): Exit<Order> => ({
  target,
  test,
});

const titled = (word: string) => (given: Found) => given.memory.title?.includes(word) ?? false;

/** After the money is taken: where the original throws, by the title, and the order is written. */
export const ordering: States = {
  ordering: fork([
    when('failing-without-title', ({ memory }) => memory.title === null),
    when('failing-first', titled('error1')),
    'inserting-order',
  ]),
  'inserting-order': step<Order, 'sql'>(
    'sql',
    ({ memory: { customerId, title, amount } }) => ({
      database: 'order',
      sql: `INSERT INTO customer_order (customer_id, title, amount)
  VALUES (:customerId, :title, :amount)`,
      params: { customerId, title, amount },
    }),
    [when('failing-second', titled('error2')), 'returned'],
  ),
  'failing-without-title': failing('NullPointerException', 'the title is null'),
  'failing-first': failing('RuntimeException', 'Error1'),
  'failing-second': failing('RuntimeException', 'Error2'),
};

const registers =
  (when: string) =>
  ({ parameters }: Found) =>
    ['registered', `throws-${when}`].includes(String(parameters['synchronization']));
const throws =
  (when: string) =>
  ({ parameters }: Found) =>
    parameters['synchronization'] === `throws-${when}`;

// What the body has registered runs around the first commit of the chain.
const callback = (when: 'before' | 'after'): States => ({
  [`${when}-commit`]: fork([
    { target: `calling-${when}-commit`, test: registers(when) },
    `${when}-over`,
  ]),
  [`calling-${when}-commit`]: step<Order, 'note'>('note', { note: `${when}-commit` }, [
    { target: `failing-${when}-commit`, test: throws(when) },
    `${when}-over`,
  ]),
  [`failing-${when}-commit`]: failing('RuntimeException', `${when}Commit callback failed`),
});

const isolationOf = ({ parameters }: Found): Isolation => parameters['isolation'] as Isolation;

/** The handler `app.<chain>`: the user's resource by JDBC or JPA, the order's by JDBC. */
export function chainedHandler(
  chain: keyof typeof CHAINS,
  userKind: 'jdbc' | 'jpa',
  first: string,
  states: Readonly<Record<string, HandlerState>>,
) {
  const units = CHAINS[chain].map((name): Unit => {
    return { ...UNITS[name], kind: name === 'user' ? userKind : 'jdbc' };
  });
  return managedHandler<Order>(`app.${chain}`, {
    units,
    definition: (given) => ({ isolation: isolationOf(given) }),
    synchronization: { before: callback('before'), after: callback('after') },
    first,
    states,
  });
}

// Another session: it locks the customer's row, and lets it go after a while.
const holdCustomer = () =>
  handlerMachine('other.hold', 'beginning', 'rolling-back', {
    beginning: step('begin', {}, 'locking'),
    locking: step<Order, 'sql'>(
      'sql',
      ({ memory }) => ({
        sql: 'SELECT * FROM customer WHERE id = :customerId FOR UPDATE',
        params: { customerId: memory.customerId },
      }),
      'holding',
    ),
    holding: step<Order, 'sleep'>(
      'sleep',
      ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['holdMs']) }),
      'rolling-back',
    ),
    'rolling-back': step('rollback', { resource: 'database' }, 'finished', 'failed'),
  });

/** The application with its two databases, and the other session. */
export function chainedServices(
  make: (chain: keyof typeof CHAINS) => ReturnType<typeof chainedHandler>,
): readonly Service[] {
  const chains = Object.keys(CHAINS) as (keyof typeof CHAINS)[];
  return [
    {
      name: 'app',
      databases: ['user', 'order'],
      entries: chains.map((name) => ({ name, machine: make(name) })),
      listeners: [],
      jobs: [],
    },
    {
      name: 'other',
      databases: ['user'],
      entries: [{ name: 'hold', machine: holdCustomer() }],
      listeners: [],
      jobs: [],
    },
  ];
}

// A shop whose method `order` calls the method `audit`, each with an @Transactional of its own, as
// the parameters say. Data, properties, named faults and words are in scenarios.yaml.

import {
  calledMethod,
  type Definition,
  type Exit,
  failing,
  fork,
  type Given,
  type HandlerState,
  type Isolation,
  type Propagation,
  type Row,
  type Service,
  step,
  transactionalHandler,
} from '../sim/index.ts';

/** What was ordered, and what has been learnt since: the order's id, the orders the audit sees. */
type Order = {
  readonly customerId: number;
  readonly amount: number;
  readonly orderId?: number;
  readonly ordersSeen?: number;
};
type Found = Given<Order>;

const when = (target: string, parameter: string, value: string | number): Exit<Order> => ({
  target,
  test: ({ parameters }) => parameters[parameter] === value,
});

const sql = (
  text: string,
  params: (found: Found) => Row,
  exits: string | readonly (string | Exit<Order>)[],
): HandlerState =>
  step<Order, 'sql'>('sql', (found) => ({ sql: text, params: params(found) }), exits);

const seeing = ({ memory, result }: Found): Order => {
  return { ...memory, ordersSeen: Number(result.rows?.[0]?.['orders']) };
};

const customer = ({ memory: { customerId } }: Found): Row => ({ customerId });

/** What the annotations say, by the parameters; null stands for "nothing". */
function definition(
  propagation: Propagation,
  { parameters }: Found,
  names: { readonly readOnly: string; readonly timeoutMs: string },
): Definition {
  const timeoutMs = parameters[names.timeoutMs] ?? null;
  const readOnly = parameters[names.readOnly] === 1;
  return { propagation, readOnly, ...(timeoutMs !== null && { timeoutMs: Number(timeoutMs) }) };
}

function auditDefinition(found: Found): Definition {
  const { propagation, isolation } = found.parameters;
  const names = { readOnly: 'readOnly', timeoutMs: 'timeoutMs' };
  const own = definition(propagation as Propagation, found, names);
  return isolation === 'none' ? own : { ...own, isolation: isolation as Isolation };
}

// Without @Transactional a method runs in the transaction that is there, and here none is.
function orderDefinition(found: Found): Definition {
  const propagation = found.parameters['outer'] === 'transaction' ? 'REQUIRED' : 'SUPPORTS';
  return definition(propagation, found, { readOnly: 'outerReadOnly', timeoutMs: 'outerTimeoutMs' });
}

const CHECKED = ['AuditException', 'OrderException'];

const audit = () =>
  calledMethod<Order>({
    prefix: 'audit-',
    caller: '',
    definition: auditDefinition,
    commitsOn: CHECKED,
    first: 'audit-counting',
    returns: 'confirming',
    catches: when('catching', 'outerCatches', 1),
    states: {
      'audit-counting': sql(
        'SELECT count(*) AS orders FROM customer_order WHERE customer_id = :customerId',
        customer,
        [
          {
            target: 'audit-pausing',
            test: ({ parameters }) => Number(parameters['pauseMs']) > 0,
            remember: seeing,
          },
          { target: 'audit-recording', remember: seeing },
        ],
      ),
      'audit-pausing': step<Order, 'sleep'>(
        'sleep',
        ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['pauseMs']) }),
        'audit-recording',
      ),
      'audit-recording': sql(
        'INSERT INTO audit_log (customer_id, orders_seen) VALUES (:customerId, :ordersSeen)',
        ({ memory }) => ({ customerId: memory.customerId, ordersSeen: memory.ordersSeen ?? 0 }),
        [when('audit-touching-customer', 'sameRow', 1), 'audit-finishing'],
      ),
      'audit-touching-customer': sql(
        'UPDATE customer SET audits = audits + 1 WHERE id = :customerId',
        customer,
        'audit-finishing',
      ),
      'audit-finishing': fork([
        when('audit-failing', 'innerFails', 'runtime'),
        when('audit-failing-checked', 'innerFails', 'checked'),
        'audit-returned',
      ]),
      'audit-failing': failing('IllegalStateException', 'the audit fails'),
      'audit-failing-checked': failing('AuditException', 'the audit fails (a checked exception)'),
    },
  });

const placeOrder = () =>
  transactionalHandler<Order>('shop.order', {
    definition: orderDefinition,
    propagations: ['REQUIRED', 'SUPPORTS'],
    commitsOn: CHECKED,
    first: 'inserting-order',
    states: {
      'inserting-order': sql(
        "INSERT INTO customer_order (customer_id, amount, status) VALUES (:customerId, :amount, 'NEW')",
        ({ memory: { customerId, amount } }) => ({ customerId, amount }),
        [
          {
            target: 'charging',
            remember: ({ memory, result }) => ({ ...memory, orderId: result.lastId ?? 0 }),
          },
        ],
      ),
      charging: sql(
        'UPDATE customer SET deposit = deposit - :amount WHERE id = :customerId',
        ({ memory: { customerId, amount } }) => ({ customerId, amount }),
        'audit-called',
      ),
      ...audit(),
      catching: step('note', { note: 'catches' }, 'confirming'),
      confirming: sql(
        "UPDATE customer_order SET status = 'CONFIRMED' WHERE id = :orderId",
        ({ memory }) => ({ orderId: memory.orderId ?? 0 }),
        [
          when('failing', 'outerFails', 'runtime'),
          when('failing-checked', 'outerFails', 'checked'),
          'returned',
        ],
      ),
      failing: failing('IllegalStateException', 'the order fails'),
      'failing-checked': failing('OrderException', 'the order fails (a checked exception)'),
    },
  });

/** The one service; what its client is told is the end of `order`. */
export const propagationServices = (): readonly Service[] => [
  {
    name: 'shop',
    databases: ['shop'],
    entries: [{ name: 'order', machine: placeOrder() }],
    listeners: [],
    jobs: [],
  },
];

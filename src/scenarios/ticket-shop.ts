// The ticket shop as it is deployed: a registry, a gateway, two instances of the order service, and
// a page that asks three services. Orders run the saga of ticket-saga.ts, unchanged. Data,
// properties, named faults and words are in scenarios.yaml.

import {
  failing,
  type Given,
  handlerMachine,
  type Json,
  type Row,
  type Service,
  step,
} from '../sim/index.ts';
import { orderService, ticketService, userService } from './ticket-saga.ts';
import { type Asking, guardedCall } from './ticket-shop-calls.ts';
import { browserService, proxyService } from './ticket-shop-gateway.ts';
import { heartbeatJob, refreshJob, registryService } from './ticket-shop-registry.ts';

/** A customer's page, while it is being put together. */
interface Page extends Asking {
  readonly customer?: Row;
}

const answerOf = ({ answers }: Page, service: string): Json => answers?.[service] ?? [];

// Its fallback is an empty list; the page says which lists are none of the service's own.
const showCustomer = () =>
  handlerMachine('user.my', 'finding-customer', 'failed', {
    'finding-customer': step<Page, 'sql'>(
      'sql',
      ({ memory }) => ({
        sql: 'SELECT id, user_name, deposit FROM customer WHERE id = :customerId',
        params: { customerId: memory.customerId },
      }),
      [
        { target: 'refusing-no-row', test: ({ result }) => !result.rows?.[0] },
        {
          target: 'choosing-order',
          remember: ({ memory, result }) => ({ ...memory, customer: result.rows?.[0] ?? {} }),
        },
      ],
    ),
    'refusing-no-row': failing('NullPointerException', 'there is no such customer'),
    ...guardedCall<Page>('order', 'choosing-ticket'),
    ...guardedCall<Page>('ticket', 'replying'),
    replying: step<Page, 'reply'>(
      'reply',
      ({ memory }) => ({
        value: {
          customer: memory.customer ?? null,
          orders: answerOf(memory, 'order'),
          tickets: answerOf(memory, 'ticket'),
          fallback: ['order', 'ticket'].filter((service) => !memory.answers?.[service]),
        },
      }),
      'finished',
    ),
  });

interface Mine {
  readonly customerId: number;
  readonly rows?: readonly Row[];
}

const isSlow = ({ nowMs, parameters }: Given<Mine>): boolean =>
  Number(parameters['slowMs']) > 0 && nowMs < Number(parameters['slowUntilMs']);

const kept = ({ memory, result }: Given<Mine>): Mine => ({ ...memory, rows: result.rows ?? [] });

/** Answers with a customer's own rows; one that can be slow takes its time before it does. */
const listMine = (id: string, sql: string, canBeSlow: boolean) =>
  handlerMachine(id, 'searching', 'failed', {
    searching: step<Mine, 'sql'>(
      'sql',
      ({ memory }) => ({ sql, params: { customerId: memory.customerId } }),
      [
        ...(canBeSlow ? [{ target: 'dawdling', test: isSlow, remember: kept }] : []),
        { target: 'replying', remember: kept },
      ],
    ),
    ...(canBeSlow && {
      dawdling: step<Mine, 'sleep'>(
        'sleep',
        ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['slowMs']) }),
        'replying',
      ),
    }),
    replying: step<Mine, 'reply'>(
      'reply',
      ({ memory }) => ({ value: memory.rows ?? [] }),
      'finished',
    ),
  });

const listOrders = () =>
  listMine(
    'order.mine',
    'SELECT id, ticket_num, status FROM customer_order WHERE customer_id = :customerId',
    false,
  );

const listTickets = () =>
  listMine('ticket.mine', 'SELECT id, ticket_num FROM ticket WHERE owner = :customerId', true);

const orderInstance = (name: string): Service => {
  const service = orderService(name);
  return {
    ...service,
    entries: [...service.entries, { name: 'mine', machine: listOrders() }],
    jobs: [...service.jobs, heartbeatJob('order', name)],
  };
};

export const ticketShopServices = (): readonly Service[] => [
  browserService(),
  proxyService(),
  registryService(),
  orderInstance('order-1'),
  orderInstance('order-2'),
  {
    ...userService(),
    entries: [{ name: 'my', machine: showCustomer() }],
    jobs: [heartbeatJob('user'), refreshJob('user')],
  },
  {
    ...ticketService(),
    entries: [{ name: 'mine', machine: listTickets() }],
    jobs: [heartbeatJob('ticket')],
  },
];

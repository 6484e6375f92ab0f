// The ticket service's `lock`, `lock2` and `unlock` beside the saga, against the real stack. The
// scenario ticket-lock has their machines, the saga's scenario has the rest of the service.

import { describe, expect, it } from 'vitest';
import { allParameters } from '../../../src/scenarios/index.ts';
import { lockEntries } from '../../../src/scenarios/ticket-lock.ts';
import { faultPoints, type Row, run, type Scenario } from '../../../src/sim/index.ts';
import { ticketSaga } from '../../support.ts';
import { cases, measuredCase } from './cases.ts';

/** What was called, and what came back: whether the caller holds a lock now. */
interface Call {
  readonly atMs: number;
  readonly handler: 'lock' | 'lock2' | 'unlock' | 'create';
  readonly customerId: number;
  readonly ticketNum?: number;
  readonly answer?: number | string;
}

const at = (
  atMs: number,
  handler: Call['handler'],
  customerId: number,
  answer?: number | string,
): Call => ({ atMs, handler, customerId, ...(answer !== undefined && { answer }) });

const CALLS: Readonly<Record<string, readonly Call[]>> = {
  'saga-lock1-race-300ms': [at(0, 'lock', 1, 1), at(300, 'lock', 2, 1)],
  'saga-lock1-race-30ms': [at(0, 'lock', 1, 1), at(30, 'lock', 2, 1)],
  'saga-lock2-race-300ms': [at(0, 'lock2', 1, 1), at(300, 'lock2', 2, 0)],
  'saga-lock2-race-30ms': [at(0, 'lock2', 1, 1), at(30, 'lock2', 2, 0)],
  'saga-lock1-then-lock2-race': [at(0, 'lock', 1, 1), at(300, 'lock2', 2, 1)],
  'saga-lock2-then-lock1-race': [at(0, 'lock2', 1, 1), at(300, 'lock', 2, 1)],
  'saga-lock1-unknown-ticket': [{ ...at(0, 'lock', 1, 'NullPointerException'), ticketNum: 999 }],
  'saga-lock2-on-sold': [at(0, 'lock2', 2, 1), at(5000, 'unlock', 1, 0), at(6000, 'unlock', 2, 1)],
  'saga-lock1-erases-owner': [at(0, 'lock', 2, 1), at(300, 'create', 1)],
};

// The reference had sold the ticket before.
const SOLD = ['saga-lock1-unknown-ticket', 'saga-lock2-on-sold'];

const services = ticketSaga.services.map((service) =>
  service.name === 'ticket' ? { ...service, entries: lockEntries() } : service,
);
const shop: Scenario = { ...ticketSaga, services, points: faultPoints({ services }) };

function simulate(id: string, calls: readonly Call[]) {
  const requests = calls.map(({ atMs, handler, customerId, ticketNum = 100 }) => {
    const order = { customerId, ticketNum, title: 'new_order', amount: 100 };
    const service = handler === 'create' ? 'order' : 'ticket';
    return { atMs, service, handler, body: order };
  });
  const ticket = { id: 1, ticket_num: 100, name: 'No.1', lock_user: null };
  const rows = {
    'ticket.ticket': [{ ...ticket, owner: SOLD.includes(id) ? 1 : null }],
    'user.customer': [1, 2].map((customer) => ({ id: customer, deposit: 1000 })),
  };
  const parameters = { ...allParameters(shop, {}), pauseMs: 3000 };
  return run(shop, { parameters, rows, requests });
}

const OWN_TABLES: Readonly<Record<string, string>> = {
  'imooc_order.customer_order@3306': 'order.customer_order',
  'imooc_ticket.ticket@3306': 'ticket.ticket',
  'imooc_user.customer@3306': 'user.customer',
  'imooc_user.pay_info@3306': 'user.pay_info',
};

describe.each(Object.entries(CALLS))('%s', (id, calls) => {
  const { observed } = measuredCase(id);
  const { events, after } = simulate(id, calls);

  it('leaves the same rows', () => {
    for (const [name, rows] of Object.entries(observed.tables)) {
      const own: readonly Row[] = after[OWN_TABLES[name] ?? ''] ?? [];
      const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'uuid');
      const pick = (row: Row) => columns.map((column) => row[column] ?? null);
      expect([name, own.map(pick)]).toEqual([name, rows.map(pick)]);
    }
  });

  it('answers each caller the same', () => {
    const answers = events.flatMap(({ place, happening }): readonly (number | string)[] => {
      if (place.service !== 'ticket') return [];
      if (happening.kind === 'replied') return [(happening.value as { locked: number }).locked];
      if (place.state === 'throwing' && happening.kind === 'failed')
        return [happening.failure.code];
      return [];
    });
    const wanted = calls.flatMap(({ answer }) => answer ?? []);
    expect(answers.toSorted()).toEqual(wanted.toSorted());
  });
});

it('makes the second caller of lock2 wait for the first, and then pause himself', () => {
  const { events } = simulate('saga-lock2-race-300ms', CALLS['saga-lock2-race-300ms'] ?? []);
  const replies = events.filter(({ happening }) => happening.kind === 'replied');
  const measured = JSON.stringify(cases.find(({ id }) => id === 'saga-lock2-race-300ms')?.observed);
  // Returned after 3,005 and 6,005 ms there.
  expect(measured).toContain('+6005ms');
  expect(replies.map(({ atMs }) => Math.round(atMs / 100) * 100)).toEqual([3000, 6000]);
});

// The ticket saga against the real stack (Spring + ActiveMQ + MariaDB, with kills and cut
// connections): for each measured case the same data, requests and fault must leave the same rows,
// messages and dead letters, after the same deliveries with the same counts and redelivered flags.

import { describe, expect, it } from 'vitest';
import {
  allParameters,
  mergeSettings,
  readFaults,
  readInput,
} from '../../../src/scenarios/index.ts';
import { type Row, type RunResult, run } from '../../../src/sim/index.ts';
import { ticketSaga } from '../../support.ts';
import { cases, type MeasuredMessage } from './cases.ts';
import { BEGAN_LATER, SAGA_SETUPS, type SagaSetup } from './saga-setups.ts';

function simulate(setup: SagaSetup): RunResult {
  const { fails = [], set = {}, deposit = 1000, other = deposit, lockUser } = setup;
  const { tickets = [100], orders, acts } = setup;
  const asked = readFaults(ticketSaga, fails);
  const settings = { checkInput: 0, ...mergeSettings(set, asked) };
  const requests = orders ?? [[0, 1, 100] as const];
  const document = {
    customers: [{ deposit }, { deposit: other }],
    tickets: tickets.map((ticketNum) => ({ ticketNum, lockUser: lockUser ?? null })),
    ...(acts && { acts }),
    orders: requests.map(([atMs, customerId, ticketNum]) => {
      return { atMs, customerId, ticketNum, amount: 100, title: 'new_order' };
    }),
  };
  const input = readInput(ticketSaga, allParameters(ticketSaga, settings), document);
  const result = run(ticketSaga, input, asked.faults);
  expect(result.neverStruck).toEqual([]);
  return result;
}

function deliveriesOf({ events }: RunResult, id: string): readonly string[] {
  return events.flatMap(({ happening }) => {
    if (happening.kind !== 'received') return [];
    const { queue, body, redelivered, deliveryCount } = happening.message;
    if (BEGAN_LATER[id]?.includes(queue)) return [];
    const { id: order, customerId, ticketNum, amount, status } = body;
    const dto = `id=${order},uuid=<uuid>,cust=${customerId},ticket=${ticketNum},amount=${amount},status=${status}`;
    return [`${queue} OrderDTO(${dto}) redelivered=${redelivered} count=${deliveryCount}`];
  });
}

const measuredDeliveries = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.startsWith('order:')).map((line) => line.replace(' [child JVM]', ''));

const OWN_TABLES: Readonly<Record<string, string>> = {
  'imooc_order.customer_order@3306': 'order.customer_order',
  'imooc_ticket.ticket@3306': 'ticket.ticket',
  'imooc_user.customer@3306': 'user.customer',
  'imooc_user.pay_info@3306': 'user.pay_info',
};

function rowsLike(measured: readonly Row[], own: readonly Row[]): readonly Row[] {
  const columns = Object.keys(measured[0] ?? {}).filter((column) => column !== 'uuid');
  return own.map((row) =>
    Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
  );
}

function withoutIds(rows: readonly Row[]): readonly string[] {
  return rows.map(({ id, order_id, uuid, ...row }) => JSON.stringify(row)).sort();
}

const plain = ({ uuid, ...body }: Record<string, unknown>) => body;
const bodies = (messages: readonly MeasuredMessage[]) =>
  messages.map(({ body }) => plain(JSON.parse(body)));

describe.each(Object.entries(SAGA_SETUPS))('%s', (id, setup) => {
  const measured = cases.find((one) => one.id === id)?.observed;
  const result = simulate(setup);

  it('leaves the same rows', () => {
    expect(measured).toBeDefined();
    for (const [name, rows] of Object.entries(measured?.tables ?? {})) {
      const own = result.after[OWN_TABLES[name] ?? ''] ?? [];
      const got = rowsLike(rows, own);
      const wanted = rows.map(({ uuid, ...row }) => row);
      if (setup.idsByChance) expect(withoutIds(got)).toEqual(withoutIds(wanted));
      else expect(rows.length === 0 ? own : got).toEqual(wanted);
    }
  });

  it('leaves the same messages and dead letters', () => {
    for (const { queue, messages } of result.queues) {
      const own = messages.map(({ body }) => plain(body as Record<string, unknown>));
      if (queue !== 'ActiveMQ.DLQ') expect(own).toEqual(bodies(measured?.queues[queue] ?? []));
      else {
        expect(own).toEqual(bodies(measured?.dlq ?? []));
        const origins = measured?.dlq?.map(({ originalDestination }) => originalDestination);
        expect(messages.map(({ originalQueue }) => originalQueue)).toEqual(origins);
      }
    }
  });

  it('makes the same deliveries, with the same counts and flags', () => {
    const own = [...deliveriesOf(result, id)].sort();
    const wanted = [...measuredDeliveries(measured?.deliveries ?? [])].sort();
    const blind = (line: string) => line.replace(/id=\d+/, 'id=n');
    if (setup.timerByChance) expect([...new Set(own)]).toEqual([...new Set(wanted)]);
    else if (setup.idsByChance) expect(own.map(blind).sort()).toEqual(wanted.map(blind).sort());
    else expect(own).toEqual(wanted);
  });
});

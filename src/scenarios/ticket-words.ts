// The words the ticket shop's handlers are written in: statements as Spring Data JPA sends them,
// and messages that carry the order on.

import { type Exit, failing, type Given, type HandlerState, type Row, step } from '../sim/index.ts';

/** The message that travels through all seven queues. */
export type Order = {
  readonly id: number | null;
  readonly uuid: string | null;
  readonly customerId: number;
  readonly title: string | null;
  readonly ticketNum: number;
  readonly amount: number;
  readonly status: string | null;
};
/** What a step of such a handler may look at. */
export type Found = Given<Order>;

export const firstRow = ({ result }: Found): Row | undefined => result.rows?.[0];
export const when = (target: string, test: (found: Found) => boolean): Exit<Order> => ({
  target,
  test,
});

/** A statement on the handler's own database. */
export const sql = (
  text: string,
  params: (found: Found) => Row,
  exits: string | readonly (string | Exit<Order>)[] = 'committing',
): HandlerState =>
  step<Order, 'sql'>('sql', (found) => ({ sql: text, params: params(found) }), exits);

/** Sends the order on, changed, as the handler's last step. */
export const send = (queue: string, change: (found: Found) => Partial<Order>): HandlerState =>
  step<Order, 'send'>(
    'send',
    (found) => ({ queue, body: { ...found.memory, ...change(found) } }),
    'committing',
  );

export const noSuchRow = failing('NullPointerException', 'there is no such row');
export const twoSuchRows = failing('IncorrectResultSizeDataAccessException', 'more than one row');

// A lookup that expects one row at most, as Spring Data's findOneBy…: two are an exception.
export const findOne = (
  text: string,
  params: (found: Found) => Row,
  exits: readonly (string | Exit<Order>)[],
): HandlerState =>
  sql(`${text} LIMIT 2`, params, [
    when('refusing-two-rows', ({ result }) => (result.rows?.length ?? 0) > 1),
    ...exits,
  ]);

const INSERT_ORDER = `INSERT INTO customer_order
  (amount, created_date, customer_id, reason, status, ticket_num, title, uuid)
  VALUES (:amount, :createdDate, :customerId, :reason, :status, :ticketNum, :title, :uuid)`;

export const insertOrder = (status: string, reason: string | null, exit: string): HandlerState =>
  sql(
    INSERT_ORDER,
    ({ memory, nowMs }) => ({
      amount: memory.amount,
      createdDate: nowMs,
      customerId: memory.customerId,
      reason,
      status,
      ticketNum: memory.ticketNum,
      title: memory.title,
      uuid: memory.uuid,
    }),
    exit,
  );

// JPA writes the whole entity back as it was read, and nothing at all if nothing changed.
const SAVE_ORDER = `UPDATE customer_order SET amount = :amount, created_date = :created_date,
  customer_id = :customer_id, reason = :reason, status = :status, ticket_num = :ticket_num,
  title = :title, uuid = :uuid WHERE id = :id`;

export const saveOrder = (change: (found: Found) => Row): HandlerState =>
  sql(SAVE_ORDER, (found) => ({ ...firstRow(found), ...change(found) }));

export const findOrder = (save: string, change: (found: Found) => Row): HandlerState =>
  sql('SELECT * FROM customer_order WHERE id = :id', ({ memory }) => ({ id: memory.id }), [
    when('refusing-no-row', (found) => !firstRow(found)),
    when('committing', (found) => {
      const row = firstRow(found);
      return Object.entries(change(found)).every(([column, value]) => row?.[column] === value);
    }),
    save,
  ]);

export const hasNoId = ({ memory }: Found): boolean => memory.id === null;

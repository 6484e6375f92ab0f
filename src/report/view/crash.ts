// What a crash at a step would leave: what stays, what is delivered again, what is lost. It goes by
// what a service, a database and the broker keep when they die, as `sim/outages.ts` lets them.

import type { Film, Frame, MessageBody, QueuedMessage, Row, SeenTable } from '../../sim/index.ts';
import { frameAt } from './showing.ts';

/** Rows of a table, each by its first column. */
interface Rows {
  readonly table: string;
  readonly keys: readonly string[];
}

export type Stays =
  | {
      readonly what: 'in-doubt';
      readonly branch: string;
      readonly at: string;
      /** Queues of what it sent. */
      readonly sends: readonly string[];
    }
  | {
      readonly what: 'logged';
      readonly service: string;
      readonly decision: string;
      readonly xid: string;
    }
  /** Committed, and not as at the beginning. */
  | ({ readonly what: 'rows' } & Rows)
  /** `again`: a consumer has them, and they return; `buried`: once too often. */
  | {
      readonly what: 'waiting' | 'again' | 'buried';
      readonly queue: string;
      readonly count: number;
    };

export type Lost =
  | {
      readonly what: 'run';
      readonly service: string;
      readonly handler: string;
      readonly state: string;
    }
  | ({ readonly what: 'uncommitted' } & Rows)
  /** It has changed nothing yet. */
  | { readonly what: 'transaction'; readonly database: string; readonly id: number }
  | { readonly what: 'unsent'; readonly queue: string; readonly count: number }
  | { readonly what: 'memory'; readonly service: string; readonly entries: MessageBody };

export interface Fates {
  readonly stays: readonly Stays[];
  readonly lost: readonly Lost[];
}

const keyOf = (row: Row): string => {
  const [[column, value] = []] = Object.entries(row);
  return `${column}=${value}`;
};

/** The committed rows that are not as they were at the beginning, deleted ones among them. */
function changedRows(first: SeenTable | undefined, { name, rows }: SeenTable): readonly Stays[] {
  const [old, now] = [first?.rows ?? [], rows].map(
    (all) => new Map(all.map((row) => [keyOf(row), JSON.stringify(row)])),
  );
  const keys = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  const changed = keys.filter((key) => old?.get(key) !== now?.get(key));
  return changed.length > 0 ? [{ what: 'rows', table: name, keys: changed }] : [];
}

function fateOf({ state, isLast }: QueuedMessage): 'waiting' | 'again' | 'buried' | null {
  if (state === 'prepared') return null;
  if (state === 'ready' || state === 'delayed') return 'waiting';
  return isLast ? 'buried' : 'again';
}

function messagesOf({ queues }: Frame): readonly Stays[] {
  return queues.flatMap(({ queue, messages }) =>
    (['again', 'buried', 'waiting'] as const).flatMap((what): readonly Stays[] => {
      const count = messages.filter((message) => fateOf(message) === what).length;
      return count > 0 ? [{ what, queue, count }] : [];
    }),
  );
}

function uncommittedOf({ tables }: Frame): readonly Lost[] {
  return tables.flatMap(({ name, open }): readonly Lost[] => {
    const lost = open.filter(({ inDoubt }) => !inDoubt);
    if (lost.length === 0) return [];
    const keys = lost.map(({ now, before }) => keyOf(now ?? before ?? {}));
    return [{ what: 'uncommitted', table: name, keys }];
  });
}

/** Open transactions that have changed no row: their locks go with them. */
function idleOf({ runs, tables, inDoubt }: Frame): readonly Lost[] {
  const isOf = (database: string, id: number) => (one: { transaction: number | null }) =>
    one.transaction === id && database;
  const open = runs.flatMap(({ transactions, aside }) => [transactions, ...aside]);
  return open.flatMap(Object.entries<number>).flatMap(([database, id]): readonly Lost[] => {
    const isPrepared = inDoubt.some((one) => one.at === database && one.transaction === id);
    const own = tables.filter(({ name }) => name.startsWith(`${database}.`));
    const isSeen = own.some((table) => table.open.some(isOf(database, id)));
    return isPrepared || isSeen || id < 0 ? [] : [{ what: 'transaction', database, id }];
  });
}

function unsentOf({ runs }: Frame): readonly Lost[] {
  const counts = new Map<string, number>();
  for (const { sends } of runs)
    for (const { queue } of sends) counts.set(queue, (counts.get(queue) ?? 0) + 1);
  return [...counts].map(([queue, count]) => ({ what: 'unsent', queue, count }));
}

/** What a crash after a step would leave, and what not. */
export function fatesAt(film: Film, step: number): Fates {
  const [first, frame] = [frameAt(film, 0), frameAt(film, step)];
  const logged = frame.logs.flatMap(({ service, durable }) =>
    durable.map(({ decision, xid }) => ({ what: 'logged', service, decision, xid }) as const),
  );
  const memories = frame.logs
    .filter(({ volatile }) => Object.keys(volatile).length > 0)
    .map(({ service, volatile }) => ({ what: 'memory', service, entries: volatile }) as const);
  return {
    stays: [
      ...frame.inDoubt.map(({ branch, at, sends }) => {
        return { what: 'in-doubt', branch, at, sends } as const;
      }),
      ...logged,
      ...frame.tables.flatMap((table, at) => changedRows(first.tables[at], table)),
      ...messagesOf(frame),
    ],
    lost: [
      ...frame.runs.map(({ service, handler, state }) => {
        return { what: 'run', service, handler, state } as const;
      }),
      ...uncommittedOf(frame),
      ...unsentOf(frame),
      ...idleOf(frame),
      ...memories,
    ],
  };
}

// What a world has at the moment: the rows its committed transactions left, and its messages.

import type { Json, Row } from './kernel/index.ts';
import type { Parts } from './parts.ts';

/** The committed rows of every table, as `database.table`. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** A message left in a queue. */
export interface LeftMessage {
  readonly messageId: number;
  readonly body: Json;
  readonly redeliveries: number;
  readonly originalQueue: string | null;
}

export interface LeftQueue {
  readonly queue: string;
  readonly messages: readonly LeftMessage[];
}

export function tablesOf({ databases, revisions }: Parts): Tables {
  revisions.bringAll();
  const entries = [...databases.values()].flatMap((database) =>
    [...database.tables.keys()].map((table) => {
      return [`${database.name}.${table}`, database.committedRows(table)] as const;
    }),
  );
  return Object.fromEntries(entries);
}

export function queuesOf({ broker }: Parts): readonly LeftQueue[] {
  return broker.queueNames.map((queue) => {
    const messages = broker.messagesOf(queue).map(({ id, body, redeliveries, originalQueue }) => {
      return { messageId: id, body, redeliveries, originalQueue };
    });
    return { queue, messages };
  });
}

/** Each database's committed state as the bytes of an SQLite file, by its name. */
export function filesOf({ databases, revisions }: Parts): ReadonlyMap<string, Uint8Array> {
  revisions.bringAll();
  return new Map([...databases].map(([name, { store }]) => [name, store.exportFile()]));
}

// The lock table as an onlooker sees it: what InnoDB's monitor prints, lock by lock.

import type { Inspection, Row } from '../kernel/index.ts';
import type { Key, Lock, LockPlace, LockTable } from './locks.ts';
import type { Table } from './schema.ts';
import type { Store } from './store.ts';
import type { Transaction } from './transaction.ts';
import { type Image, walk } from './versions.ts';

/** One lock of the lock table. */
export interface SeenLock {
  readonly transaction: number;
  readonly table: string;
  /** `PRIMARY`, or a secondary index. */
  readonly index: string;
  /** The record's own key; null for the supremum. */
  readonly key: Key | null;
  /** The record is delete-marked. */
  readonly deleted: boolean;
  readonly mode: Lock['mode'];
  readonly span: Lock['span'];
  readonly insertion: boolean;
  readonly waiting: boolean;
  /** Locks of one structure: what counts as weight. */
  readonly struct: number;
}

/** The view into a database, for a learner to look at. */
export class Insight {
  readonly #name: string;
  readonly #store: Store;
  readonly #table: LockTable;
  readonly #transactions: () => readonly Transaction[];

  /** @param transactions those that are open, all their locks worked out */
  constructor(
    name: string,
    store: Store,
    table: LockTable,
    transactions: () => readonly Transaction[],
  ) {
    this.#name = name;
    this.#store = store;
    this.#table = table;
    this.#transactions = transactions;
  }

  /** The lock table as it is now, the locks of those who were alone included. */
  locks(): readonly SeenLock[] {
    this.#transactions();
    return locksOf(this.#table, this.#store);
  }

  /** All it has inside: transactions, read views, waits, locks, undo chains. */
  inspect(): Inspection {
    const transactions = this.#transactions().map(({ id, isolation, view }) => {
      const waitsFor = this.#table.waitOf(id)?.blockers ?? [];
      return { transaction: id, isolation, view: view?.upTo ?? null, waitsFor };
    });
    const locks = this.locks().map(({ transaction, waiting, ...lock }) => {
      const place = { index: `${lock.table}.${lock.index}`, key: lock.key };
      return { transaction, waiting, text: lockText(place, lock) };
    });
    const tables = [...this.#store.tables.values()];
    const chains = tables.flatMap((one) => chainsOf(one, this.#store));
    return { database: this.#name, transactions, locks, chains };
  }
}

function chainsOf({ name, columns, one }: Table, { versions }: Store): Inspection['chains'] {
  const asRow = (image: Image): Row | null =>
    image && Object.fromEntries(columns.map((column, at) => [column, image[at] ?? null]));
  return [...versions.chainsOf(name)].map(([rowid, chain]) => ({
    table: name,
    now: asRow((one.get(rowid) as Image | undefined) ?? null),
    versions: [...walk(chain)].map(({ writer, before }) => {
      return { writer, commit: versions.commitOf(writer), before: asRow(before) };
    }),
  }));
}

// All locks, place by place.
function locksOf(table: LockTable, store: Store): readonly SeenLock[] {
  const indexes = new Map(
    [...store.tables.values()].flatMap(({ indexes }) =>
      indexes.map((one) => [one.id, one] as const),
    ),
  );
  return table.places().flatMap(({ place, locks }) => {
    const index = indexes.get(place.index);
    if (!index) return [];
    const record = place.key && store.records.find(index, place.key);
    return locks.map((lock) => ({
      ...lock,
      table: index.table,
      index: index.name,
      key: place.key?.slice(0, index.width) ?? null,
      deleted: record ? !record.live : false,
    }));
  });
}

type Kind = Pick<Lock, 'mode' | 'span' | 'insertion'>;

const SPANS: Readonly<Record<Lock['span'], string>> = {
  record: ' locks rec but not gap',
  gap: ' locks gap before rec',
  'next-key': '',
};

/** A lock's kind in the monitor's words, such as `X locks rec but not gap`. */
export function kindText(lock: Kind): string {
  const mode = lock.mode === 'shared' ? 'S' : 'X';
  return `${mode}${SPANS[lock.span]}${lock.insertion ? ' insert intention' : ''}`;
}

/** Where a lock stands and of what kind it is, in one line. */
export function lockText({ index, key }: LockPlace, lock: Kind): string {
  const record = key === null ? 'supremum' : key.map((value) => value ?? 'NULL').join(', ');
  return `${index} ${kindText(lock)}: ${record}`;
}

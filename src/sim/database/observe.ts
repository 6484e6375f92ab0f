// The lock table as an onlooker sees it: what InnoDB's monitor prints, lock by lock.

import type { Key, Lock, LockPlace, LockTable } from './locks.ts';
import type { Store } from './store.ts';

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

/** All locks, place by place. */
export function locksOf(table: LockTable, store: Store): readonly SeenLock[] {
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

const SPANS: Readonly<Record<Lock['span'], string>> = {
  record: ' locks rec but not gap',
  gap: ' locks gap before rec',
  'next-key': '',
};

/** A lock's kind in the monitor's words, such as `X locks rec but not gap`. */
export function kindText(lock: Pick<Lock, 'mode' | 'span' | 'insertion'>): string {
  const mode = lock.mode === 'shared' ? 'S' : 'X';
  return `${mode}${SPANS[lock.span]}${lock.insertion ? ' insert intention' : ''}`;
}

/** Where a lock stands and of what kind it is, in one line. */
export function lockText({ index, key }: LockPlace, lock: Lock): string {
  const record = key === null ? 'supremum' : key.map((value) => value ?? 'NULL').join(', ');
  return `${index} ${kindText(lock)}: ${record}`;
}

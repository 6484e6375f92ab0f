// The records of an index in their order, as InnoDB has them: those of the rows that are there,
// and the delete-marked ones that an open transaction or an old reader still needs.

import type BetterSqlite3 from 'better-sqlite3';
import type { SqlValue } from '../kernel/effect.ts';
import { comparePrefix, type From, sameKey } from './keys.ts';
import type { Key, LockPlace } from './locks.ts';
import { type Index, quote, type Table } from './schema.ts';
import { type Image, type Versions, walk } from './versions.ts';

/** A record of an index. */
export interface IndexRecord {
  readonly index: Index;
  readonly key: Key;
  /** The row it belongs to; of a delete-marked record, the row it belonged to. */
  readonly rowid: number;
  /** False if it is delete-marked: no row has this key (any more). */
  readonly live: boolean;
  /** Set where the row is still on its way into its other indexes: who puts it there. */
  readonly entering?: number;
}

/** The keys that transactions have entered into an index while their row waits at another. */
export type Entering = (index: string) => readonly { writer: number; key: Key }[];

export const placeOf = ({ index, key }: IndexRecord): LockPlace => ({ index: index.id, key });
export const supremumOf = (index: Index): LockPlace => ({ index: index.id, key: null });

export function keyOf(index: Index, image: readonly SqlValue[]): Key {
  return index.positions.map((position) => image[position] ?? null);
}

function asRecord(index: Index, found: unknown): IndexRecord | null {
  if (!found) return null;
  const [rowid, ...key] = found as [number, ...SqlValue[]];
  return { index, key, rowid, live: true };
}

export class Records {
  readonly #connection: BetterSqlite3.Database;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #versions: Versions;
  readonly #steps = new Map<Index, BetterSqlite3.Statement[]>();
  /** Told by the database, which knows the transactions. */
  entering: Entering = () => [];

  constructor(
    connection: BetterSqlite3.Database,
    tables: ReadonlyMap<string, Table>,
    versions: Versions,
  ) {
    this.#connection = connection;
    this.#tables = tables;
    this.#versions = versions;
  }

  /** The first record of an index from a place on; backwards, the last up to it. Null if none. */
  next(index: Index, from: From, backwards = false): IndexRecord | null {
    const found = [
      this.#live(index, from, backwards),
      this.#marked(index, from, backwards),
      ...this.#entering(index, from, backwards),
    ];
    return found.reduce((best, record) => {
      if (!best || !record) return best ?? record;
      const order = comparePrefix(best.key, record.key);
      return (backwards ? order >= 0 : order <= 0) ? best : record;
    });
  }

  /** The record with exactly this key; null if there is none. */
  find(index: Index, key: Key): IndexRecord | null {
    const record = this.next(index, { key, strict: false });
    return record && sameKey(record.key, key) ? record : null;
  }

  /** The open transaction whose change of the row made or delete-marked this record; null if none. */
  writerOf({ index, key, rowid, entering }: IndexRecord): number | null {
    if (entering !== undefined) return entering;
    let after: Image | undefined;
    for (const version of walk(this.#versions.chainsOf(index.table).get(rowid))) {
      const { writer, before, moved } = version;
      if (this.#versions.isCommitted(writer)) return null;
      if (index.clustered) return writer;
      if (!moved && before) continue;
      after ??= this.#current(index.table, rowid);
      const [was, is] = [before, after].map((image) => image && keyOf(index, image));
      const changed = !(was && is && sameKey(was, is));
      if (changed && [was, is].some((one) => one && sameKey(one, key))) return writer;
      after = before;
    }
    return null;
  }

  #current(table: string, rowid: number): Image {
    return (this.#tables.get(table)?.one.get(rowid) as SqlValue[] | undefined) ?? null;
  }

  // The row that is there: one step of SQLite's own index.
  #live(index: Index, from: From, backwards: boolean): IndexRecord | null {
    const { key, strict } = from;
    if (key.length > 0 && key.includes(null)) return this.#liveByHand(index, from, backwards);
    const statement = this.#step(index, key.length, strict, backwards);
    return asRecord(index, statement.get(...key));
  }

  // SQLite's row values do not compare nulls: the whole index is walked.
  #liveByHand(index: Index, { key, strict }: From, backwards: boolean): IndexRecord | null {
    const all = this.#step(index, 0, false, backwards).all() as [number, ...SqlValue[]][];
    const found = all.find(([, ...rest]) => {
      const order = comparePrefix(rest, key) * (backwards ? -1 : 1);
      return strict ? order > 0 : order >= 0;
    });
    return asRecord(index, found);
  }

  // The next rows in the index's order, from a key of so many columns on; from its end if of none.
  #step(index: Index, length: number, strict: boolean, backwards: boolean) {
    const variant = length * 4 + (strict ? 2 : 0) + (backwards ? 1 : 0);
    let statements = this.#steps.get(index);
    if (!statements) {
      statements = [];
      this.#steps.set(index, statements);
    }
    statements[variant] ??= this.#prepareStep(index, length, strict, backwards);
    return statements[variant];
  }

  #prepareStep({ table, positions }: Index, length: number, strict: boolean, backwards: boolean) {
    const columns = this.#tables.get(table)?.columns ?? [];
    const names = positions.map((position) => quote(columns[position] ?? ''));
    const order = names.map((name) => `${name}${backwards ? ' DESC' : ''}`).join(', ');
    const compared = (backwards ? '<' : '>') + (strict ? '' : '=');
    const own = names.slice(0, length);
    const where = ` WHERE (${own.join(', ')}) ${compared} (${own.map(() => '?').join(', ')})`;
    const select = `SELECT rowid, ${names.join(', ')} FROM ${quote(table)}`;
    return this.#connection.prepare(`${select}${length > 0 ? where : ''} ORDER BY ${order}`).raw();
  }

  #entering(index: Index, { key, strict }: From, backwards: boolean): readonly IndexRecord[] {
    return this.entering(index.id).flatMap((entered) => {
      const order = comparePrefix(entered.key, key) * (backwards ? -1 : 1);
      if (strict ? order <= 0 : order < 0) return [];
      return [{ index, key: entered.key, rowid: 0, live: true, entering: entered.writer }];
    });
  }

  // The nearest delete-marked record: a key that an older image of some row had, and none has now.
  #marked(index: Index, { key, strict }: From, backwards: boolean): IndexRecord | null {
    let best: IndexRecord | null = null;
    const chains = this.#versions.chainsOf(index.table);
    for (const rowid of this.#versions.movedRows(index.table)) {
      let now: Key | null | undefined;
      for (const { before } of walk(chains.get(rowid))) {
        if (!before) continue;
        const marked = keyOf(index, before);
        const order = comparePrefix(marked, key) * (backwards ? -1 : 1);
        if (strict ? order <= 0 : order < 0) continue;
        if (best && comparePrefix(marked, best.key) * (backwards ? -1 : 1) >= 0) continue;
        if (now === undefined) {
          const image = this.#current(index.table, rowid);
          now = image && keyOf(index, image);
        }
        if (!now || !sameKey(now, marked)) best = { index, key: marked, rowid, live: false };
      }
    }
    return best;
  }
}

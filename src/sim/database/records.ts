// The records of an index in their order, as InnoDB has them: those of the rows that are there,
// and the delete-marked ones that an open transaction or an old reader still needs.

import type BetterSqlite3 from 'better-sqlite3';
import type { SqlValue } from '../kernel/effect.ts';
import { comparePrefix, type From, sameKey } from './keys.ts';
import type { Key, LockPlace } from './locks.ts';
import { quote } from './pragmas.ts';
import type { Index, Table } from './schema.ts';
import type { KeyAhead } from './transaction.ts';
import { type Image, type Versions, walk } from './versions.ts';

/** A record of an index. */
export interface IndexRecord {
  readonly index: Index;
  readonly key: Key;
  /** The row it belongs to; of a delete-marked record, the row it belonged to. */
  readonly rowid: number;
  /** False if it is delete-marked: no row has this key (any more). */
  readonly live: boolean;
  /** Set where the row is still on its way through its other indexes: who changes it. */
  readonly ahead?: number;
}

/** The keys that an index has let in, or out, while their row waits at another one. */
export type Ahead = (index: string) => readonly (KeyAhead & { readonly writer: number })[];

export const placeOf = ({ index, key }: IndexRecord): LockPlace => ({ index: index.id, key });
export const supremumOf = (index: Index): LockPlace => ({ index: index.id, key: null });

export function keyOf(index: Index, image: readonly SqlValue[]): Key {
  return index.positions.map((position) => image[position] ?? null);
}

// What the last column of a place asks of the rows from there on, one after the other; nulls come
// before everything.
function boundsOf(value: SqlValue, strict: boolean, backwards: boolean): readonly string[] {
  const bound = `${backwards ? '<' : '>'}${strict ? '' : '='} ?`;
  if (value !== null) return backwards ? [bound, 'IS NULL'] : [bound];
  if (backwards) return strict ? [] : ['IS NULL'];
  return [strict ? 'IS NOT NULL' : 'any'];
}

function asRecord(index: Index, found: unknown): IndexRecord | null {
  if (!found) return null;
  const [rowid, ...key] = found as [number, ...SqlValue[]];
  return { index, key, rowid, live: true };
}

type AheadOf = ReturnType<Ahead>;

function entering(
  index: Index,
  { key, strict }: From,
  backwards: boolean,
  ahead: AheadOf,
): readonly IndexRecord[] {
  return ahead.flatMap((one) => {
    const order = comparePrefix(one.key, key) * (backwards ? -1 : 1);
    if (!one.enters || (strict ? order <= 0 : order < 0)) return [];
    return [{ index, key: one.key, rowid: 0, live: true, ahead: one.writer }];
  });
}

// A record of a row that is there still may be delete-marked already.
function leaving(record: IndexRecord | null, ahead: AheadOf): IndexRecord | null {
  const out = record && ahead.find(({ enters, key }) => !enters && sameKey(key, record.key));
  return out ? { ...record, live: false, ahead: out.writer } : record;
}

export class Records {
  readonly #connection: BetterSqlite3.Database;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #versions: Versions;
  readonly #steps = new Map<Index, Map<string, BetterSqlite3.Statement>>();
  /** Told by the database, which knows the transactions. */
  ahead: Ahead = () => [];

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
    const ahead = this.ahead(index.id);
    const found = [
      leaving(this.#live(index, from, backwards), ahead),
      this.#marked(index, from, backwards),
      ...entering(index, from, backwards, ahead),
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
  writerOf({ index, key, rowid, ahead }: IndexRecord): number | null {
    if (ahead !== undefined) return ahead;
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

  // The row that is there: one step of SQLite's own index. The columns before the last are held
  // equal, so that the index leads straight to it; if none is found, the last one is let go.
  #live(index: Index, { key, strict }: From, backwards: boolean): IndexRecord | null {
    if (key.length === 0) return asRecord(index, this.#step(index, 0, 'any', backwards).get());
    for (let length = key.length; length > 0; length--) {
      const beyond = strict || length < key.length;
      for (const bound of boundsOf(key[length - 1] ?? null, beyond, backwards)) {
        const values = bound.endsWith('?') ? key.slice(0, length) : key.slice(0, length - 1);
        const found = this.#step(index, length, bound, backwards).get(...values);
        if (found) return asRecord(index, found);
      }
    }
    return null;
  }

  // The next row in the index's order, whose first columns are equal and the last is bounded.
  #step(index: Index, length: number, bound: string, backwards: boolean) {
    const variant = `${length} ${bound} ${backwards}`;
    let statements = this.#steps.get(index);
    if (!statements) {
      statements = new Map();
      this.#steps.set(index, statements);
    }
    let statement = statements.get(variant);
    if (!statement) {
      statement = this.#prepareStep(index, length, bound, backwards);
      statements.set(variant, statement);
    }
    return statement;
  }

  #prepareStep({ table, positions }: Index, length: number, bound: string, backwards: boolean) {
    const columns = this.#tables.get(table)?.columns ?? [];
    const names = positions.map((position) => quote(columns[position] ?? ''));
    const equal = names.slice(0, Math.max(length - 1, 0)).map((name) => `${name} IS ?`);
    const last = bound === 'any' ? [] : [`${names[length - 1]} ${bound}`];
    const conditions = [...equal, ...last].join(' AND ');
    const order = names.slice(Math.max(length - 1, 0));
    const listed = order.map((name) => `${name}${backwards ? ' DESC' : ''}`).join(', ');
    const where = conditions ? ` WHERE ${conditions}` : '';
    const select = `SELECT rowid, ${names.join(', ')} FROM ${quote(table)}${where}`;
    return this.#connection.prepare(`${select} ORDER BY ${listed} LIMIT 1`).raw();
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

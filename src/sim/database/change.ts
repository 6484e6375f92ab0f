// How one row is inserted, updated or deleted where other transactions are about: each index in
// turn, as InnoDB does it, with the locks it takes. Rules 9, 10, 13 and 15 of the reference.

import { present } from '../kernel/assert.ts';
import type { SqlParams, SqlValue } from '../kernel/effect.ts';
import { comparePrefix, sameKey } from './keys.ts';
import type { Key } from './locks.ts';
import { keyOf } from './records.ts';
import { locksGaps } from './row-locks.ts';
import type { Engine, Progress } from './scan.ts';
import type { ForeignKey, Index, Table } from './schema.ts';
import type { Running, Transaction } from './transaction.ts';

const DUPLICATE: Progress = { failed: 'duplicate-key' };

/** The changes of one statement, row by row. */
export class RowChanger {
  readonly #engine: Engine;
  readonly #transaction: Transaction;
  readonly #running: Running;
  readonly #table: Table;

  constructor(engine: Engine, transaction: Transaction, table: Table, running: Running) {
    this.#engine = engine;
    this.#transaction = transaction;
    this.#table = table;
    this.#running = running;
  }

  /** Inserts a row, given with all its columns. */
  insert(values: readonly SqlValue[]): Progress {
    const { upsert } = this.#running.call.statement.parsed;
    for (const index of this.#table.indexes) {
      const progress = this.#admit(index, keyOf(index, values), upsert);
      if (progress === DUPLICATE && upsert) break;
      if (progress !== 'done') return progress;
    }
    for (const foreign of this.#table.parents) {
      const progress = this.#lockParent(foreign, values);
      if (progress !== 'done') return progress;
    }
    const row = Object.fromEntries(values.map((value, at) => [`c${at}`, value]));
    const progress = this.#apply(row);
    if (progress !== 'done') return progress;
    for (const index of this.#table.indexes) {
      this.#engine.locks.inherit(index, keyOf(index, values));
    }
    return 'done';
  }

  /** Updates a row whose record in the clustered index is locked. */
  update(rowid: number): Progress {
    const { columns, values } = this.#running.call.statement.change();
    const before = this.#image(rowid);
    const touched = this.#table.indexes.filter(({ positions }) => {
      return positions.some((position) => columns.includes(position));
    });
    const foreign = this.#table.parents.length + this.#table.children.length > 0;
    if (touched.length === 0 && !foreign) return this.#apply({ __row: rowid });
    const set = present(values, 'the values an UPDATE sets').get({
      ...this.#running.call.params,
      __row: rowid,
    }) as SqlValue[];
    const after = before.map((value, at) => {
      const given = columns.indexOf(at);
      return given < 0 ? value : (set[given] ?? null);
    });
    const moved = touched
      .map((index) => [index, keyOf(index, before), keyOf(index, after)] as const)
      .filter(([, from, to]) => !sameKey(from, to));
    for (const [index, from, to] of moved) {
      const left = index.clustered ? 'done' : this.#leave(index, from);
      const progress = left === 'done' ? this.#admit(index, to, false) : left;
      if (progress !== 'done') return progress;
    }
    const progress = this.#checkForeignKeys(before, after);
    if (progress !== 'done') return progress;
    const applied = this.#apply({ __row: rowid });
    if (applied !== 'done') return applied;
    for (const [index, , to] of moved) this.#engine.locks.inherit(index, to);
    return 'done';
  }

  /** Deletes a row whose record in the clustered index is locked. */
  delete(rowid: number): Progress {
    const before = this.#image(rowid);
    for (const index of this.#table.indexes) {
      const left = index.clustered ? 'done' : this.#leave(index, keyOf(index, before));
      if (left !== 'done') return left;
    }
    for (const foreign of this.#table.children) {
      const progress = this.#lockChildren(foreign, before);
      if (progress !== 'done') return progress;
    }
    return this.#apply({ __row: rowid });
  }

  #image(rowid: number): readonly SqlValue[] {
    return present(this.#table.one.get(rowid), `row ${rowid}`) as readonly SqlValue[];
  }

  #apply(row: SqlParams): Progress {
    const { statement, params } = this.#running.call;
    const { apply } = statement.change();
    const { id, undo } = this.#transaction;
    const change = this.#engine.store.change(id, () => apply.run({ ...params, ...row }));
    if (change.type === 'failed') {
      const { code, detail } = change.failure;
      return { failed: code, ...(detail !== undefined && { detail }) };
    }
    undo.push(...change.undo);
    this.#running.affected += change.affected;
    this.#running.lastId = change.lastId;
    return 'done';
  }

  /** Delete-marks a record of a secondary index. */
  #leave(index: Index, key: Key): Progress {
    const record = this.#engine.store.records.find(index, key);
    if (!record) return 'done';
    return this.#engine.locks.modify(this.#transaction.id, record) === 'blocked'
      ? 'blocked'
      : 'done';
  }

  /** Lets a key into an index: it must not be there already, and its gap must be free. */
  #admit(index: Index, key: Key, upsert: boolean): Progress {
    const { records } = this.#engine.store;
    const { locks } = this.#engine;
    if (index.unique) {
      const progress = this.#checkUnique(index, key, upsert);
      if (progress !== 'done') return progress;
    }
    const marked = records.find(index, key);
    const locked = marked
      ? locks.modify(this.#transaction.id, marked)
      : locks.insert(this.#transaction.id, index, key);
    return locked === 'blocked' ? 'blocked' : 'done';
  }

  // A duplicate's record is locked, also where that turns out to be the end of it: shared, or
  // exclusive where the row is to be replaced. Of a secondary index the gap before it too, at
  // every isolation level, and the record behind.
  #checkUnique(index: Index, key: Key, upsert: boolean): Progress {
    const own = key.slice(0, index.width);
    if (own.includes(null)) return 'done';
    const { records } = this.#engine.store;
    const span = index.clustered ? 'record' : 'next-key';
    const mode = upsert ? 'exclusive' : 'shared';
    const { id } = this.#transaction;
    let record = records.next(index, { key: own, strict: false });
    if (!record || comparePrefix(record.key, own) !== 0) return 'done';
    for (;;) {
      if (!record) {
        this.#engine.locks.lockSupremum(id, index, mode);
        return 'done';
      }
      if (this.#engine.locks.lock(id, record, mode, span) === 'blocked') return 'blocked';
      const same = comparePrefix(record.key, own) === 0;
      if (same && record.live) return DUPLICATE;
      if (!same || index.clustered) return 'done';
      record = records.next(index, { key: record.key, strict: true });
    }
  }

  #checkForeignKeys(before: readonly SqlValue[], after: readonly SqlValue[]): Progress {
    const moves = (positions: readonly number[]) =>
      positions.some((position) => before[position] !== after[position]);
    for (const foreign of this.#table.parents.filter(({ positions }) => moves(positions))) {
      const progress = this.#lockParent(foreign, after);
      if (progress !== 'done') return progress;
    }
    for (const foreign of this.#table.children) {
      const positions = foreign.parentColumns.map((name) => this.#table.columns.indexOf(name));
      const progress = moves(positions) ? this.#lockChildren(foreign, before) : 'done';
      if (progress !== 'done') return progress;
    }
    return 'done';
  }

  // A child keeps its parent from going away: a shared lock on the parent's record, or on the gap
  // where it would be.
  #lockParent({ positions, parent, parentColumns }: ForeignKey, values: readonly SqlValue[]) {
    const key = positions.map((position) => values[position] ?? null);
    if (key.includes(null)) return 'done';
    const { indexes, columns } = this.#engine.store.table(parent);
    const wanted = parentColumns.map((name) => columns.indexOf(name));
    const index = present(
      indexes.find((one) => sameKey(one.positions.slice(0, one.width), wanted)),
      `an index of ${parent} on ${parentColumns}`,
    );
    return this.#lockReferenced(index, key, 'record');
  }

  // A parent cannot go away while a child is there or on its way.
  #lockChildren({ table, positions, parentColumns }: ForeignKey, before: readonly SqlValue[]) {
    const key = parentColumns.map((name) => before[this.#table.columns.indexOf(name)] ?? null);
    const index = this.#engine.store.table(table).indexes.find((one) => {
      return positions.every((position, at) => one.positions[at] === position);
    });
    return index ? this.#lockReferenced(index, key, 'next-key') : 'done';
  }

  #lockReferenced(index: Index, key: Key, span: 'record' | 'next-key'): Progress {
    const { locks, store } = this.#engine;
    const { id } = this.#transaction;
    const gaps = locksGaps(this.#transaction);
    let record = store.records.next(index, { key, strict: false });
    while (record && comparePrefix(record.key, key) === 0) {
      if (locks.lock(id, record, 'shared', gaps ? span : 'record') === 'blocked') return 'blocked';
      if (record.live) return 'done';
      record = store.records.next(index, { key: record.key, strict: true });
    }
    if (!gaps) return 'done';
    if (record) locks.lock(id, record, 'shared', 'gap');
    else locks.lockSupremum(id, index, 'shared');
    return 'done';
  }
}

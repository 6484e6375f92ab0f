// How one row is inserted, updated or deleted where other transactions are about: each index in
// turn, as InnoDB does it, with the locks it takes. Rules 9, 10, 13 and 15 of the reference.

import { present } from '../kernel/assert.ts';
import type { SqlParams, SqlValue } from '../kernel/effect.ts';
import { comparePrefix, sameKey } from './keys.ts';
import type { Key } from './locks.ts';
import { keyOf } from './records.ts';
import { locksGaps } from './row-locks.ts';
import type { Engine, Progress } from './scan.ts';
import { type ForeignKey, hasHiddenRowid, type Index, type Table } from './schema.ts';
import { intend, type Running, type Transaction } from './transaction.ts';

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
      const progress = this.#enter(index, keyOf(index, values), values, upsert);
      if (progress === DUPLICATE && upsert) break;
      if (progress !== 'done') return progress;
    }
    const row = Object.fromEntries(values.map((value, at) => [`c${at}`, value]));
    if (!hasHiddenRowid(this.#table)) return this.#apply(row);
    return this.#apply({ ...row, __row: this.#engine.store.freshRowid(this.#table) });
  }

  /** Updates a row whose record in the clustered index is locked. */
  update(rowid: number): Progress {
    const { columns, values } = this.#running.call.statement.change();
    if (!this.#running.call.statement.footprint.movesKeys) return this.#apply({ __row: rowid });
    const before = this.#image(rowid);
    const touched = this.#table.indexes.filter(({ positions }) => {
      return positions.some((position) => columns.includes(position));
    });
    const set = present(values, 'the values an UPDATE sets').get({
      ...this.#running.call.params,
      __row: rowid,
    }) as SqlValue[];
    const after = before.map((value, at) => {
      const given = columns.indexOf(at);
      return given < 0 ? value : (set[given] ?? null);
    });
    for (const foreign of this.#table.children.filter((one) => this.#loses(one, before, after))) {
      const progress = this.#lockChildren(foreign, before, foreign.restricts.update);
      if (progress !== 'done') return progress;
    }
    for (const index of touched) {
      const [from, to] = [keyOf(index, before), keyOf(index, after)];
      if (sameKey(from, to)) continue;
      const left = index.clustered ? 'done' : this.#leave(index, from);
      const progress = left === 'done' ? this.#enter(index, to, after, false, rowid) : left;
      if (progress !== 'done') return progress;
    }
    return this.#apply({ __row: rowid });
  }

  /** Deletes a row whose record in the clustered index is locked. */
  delete(rowid: number): Progress {
    const before = this.#image(rowid);
    for (const foreign of this.#table.children) {
      const progress = this.#lockChildren(foreign, before, foreign.restricts.delete);
      if (progress !== 'done') return progress;
    }
    for (const index of this.#table.indexes) {
      const left = index.clustered ? 'done' : this.#leave(index, keyOf(index, before));
      if (left !== 'done') return left;
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
    const change = this.#engine.store.change(id, statement, () => {
      return apply.run({ ...params, ...row });
    });
    if (change.type === 'failed') {
      const { code, detail } = change.failure;
      return { failed: code, ...(detail !== undefined && { detail }) };
    }
    undo.push(...change.undo);
    this.#running.entered = [];
    this.#running.begun = false;
    this.#running.affected += change.affected;
    this.#running.lastId = change.lastId;
    return 'done';
  }

  /** Delete-marks a record of a secondary index. */
  #leave(index: Index, key: Key): Progress {
    this.#running.begun = true;
    const record = this.#engine.store.records.find(index, key);
    const locked = record && this.#engine.locks.modify(this.#transaction.id, record);
    return locked === 'blocked' ? 'blocked' : 'done';
  }

  /**
   * Lets a key into an index: its parents must be there, it must not be there itself, and its gap
   * must be free. What is in stays in, also if the row has to wait at its next index.
   */
  #enter(
    index: Index,
    key: Key,
    values: readonly SqlValue[],
    upsert: boolean,
    leaving: number | null = null,
  ): Progress {
    const { entered } = this.#running;
    if (entered.some((one) => one.index === index.id)) return 'done';
    for (const foreign of this.#table.parents.filter((one) => isIndexed(one, index))) {
      const progress = this.#lockParent(foreign, values);
      if (progress !== 'done') return progress;
    }
    if (index.unique) {
      const progress = this.#checkUnique(index, key, upsert, leaving);
      if (progress !== 'done') return progress;
    }
    const { locks, store } = this.#engine;
    const next = store.records.next(index, { key, strict: false });
    const marked = next && sameKey(next.key, key) ? next : null;
    const locked = marked
      ? locks.modify(this.#transaction.id, marked)
      : locks.insert(this.#transaction.id, index, next);
    if (locked === 'blocked') return 'blocked';
    if (!marked) locks.inherit(index, key, next);
    this.#running.entered = [...entered, { index: index.id, key }];
    this.#running.begun = true;
    return 'done';
  }

  // A duplicate's record is locked, also where that turns out to be the end of it: shared, or
  // exclusive where the row is to be replaced. Of a secondary index the gap before it too, at
  // every isolation level, and the record behind.
  #checkUnique(index: Index, key: Key, upsert: boolean, leaving: number | null): Progress {
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
      if (same && record.live && record.rowid !== leaving) return DUPLICATE;
      if (!same || index.clustered) return 'done';
      record = records.next(index, { key: record.key, strict: true });
    }
  }

  // Whether a row ceases to be the one that children refer to.
  #loses({ parentColumns }: ForeignKey, before: readonly SqlValue[], after: readonly SqlValue[]) {
    const positions = parentColumns.map((name) => this.#table.columns.indexOf(name));
    return positions.some((position) => before[position] !== after[position]);
  }

  // A child keeps its parent from going away: a shared lock on the parent's record, or on the gap
  // where it would be.
  #lockParent(
    { positions, parent, parentColumns }: ForeignKey,
    values: readonly SqlValue[],
  ): Progress {
    const key = positions.map((position) => values[position] ?? null);
    if (key.includes(null)) return 'done';
    const { indexes, columns } = this.#engine.store.table(parent);
    const wanted = parentColumns.map((name) => columns.indexOf(name));
    const own = wanted.map((position) => values[position] ?? null);
    // A row may be its own parent.
    if (parent === this.#table.name && sameKey(own, key)) return 'done';
    const index = present(
      indexes.find((one) => sameKey(one.positions.slice(0, one.width), wanted)),
      `an index of ${parent} on ${parentColumns}`,
    );
    const found = this.#lockReferenced(index, key);
    if (found === 'gone') return { failed: 'foreign-key' };
    return found === 'blocked' ? 'blocked' : 'done';
  }

  // A parent cannot go away while a child is there or on its way.
  #lockChildren(foreign: ForeignKey, before: readonly SqlValue[], restricts: boolean): Progress {
    const { table, parentColumns } = foreign;
    const key = parentColumns.map((name) => before[this.#table.columns.indexOf(name)] ?? null);
    const index = this.#engine.store.table(table).indexes.find((one) => isIndexed(foreign, one));
    if (!index) return 'done';
    const found = this.#lockReferenced(index, key);
    if (found === 'there' && restricts) return { failed: 'row-referenced' };
    return found === 'blocked' ? 'blocked' : 'done';
  }

  // A row that is there is locked alone: others may come beside it. A deleted one has its gap too.
  #lockReferenced(index: Index, key: Key) {
    const { locks, store } = this.#engine;
    const { id } = this.#transaction;
    intend(this.#transaction, index.table, 'shared');
    const gaps = locksGaps(this.#transaction);
    let record = store.records.next(index, { key, strict: false });
    while (record && comparePrefix(record.key, key) === 0) {
      const span = record.live || !gaps ? 'record' : 'next-key';
      if (locks.lock(id, record, 'shared', span) === 'blocked') return 'blocked';
      if (record.live) return 'there';
      record = store.records.next(index, { key: record.key, strict: true });
    }
    if (!gaps) return 'gone';
    if (record) locks.lock(id, record, 'shared', 'gap');
    else locks.lockSupremum(id, index, 'shared');
    return 'gone';
  }
}

/** Whether an index is the one a foreign key is looked up by. */
function isIndexed({ positions }: ForeignKey, index: Index): boolean {
  return positions.every((position, at) => index.positions[at] === position);
}

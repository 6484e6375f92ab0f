// How one row is inserted, updated or deleted where other transactions are about: each index in
// turn, as InnoDB does it, with the locks it takes. Rules 9, 10, 13 and 15 of the reference.

import type BetterSqlite3 from 'better-sqlite3';
import { present } from '../kernel/assert.ts';
import type { SqlValue } from '../kernel/effect.ts';
import type { ForeignKey } from './foreign-keys.ts';
import { comparePrefix, sameKey } from './keys.ts';
import type { Key } from './locks.ts';
import { keyOf } from './records.ts';
import { type Follow, loses, type Newcomer, References } from './references.ts';
import type { Engine, Progress } from './scan.ts';
import { hasHiddenRowid, type Index, type Table } from './schema.ts';
import { bound } from './statement.ts';
import type { Running, Transaction } from './transaction.ts';

/** The row that has a key already which another one asks for. */
interface Duplicate {
  readonly duplicate: number;
}

const isDuplicate = (one: Progress | Duplicate): one is Duplicate =>
  typeof one === 'object' && 'duplicate' in one;

/** The changes of one statement in one table, row by row. */
export class RowChanger {
  readonly #engine: Engine;
  readonly #transaction: Transaction;
  readonly #running: Running;
  readonly #table: Table;
  readonly #references: References;
  /** The rows that led here by their foreign keys, as `table rowid`. */
  readonly #path: readonly string[];

  constructor(
    engine: Engine,
    transaction: Transaction,
    table: Table,
    running: Running,
    path: readonly string[] = [],
  ) {
    this.#engine = engine;
    this.#transaction = transaction;
    this.#table = table;
    this.#running = running;
    this.#references = new References(engine, transaction);
    this.#path = path;
  }

  /** Inserts a row, given with all its columns. */
  insert(values: readonly SqlValue[]): Progress {
    const { conflict } = this.#running.call.statement.parsed;
    const running = this.#running;
    for (;;) {
      if (running.inTheWay === null) {
        const entered = this.#enterAll({ values, leaving: null, cause: null });
        if (entered === 'done') break;
        if (!isDuplicate(entered)) {
          const orphan = typeof entered === 'object' && entered.failed === 'foreign-key';
          if (conflict !== 'ignore' || !orphan) return entered;
          this.#takeBack(null);
          return 'done';
        }
        if (conflict === 'fail') return { failed: 'duplicate-key' };
        if (conflict === 'ignore') break;
        if (conflict === 'replace' && this.#isSame(entered.duplicate, values)) {
          running.affected += 1;
          return 'done';
        }
        this.#takeBack(entered.duplicate);
      }
      const inTheWay = present(running.inTheWay, 'a row in the way');
      const locked = this.#lockRow(inTheWay);
      if (locked !== 'done') return locked;
      if (conflict === 'update') break;
      const removed = this.delete(inTheWay);
      if (removed !== 'done') return removed;
    }
    const row = Object.fromEntries(values.map((value, at) => [`__c${at}`, value]));
    if (!hasHiddenRowid(this.#table)) return this.#apply(row);
    return this.#apply({ ...row, __row: this.#engine.store.numbers.freshRowid(this.#table) });
  }

  // No key of the row in hand is in an index any more ahead of it.
  #takeBack(inTheWay: number | null): void {
    Object.assign(this.#running, { ahead: [], begun: false, inTheWay });
  }

  // MariaDB updates the row in the way where there is no other key and no child: then a row that
  // is replaced by its like stays.
  #isSame(rowid: number, values: readonly SqlValue[]): boolean {
    const { children, indexes } = this.#table;
    const keys = indexes.filter(({ unique }) => unique);
    return keys.length + children.length === 1 && sameKey(this.#image(rowid), values);
  }

  #enterAll(newcomer: Newcomer): Progress | Duplicate {
    for (const index of this.#table.indexes) {
      const entered = this.#enter(index, newcomer);
      if (entered !== 'done') return entered;
    }
    return 'done';
  }

  /** Updates a row whose record in the clustered index is locked. */
  update(rowid: number): Progress {
    const { statement, params } = this.#running.call;
    const apply = () => this.#apply({ __row: rowid });
    if (!statement.footprint.movesKeys) return apply();
    const { columns, values } = statement.change();
    const row = { ...params, __row: rowid };
    const set = present(values, 'the values an UPDATE sets').get(row) as SqlValue[];
    const before = this.#image(rowid);
    const after = before.map((value, at) => {
      const given = columns.indexOf(at);
      return given < 0 ? value : (set[given] ?? null);
    });
    return this.#become(before, { values: after, leaving: rowid, cause: null }, apply);
  }

  /** Deletes a row whose record in the clustered index is locked. */
  delete(rowid: number): Progress {
    const removed = this.#remove(rowid);
    if (removed === 'done') this.#running.affected += 1;
    return removed;
  }

  #remove(rowid: number): Progress {
    const before = this.#image(rowid);
    for (const foreign of this.#table.children) {
      const progress = this.#settleChildren(foreign, rowid, before, null);
      if (progress !== 'done') return progress;
    }
    for (const index of this.#table.indexes) {
      const left = index.clustered ? 'done' : this.#leave(index, keyOf(index, before));
      if (left !== 'done') return left;
    }
    return this.#write(() => this.#table.remove.run(rowid));
  }

  // What a row does whose parent goes or changes.
  #follow(rowid: number, after: readonly SqlValue[] | null, cause: ForeignKey): Progress {
    if (!after) return this.#remove(rowid);
    const newcomer = { values: after, leaving: rowid, cause };
    return this.#become(this.#image(rowid), newcomer, () => {
      return this.#write(() => this.#engine.store.overwrite(this.#table, rowid, after));
    });
  }

  // Gives a row other values: its children first, then each index whose key they change.
  #become(
    before: readonly SqlValue[],
    newcomer: Newcomer & { readonly leaving: number },
    apply: () => Progress,
  ): Progress {
    const { values, leaving } = newcomer;
    for (const foreign of this.#table.children.filter((one) => loses(one, before, values))) {
      const progress = this.#settleChildren(foreign, leaving, before, values);
      if (progress !== 'done') return progress;
    }
    for (const index of this.#table.indexes) {
      const from = keyOf(index, before);
      if (sameKey(from, keyOf(index, values))) continue;
      const left = this.#leave(index, from);
      const entered = left === 'done' ? this.#enter(index, newcomer) : left;
      if (isDuplicate(entered)) return { failed: 'duplicate-key' };
      if (entered !== 'done') return entered;
      // A greater number than any that was given counts as given.
      if (index.clustered) this.#engine.store.numbers.use(this.#table, values);
    }
    return apply();
  }

  #settleChildren(
    foreign: ForeignKey,
    rowid: number,
    before: readonly SqlValue[],
    after: readonly SqlValue[] | null,
  ): Progress {
    const path = [...this.#path, `${this.#table.name} ${rowid}`];
    const follow: Follow = (child, row, become) => {
      // A row that is on its way out already needs no second push.
      if (path.includes(`${child.name} ${row}`)) return 'done';
      const changer = new RowChanger(this.#engine, this.#transaction, child, this.#running, path);
      const progress = changer.#follow(row, become, foreign);
      this.#running.begun = true;
      return progress;
    };
    // The parent is delete-marked before its children are asked.
    this.#running.begun = true;
    return this.#references.settleChildren(foreign, before, after, follow);
  }

  #image(rowid: number): readonly SqlValue[] {
    return present(this.#table.one.get(rowid), `row ${rowid}`) as readonly SqlValue[];
  }

  #lockRow(rowid: number): Progress {
    const { locks } = this.#engine;
    return locks.lockRow(this.#transaction.id, this.#table, rowid, this.#image(rowid));
  }

  // Changes the row in hand as the statement says.
  #apply(row: Readonly<Record<string, SqlValue>>): Progress {
    const { statement, params } = this.#running.call;
    return this.#write(() => {
      const result = statement.change().apply.run({ ...params, ...bound(row) });
      // A row that was there and has been changed counts twice.
      const twice = statement.parsed.conflict === 'update' && this.#running.inTheWay !== null;
      this.#running.affected += twice ? 2 * result.changes : result.changes;
      return result;
    });
  }

  #write(run: () => BetterSqlite3.RunResult): Progress {
    const { statement } = this.#running.call;
    const { id, undo } = this.#transaction;
    const change = this.#engine.store.change(id, statement, run);
    if (change.type === 'failed') {
      const { code, detail } = change.failure;
      return { failed: code, ...(detail !== undefined && { detail }) };
    }
    undo.push(...change.undo);
    this.#takeBack(null);
    return 'done';
  }

  /** Delete-marks a record of an index. */
  #leave(index: Index, key: Key): Progress {
    this.#running.begun = true;
    if (this.#isAhead(index, false)) return 'done';
    const record = this.#engine.store.records.find(index, key);
    const locked = record && this.#engine.locks.modify(this.#transaction.id, record);
    if (locked === 'blocked') return 'blocked';
    this.#goAhead(index, key, false);
    return 'done';
  }

  #isAhead(index: Index, enters: boolean): boolean {
    return this.#running.ahead.some((one) => one.index === index.id && one.enters === enters);
  }

  #goAhead(index: Index, key: Key, enters: boolean): void {
    this.#running.ahead = [...this.#running.ahead, { index: index.id, key, enters }];
  }

  /**
   * Lets a key into an index: its parents must be there, it must not be there itself, and its gap
   * must be free. What is in stays in, also if the row has to wait at its next index.
   */
  #enter(index: Index, newcomer: Newcomer): Progress | Duplicate {
    const { values, leaving } = newcomer;
    if (this.#isAhead(index, true)) return 'done';
    const key = keyOf(index, values);
    const held = this.#references.lockParents(this.#table, index, newcomer);
    if (held !== 'done') return held;
    if (index.unique) {
      const progress = this.#checkUnique(index, key, leaving);
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
    this.#goAhead(index, key, true);
    this.#running.begun = true;
    return 'done';
  }

  // A duplicate's record is locked, also where that turns out to be the end of it: shared, or
  // exclusive where the row is to be replaced. Of a secondary index the gap before it too, at
  // every isolation level, and the record behind.
  #checkUnique(index: Index, key: Key, leaving: number | null): Progress | Duplicate {
    const own = key.slice(0, index.width);
    if (own.includes(null)) return 'done';
    const { records } = this.#engine.store;
    const { conflict } = this.#running.call.statement.parsed;
    const span = index.clustered ? 'record' : 'next-key';
    const mode = conflict === 'replace' || conflict === 'update' ? 'exclusive' : 'shared';
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
      if (same && record.live && record.rowid !== leaving) return { duplicate: record.rowid };
      if (!same || index.clustered) return 'done';
      record = records.next(index, { key: record.key, strict: true });
    }
  }
}

// How a statement finds and locks its rows where other transactions are about: InnoDB's search,
// record by record along the index of the plan. Rules 4 to 6 and 11 to 13 of the reference.

import { endOf, type From, isExact, placeIn, type Range, sameKey, startOf } from './keys.ts';
import type { LockMode, LockSpan } from './locks.ts';
import type { WaitPolicy } from './parse.ts';
import type { IndexRecord } from './records.ts';
import { locksGaps, type RowLocks } from './row-locks.ts';
import { type AccessPath, isPoint } from './statement.ts';
import type { Store } from './store.ts';
import type { Running, Transaction } from './transaction.ts';

/** What one step of a statement gave: done, it waits, or the code of a failure. */
export type Progress = 'done' | 'blocked' | { readonly failed: string; readonly detail?: string };

/** The parts a statement works on. */
export interface Engine {
  readonly store: Store;
  readonly locks: RowLocks;
  /** Refuse to lock what changed since the transaction's read view (MariaDB's
   * `innodb_snapshot_isolation`). */
  readonly snapshotIsolation: boolean;
}

/** How a search locks. */
export interface Manner {
  readonly mode: LockMode;
  readonly policy: WaitPolicy;
  /** An UPDATE at READ COMMITTED or below passes by locked rows whose committed version does not
   * match, without waiting. */
  readonly semiConsistent: boolean;
  /** A query by a whole unique key keeps its lock though the row does not match. */
  readonly isQuery: boolean;
}

type Taken = 'granted' | 'held' | 'on' | Progress;

/** Told of every row that matches; may itself have to wait. */
export type Visit = (rowid: number) => Progress;

/** A search along one access path. */
export class Scan {
  readonly #engine: Engine;
  readonly #transaction: Transaction;
  readonly #path: AccessPath;
  readonly #manner: Manner;
  readonly #running: Running;
  readonly #gaps: boolean;

  constructor(
    engine: Engine,
    transaction: Transaction,
    path: AccessPath,
    manner: Manner,
    running: Running,
  ) {
    this.#engine = engine;
    this.#transaction = transaction;
    this.#path = path;
    this.#manner = manner;
    this.#running = running;
    this.#gaps = locksGaps(transaction);
  }

  /** Walks all stretches of the path, on from where it last waited. */
  walk(visit: Visit): Progress {
    const { params } = this.#running.call;
    const ranges = this.#path.ranges(params);
    const ordered = this.#path.descending ? ranges.toReversed() : ranges;
    const limit = this.#path.limit(params);
    const full = () => limit !== null && this.#running.chosen.length >= limit;
    for (; this.#running.range < ordered.length && !full(); this.#running.range += 1) {
      const range = ordered[this.#running.range];
      const progress = range ? this.#walkRange(range, visit, full) : 'done';
      if (progress !== 'done') return progress;
      this.#running.at = null;
    }
    return 'done';
  }

  #walkRange(range: Range, visit: Visit, full: () => boolean): Progress {
    const { index, descending } = this.#path;
    const { records } = this.#engine.store;
    const beginning = descending ? endOf(range) : startOf(range);
    const { at } = this.#running;
    if (!at && descending) this.#lockGapBehind(beginning);
    let from: From = at ? { key: at, strict: false } : beginning;
    for (;;) {
      const record = records.next(index, from, descending);
      if (!record) {
        if (this.#gaps && !descending) this.#lockEnd();
        return 'done';
      }
      const place = placeIn(range, record.key);
      if (place !== 0 && isExact(range)) {
        if (this.#gaps) this.#lock(record, 'gap');
        return 'done';
      }
      const outcome = this.#visitRecord(record, range, place === 0, visit);
      if (outcome !== 'on') return outcome;
      if (full()) return 'done';
      this.#running.at = null;
      from = { key: record.key, strict: true };
    }
  }

  // One record: lock it, and the row behind it; then see whether it is there and matches.
  #visitRecord(record: IndexRecord, range: Range, inside: boolean, visit: Visit): Progress | 'on' {
    const { index, covering } = this.#path;
    const { mode, isQuery } = this.#manner;
    const { at } = this.#running;
    const waited = at !== null && sameKey(at, record.key);
    const span = this.#spanOf(record, range);
    const peeks =
      this.#manner.semiConsistent && index.clustered && !isPoint(index, range) && !waited;
    const locked = this.#take(record, span, peeks);
    if (locked !== 'granted' && locked !== 'held') return locked;
    const point = isPoint(index, range);
    const isFree = !this.#gaps && index.clustered && locked === 'granted' && !waited;
    const release = () => this.#engine.locks.unlock(this.#transaction.id, record, mode, span);
    if (!record.live) {
      if (isFree) release();
      return index.clustered && point ? 'done' : 'on';
    }
    // A query looks at the index's own columns before it goes for the row.
    if (!inside && isQuery && !index.clustered && !covering) return 'done';
    if (!index.clustered && !(covering && mode === 'shared')) {
      const row = this.#takeRow(record);
      if (row !== 'granted' && row !== 'held') return row;
    }
    if (!inside) {
      if (isFree) release();
      return 'done';
    }
    if (this.#path.implied || this.#path.matches(this.#running.call.params, record.rowid)) {
      const progress = visit(record.rowid);
      if (progress !== 'done') {
        this.#running.at = record.key;
        return progress;
      }
    } else if (isFree && !(isQuery && point)) {
      release();
    }
    return point ? 'done' : 'on';
  }

  // A search by a whole primary key, or from it on, needs no gap before the row it begins with.
  #spanOf(record: IndexRecord, range: Range): LockSpan {
    if (!this.#gaps) return 'record';
    const { index, descending } = this.#path;
    const { key, strict } = startOf(range);
    const isFirst = !strict && key.length === index.positions.length && sameKey(key, record.key);
    return index.clustered && isFirst && !descending ? 'record' : 'next-key';
  }

  // Locks a record or says what becomes of the search: `on` passes it by.
  #take(record: IndexRecord, span: LockSpan, peeks: boolean, waitsAt = record): Taken {
    const { policy, mode } = this.#manner;
    const { id } = this.#transaction;
    if (policy !== 'wait' || peeks) {
      const blockers = this.#engine.locks.blockersOf(id, record, mode, span);
      if (blockers.length > 0) {
        if (policy === 'nowait') return { failed: 'lock-wait-timeout' };
        if (policy === 'skip-locked' || !this.#committedMatches(record)) return 'on';
      }
    }
    const locked = this.#lock(record, span);
    if (locked === 'blocked') {
      this.#running.at = waitsAt.key;
      return 'blocked';
    }
    return this.#isStale(record) ? { failed: 'record-changed' } : locked;
  }

  // Behind a live record of a secondary index: the row itself, which is there too.
  #takeRow(record: IndexRecord): Taken {
    const { table, index } = this.#path;
    const [clustered] = table.indexes;
    const key = clustered.positions.map((position) => {
      return record.key[index.positions.indexOf(position)] ?? null;
    });
    return this.#take({ ...record, index: clustered, key }, 'record', false, record);
  }

  #committedMatches(record: IndexRecord): boolean {
    const { table, matches } = this.#path;
    const committed = { reader: null, upTo: Infinity };
    return this.#engine.store.as(committed, [table.name], () => {
      return matches(this.#running.call.params, record.rowid);
    });
  }

  #isStale({ index, rowid }: IndexRecord): boolean {
    const { view, isolation } = this.#transaction;
    if (!this.#engine.snapshotIsolation || !view || !index.clustered) return false;
    if (isolation !== 'repeatable-read') return false;
    return this.#engine.store.versions.isHidden(index.table, rowid, view);
  }

  #lock(record: IndexRecord, span: LockSpan) {
    return this.#engine.locks.lock(this.#transaction.id, record, this.#manner.mode, span);
  }

  #lockEnd(): void {
    this.#engine.locks.lockSupremum(this.#transaction.id, this.#path.index, this.#manner.mode);
  }

  // A search that runs backwards keeps others from inserting behind where it begins.
  #lockGapBehind({ key, strict }: From): void {
    if (!this.#gaps) return;
    const last = key.length === 0;
    const behind = last
      ? null
      : this.#engine.store.records.next(this.#path.index, { key, strict: !strict });
    if (behind) this.#lock(behind, 'gap');
    else this.#lockEnd();
  }
}

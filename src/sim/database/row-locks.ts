// How rows are locked: InnoDB's procedures over index records. What a reader, a writer and an
// inserter ask for, and what becomes of locks when records come and go.

import type { SqlValue } from '../kernel/effect.ts';
import { type LockMode, type LockPlace, type LockSpan, LockTable } from './locks.ts';
import { type IndexRecord, keyOf, placeOf, type Records, supremumOf } from './records.ts';
import type { Index, Table } from './schema.ts';
import type { Transaction } from './transaction.ts';

/** `granted` anew, `held` already, or the transaction now waits. */
export type Locked = 'granted' | 'held' | 'blocked';

const RECORD = { mode: 'exclusive', span: 'record', insertion: false } as const;
const INSERTION = { mode: 'exclusive', span: 'gap', insertion: true } as const;

/** Whether a transaction locks gaps too: from REPEATABLE READ on. */
export const locksGaps = ({ isolation }: Transaction): boolean =>
  isolation === 'repeatable-read' || isolation === 'serializable';

export class RowLocks {
  readonly table = new LockTable();
  readonly #records: Records;
  /** Those who were woken because what they waited for has gone. */
  #woken: number[] = [];

  constructor(records: Records) {
    this.#records = records;
  }

  /** Locks a record for reading or before a change. */
  lock(transaction: number, record: IndexRecord, mode: LockMode, span: LockSpan): Locked {
    if (this.#makeExplicit(transaction, record) && span === 'record') return 'held';
    return this.#ask(transaction, placeOf(record), mode, span);
  }

  /** Locks a row alone, in the clustered index, before it is changed. */
  lockRow(
    transaction: number,
    { indexes: [index] }: Table,
    rowid: number,
    image: readonly SqlValue[],
  ): 'done' | 'blocked' {
    const record = { index, key: keyOf(index, image), rowid, live: true };
    return this.lock(transaction, record, 'exclusive', 'record') === 'blocked' ? 'blocked' : 'done';
  }

  /** Locks the gap behind the last record of an index. */
  lockSupremum(transaction: number, index: Index, mode: LockMode): void {
    this.#ask(transaction, supremumOf(index), mode, 'next-key');
  }

  /** Who would stand in the way of locking this record. */
  blockersOf(transaction: number, record: IndexRecord, mode: LockMode, span: LockSpan) {
    if (this.#makeExplicit(transaction, record) && span === 'record') return [];
    const place = placeOf(record);
    return this.table.blockersOf(transaction, place, this.#wanted(transaction, place, mode, span));
  }

  /** Before a record is delete-marked or revived: nobody else may have locked it. */
  modify(transaction: number, record: IndexRecord): Locked {
    this.#makeExplicit(transaction, record);
    const blockers = this.table.request(transaction, placeOf(record), RECORD, true);
    return blockers.length > 0 ? 'blocked' : 'granted';
  }

  /** Before a record is inserted ahead of the next one: nobody may have locked that gap. */
  insert(transaction: number, index: Index, next: IndexRecord | null): Locked {
    if (this.table.isFree(index.id)) return 'granted';
    const place = next ? placeOf(next) : supremumOf(index);
    if (this.table.at(place).length === 0) return 'granted';
    const blockers = this.table.request(transaction, place, INSERTION, true);
    return blockers.length > 0 ? 'blocked' : 'granted';
  }

  /** After a record was inserted: who had locked the gap has now locked both halves. */
  inherit(index: Index, key: IndexRecord['key'], next: IndexRecord | null): void {
    if (this.table.isFree(index.id)) return;
    const heirs = this.table.at(next ? placeOf(next) : supremumOf(index));
    for (const { transaction, mode, span, insertion } of heirs) {
      if (insertion || (next && span === 'record')) continue;
      const place = { index: index.id, key };
      this.table.grant(transaction, place, { mode, span: 'gap', insertion: false });
    }
  }

  /** Gives up one lock that turned out not to be needed. */
  unlock(transaction: number, record: IndexRecord, mode: LockMode, span: LockSpan): void {
    const wanted = { mode, span, insertion: false };
    this.#woken.push(...this.table.unlock(transaction, placeOf(record), wanted));
  }

  /**
   * After records of a table have gone for good (an insertion undone, a delete-marked one purged):
   * their locks become locks of the gap they leave, and who waited for them tries again. At READ
   * COMMITTED and below an exclusive lock leaves none.
   */
  sweep({ indexes }: Table, open: ReadonlyMap<number, Transaction>): void {
    for (const index of indexes) {
      for (const { place } of this.table.places(index.id)) {
        const { key } = place;
        if (!key || this.#records.find(index, key)) continue;
        const next = this.#records.next(index, { key, strict: true });
        const heir = next ? placeOf(next) : supremumOf(index);
        const locks = this.table.at(place);
        const waiting = this.table.clear(place);
        for (const { transaction, mode, insertion } of locks) {
          const owner = open.get(transaction);
          if (insertion || !owner || (mode === 'exclusive' && !locksGaps(owner))) continue;
          this.table.grant(transaction, heir, { mode, span: 'gap', insertion: false });
        }
        this.#woken.push(...waiting);
      }
    }
  }

  /** Hands over, once, those who may go on because of `unlock` or `sweep`. */
  takeWoken(): readonly number[] {
    const woken = this.#woken;
    if (woken.length > 0) this.#woken = [];
    return woken;
  }

  #ask(transaction: number, place: LockPlace, mode: LockMode, span: LockSpan): Locked {
    const wanted = this.#wanted(transaction, place, mode, span);
    if (this.table.holds(transaction, place, wanted)) return 'held';
    return this.table.request(transaction, place, wanted).length > 0 ? 'blocked' : 'granted';
  }

  // Who has the record already needs only the gap before it.
  #wanted(transaction: number, place: LockPlace, mode: LockMode, span: LockSpan) {
    const record = { mode, span: 'record', insertion: false } as const;
    const gapOnly =
      span === 'next-key' && place.key && this.table.holds(transaction, place, record);
    return { mode, span: gapOnly ? ('gap' as const) : span, insertion: false };
  }

  // A row that an open transaction has changed is locked by it, though no lock is entered until
  // somebody else asks. Returns true if the asker itself is that transaction.
  #makeExplicit(asker: number, record: IndexRecord): boolean {
    const writer = this.#records.writerOf(record);
    if (writer === null) return false;
    if (writer === asker) return true;
    const place = placeOf(record);
    if (!this.table.holds(writer, place, RECORD)) this.table.grant(writer, place, RECORD);
    return false;
  }
}

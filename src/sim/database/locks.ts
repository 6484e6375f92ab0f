// Record locks as InnoDB keeps them: on index records and on the gaps before them, who holds and
// who waits, in strict first-come-first-served order. It knows nothing of rows or SQL.

import { present } from '../kernel/assert.ts';
import type { SqlValue } from '../kernel/effect.ts';

export type LockMode = 'shared' | 'exclusive';
/** What a lock covers: the index record alone, the gap before it alone, or both. */
export type LockSpan = 'record' | 'gap' | 'next-key';
/** The values of an index record's whole key. */
export type Key = readonly SqlValue[];

/** Where a lock stands: a record of an index, or (`key` null) the supremum behind the last. */
export interface LockPlace {
  readonly index: string;
  readonly key: Key | null;
}

export interface Lock {
  readonly transaction: number;
  readonly mode: LockMode;
  readonly span: LockSpan;
  /** An INSERT that waits for (or has waited for) a gap to come free. Nobody waits for it. */
  readonly insertion: boolean;
  readonly waiting: boolean;
  /** Locks set one after another share a structure; a waiting one begins a new one. */
  readonly struct: number;
}

export interface Queue {
  readonly place: LockPlace;
  readonly locks: readonly Lock[];
}

type Wanted = Pick<Lock, 'mode' | 'span' | 'insertion'>;

/** A structure holds locks of one kind that a transaction has in one index; it counts as weight. */
export interface Struct extends Wanted {
  readonly id: number;
  readonly transaction: number;
  readonly index: string;
}

const nameOf = ({ index, key }: LockPlace): string => `${index} ${JSON.stringify(key)}`;

// lock_rec_has_to_wait(): what a wanted lock must wait for.
function conflicts(
  wanted: Wanted & { readonly transaction: number },
  other: Lock,
  supremum: boolean,
) {
  if (other.transaction === wanted.transaction || other.insertion) return false;
  if (wanted.mode === 'shared' && other.mode === 'shared') return false;
  if (wanted.insertion) return other.span !== 'record';
  if (supremum || wanted.span === 'gap') return false;
  return other.span !== 'gap';
}

function covers(held: Lock, wanted: Wanted, supremum: boolean): boolean {
  if (held.waiting || held.insertion) return false;
  if (held.mode === 'shared' && wanted.mode === 'exclusive') return false;
  return supremum || held.span === 'next-key' || held.span === wanted.span;
}

const sameKind = (a: Wanted, b: Wanted): boolean =>
  a.mode === b.mode && a.span === b.span && a.insertion === b.insertion;

/** The record locks of one database. A lock is kept until its transaction ends. */
export class LockTable {
  #queues = new Map<string, Queue>();
  /** Which place each waiting transaction waits at. */
  #waits = new Map<number, string>();
  /** How many places of each index are in use. */
  #used = new Map<string, number>();
  #structs = new Map<number, readonly Struct[]>();
  #nextStruct = 1;

  /** Whether a transaction holds a lock at least as strong as the one wanted. */
  holds(transaction: number, place: LockPlace, wanted: Wanted): boolean {
    const locks = this.at(place);
    return locks.some((held) => {
      return held.transaction === transaction && covers(held, wanted, place.key === null);
    });
  }

  /** The locks at a place, in the order they came. */
  at(place: LockPlace): readonly Lock[] {
    return this.#queues.get(nameOf(place))?.locks ?? [];
  }

  get anyWaits(): boolean {
    return this.#waits.size > 0;
  }

  get empty(): boolean {
    return this.#queues.size === 0;
  }

  /** Whether nobody holds or waits for anything in an index. */
  isFree(index: string): boolean {
    return !this.#used.has(index);
  }

  /** Every place of an index, or of all, where somebody holds or waits. */
  places(index?: string): readonly Queue[] {
    const all = [...this.#queues.values()];
    return index === undefined ? all : all.filter(({ place }) => place.index === index);
  }

  /**
   * Asks for a lock. Returns the transactions that stand in the way; none means it is granted.
   * A request also waits behind an incompatible one that already waits. An *implicit* lock is
   * only entered if it must wait: the row's own version says who holds it.
   */
  request(
    transaction: number,
    place: LockPlace,
    { mode, span, insertion }: Wanted,
    implicit = false,
  ): readonly number[] {
    const supremum = place.key === null;
    const wanted = { transaction, mode, span: supremum ? 'next-key' : span, insertion } as const;
    if (!insertion && this.holds(transaction, place, wanted)) return [];
    const blockers = this.at(place).filter((other) => conflicts(wanted, other, supremum));
    if (blockers.length > 0) {
      this.#add(place, { ...wanted, waiting: true, struct: this.#newStruct(place, wanted) });
      this.#waits.set(transaction, nameOf(place));
    } else if (!implicit) {
      this.grant(transaction, place, wanted);
    }
    return [...new Set(blockers.map((other) => other.transaction))];
  }

  /** Who would stand in the way of a lock, without asking for it. */
  blockersOf(transaction: number, place: LockPlace, wanted: Wanted): readonly number[] {
    if (this.holds(transaction, place, wanted)) return [];
    const all = this.at(place).filter((other) => {
      return conflicts({ transaction, ...wanted }, other, place.key === null);
    });
    return all.map((other) => other.transaction);
  }

  /** Enters a lock that nobody can object to. */
  grant(transaction: number, place: LockPlace, { mode, span, insertion }: Wanted): void {
    const wanted = { transaction, mode, span: place.key ? span : 'next-key', insertion } as const;
    const locks = this.at(place);
    const same = (one: Lock) => one.transaction === transaction && sameKind(one, wanted);
    if (locks.some((one) => !one.waiting && same(one))) return;
    const own = this.#structs.get(transaction) ?? [];
    // Not the structure it waits with.
    const waits = this.waitOf(transaction)?.lock.struct;
    const similar = locks.some(({ waiting }) => waiting)
      ? undefined
      : own.find(({ id, index, ...kind }) => {
          return id !== waits && index === place.index && sameKind(kind, wanted);
        });
    const struct = similar?.id ?? this.#newStruct(place, wanted);
    this.#add(place, { ...wanted, waiting: false, struct });
  }

  #newStruct(place: LockPlace, wanted: Wanted & { readonly transaction: number }): number {
    const id = this.#nextStruct++;
    const own = this.#structs.get(wanted.transaction) ?? [];
    this.#structs.set(wanted.transaction, [...own, { ...wanted, id, index: place.index }]);
    return id;
  }

  #add(place: LockPlace, lock: Lock): void {
    const name = nameOf(place);
    const queue = this.#queues.get(name);
    if (!queue) this.#use(place, 1);
    this.#queues.set(name, { place, locks: [...(queue?.locks ?? []), lock] });
  }

  #use({ index }: LockPlace, by: number): void {
    const used = (this.#used.get(index) ?? 0) + by;
    if (used > 0) this.#used.set(index, used);
    else this.#used.delete(index);
  }

  /** Where a transaction waits, for which lock, and for whom; null if it waits for nothing. */
  waitOf(transaction: number) {
    const name = this.#waits.get(transaction);
    const queue = name === undefined ? undefined : this.#queues.get(name);
    if (!queue) return null;
    const { place, locks } = queue;
    const at = locks.findIndex((lock) => lock.waiting && lock.transaction === transaction);
    const lock = present(locks[at], `waiting lock of transaction ${transaction}`);
    const ahead = locks.slice(0, at).filter((one) => conflicts(lock, one, place.key === null));
    return { place, lock, blockers: [...new Set(ahead.map((one) => one.transaction))] };
  }

  /** Gives up waiting. Returns the transactions that may go on because of it. */
  cancelWait(transaction: number): readonly number[] {
    const name = this.#waits.get(transaction);
    if (name === undefined) return [];
    this.#waits.delete(transaction);
    return this.#drop(name, (lock) => lock.waiting && lock.transaction === transaction);
  }

  /** Gives up one lock that was granted. Returns the transactions that may go on because of it. */
  unlock(transaction: number, place: LockPlace, { mode, span }: Wanted): readonly number[] {
    return this.#drop(nameOf(place), (lock) => {
      if (lock.transaction !== transaction || lock.waiting || lock.insertion) return false;
      return lock.mode === mode && lock.span === span;
    });
  }

  /** Gives up every lock and wait of a transaction. Returns those that may go on because of it. */
  release(transaction: number): readonly number[] {
    this.#waits.delete(transaction);
    if (!this.#structs.delete(transaction)) return [];
    const touched = [...this.#queues].filter(([, { locks }]) => {
      return locks.some((lock) => lock.transaction === transaction);
    });
    const newest = ([, { locks }]: (typeof touched)[number]) =>
      Math.max(...locks.map((lock) => (lock.transaction === transaction ? lock.struct : 0)));
    return touched
      .toSorted((a, b) => newest(b) - newest(a))
      .flatMap(([name]) => this.#drop(name, (lock) => lock.transaction === transaction));
  }

  /** Takes all locks off a place that is no more. Returns who waited there. */
  clear(place: LockPlace): readonly number[] {
    const waiting = this.at(place).filter((lock) => lock.waiting);
    if (this.#queues.delete(nameOf(place))) this.#use(place, -1);
    for (const { transaction } of waiting) this.#waits.delete(transaction);
    return waiting.map(({ transaction }) => transaction);
  }

  // Takes locks out of a queue, and grants those that wait for nobody ahead of them any more.
  #drop(name: string, goes: (lock: Lock) => boolean): readonly number[] {
    const queue = this.#queues.get(name);
    if (!queue) return [];
    const woken: number[] = [];
    const locks: Lock[] = [];
    for (const lock of queue.locks.filter((one) => !goes(one))) {
      const free =
        lock.waiting && !locks.some((one) => conflicts(lock, one, queue.place.key === null));
      locks.push(free ? { ...lock, waiting: false } : lock);
      if (!free) continue;
      this.#waits.delete(lock.transaction);
      woken.push(lock.transaction);
    }
    if (locks.length === 0) {
      this.#queues.delete(name);
      this.#use(queue.place, -1);
    } else this.#queues.set(name, { place: queue.place, locks });
    return woken;
  }

  /** How many structures a transaction has: a part of its weight when a deadlock is broken. */
  structsOf(transaction: number): number {
    return this.#structs.get(transaction)?.length ?? 0;
  }

  mark() {
    return {
      queues: new Map(this.#queues),
      waits: new Map(this.#waits),
      used: new Map(this.#used),
      structs: new Map(this.#structs),
      nextStruct: this.#nextStruct,
    };
  }

  rewind(mark: ReturnType<LockTable['mark']>): void {
    this.#queues = new Map(mark.queues);
    this.#waits = new Map(mark.waits);
    this.#used = new Map(mark.used);
    this.#structs = new Map(mark.structs);
    this.#nextStruct = mark.nextStruct;
  }

  /** Plain data for a fingerprint, in the order of the places. */
  state(nameOf: (transaction: number) => string) {
    return [...this.#queues]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { locks }]) => {
        return [
          name,
          locks.map((lock) => [nameOf(lock.transaction), lock.mode, lock.span, lock.waiting]),
        ];
      });
  }
}

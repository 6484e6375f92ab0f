// Who waits, who is woken, and who is sacrificed: after every change of the lock table, those who
// can go on are called, and every cycle of those who cannot is broken.

import { present } from '../kernel/assert.ts';
import { cycleFrom, victimOf } from './deadlock.ts';
import type { RowLocks } from './row-locks.ts';

/** What it needs of the database. */
interface Host {
  /** The transactions whose statement waits, in the order they began. */
  readonly waiting: () => readonly number[];
  readonly weightOf: (transaction: number) => number;
  readonly rollback: (transaction: number) => void;
}

export class Waits {
  readonly #locks: RowLocks;
  readonly #host: Host;
  #woken: number[] = [];
  /** Those who were called and have not gone on yet. */
  #called = new Set<number>();
  /** Deadlock victims that have not been told yet. */
  #victims = new Set<number>();

  constructor(locks: RowLocks, host: Host) {
    this.#locks = locks;
    this.#host = host;
  }

  /** Hands over, once, those who should go on now. */
  takeWoken(): readonly number[] {
    const woken = this.#woken;
    if (woken.length === 0) return woken;
    this.#woken = [];
    for (const id of woken) this.#called.add(id);
    return woken;
  }

  /** Whether somebody has been woken and has not gone on. */
  get pending(): boolean {
    return this.#woken.length + this.#called.size > 0;
  }

  /** Notes that one who was called goes on, or is no more. */
  answered(transaction: number): void {
    this.#called.delete(transaction);
  }

  wake(transactions: readonly number[]): void {
    this.#woken.push(...transactions);
  }

  /** Calls nobody but these any more: the server has stopped. */
  dropAllBut(transactions: readonly number[]): void {
    this.#woken = [...transactions];
    this.#called.clear();
  }

  /** Takes one off the list of the woken; false if it is not there. */
  takeOne(transaction: number): boolean {
    const at = this.#woken.indexOf(transaction);
    if (at >= 0) this.#woken.splice(at, 1);
    return at >= 0;
  }

  /** Whether a transaction was rolled back to break a deadlock; it is told once. */
  wasVictim(transaction: number): boolean {
    return this.#victims.delete(transaction);
  }

  /** Looks for cycles, that of the one who asks first, and breaks them. */
  settle(requester: number | null = null): void {
    this.wake(this.#locks.takeWoken());
    if (!this.#locks.table.anyWaits) return;
    const waiting = this.#host.waiting();
    for (const id of requester === null ? waiting : [requester, ...waiting]) {
      const cycle = cycleFrom(id, (member) => this.#locks.table.waitOf(member)?.blockers ?? []);
      if (!cycle) continue;
      const victim = present(victimOf(cycle, this.#host.weightOf), 'a victim');
      this.#victims.add(victim);
      this.#host.rollback(victim);
      this.#woken.push(victim);
      this.settle(requester);
      return;
    }
  }

  mark() {
    const called = new Set(this.#called);
    return { woken: [...this.#woken], called, victims: [...this.#victims] };
  }

  rewind({ woken, called, victims }: ReturnType<Waits['mark']>): void {
    this.#woken = [...woken];
    this.#called = new Set(called);
    this.#victims = new Set(victims);
  }
}

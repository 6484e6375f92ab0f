// Row locks: who holds what, who waits for whom, in strict first-come-first-served order.
// It knows keys and transaction numbers only, nothing of tables or SQL.

export type LockMode = 'shared' | 'exclusive';

interface Request {
  readonly transaction: number;
  readonly mode: LockMode;
}

interface Queue {
  readonly granted: readonly Request[];
  readonly waiting: readonly Request[];
}

export interface LocksMark {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly waits: ReadonlyMap<number, string>;
}

const EMPTY: Queue = { granted: [], waiting: [] };

const compatible = (a: Request, b: Request): boolean =>
  a.transaction === b.transaction || (a.mode === 'shared' && b.mode === 'shared');

function blockersOf(request: Request, granted: readonly Request[], ahead: readonly Request[]) {
  const others = [...granted, ...ahead].filter((other) => !compatible(request, other));
  return [...new Set(others.map((other) => other.transaction))];
}

/** The lock table of one database. A lock is kept until its transaction ends. */
export class LockTable {
  #queues = new Map<string, Queue>();
  #waits = new Map<number, string>();

  /**
   * Asks for a lock. Returns the transactions that stand in the way; none means it is granted.
   * A request also waits behind an incompatible one that already waits (strict FIFO).
   */
  request(transaction: number, key: string, mode: LockMode): readonly number[] {
    const { granted, waiting } = this.#queues.get(key) ?? EMPTY;
    const held = granted.find((other) => other.transaction === transaction);
    if (held && (held.mode === 'exclusive' || mode === 'shared')) return [];
    const request = { transaction, mode };
    const blockers = blockersOf(request, granted, waiting);
    if (blockers.length === 0) {
      this.#queues.set(key, { granted: grant(granted, request), waiting });
    } else {
      this.#queues.set(key, { granted, waiting: [...waiting, request] });
      this.#waits.set(transaction, key);
    }
    return blockers;
  }

  /** What a transaction waits for, and the transactions in its way; null if it waits for none. */
  waitOf(
    transaction: number,
  ): { readonly key: string; readonly blockers: readonly number[] } | null {
    const key = this.#waits.get(transaction);
    if (key === undefined) return null;
    const { granted, waiting } = this.#queues.get(key) ?? EMPTY;
    const at = waiting.findIndex((request) => request.transaction === transaction);
    const request = waiting[at];
    if (!request) return null;
    return { key, blockers: blockersOf(request, granted, waiting.slice(0, at)) };
  }

  /** The cycle of waiting transactions that runs through this one, itself first; null if none. */
  cycleFrom(transaction: number): readonly number[] | null {
    const path: number[] = [];
    const seen = new Set<number>();
    const walk = (current: number): boolean => {
      path.push(current);
      for (const next of this.waitOf(current)?.blockers ?? []) {
        if (next === transaction) return true;
        if (seen.has(next)) continue;
        seen.add(next);
        if (walk(next)) return true;
      }
      path.pop();
      return false;
    };
    return walk(transaction) ? path : null;
  }

  /** Gives up waiting. Returns the transactions that may go on because of it. */
  cancelWait(transaction: number): readonly number[] {
    const key = this.#waits.get(transaction);
    return key === undefined ? [] : this.#remove(transaction, [key], true);
  }

  /** Gives up every lock and wait of a transaction. Returns those that may go on because of it. */
  release(transaction: number): readonly number[] {
    const touches = (request: Request) => request.transaction === transaction;
    const keys = [...this.#queues]
      .filter(([, queue]) => queue.granted.some(touches) || queue.waiting.some(touches))
      .map(([key]) => key);
    return this.#remove(transaction, keys, false);
  }

  #remove(transaction: number, keys: readonly string[], waitOnly: boolean): readonly number[] {
    this.#waits.delete(transaction);
    const woken: number[] = [];
    for (const key of keys) {
      const queue = this.#queues.get(key) ?? EMPTY;
      const stays = (request: Request) => request.transaction !== transaction;
      let granted = waitOnly ? queue.granted : queue.granted.filter(stays);
      const waiting: Request[] = [];
      for (const request of queue.waiting.filter(stays)) {
        if (blockersOf(request, granted, waiting).length > 0) {
          waiting.push(request);
          continue;
        }
        granted = grant(granted, request);
        this.#waits.delete(request.transaction);
        woken.push(request.transaction);
      }
      if (granted.length + waiting.length === 0) this.#queues.delete(key);
      else this.#queues.set(key, { granted, waiting });
    }
    return woken;
  }

  /** How many locks a transaction holds: a part of its weight when a deadlock is broken. */
  countOf(transaction: number): number {
    let count = 0;
    for (const { granted } of this.#queues.values()) {
      if (granted.some((request) => request.transaction === transaction)) count += 1;
    }
    return count;
  }

  mark(): LocksMark {
    return { queues: new Map(this.#queues), waits: new Map(this.#waits) };
  }

  rewind(mark: LocksMark): void {
    this.#queues = new Map(mark.queues);
    this.#waits = new Map(mark.waits);
  }

  /** Plain data for a fingerprint, in the order of the keys. */
  state() {
    return [...this.#queues].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

function grant(granted: readonly Request[], request: Request): readonly Request[] {
  return [...granted.filter((other) => other.transaction !== request.transaction), request];
}

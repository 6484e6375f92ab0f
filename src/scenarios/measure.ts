// What a run has cost: how long its caller waited, how long rows were locked, how many messages
// were used. Read from the trace, in virtual time.

import type { TraceEvent, Xid } from '../sim/index.ts';

export interface Measures {
  /** From the first request to the first answer, or exception; null if the caller heard nothing. */
  readonly latencyMs: number | null;
  /** The longest time that any transaction held what it had written. */
  readonly lockedMs: number;
  /** The longest time that a prepared branch waited for its decision. */
  readonly inDoubtMs: number;
  /** Messages that were put into a queue. */
  readonly messages: number;
}

const branchOf = (branch: Xid | undefined): string => `${branch?.xid} ${branch?.branchId}`;

/** Stretches of time by name, and the longest of them. */
class Spans {
  readonly #since = new Map<string, number>();
  #longestMs = 0;

  begin(name: string, atMs: number): void {
    if (!this.#since.has(name)) this.#since.set(name, atMs);
  }

  end(name: string, atMs: number): void {
    this.#longestMs = Math.max(this.#longestMs, atMs - (this.#since.get(name) ?? atMs));
    this.#since.delete(name);
  }

  /** What is not over lasts until the end. */
  longest(endedAtMs: number): number {
    for (const name of [...this.#since.keys()]) this.end(name, endedAtMs);
    return this.#longestMs;
  }
}

/** @param endedAtMs what is open then counts as held until then */
export function measure(events: readonly TraceEvent[], endedAtMs: number): Measures {
  const locked = new Spans();
  const inDoubt = new Spans();
  let messages = 0;
  let requestedMs: number | null = null;
  let latencyMs: number | null = null;
  let caller: number | null = null;
  for (const { atMs, cause, place, happening } of events) {
    switch (happening.kind) {
      case 'requested':
        if (cause === null && requestedMs === null) requestedMs = atMs;
        break;
      case 'changed': {
        const key = `${happening.database} ${happening.transaction}`;
        if (happening.transaction !== null) locked.begin(key, atMs);
        break;
      }
      case 'committed':
      case 'rolled-back':
        locked.end(`${happening.database} ${happening.transaction}`, atMs);
        inDoubt.end(branchOf(happening.branch), atMs);
        break;
      case 'prepared':
        inDoubt.begin(branchOf(happening.branch), atMs);
        break;
      case 'published':
        messages += 1;
        break;
      default:
        break;
    }
    caller ??= requestedMs === null ? null : place.execution;
    const answers =
      happening.kind === 'replied' || (happening.kind === 'failed' && happening.effect === 'throw');
    if (answers && place.execution === caller && requestedMs !== null) {
      latencyMs ??= atMs - requestedMs;
    }
  }
  const lockedMs = locked.longest(endedAtMs);
  return { latencyMs, lockedMs, inDoubtMs: inDoubt.longest(endedAtMs), messages };
}

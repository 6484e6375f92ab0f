// What a run has cost: how long its caller waited, how long rows were locked, how many messages
// were used. Read from the trace, in virtual time.

import type { TraceEvent } from '../sim/index.ts';

export interface Measures {
  /** From the first request to the first answer, or exception; null if the caller heard nothing. */
  readonly latencyMs: number | null;
  /** The longest time that any transaction held what it had written. */
  readonly lockedMs: number;
  /** Messages that were put into a queue. */
  readonly messages: number;
}

/** @param endedAtMs what is open then counts as held until then */
export function measure(events: readonly TraceEvent[], endedAtMs: number): Measures {
  const locked = new Map<string, number>();
  let lockedMs = 0;
  let messages = 0;
  let requestedMs: number | null = null;
  let latencyMs: number | null = null;
  const release = (key: string, atMs: number): void => {
    const since = locked.get(key);
    if (since === undefined) return;
    lockedMs = Math.max(lockedMs, atMs - since);
    locked.delete(key);
  };
  let caller: number | null = null;
  for (const { atMs, cause, place, happening } of events) {
    switch (happening.kind) {
      case 'requested':
        if (cause === null && requestedMs === null) requestedMs = atMs;
        break;
      case 'changed': {
        const key = `${happening.database} ${happening.transaction}`;
        if (happening.transaction !== null && !locked.has(key)) locked.set(key, atMs);
        break;
      }
      case 'committed':
      case 'rolled-back':
        release(`${happening.database} ${happening.transaction}`, atMs);
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
  for (const key of [...locked.keys()]) release(key, endedAtMs);
  return { latencyMs, lockedMs, messages };
}

// What the ends of JMS sessions do in a world: messages that appear, return, die or are lost.

import { type SessionEnd, seen } from './broker/index.ts';
import type { Place } from './kernel/index.ts';
import { after, note, type Parts } from './parts.ts';

/** Puts a session's end into the trace, and on the agenda what it leaves for later. */
export function noteSessionEnd(
  parts: Parts,
  place: Place,
  end: SessionEnd,
  cause: number | null,
): void {
  for (const message of end.published) {
    note(parts, place, { kind: 'published', message: seen(message) }, cause);
  }
  for (const { queue, body } of end.lost) {
    note(parts, place, { kind: 'lost', queue, body }, cause);
  }
  for (const message of end.returned) {
    note(parts, place, { kind: 'returned', message: seen(message) }, cause);
  }
  for (const deadLetter of end.deadLetters) {
    const message = { ...seen(deadLetter), queue: deadLetter.originalQueue ?? '' };
    note(parts, place, { kind: 'dead-lettered', message }, cause);
  }
  for (const wakeAtMs of end.wakeAtMs) {
    after(parts, wakeAtMs - parts.clock.nowMs, { kind: 'dispatch' }, cause);
  }
}

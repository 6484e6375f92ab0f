// Virtual time. It starts at 0 and moves only when the world tells it to; no real clock is read.

import { assert } from './assert.ts';

/** A virtual clock, in milliseconds since the run began. */
export class Clock {
  #nowMs = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Moves forward to `timeMs`; a time already past leaves the clock where it is. */
  advanceTo(timeMs: number): void {
    assert(Number.isFinite(timeMs), `not a time: ${timeMs}`);
    if (timeMs > this.#nowMs) this.#nowMs = timeMs;
  }

  mark(): number {
    return this.#nowMs;
  }

  rewind(mark: number): void {
    this.#nowMs = mark;
  }
}

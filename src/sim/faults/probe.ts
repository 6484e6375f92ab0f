// Stands where a fault plan stands while somebody searches: notes which points are passed, and lets
// one fault strike at a chosen one of them.

import type { Fault } from './fault.ts';
import { NO_STRIKE, type Strike, type Strikes } from './plan.ts';

export class Probe implements Strikes {
  /** The points that were passed since it was armed last. */
  passed: string[] = [];
  #fault: Fault | null = null;
  #at = 0;

  /** Lets a fault, or none, strike at the pass of this number, from 0. */
  arm(fault: Fault | null, at: number): void {
    this.passed = [];
    this.#fault = fault;
    this.#at = at;
  }

  reach(point: string): Strike {
    const at = this.passed.push(point) - 1;
    const fault = this.#fault;
    if (!fault || at !== this.#at || fault.point !== point) return NO_STRIKE;
    return fault.when === 'before'
      ? { before: [fault], after: [] }
      : { before: [], after: [fault] };
  }

  strike(): void {}

  neverStruck() {
    return [];
  }

  mark(): null {
    return null;
  }

  rewind(): void {}

  state() {
    return [];
  }
}

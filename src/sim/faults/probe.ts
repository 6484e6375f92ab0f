// Stands where a fault plan stands while somebody searches: notes which points are passed, and lets
// one more fault strike at a chosen one of them.

import { type Fault, faultText } from './fault.ts';
import { FaultPlan, type NeverStruck, type Strike, type Strikes } from './plan.ts';

export class Probe implements Strikes {
  /** The points that were passed since it was armed last. */
  passed: readonly string[] = [];
  #passing: string[] = [];
  readonly #plan: FaultPlan;
  readonly #isPlanned: boolean;
  #fault: Fault | null = null;
  #at = 0;

  /** @param faults those that strike in any case, each at its occurrence */
  constructor(faults: readonly Fault[]) {
    this.#plan = new FaultPlan(faults);
    this.#isPlanned = faults.length > 0;
  }

  /** Lets a fault, or none, strike at the pass of this number, from 0. */
  arm(fault: Fault | null, at: number): void {
    this.#passing = [];
    this.passed = this.#passing;
    this.#fault = fault;
    this.#at = at;
  }

  reach(point: string): Strike {
    const at = this.#passing.push(point) - 1;
    const planned = this.#plan.reach(point);
    const fault = this.#fault;
    if (!fault || at !== this.#at || fault.point !== point) return planned;
    const { before, after } = planned;
    return fault.when === 'before'
      ? { before: [...before, fault], after }
      : { before, after: [...after, fault] };
  }

  strike(fault: Fault): void {
    this.#plan.strike(fault);
  }

  armed(): string | null {
    if (this.#isPlanned) return null;
    return this.#fault ? `${faultText(this.#fault)} ${this.#at}` : '';
  }

  passedNow(): readonly string[] {
    return [...this.#passing];
  }

  passedAgain(points: readonly string[]): void {
    this.passed = points;
  }

  neverStruck(): readonly NeverStruck[] {
    return this.#plan.neverStruck();
  }

  mark(): unknown {
    return this.#plan.mark();
  }

  rewind(mark: unknown): void {
    this.#plan.rewind(mark);
  }

  state() {
    return this.#plan.state();
  }
}

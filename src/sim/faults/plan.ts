// A fault plan at work: counts how often each point is reached, and says what strikes there.

import { type Fault, faultText } from './fault.ts';

/** The faults that strike one pass through a point. */
export interface Strike {
  readonly before: readonly Fault[];
  readonly after: readonly Fault[];
}

const NONE: Strike = { before: [], after: [] };

export class FaultPlan {
  readonly #byPoint = new Map<string, Fault[]>();
  #reached = new Map<string, number>();
  #struck = new Set<Fault>();

  constructor(faults: readonly Fault[]) {
    for (const fault of faults) {
      this.#byPoint.set(fault.point, [...(this.#byPoint.get(fault.point) ?? []), fault]);
    }
  }

  /** Notes that a point is reached. Returns what strikes this time. */
  reach(point: string): Strike {
    const faults = this.#byPoint.get(point);
    if (!faults) return NONE;
    const times = (this.#reached.get(point) ?? 0) + 1;
    this.#reached.set(point, times);
    const now = faults.filter((fault) => fault.occurrence === times);
    return {
      before: now.filter((fault) => fault.when === 'before'),
      after: now.filter((fault) => fault.when === 'after'),
    };
  }

  /** Notes that a fault has struck. */
  strike(fault: Fault): void {
    this.#struck.add(fault);
  }

  /** The faults that never struck, with how often their point was reached. */
  neverStruck(): readonly {
    readonly fault: string;
    readonly point: string;
    readonly reached: number;
  }[] {
    return [...this.#byPoint.values()].flat().flatMap((fault) => {
      const reached = this.#reached.get(fault.point) ?? 0;
      if (this.#struck.has(fault)) return [];
      return [{ fault: faultText(fault), point: fault.point, reached }];
    });
  }

  mark() {
    return { reached: new Map(this.#reached), struck: new Set(this.#struck) };
  }

  rewind(mark: ReturnType<FaultPlan['mark']>): void {
    this.#reached = new Map(mark.reached);
    this.#struck = new Set(mark.struck);
  }

  /** Plain data for a fingerprint. */
  state() {
    return [...this.#reached];
  }
}

// A fault plan at work: counts how often each point is reached, and says what strikes there.

import { type Fault, faultText } from './fault.ts';

/** The faults that strike one pass through a point. */
export interface Strike {
  readonly before: readonly Fault[];
  readonly after: readonly Fault[];
}

const NO_STRIKE: Strike = { before: [], after: [] };

/** A fault whose turn never came, with how often its point was reached. */
export interface NeverStruck {
  readonly fault: string;
  readonly point: string;
  readonly reached: number;
}

/** Says what strikes at each point, as it is reached. */
export interface Strikes {
  reach(point: string): Strike;
  /** Notes that a fault has struck. */
  strike(fault: Fault): void;
  /** What is to strike during this step, as a text; null if that depends on earlier steps too. */
  armed(): string | null;
  /** The points passed in this step. */
  passedNow(): readonly string[];
  /** Says that these points were passed, by a step that need not be gone again. */
  passedAgain(points: readonly string[]): void;
  neverStruck(): readonly NeverStruck[];
  mark(): unknown;
  rewind(mark: unknown): void;
  /** Plain data for a fingerprint. */
  state(): unknown;
}

export class FaultPlan implements Strikes {
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
    if (!faults) return NO_STRIKE;
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

  armed(): string | null {
    return null;
  }

  passedNow(): readonly string[] {
    return [];
  }

  passedAgain(): void {}

  /** The faults that never struck, with how often their point was reached. */
  neverStruck(): readonly NeverStruck[] {
    return [...this.#byPoint.values()].flat().flatMap((fault) => {
      const reached = this.#reached.get(fault.point) ?? 0;
      if (this.#struck.has(fault)) return [];
      return [{ fault: faultText(fault), point: fault.point, reached }];
    });
  }

  mark() {
    return { reached: new Map(this.#reached), struck: new Set(this.#struck) };
  }

  rewind(mark: unknown): void {
    const { reached, struck } = mark as ReturnType<FaultPlan['mark']>;
    this.#reached = new Map(reached);
    this.#struck = new Set(struck);
  }

  /** Plain data for a fingerprint. */
  state() {
    return [...this.#reached];
  }
}

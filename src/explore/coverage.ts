// What a search has come by at all, whatever the way: what is missing from it was never reached.

import type { Scenario } from '../sim/index.ts';

/** What no way has come by. */
export interface Unreached {
  /** Fault points. */
  readonly points: readonly string[];
  /** Words of outcomes. */
  readonly outcomes: readonly string[];
  /** Properties that some way should have shown. */
  readonly sometimes: readonly string[];
}

export class Coverage {
  readonly points = new Set<string>();
  readonly outcomes = new Set<string>();
  readonly shown = new Set<string>();

  unreached({ points, outcomes, properties }: Scenario): Unreached {
    const sometimes = properties.filter(({ when }) => when === 'sometimes');
    return {
      points: points
        .filter(({ id, effect }) => effect !== 'start' && !this.points.has(id))
        .map(({ id }) => id),
      outcomes: [...new Set(outcomes.map(({ word }) => word))].filter(
        (word) => !this.outcomes.has(word),
      ),
      sometimes: sometimes.map(({ id }) => id).filter((id) => !this.shown.has(id)),
    };
  }

  /** Takes over what another search has come by. */
  add({ points, outcomes, shown }: Pick<Coverage, 'points' | 'outcomes' | 'shown'>): void {
    for (const point of points) this.points.add(point);
    for (const outcome of outcomes) this.outcomes.add(outcome);
    for (const property of shown) this.shown.add(property);
  }
}

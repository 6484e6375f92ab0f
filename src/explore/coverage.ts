// What a search has come by at all, whatever the way: what is missing from it was never reached.

import { chartOf, handlersOf, type Scenario } from '../sim/index.ts';

/** What no way has come by. */
export interface Unreached {
  /** Fault points. */
  readonly points: readonly string[];
  /** From a point to the state that would follow, of points that were reached. */
  readonly transitions: readonly string[];
  /** Words of outcomes. */
  readonly outcomes: readonly string[];
  /** Properties that some way should have shown. */
  readonly sometimes: readonly string[];
}

/** What was come by, as plain data. */
export type Covered = Readonly<
  Record<'points' | 'transitions' | 'outcomes' | 'shown', readonly string[]>
>;

/** Every way from a point to a state, as the machines have them. */
function waysOf({ services }: Scenario): readonly (readonly [point: string, to: string])[] {
  return services.flatMap((service) =>
    handlersOf(service).flatMap(({ name, machine }) =>
      chartOf(machine).states.flatMap(({ state, done, error }) =>
        [...new Set([...done, ...error])].map((to) => {
          return [`${service.name}.${name}.${state}`, to] as const;
        }),
      ),
    ),
  );
}

export class Coverage {
  readonly points = new Set<string>();
  /** As `service.handler.state → state`. */
  readonly transitions = new Set<string>();
  readonly outcomes = new Set<string>();
  readonly shown = new Set<string>();

  unreached(scenario: Scenario): Unreached {
    const { points, outcomes, properties } = scenario;
    const sometimes = properties.filter(({ when }) => when === 'sometimes');
    return {
      points: points
        .filter(({ id, effect }) => effect !== 'start' && !this.points.has(id))
        .map(({ id }) => id),
      transitions: waysOf(scenario)
        .filter(([point]) => this.points.has(point))
        .map(([point, to]) => `${point} → ${to}`)
        .filter((way) => !this.transitions.has(way)),
      outcomes: [...new Set(outcomes.map(({ word }) => word))].filter(
        (word) => !this.outcomes.has(word),
      ),
      sometimes: sometimes.map(({ id }) => id).filter((id) => !this.shown.has(id)),
    };
  }

  get told(): Covered {
    const { points, transitions, outcomes, shown } = this;
    return {
      points: [...points],
      transitions: [...transitions],
      outcomes: [...outcomes],
      shown: [...shown],
    };
  }

  /** Takes over what another search has come by. */
  add({ points, transitions, outcomes, shown }: Covered): void {
    for (const point of points) this.points.add(point);
    for (const way of transitions) this.transitions.add(way);
    for (const outcome of outcomes) this.outcomes.add(outcome);
    for (const property of shown) this.shown.add(property);
  }
}

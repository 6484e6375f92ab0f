// Which faults a search may try at each point of a scenario.

import {
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type FaultPoint,
  isSameAfter,
  kindsFor,
  parseFault,
  type Scenario,
} from '../sim/index.ts';

interface Wanted {
  /** All by default. */
  readonly kinds?: readonly FaultKind[];
  /** At all points by default. */
  readonly isAt?: (point: string) => boolean;
}

export class Menu {
  readonly #byPoint: ReadonlyMap<string, readonly Fault[]>;

  constructor({ id, points }: Pick<Scenario, 'id' | 'points'>, wanted: Wanted) {
    const { kinds = Object.keys(FAULT_KINDS), isAt = () => true } = wanted;
    const at = (point: FaultPoint): readonly Fault[] => {
      if (!isAt(point.id) || point.effect === 'start') return [];
      const able = kindsFor(point.effect, point.hasDatabase);
      return able
        .filter((kind) => kinds.includes(kind))
        .flatMap((kind) => {
          const fault = parseFault(`${kind}@${point.id}`, points, id);
          if (kind === 'duplicate') return [{ ...fault, options: { delay: 0 } }];
          if (isSameAfter(kind)) return [fault];
          return (['before', 'after'] as const).map((when) => ({ ...fault, when }));
        });
    };
    this.#byPoint = new Map(points.map((point) => [point.id, at(point)]));
  }

  /** All kinds of fault it offers. */
  get kinds(): readonly FaultKind[] {
    const kinds = [...this.#byPoint.values()].flat().map(({ kind }) => kind);
    return [...new Set(kinds)];
  }

  /** The faults that can strike there; a copy of a message comes at once. */
  at(point: string): readonly Fault[] {
    return this.#byPoint.get(point) ?? [];
  }
}

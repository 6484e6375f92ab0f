// Load balancing by turns, as Ribbon's RoundRobinRule does it.

/** Whose turn it is, and the turn after which the next one is to be chosen. */
export interface Turn {
  readonly instance: string;
  readonly turn: number;
}

/** The instance after the one that had its turn last; null if there is none. */
export function takeTurn(instances: readonly string[], last: number): Turn | null {
  const turn = instances.length === 0 ? 0 : (last + 1) % instances.length;
  const instance = instances[turn];
  return instance === undefined ? null : { instance, turn };
}

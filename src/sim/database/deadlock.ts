// Deadlocks: cycles of transactions that wait for each other, and whom InnoDB sacrifices. Rule 14
// of the reference.

/** Whom a transaction waits for, the first in its way first; none if it does not wait. */
export type BlockersOf = (transaction: number) => readonly number[];

/**
 * The cycle that runs through a waiting transaction, itself first, each followed by the one it
 * waits for; null if there is none. As InnoDB, it follows the first in the way only: what is
 * behind shows when that one has gone.
 */
export function cycleFrom(transaction: number, blockersOf: BlockersOf): readonly number[] | null {
  const path = [transaction];
  for (;;) {
    const [next] = blockersOf(path.at(-1) ?? transaction);
    if (next === undefined) return null;
    if (next === transaction) return path;
    if (path.includes(next)) return null;
    path.push(next);
  }
}

/** The lightest of a cycle; of equals the one that closed it, then the first it waits for. */
export function victimOf(
  cycle: readonly number[],
  weightOf: (transaction: number) => number,
): number | undefined {
  const lightest = Math.min(...cycle.map(weightOf));
  return cycle.find((member) => weightOf(member) === lightest);
}

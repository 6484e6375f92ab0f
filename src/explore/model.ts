// What the search asks of a system: what may happen next, do it, go back, are two states the same,
// is something broken. It knows nothing else of it.

/** What a choice may cost of the budget. */
export const LIMITED = ['faults', 'preemptions', 'stalls', 'depth'] as const;
type Limited = (typeof LIMITED)[number];
/** How much of each is spent, or may be. */
export type Budget = Readonly<Record<Limited, number>>;

/** What a step costs beside its place in the depth of a way. */
export type Cost = Omit<Budget, 'depth'>;

export const NO_COST: Cost = { faults: 0, preemptions: 0, stalls: 0 };

/** As much of everything as one likes. */
export const ENDLESS: Budget = {
  faults: Number.POSITIVE_INFINITY,
  preemptions: Number.POSITIVE_INFINITY,
  stalls: Number.POSITIVE_INFINITY,
  depth: Number.POSITIVE_INFINITY,
};

/** One thing that may happen next. */
export interface Action {
  /** Names it among all actions of all states: what is the same thing has the same key. */
  readonly key: string;
  readonly cost: Cost;
  /** Who takes it: of two with the same, one comes after the other. Its key by default. */
  readonly thread?: string;
  /** What goes wrong on its way, in full: by it a search is shared out. */
  readonly part?: string;
  /** The kind of what goes wrong on its way, if something does. */
  readonly strikes?: string;
}

/** A way from the beginning. */
export interface Way<Taken extends Action> {
  readonly actions: readonly Taken[];
  /** How long it is in the terms of who reads it. */
  readonly length: number;
}

/** What an action has read and changed, by names of its own choice; `null`: everything. */
export interface Footprint {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/** What doing an action showed. */
export interface Applied<Taken extends Action> {
  /** null: it may have touched anything. */
  readonly footprint: Footprint | null;
  /** The same action with what could have gone wrong on its way: known only once it was taken. */
  readonly variants: readonly Taken[];
  /** How much longer it makes the way, in the terms of who reads it: 0 for what is only set-up. */
  readonly length: number;
}

/** A system of which every way can be tried, from checkpoints. */
export interface Model<Taken extends Action> {
  /** Goes to the beginning. */
  reset(): void;
  /** What may happen now, the default first; nothing at the end of a way. */
  enabled(): readonly Taken[];
  apply(action: Taken): Applied<Taken>;
  /** A checkpoint; last in, first out. */
  mark(): unknown;
  /** Returns to a checkpoint, which stays. */
  rewind(mark: unknown): void;
  /** A number of 53 bits that names the state: states that go on alike have the same. */
  fingerprint(): number;
  /** The properties that are broken here: now, or for good at the end of a way. */
  broken(): readonly string[];
}

/** Whether two actions may be swapped: neither changes what the other reads or changes. */
export function isIndependent(a: Footprint | null, b: Footprint | null): boolean {
  if (!a || !b) return false;
  return !touches(a.writes, b) && !touches(b.writes, a);
}

function touches(writes: ReadonlySet<string>, { reads, writes: others }: Footprint): boolean {
  for (const name of writes) if (reads.has(name) || others.has(name)) return true;
  return false;
}

/** What is left of a budget after one more step; null if it does not suffice. */
export function spend(left: Budget, cost: Cost): Budget | null {
  if (cost === NO_COST && left.depth === Number.POSITIVE_INFINITY) return left;
  const faults = left.faults - cost.faults;
  const preemptions = left.preemptions - cost.preemptions;
  const stalls = left.stalls - cost.stalls;
  const depth = left.depth - 1;
  const suffices = faults >= 0 && preemptions >= 0 && stalls >= 0 && depth >= 0;
  return suffices ? { faults, preemptions, stalls, depth } : null;
}

// What a transaction manager keeps between the steps of a handler: the exception on its way out,
// the entities of its persistence context, and how far a commit has come.

import type { Failure, Row, SqlValue } from '../kernel/effect.ts';
import type { Exit, Given } from './handler.ts';

/** An entity of a persistence context: its row as it was loaded, and as the program has it now. */
export interface Entity {
  readonly table: string;
  readonly id: SqlValue;
  readonly loaded: Row;
  readonly now: Row;
  /** The column of its version, if it has one. */
  readonly version: string | null;
}

export interface Kept {
  readonly thrown: Failure | null;
  /** A commit has failed: what is thrown for that stays, whatever follows. */
  readonly settled: boolean;
  readonly entities: readonly Entity[];
  /** Of a global transaction: its name, and the resources that are still to be told to commit. */
  readonly xid: string;
  /** The resources that take part by now. */
  readonly started: readonly string[];
  readonly toCommit: readonly string[];
  readonly tries: number;
  /** Somebody else has decided a branch. */
  readonly hazard: boolean;
}

const NOTHING: Kept = {
  thrown: null,
  settled: false,
  entities: [],
  xid: '',
  started: [],
  toCommit: [],
  tries: 0,
  hazard: false,
};

export function keptIn({ managed }: { readonly managed: unknown }): Kept {
  return (managed as Kept | undefined) ?? NOTHING;
}

/** A way out that changes what is kept. */
export function keep<Memory>(
  target: string,
  change: (kept: Kept, given: Given<Memory>) => Partial<Kept>,
  test?: (given: Given<Memory>) => boolean,
): Exit<Memory> {
  const manage = (given: Given<Memory>): Kept => {
    const kept = keptIn(given);
    return { ...kept, ...change(kept, given) };
  };
  return { target, manage, ...(test && { test }) };
}

/** A way out on which an exception is thrown, if none has been yet. */
export function throwing<Memory>(
  target: string,
  exception: (failure: Failure | null, given: Given<Memory>) => Failure,
  test?: (given: Given<Memory>) => boolean,
): Exit<Memory> {
  return keep(target, (_, given) => ({ thrown: exception(given.failure, given) }), test);
}

// The format of cases.json and locks.json: what a database did, step by step, in one interleaving.
// The same shapes come from the recorded MariaDB, from a live one, and from the simulation.

import type { Row } from '../../../src/sim/index.ts';

/** `RU`, … are written in full, as MySQL spells them: `READ UNCOMMITTED`. */
export type Level = 'READ UNCOMMITTED' | 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

/** What a statement gave. Exactly one of the first six is there. */
export interface StepResult {
  readonly ok?: true;
  readonly rows?: readonly Row[];
  /** Matched rows; `changed` only where fewer really changed. */
  readonly affected?: number;
  readonly changed?: number;
  /** MySQL's name, such as `ER_LOCK_DEADLOCK`. */
  readonly error?: string;
  /** Not finished; then `later` of the step says the outcome. */
  readonly blocked?: true;
  /** Its transaction was still blocked; it ran right after the resume (see `later`). */
  readonly queued?: true;
  /** The error by which the server had rolled the transaction back before: not sent. */
  readonly skipped?: string;
}

export interface LaterResult extends StepResult {
  readonly resumedAfterStep: number;
}

/** What a blocked statement waited for. */
export interface Wait {
  /** Transactions; a prepared branch without a connection is `detached`. */
  readonly for: readonly string[];
  readonly mode: string;
  readonly table: string;
  readonly index: string;
  readonly record: string;
}

export interface Step {
  readonly n: number;
  /** The name of the connection. */
  readonly tx: string;
  readonly sql?: string;
  /** Instead of `sql`: the connection drops, the server is killed, or time passes until the lock
   * wait timeout of this connection strikes. */
  readonly op?: 'disconnect' | 'crash' | 'wait';
  /** A locking read, whose `sql` is the base SELECT: `update`, `share`, `update-nowait`, … */
  readonly lock?: string;
  readonly result: StepResult;
  readonly later?: LaterResult;
  readonly waits?: Wait;
}

export interface Case {
  readonly id: string;
  readonly group: string;
  readonly schema: readonly string[];
  /** INSERT statements. */
  readonly rows: readonly string[];
  /** By connection. */
  readonly isolation: Readonly<Record<string, Level>>;
  readonly session?: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
  readonly final: Readonly<Record<string, readonly Row[]>>;
  readonly resumeOrder?: readonly number[] | 'varies' | null;
  readonly portable?: false;
  /** The client goes on after the server has rolled its transaction back. */
  readonly continueAfterRollback?: true;
}

/** The part of a case that is asked for; the rest is what was seen. */
export type Question = Pick<
  Case,
  'id' | 'group' | 'schema' | 'rows' | 'isolation' | 'session' | 'continueAfterRollback'
> & { readonly steps: readonly Pick<Step, 'n' | 'tx' | 'sql' | 'op' | 'lock'>[] };

/** What was seen of a case. */
export interface Answer {
  readonly steps: readonly Pick<Step, 'n' | 'result' | 'later' | 'waits'>[];
  readonly final: Readonly<Record<string, readonly Row[]>>;
}

// What a machine may ask of the world. An effect is plain data: the world performs it and hands
// the result back as the machine's next event. No machine touches a database or a broker itself.

import type { Json } from './fingerprint.ts';

export type SqlValue = null | number | string;
export type Row = Readonly<Record<string, SqlValue>>;
/** Named parameters of a statement, written `:name` in its text. */
export type SqlParams = Readonly<Record<string, SqlValue>>;
export type Isolation = 'read-uncommitted' | 'read-committed' | 'repeatable-read' | 'serializable';
export type MessageBody = { readonly [key: string]: Json };

/** What a handler's transaction can span: a database of its service, and its JMS session. */
export type Resource = 'database' | 'session';

/** A global transaction's identifier and the branch's own, as `XA START 'xid', 'branch'` has it. */
export interface Xid {
  readonly xid: string;
  readonly branchId: string;
}

/** Which resource an effect is for. `database` is a name; without one, the service's first. */
interface On {
  readonly resource: Resource;
  readonly database?: string;
}

/** A record of a coordinator's log. No record of a transaction means: roll it back. */
export interface LogRecord {
  readonly decision: 'commit' | 'forget' | 'heuristic-hazard';
  readonly xid: string;
  /** The branches the decision is for. */
  readonly branches: readonly string[];
}

export type Effect =
  | { readonly kind: 'receive' }
  /** Leaves the message it was offered where it is, and pauses: no transaction could be begun. */
  | { readonly kind: 'decline' }
  /** Makes an id: a time-based UUID, or a short one for a global transaction. */
  | { readonly kind: 'uuid'; readonly form?: 'uuid' | 'xid' }
  /** `timeoutMs` counts from here: past it, statements fail. Infinity by default. */
  | {
      readonly kind: 'begin';
      readonly database?: string;
      readonly isolation?: Isolation;
      readonly readOnly?: boolean;
      readonly timeoutMs?: number;
      /** Begins it as a branch of a global transaction: `XA START`. */
      readonly branch?: Xid;
    }
  /** Opens a JMS session, or makes the one that is open a branch of a global transaction. */
  | { readonly kind: 'open'; readonly branch?: Xid }
  /** Sets the open transactions aside (there may be none), so that others can be begun. */
  | { readonly kind: 'suspend' }
  /** Takes up again what was set aside last. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'savepoint'; readonly name: string }
  | { readonly kind: 'rollback-to'; readonly name: string }
  | { readonly kind: 'release'; readonly name: string }
  /** A decision that no database hears of. */
  | { readonly kind: 'note'; readonly note: Note }
  /** Goes on at a virtual time; at once if that is past. */
  | { readonly kind: 'sleep'; readonly untilMs: number }
  /** `isolation` is the connection's: it counts for a statement outside a transaction. */
  | {
      readonly kind: 'sql';
      readonly database?: string;
      readonly sql: string;
      readonly params: SqlParams;
      readonly isolation?: Isolation;
    }
  /** Without `transacted: false` it is visible once its session commits. */
  | {
      readonly kind: 'send';
      readonly queue: string;
      readonly body: MessageBody;
      readonly transacted?: boolean;
    }
  /**
   * Takes the next message of a queue, or waits for one; gives null if none comes in time. It is
   * acknowledged at once; with `transacted` by the commit of its session.
   */
  | {
      readonly kind: 'poll';
      readonly queue: string;
      readonly timeoutMs: number;
      readonly transacted?: boolean;
    }
  /** The branch's work is done: `XA END`. */
  | (On & { readonly kind: 'end'; readonly branch: Xid })
  /** Asks for the branch's vote: its result is `commit` or `read-only`; a failure is a refusal. */
  | (On & { readonly kind: 'prepare'; readonly branch: Xid })
  | (On & { readonly kind: 'commit'; readonly branch?: Xid; readonly onePhase?: boolean })
  /** `redeliverAfterMs` is for the message a session received; 0 closes its consumer. */
  | (On & { readonly kind: 'rollback'; readonly branch?: Xid; readonly redeliverAfterMs?: number })
  /** Asks a resource for its branches in doubt, as rows of `xid` and `branchId`: `XA RECOVER`. */
  | (On & { readonly kind: 'recover' })
  /** Forces a record to the coordinator's log, which survives the process. */
  | { readonly kind: 'log'; readonly record: LogRecord }
  /** Reads the log: rows of `xid` and `decision`, without what is forgotten. */
  | { readonly kind: 'read-log' }
  /** Calls a handler of another service and waits for its answer; a failure may be its exception. */
  | {
      readonly kind: 'call';
      readonly service: string;
      readonly handler: string;
      readonly body: MessageBody;
      /** How long the caller waits; by default as long as the world's parameter says. */
      readonly timeoutMs?: number;
    }
  /** Says what the caller is answered once this handler has ended. */
  | { readonly kind: 'reply'; readonly value: Json }
  /**
   * Keeps values in the memory of the process, which dies with it. With `expecting` it does so only
   * while these are still what the memory holds by their names, null for none: `affected` is 1, or
   * 0 if somebody else was there in between.
   */
  | { readonly kind: 'keep'; readonly entries: MessageBody; readonly expecting?: MessageBody }
  /** Looks into the memory of the process: all it keeps, as one object. */
  | { readonly kind: 'recall' }
  | { readonly kind: 'throw'; readonly error: Failure };

/**
 * A method joins the transaction it is called in, or runs in none, or dooms it to roll back; or its
 * caller catches what it threw.
 */
export type Note =
  | 'joins'
  | 'runs-alone'
  | 'dooms'
  | 'catches'
  /** What a method has registered with its transaction is called. */
  | 'before-commit'
  | 'after-commit'
  /** A transaction manager's report of what it has done, as far as it knows. */
  | 'heuristic-rolled-back'
  | 'heuristic-mixed'
  | 'in-doubt'
  | 'heuristic-hazard';

export type EffectKind = Effect['kind'];

/**
 * A modelled failure: a value in the trace, never thrown. It is *definite* when the operation
 * certainly did not happen; otherwise it may have (a lost reply, a crash during a commit).
 */
export interface Failure {
  readonly code: string;
  readonly definite: boolean;
  readonly detail?: string;
}

/** What an effect gave: rows of a query, the number of rows a statement matched, or a value. */
export interface EffectResult {
  readonly rows?: readonly Row[];
  readonly affected?: number;
  /** Of an INSERT into a table that numbers its rows: which number, of several the first. */
  readonly lastId?: number;
  readonly value?: Json;
  /** Of a message: how often it has been delivered, and whether it says so. */
  readonly deliveryCount?: number;
  readonly redelivered?: boolean;
}

/** The only two events a handler's machine receives. `nowMs` is virtual time. */
export type EffectEvent =
  | { readonly type: 'done'; readonly result: EffectResult; readonly nowMs: number }
  | {
      readonly type: 'error';
      readonly failure: Failure;
      readonly nowMs: number;
      /** What was asked for and failed. */
      readonly effect?: Effect;
    };

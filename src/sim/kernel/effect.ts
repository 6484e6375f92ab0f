// What a machine may ask of the world. An effect is plain data: the world performs it and hands
// the result back as the machine's next event. No machine touches a database or a broker itself.

import type { Json } from './fingerprint.ts';

export type SqlValue = null | number | string;
export type Row = Readonly<Record<string, SqlValue>>;
/** Named parameters of a statement, written `:name` in its text. */
export type SqlParams = Readonly<Record<string, SqlValue>>;
export type Isolation = 'read-uncommitted' | 'read-committed' | 'repeatable-read' | 'serializable';
export type MessageBody = { readonly [key: string]: Json };

/** The two resources a handler's transaction spans: its database and its JMS session. */
export type Resource = 'database' | 'session';

export type Effect =
  | { readonly kind: 'receive' }
  /** Leaves the message it was offered where it is, and pauses: no transaction could be begun. */
  | { readonly kind: 'recover' }
  | { readonly kind: 'uuid' }
  /** `timeoutMs` counts from here: past it, statements fail. Infinity by default. */
  | {
      readonly kind: 'begin';
      readonly isolation?: Isolation;
      readonly readOnly?: boolean;
      readonly timeoutMs?: number;
    }
  /** Sets the open transaction aside (there may be none), so that another can be begun. */
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
      readonly sql: string;
      readonly params: SqlParams;
      readonly isolation?: Isolation;
    }
  | { readonly kind: 'send'; readonly queue: string; readonly body: MessageBody }
  | { readonly kind: 'commit'; readonly resource: Resource }
  | { readonly kind: 'rollback'; readonly resource: Resource }
  | { readonly kind: 'throw'; readonly error: Failure };

/**
 * A method joins the transaction it is called in, or runs in none, or dooms it to roll back; or its
 * caller catches what it threw.
 */
export type Note = 'joins' | 'runs-alone' | 'dooms' | 'catches';

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
  readonly lastId?: number;
  readonly value?: Json;
}

/** The only two events a handler's machine receives. `nowMs` is virtual time. */
export type EffectEvent =
  | { readonly type: 'done'; readonly result: EffectResult; readonly nowMs: number }
  | { readonly type: 'error'; readonly failure: Failure; readonly nowMs: number };

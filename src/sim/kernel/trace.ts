// What was seen in a run: events in order, each naming the event that caused it.

import type { EventEmitter } from 'eventemitter3';
import type {
  EffectKind,
  Failure,
  Isolation,
  LogRecord,
  MessageBody,
  Note,
  Resource,
  Row,
  SqlParams,
  Xid,
} from './effect.ts';
import type { Json } from './fingerprint.ts';

/** A message as a consumer or an onlooker sees it. */
export interface SeenMessage {
  readonly messageId: number;
  readonly queue: string;
  readonly body: MessageBody;
  /** 1 at the first delivery, as JMSXDeliveryCount. */
  readonly deliveryCount: number;
  readonly redelivered: boolean;
}

interface SqlSeen {
  readonly database: string;
  /** null for a statement in autocommit mode. */
  readonly transaction: number | null;
  readonly sql: string;
  readonly params: SqlParams;
  /** `select`, `insert`, `update` or `delete`. */
  readonly verb: string;
  /** The table it changes, or the first it reads. */
  readonly table: string | null;
}

interface BranchSeen {
  readonly resource: Resource;
  readonly database: string | null;
  readonly branch: Xid;
}

/** What a database has inside at a moment: what a learner may look at. */
export interface Inspection {
  readonly database: string;
  readonly transactions: readonly {
    readonly transaction: number;
    readonly isolation: Isolation;
    /** The read view: the number of the last commit it sees; null while it has none. */
    readonly view: number | null;
    /** The wait-for graph: whom its blocked statement waits for. */
    readonly waitsFor: readonly number[];
  }[];
  readonly locks: readonly {
    readonly transaction: number;
    /** As InnoDB's monitor has it, such as `test.PRIMARY X locks rec but not gap: 1`. */
    readonly text: string;
    readonly waiting: boolean;
  }[];
  /** The undo chains: of each changed row what it is now, and what it was before each change. */
  readonly chains: readonly {
    readonly table: string;
    readonly now: Row | null;
    readonly versions: readonly {
      readonly writer: number;
      /** The number of its commit; null while its writer is open. */
      readonly commit: number | null;
      readonly before: Row | null;
    }[];
  }[];
}

/** What happened, by kind. */
export type Happening =
  | { readonly kind: 'requested'; readonly body: MessageBody }
  | { readonly kind: 'ticked' }
  | { readonly kind: 'received'; readonly message: SeenMessage }
  | { readonly kind: 'named'; readonly uuid: string }
  | {
      readonly kind: 'began';
      readonly database: string;
      readonly transaction: number;
      /** What was asked of it beyond the defaults. */
      readonly isolation: Isolation | null;
      readonly readOnly: boolean;
      readonly timeoutMs: number | null;
      readonly branch: Xid | null;
    }
  | { readonly kind: 'opened'; readonly branch: Xid | null }
  | (BranchSeen & { readonly kind: 'branch-ended' })
  | (BranchSeen & { readonly kind: 'prepared'; readonly vote: 'commit' | 'read-only' })
  | {
      readonly kind: 'recovered';
      readonly resource: Resource;
      readonly database: string | null;
      readonly branches: readonly Xid[];
    }
  | { readonly kind: 'logged'; readonly record: LogRecord }
  | { readonly kind: 'log-read'; readonly records: readonly LogRecord[] }
  | {
      readonly kind: 'called';
      readonly service: string;
      readonly handler: string;
      readonly body: MessageBody;
    }
  | { readonly kind: 'answered'; readonly value: Json }
  | { readonly kind: 'replied'; readonly value: Json }
  | { readonly kind: 'kept'; readonly entries: MessageBody }
  /** By hand, in no service. */
  | {
      readonly kind: 'acted';
      readonly database: string;
      readonly sql: string;
      readonly affected: number | null;
    }
  | { readonly kind: 'put'; readonly queue: string; readonly body: MessageBody }
  | {
      readonly kind: 'polled';
      readonly queue: string;
      readonly message: SeenMessage | null;
      /** It waits for its session to be committed; otherwise it is acknowledged. */
      readonly transacted?: boolean;
    }
  | { readonly kind: 'noted'; readonly note: Note; readonly transaction: number | null }
  | { readonly kind: 'suspended' | 'resumed'; readonly transaction: number | null }
  | {
      readonly kind: 'marked';
      readonly mark: 'savepoint' | 'rollback-to' | 'release';
      readonly name: string;
      readonly transaction: number;
    }
  | { readonly kind: 'inspected'; readonly inspection: Inspection }
  | (SqlSeen & { readonly kind: 'queried'; readonly rows: readonly Row[] })
  | (SqlSeen & { readonly kind: 'changed'; readonly affected: number })
  | (SqlSeen & {
      readonly kind: 'blocked';
      readonly waitsFor: readonly number[];
      readonly lock: string;
    })
  | { readonly kind: 'sent'; readonly queue: string; readonly body: MessageBody }
  | { readonly kind: 'published'; readonly message: SeenMessage }
  | {
      readonly kind: 'committed' | 'rolled-back';
      readonly resource: Resource;
      readonly transaction: number | null;
      /** The name of the database, if it was one. */
      readonly database: string | null;
      readonly branch?: Xid;
    }
  | { readonly kind: 'returned'; readonly message: SeenMessage }
  | { readonly kind: 'declined'; readonly message: SeenMessage; readonly againInMs: number }
  | { readonly kind: 'dead-lettered'; readonly message: SeenMessage }
  | {
      readonly kind: 'failed';
      readonly effect: EffectKind;
      /** The statement, if it was one. */
      readonly sql?: string;
      readonly failure: Failure;
    }
  | { readonly kind: 'struck'; readonly fault: string }
  | { readonly kind: 'lost'; readonly queue: string; readonly body: MessageBody }
  | { readonly kind: 'ended'; readonly success: boolean }
  | { readonly kind: 'crashed' | 'restarted'; readonly what: 'service' | 'database' | 'broker' }
  | { readonly kind: 'violated'; readonly property: string; readonly rows: readonly Row[] }
  | { readonly kind: 'at-rest' | 'horizon' };

/** Where something happened. `state` is the machine's state, the last part of the fault point. */
export interface Place {
  readonly service: string | null;
  readonly handler: string | null;
  readonly state: string | null;
  /** Which run of the handler, numbered from 1; null outside handlers. */
  readonly execution: number | null;
}

/** One event of a trace. */
export interface TraceEvent {
  /** Numbered from 1. */
  readonly id: number;
  readonly atMs: number;
  /** The event that caused this one; null for what comes from outside. */
  readonly cause: number | null;
  readonly place: Place;
  /** True in a step that undoes, as a new business act, what the saga did before. */
  readonly compensation: boolean;
  readonly happening: Happening;
}

/** What the world publishes: each event as it happens, and the new length after a rewind. */
export interface WorldEvents {
  event: (event: TraceEvent) => void;
  rewound: (length: number) => void;
}

/** Numbers events and publishes them on the world's emitter; it keeps none itself. */
export class Trace {
  readonly #emitter: EventEmitter<WorldEvents>;
  #length = 0;

  constructor(emitter: EventEmitter<WorldEvents>) {
    this.#emitter = emitter;
  }

  /** Publishes an event. Returns its id, for those it will cause. */
  add(
    atMs: number,
    cause: number | null,
    place: Place,
    happening: Happening,
    compensation: boolean,
  ): number {
    this.#length += 1;
    const id = this.#length;
    this.#emitter.emit('event', { id, atMs, cause, place, compensation, happening });
    return id;
  }

  mark(): number {
    return this.#length;
  }

  rewind(mark: number): void {
    this.#length = mark;
    this.#emitter.emit('rewound', mark);
  }
}

/** Keeps what an emitter publishes. Returns the growing list. */
export function recordEvents(emitter: EventEmitter<WorldEvents>): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  emitter.on('event', (event) => events.push(event));
  emitter.on('rewound', (length) => {
    events.length = length;
  });
  return events;
}

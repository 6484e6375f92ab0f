// What lasts in a run: runs of handlers, transactions, and the time in which something is down.
// All are told by events; where they stand on paper is not known here.

import type { Happening, TraceEvent, Xid } from '../../sim/index.ts';
import type { Party } from './arrows.ts';

/** From one event to another; null where the run ends before it does. */
interface Span {
  readonly party: Party;
  readonly start: TraceEvent;
  readonly end: TraceEvent | null;
}

/** A transaction of one resource, or a branch of a global one. */
export interface TransactionSpan extends Span {
  /** The database; null for a JMS session. */
  readonly database: string | null;
  /** The number of the transaction; null for a JMS session. */
  readonly transaction: number | null;
  readonly execution: number | null;
  /** From when on only the coordinator may say what becomes of it. */
  readonly prepared: TraceEvent | null;
  readonly outcome: 'committed' | 'rolled-back' | 'in-doubt' | 'open';
}

/** A service, a database or the broker is down. */
export interface Gap extends Span {
  readonly what: 'service' | 'database' | 'broker';
}

type Opened = { -readonly [Key in keyof TransactionSpan]: TransactionSpan[Key] } & {
  branch: Xid | null;
};

const sameBranch = (one: Xid | null, other: Xid | null): boolean =>
  one !== null && one.xid === other?.xid && one.branchId === other.branchId;

/** Which transactions are open, as the events go by. */
class Transactions {
  readonly all: Opened[] = [];

  #open(): readonly Opened[] {
    return this.all.filter(({ end }) => end === null);
  }

  begin(
    event: TraceEvent,
    database: string | null,
    transaction: number | null,
    branch: Xid | null,
  ) {
    const { service, execution } = event.place;
    if (service === null) return;
    const known = { party: `service:${service}`, start: event, end: null } as const;
    const own = { database, transaction, branch, execution, prepared: null } as const;
    this.all.push({ ...known, ...own, outcome: 'open' });
  }

  /** A session has no number: it is that of the handler's run which uses it. */
  useSession(event: TraceEvent, branch: Xid | null): void {
    const { execution } = event.place;
    const isThere = this.#open().some(
      (one) => one.database === null && one.execution === execution,
    );
    if (!isThere) this.begin(event, null, null, branch);
  }

  prepare(event: TraceEvent, branch: Xid, database: string | null, isOver: boolean): void {
    const found = this.#open().find((one) => {
      return one.database === database && sameBranch(one.branch, branch);
    });
    if (!found) return;
    if (isOver) this.#close(found, event, 'committed');
    else Object.assign(found, { prepared: event, outcome: 'in-doubt' });
  }

  end(event: TraceEvent, happening: Extract<Happening, { kind: 'committed' | 'rolled-back' }>) {
    const { kind, database, transaction, branch = null } = happening;
    const found = this.#open().find((one) => {
      if (one.database !== database) return false;
      if (sameBranch(one.branch, branch)) return true;
      return database === null
        ? one.execution === event.place.execution
        : one.transaction === transaction;
    });
    if (found) this.#close(found, event, kind);
  }

  /** What is not prepared dies with whatever it depends on. */
  drop(event: TraceEvent, dies: (one: Opened) => boolean): void {
    for (const one of this.#open()) {
      if (one.prepared === null && dies(one)) this.#close(one, event, 'rolled-back');
    }
  }

  #close(one: Opened, end: TraceEvent, outcome: 'committed' | 'rolled-back'): void {
    Object.assign(one, { end, outcome });
  }
}

function follow(event: TraceEvent, transactions: Transactions, transacted: ReadonlySet<number>) {
  const { happening, place, id } = event;
  switch (happening.kind) {
    case 'began':
      transactions.begin(event, happening.database, happening.transaction, happening.branch);
      return;
    case 'opened':
      transactions.useSession(event, happening.branch);
      return;
    case 'received':
      transactions.useSession(event, null);
      return;
    case 'polled':
      if (happening.transacted) transactions.useSession(event, null);
      return;
    case 'sent':
      if (transacted.has(id)) transactions.useSession(event, null);
      return;
    case 'prepared':
      transactions.prepare(
        event,
        happening.branch,
        happening.database,
        happening.vote === 'read-only',
      );
      return;
    case 'committed':
    case 'rolled-back':
      transactions.end(event, happening);
      return;
    case 'returned':
    case 'dead-lettered':
      transactions.drop(event, (one) => {
        const { execution, service } = place;
        if (one.database !== null) return false;
        return execution === null
          ? one.party === `service:${service}`
          : one.execution === execution;
      });
      return;
    case 'crashed':
      // What a dead service had open at a database is rolled back by an event of its own.
      transactions.drop(event, ({ party, database }) => {
        if (happening.what === 'database') return database === place.service;
        return (
          database === null && (happening.what === 'broker' || party === `service:${place.service}`)
        );
      });
      return;
    case 'ended':
      transactions.drop(event, ({ execution }) => execution === place.execution);
      return;
    default:
  }
}

/** The transactions of a run, in the order in which they began. */
export function transactionSpans(events: readonly TraceEvent[]): readonly TransactionSpan[] {
  const atOnce = new Set(
    events.flatMap(({ cause, happening }) => (happening.kind === 'published' ? [cause] : [])),
  );
  const transacted = new Set(events.map(({ id }) => id).filter((id) => !atOnce.has(id)));
  const transactions = new Transactions();
  for (const event of events) follow(event, transactions, transacted);
  return transactions.all;
}

/** The times in which something is down. What crashes while it is down stays down. */
export function gapsOf(events: readonly TraceEvent[]): readonly Gap[] {
  const gaps: Gap[] = [];
  for (const event of events) {
    const { happening, place } = event;
    if (happening.kind !== 'crashed' && happening.kind !== 'restarted') continue;
    const { what } = happening;
    const party = what === 'broker' ? what : (`${what}:${place.service}` as const);
    const open = gaps.findIndex((gap) => gap.party === party && gap.end === null);
    const gap = gaps[open];
    if (happening.kind === 'restarted' && gap) gaps[open] = { ...gap, end: event };
    if (happening.kind === 'crashed' && !gap) gaps.push({ party, what, start: event, end: null });
  }
  return gaps;
}

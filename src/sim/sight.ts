// What a person may see of a world between two steps: rows, messages, runs of handlers, locks,
// logs. Plain data. To look changes nothing.

import { heldBy, type Message } from './broker/index.ts';
import type { Database, SeenLock } from './database/index.ts';
import type { Execution } from './execution.ts';
import type { Inspection, LogRecord, MessageBody, Row, Xid } from './kernel/index.ts';
import type { Parts } from './parts.ts';
import { type Wait, waitsOf } from './waits.ts';

/** A row that a transaction has changed and neither committed nor rolled back. */
export interface OpenRow {
  /** As committed last; null if it was not there. */
  readonly before: Row | null;
  /** Null if it is deleted. */
  readonly now: Row | null;
  readonly transaction: number;
  /** Its branch is prepared: only the coordinator may decide. */
  readonly inDoubt: boolean;
}

export interface SeenTable {
  /** `database.table` */
  readonly name: string;
  /** The committed rows. */
  readonly rows: readonly Row[];
  readonly open: readonly OpenRow[];
  /** Which transactions hold locks on its rows, each row by its first column. */
  readonly locked: readonly {
    readonly transaction: number;
    readonly keys: readonly Row[string][];
  }[];
}

/** Where a message is: `prepared` if it belongs to a branch that is in doubt. */
export type Whereabouts = 'ready' | 'delayed' | 'given' | 'in-flight' | 'prepared';

export interface QueuedMessage {
  readonly id: number;
  readonly body: MessageBody;
  readonly state: Whereabouts;
  /** 1 at the first delivery. */
  readonly deliveryCount: number;
  /** Given to a consumer in vain once more, it becomes a dead letter. */
  readonly isLast: boolean;
  readonly originalQueue: string | null;
}

export interface SeenQueue {
  readonly queue: string;
  readonly messages: readonly QueuedMessage[];
}

/** A run of a handler that is under way. All of it dies with its process. */
export interface SeenRun {
  readonly execution: number;
  readonly service: string;
  readonly handler: string;
  readonly state: string;
  /** Its open transactions by the name of the database. */
  readonly transactions: Readonly<Record<string, number>>;
  /** Those it has set aside, the last one last. */
  readonly aside: readonly Readonly<Record<string, number>>[];
  /** What it has sent, and nobody can see before its session commits. */
  readonly sends: readonly { readonly queue: string; readonly body: MessageBody }[];
  readonly message: number | null;
  readonly waits: boolean;
}

/** A branch that is prepared: no crash ends it, only a decision. */
export interface SeenBranch {
  /** `xid/branchId` */
  readonly branch: string;
  /** A database, or `broker`. */
  readonly at: string;
  /** Its transaction at a database. */
  readonly transaction: number | null;
  /** The queues of what it sent: nobody can see that before it is committed. */
  readonly sends: readonly string[];
}

/** A coordinator's memory and disk. */
export interface SeenLog {
  readonly service: string;
  /** Forced to its disk. */
  readonly durable: readonly LogRecord[];
  /** In its memory only. */
  readonly volatile: MessageBody;
}

/** Locks of one kind, in the words of InnoDB's monitor, with the records they are on. */
export interface HeldLock {
  readonly database: string;
  readonly transaction: number;
  readonly text: string;
  readonly waiting: boolean;
}

export interface Sight {
  readonly atMs: number;
  /** Services, databases and `broker` that are down. */
  readonly down: readonly string[];
  readonly tables: readonly SeenTable[];
  readonly queues: readonly SeenQueue[];
  readonly runs: readonly SeenRun[];
  readonly locks: readonly HeldLock[];
  readonly waits: readonly Wait[];
  readonly inDoubt: readonly SeenBranch[];
  readonly logs: readonly SeenLog[];
}

/** What a database has inside; null while it is quiet, and there is nothing to see. */
type Look = { readonly inspection: Inspection; readonly locks: readonly SeenLock[] } | null;
type Looks = ReadonlyMap<string, Look>;

function looksOf({ databases, revisions }: Parts): Looks {
  const names = [...databases.keys()];
  return new Map(
    names.map((name) => {
      const { isQuiet, insight } = revisions.at(name);
      return [name, isQuiet ? null : { inspection: insight.inspect(), locks: insight.locks() }];
    }),
  );
}

function openRowsOf(database: Database, look: Look): ReadonlyMap<string, readonly OpenRow[]> {
  const prepared = new Set(
    database.transactions.flatMap(({ id, branch }) => (branch?.state === 'prepared' ? [id] : [])),
  );
  const byTable = new Map<string, OpenRow[]>();
  for (const { table, now, versions } of look?.inspection.chains ?? []) {
    const open = versions.filter(({ commit }) => commit === null);
    const [newest, oldest] = [open[0], open.at(-1)];
    if (!newest || !oldest) continue;
    const transaction = newest.writer;
    const row = { before: oldest.before, now, transaction, inDoubt: prepared.has(transaction) };
    byTable.set(table, [...(byTable.get(table) ?? []), row]);
  }
  return byTable;
}

/** What was seen of tables that nobody was changing, by their names. */
export type Remembered = Map<string, { readonly stamp: number; readonly table: SeenTable }>;

function tablesOf(parts: Parts, looks: Looks, remembered: Remembered): readonly SeenTable[] {
  return [...looks].flatMap(([name, look]) => {
    const database = parts.revisions.at(name);
    const open = openRowsOf(database, look);
    return [...database.tables.keys()].map((table): SeenTable => {
      const id = `${name}.${table}`;
      const stamp = database.stampOf(table);
      const known = remembered.get(id);
      if (!look && known?.stamp === stamp) return known.table;
      const own = new Map<number, Row[string][]>();
      for (const lock of look?.locks ?? []) {
        const isRecord = lock.index === 'PRIMARY' && lock.key !== null && lock.span !== 'gap';
        if (lock.table !== table || !isRecord || lock.waiting) continue;
        const keys = own.get(lock.transaction) ?? [];
        own.set(lock.transaction, keys);
        keys.push(lock.key?.[0] ?? null);
      }
      const seen = {
        name: id,
        rows: known?.stamp === stamp ? known.table.rows : database.committedRows(table),
        open: open.get(table) ?? [],
        locked: [...own].map(([transaction, keys]) => ({ transaction, keys })),
      };
      if (!look) remembered.set(id, { stamp, table: seen });
      return seen;
    });
  });
}

function queuesOf({ broker, clock, settings }: Parts): readonly SeenQueue[] {
  const [waiting, containers] = broker.queuesAndContainers();
  const given = new Set<number>();
  for (const { consumers } of containers.values()) {
    for (const { prefetched } of consumers) for (const { id } of prefetched) given.add(id);
  }
  const received = new Map<number, boolean>();
  for (const session of broker.sessions.all) {
    for (const { id } of heldBy(session)) received.set(id, session.prepared);
  }
  const stateOf = ({ id, held, availableAtMs }: Message): Whereabouts => {
    const inSession = received.get(id);
    if (inSession !== undefined) return inSession ? 'prepared' : 'in-flight';
    if (given.has(id)) return 'given';
    return held || availableAtMs > clock.nowMs ? 'delayed' : 'ready';
  };
  const names = new Set([...broker.queueNames, ...waiting.keys()]);
  return [...names].map((queue) => ({
    queue,
    messages: broker.messagesOf(queue).map((message) => ({
      id: message.id,
      body: message.body,
      state: stateOf(message),
      deliveryCount: message.redeliveries + 1,
      isLast: message.redeliveries >= settings.redeliveriesMax,
      originalQueue: message.originalQueue,
    })),
  }));
}

function runOf({ broker }: Parts, execution: Readonly<Execution>): SeenRun {
  const { id, service, handler, step, transactions, suspended, waiting } = execution;
  const { session, message } = execution;
  const open = session === null ? null : broker.sessions.find(session);
  return {
    execution: id,
    service: service.name,
    handler: handler.name,
    state: step.state,
    transactions,
    aside: suspended.map((one) => one.transactions),
    // Those of a prepared branch are no longer its own.
    sends: (open && !open.prepared ? open.sends : []).map(({ queue, body }) => ({ queue, body })),
    message: message?.id ?? null,
    waits: waiting !== null && !waiting.woken,
  };
}

function inDoubtAt({ databases, revisions, broker }: Parts): readonly SeenBranch[] {
  const named = ({ xid, branchId }: Xid): string => `${xid}/${branchId}`;
  const atDatabases = [...databases.keys()].flatMap((at) =>
    revisions.at(at).transactions.flatMap(({ id, branch }): readonly SeenBranch[] => {
      if (branch?.state !== 'prepared') return [];
      return [{ branch: named(branch.id), at, transaction: id, sends: [] }];
    }),
  );
  const atBroker = broker.sessions.all.flatMap(({ branch, prepared, sends }) => {
    if (!prepared || !branch) return [];
    const queues = sends.map(({ queue }) => queue);
    return [{ branch: named(branch), at: 'broker', transaction: null, sends: queues }];
  });
  return [...atDatabases, ...atBroker];
}

const RECORDS_SHOWN = 8;

// A statement without an index locks all it passes: locks of one kind are told together.
function locksOf(looks: Looks): readonly HeldLock[] {
  return [...looks].flatMap(([database, look]) => {
    const groups = new Map<string, Omit<HeldLock, 'text'> & { kind: string; records: string[] }>();
    for (const { transaction, text, waiting } of look?.inspection.locks ?? []) {
      const [, kind = text, record = ''] = /^(.*?): (.*)$/s.exec(text) ?? [];
      const key = `${transaction} ${waiting} ${kind}`;
      const group = groups.get(key) ?? { database, transaction, waiting, kind, records: [] };
      groups.set(key, group);
      group.records.push(record);
    }
    return [...groups.values()].map(({ kind, records, ...held }) => {
      const more = records.length > RECORDS_SHOWN ? ` … +${records.length - RECORDS_SHOWN}` : '';
      return { ...held, text: `${kind}: ${records.slice(0, RECORDS_SHOWN).join(' | ')}${more}` };
    });
  });
}

function logsOf({ scenario, logs, processes }: Parts): readonly SeenLog[] {
  return scenario.services
    .map(({ name }) => {
      return { service: name, durable: logs.read(name), volatile: processes.memoryOf(name) };
    })
    .filter(({ durable, volatile }) => durable.length > 0 || Object.keys(volatile).length > 0);
}

/** What a person may see of a world. */
export function sightOf(parts: Parts, remembered: Remembered): Sight {
  const { clock, scenario, databases, revisions, broker, processes, executions } = parts;
  revisions.bringAll();
  const looks = looksOf(parts);
  return {
    atMs: clock.nowMs,
    down: [
      ...scenario.services.map(({ name }) => name).filter((name) => !processes.isUp(name)),
      ...[...databases.keys()].filter((name) => !revisions.at(name).isUp),
      ...(broker.up ? [] : ['broker']),
    ],
    tables: tablesOf(parts, looks, remembered),
    queues: queuesOf(parts),
    runs: [...executions.all].map((execution) => runOf(parts, execution)),
    locks: locksOf(looks),
    waits: waitsOf(parts).filter(({ what }) => what !== 'consumer'),
    inDoubt: inDoubtAt(parts),
    logs: logsOf(parts),
  };
}

// What a person may see of a world between two steps: rows, messages, runs of handlers, locks,
// logs, and what can come next. Plain data. To look changes nothing.

import type { Message } from './broker/index.ts';
import { type Execution, pointOf } from './execution.ts';
import {
  type EffectKind,
  type LogRecord,
  type MessageBody,
  present,
  type Row,
  type Task,
} from './kernel/index.ts';
import type { Parts, Work } from './parts.ts';
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
  /** First columns of rows on which a transaction holds a lock. */
  readonly locked: readonly { readonly key: Row[string]; readonly transaction: number }[];
}

/** Where a message is: `prepared` if it belongs to a branch that is in doubt. */
export type Whereabouts = 'ready' | 'delayed' | 'given' | 'in-flight' | 'prepared';

export interface QueuedMessage {
  readonly id: number;
  readonly body: MessageBody;
  readonly state: Whereabouts;
  /** 1 at the first delivery. */
  readonly deliveryCount: number;
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
  /** What it has sent, and nobody can see before its session commits. */
  readonly sends: readonly { readonly queue: string; readonly body: MessageBody }[];
  readonly message: number | null;
  readonly waits: boolean;
}

/** A coordinator's memory and disk. */
export interface SeenLog {
  readonly service: string;
  /** Forced to its disk. */
  readonly durable: readonly LogRecord[];
  /** In its memory only. */
  readonly volatile: MessageBody;
}

/** A lock in the words of InnoDB's monitor. */
export interface HeldLock {
  readonly database: string;
  readonly transaction: number;
  readonly text: string;
  readonly waiting: boolean;
}

/** One thing that can come next. */
export interface Prospect {
  readonly option: number;
  readonly work: Work['kind'];
  /** A handler's state, a service, a resource. */
  readonly place: string;
  /** The effect that a run of a handler asks for there. */
  readonly effect: EffectKind | null;
  readonly execution: number | null;
  /** In so many ms; 0 if it is ready. */
  readonly inMs: number;
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
  readonly logs: readonly SeenLog[];
}

function openRowsOf(parts: Parts, name: string): ReadonlyMap<string, readonly OpenRow[]> {
  const database = parts.revisions.at(name);
  const prepared = new Set(
    database.transactions.flatMap(({ id, branch }) => (branch?.state === 'prepared' ? [id] : [])),
  );
  const byTable = new Map<string, OpenRow[]>();
  if (database.isQuiet) return byTable;
  for (const { table, now, versions } of database.insight.inspect().chains) {
    const open = versions.filter(({ commit }) => commit === null);
    const [newest, oldest] = [open[0], open.at(-1)];
    if (!newest || !oldest) continue;
    const transaction = newest.writer;
    const row = { before: oldest.before, now, transaction, inDoubt: prepared.has(transaction) };
    byTable.set(table, [...(byTable.get(table) ?? []), row]);
  }
  return byTable;
}

function tablesOf(parts: Parts): readonly SeenTable[] {
  return [...parts.databases.keys()].flatMap((name) => {
    const database = parts.revisions.at(name);
    const open = openRowsOf(parts, name);
    const locks = database.isQuiet ? [] : database.insight.locks();
    return [...database.tables.keys()].map((table): SeenTable => {
      const own = locks.filter((lock) => {
        const isRecord = lock.index === 'PRIMARY' && lock.key !== null && lock.span !== 'gap';
        return lock.table === table && isRecord && !lock.waiting;
      });
      return {
        name: `${name}.${table}`,
        rows: database.committedRows(table),
        open: open.get(table) ?? [],
        locked: own.map(({ key, transaction }) => ({ key: key?.[0] ?? null, transaction })),
      };
    });
  });
}

function queuesOf({ broker, clock }: Parts): readonly SeenQueue[] {
  const [waiting, containers] = broker.queuesAndContainers();
  const given = new Set<number>();
  for (const { consumers } of containers.values()) {
    for (const { prefetched } of consumers) for (const { id } of prefetched) given.add(id);
  }
  const received = new Map<number, boolean>();
  for (const { received: message, prepared } of broker.sessions.all) {
    if (message) received.set(message.id, prepared);
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
      originalQueue: message.originalQueue,
    })),
  }));
}

function runOf({ broker }: Parts, execution: Readonly<Execution>): SeenRun {
  const { id, service, handler, step, transactions, session, message, waiting } = execution;
  const open = session === null ? null : broker.sessions.find(session);
  return {
    execution: id,
    service: service.name,
    handler: handler.name,
    state: step.state,
    transactions,
    sends: (open?.sends ?? []).map(({ queue, body }) => ({ queue, body })),
    message: message?.id ?? null,
    waits: waiting !== null && !waiting.woken,
  };
}

function locksOf({ databases, revisions }: Parts): readonly HeldLock[] {
  return [...databases.keys()].flatMap((database) => {
    const { isQuiet, insight } = revisions.at(database);
    if (isQuiet) return [];
    return insight.inspect().locks.map((lock) => ({ database, ...lock }));
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
export function sightOf(parts: Parts): Sight {
  const { clock, scenario, databases, revisions, broker, processes, executions } = parts;
  revisions.bringAll();
  return {
    atMs: clock.nowMs,
    down: [
      ...scenario.services.map(({ name }) => name).filter((name) => !processes.isUp(name)),
      ...[...databases.keys()].filter((name) => !revisions.at(name).isUp),
      ...(broker.up ? [] : ['broker']),
    ],
    tables: tablesOf(parts),
    queues: queuesOf(parts),
    runs: [...executions.all].map((execution) => runOf(parts, execution)),
    locks: locksOf(parts),
    waits: waitsOf(parts).filter(({ what }) => what !== 'consumer'),
    logs: logsOf(parts),
  };
}

// Where a task that is no run of a handler happens.
function placeOf({ input, executions }: Parts, work: Work): string {
  switch (work.kind) {
    case 'start':
      return `${work.service}.process.starting`;
    case 'restart':
      return work.name;
    case 'request': {
      const { service, handler } = present(input.requests[work.index], 'a request');
      return `${service}.${handler}`;
    }
    case 'act': {
      const act = present(input.acts?.[work.index], 'an act');
      return 'database' in act ? act.database : act.queue;
    }
    case 'tick':
      return `${work.service}.${work.job}`;
    case 'invoke':
      return `${work.service}.${work.handler}`;
    case 'answer': {
      const caller = executions.see(work.caller.execution);
      return caller ? pointOf(caller) : '';
    }
    default:
      return '';
  }
}

/** What can come next, the default first. */
export function prospectsOf(parts: Parts, options: readonly Task<Work>[]): readonly Prospect[] {
  const { clock, executions } = parts;
  return options.map(({ work, dueMs }, option) => {
    const execution = 'execution' in work ? executions.see(work.execution) : null;
    return {
      option,
      work: work.kind,
      place: execution ? pointOf(execution) : placeOf(parts, work),
      effect: execution?.step.effect?.kind ?? null,
      execution: execution?.id ?? null,
      inMs: Math.max(0, dueMs - clock.nowMs),
    };
  });
}

// What an effect reads and changes, as names of a footprint: tables, queues, memories, logs. When
// in doubt it says more than is true: then fewer steps may be swapped, which costs only time.

import { heldBy } from './broker/index.ts';
import { type Execution, transactionOf } from './execution.ts';
import type { Effect, Footprint } from './kernel/index.ts';
import type { Parts } from './parts.ts';
import { databaseNamed } from './perform-sql.ts';

type Asked<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

/** Notes what the effect an execution asks for will touch, if anybody wants to know. */
export function touch(parts: Parts, execution: Execution, effect: Effect): void {
  const { footprint, processes } = parts;
  if (!footprint) return;
  const { name } = execution.service;
  switch (effect.kind) {
    case 'sql':
      touchStatement(parts, footprint, execution, effect);
      break;
    case 'commit':
    case 'rollback':
      if (effect.branch) footprint.everything = true;
      else if (effect.resource === 'session') touchSession(parts, execution);
      else touchChanges(parts, footprint, execution, effect);
      break;
    case 'receive':
    case 'uuid':
    case 'note':
    case 'reply':
    case 'throw':
    case 'begin':
    case 'savepoint':
    case 'release':
    case 'suspend':
      break;
    case 'send':
      if (effect.transacted === false) footprint.writes.add(`queue ${effect.queue}`);
      break;
    // Should it have to wait, it touches more: whoever performs it says so.
    case 'poll':
      footprint.writes.add(`queue ${effect.queue}`);
      break;
    case 'keep':
      footprint.writes.add(`memory ${name}`);
      break;
    case 'recall':
      footprint.reads.add(`memory ${name}`);
      break;
    case 'call':
      footprint.reads.add(`process ${effect.service} ${processes.isUp(effect.service)}`);
      break;
    case 'log':
      footprint.writes.add(`log ${name}`);
      break;
    case 'read-log':
      footprint.reads.add(`log ${name}`);
      break;
    default:
      footprint.everything = true;
  }
}

// A plain read of a transaction may fix what it sees of the whole database.
function touchStatement(
  { databases }: Parts,
  { reads, writes }: Footprint,
  execution: Execution,
  effect: Asked<'sql'>,
): void {
  const name = databaseNamed(execution, effect);
  const database = databases.get(name);
  if (!database) return;
  const { footprint } = database.store.compile(effect.sql);
  for (const table of database.tables.keys()) reads.add(`${name}.${table}`);
  for (const table of [footprint.target, ...footprint.related]) {
    if (table !== null) writes.add(`${name}.${table}`);
  }
}

// What it has changed can be seen now, or is as before; what it has locked is free.
function touchChanges(
  { databases }: Parts,
  { writes }: Footprint,
  execution: Execution,
  effect: Asked<'commit' | 'rollback'>,
): void {
  const name = databaseNamed(execution, effect);
  const own = transactionOf(execution, name);
  const transaction = own === null ? null : databases.get(name)?.find(own);
  if (!transaction) return;
  const { undo, intentions } = transaction;
  for (const table of [...undo.map((record) => record.table), ...intentions.keys()]) {
    writes.add(`${name}.${table}`);
  }
}

/** Notes what the end of a session touches: what it sent appears, who gave what it took is free. */
export function touchSession({ broker, footprint }: Parts, { session }: Execution): void {
  const open = session === null ? null : broker.sessions.find(session);
  if (!open || !footprint) return;
  for (const { queue } of [...open.sends, ...heldBy(open)]) footprint.writes.add(`queue ${queue}`);
}

// The state of a world as a text for a search: two states that go on alike should have the same,
// and two that do not must not. So names that are only names (numbers of transactions, messages,
// executions, consumers) are replaced by what they name, and times count from now.

import { type Broker, heldBy, type Message } from './broker/index.ts';
import type { Database } from './database/index.ts';
import type { Execution } from './execution.ts';
import type { Executor } from './executor.ts';
import { faultText } from './faults/index.ts';
import { present, type Task } from './kernel/index.ts';
import type { Onlookers } from './onlookers.ts';
import type { Parts, Work } from './parts.ts';
import { standingOf } from './takers.ts';

// Texts of values that never change, made once.
const texts = new WeakMap<object, string>();
function textOf(value: object): string {
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    texts.set(value, text);
  }
  return text;
}

/** How long until then, in ms; 0 for what is past. */
export const later = (atMs: number, nowMs: number): number => Math.max(0, atMs - nowMs);

function messageText(message: Message, nowMs: number): string {
  const { queue, body, redeliveries, availableAtMs, held, originalQueue } = message;
  const waits = later(availableAtMs, nowMs);
  return `${queue} ${textOf(body)} ${redeliveries} ${waits} ${held} ${originalQueue ?? ''}`;
}

/** Gives each execution the name by which the others speak of it. */
type Names = ReadonlyMap<number, number>;

// What an execution is by itself, without the numbers it has for other things.
function executionText(execution: Execution, parts: Parts): string {
  const { broker, clock, databases } = parts;
  const { service, handler, step, message, session, waiting, caller, failure } = execution;
  const { nowMs } = clock;
  const open = session === null ? null : broker.sessions.find(session);
  const sends = open?.sends.map(({ queue, body, twist }) => {
    return `${queue}${textOf(body)}${JSON.stringify(twist)}`;
  });
  const all = [execution, ...execution.suspended];
  const transactions = all.map((one) => {
    const own = Object.entries(one.transactions);
    const left = later(one.deadlineMs, nowMs);
    return [left, own.map(([name, id]) => [name, databases.get(name)?.find(id) !== null])];
  });
  const waits = waiting && [
    waiting.awaited.kind,
    waiting.woken,
    waiting.after.map(faultText),
    'queue' in waiting.awaited ? waiting.awaited.queue : null,
    // One who waits for a message stands in a line; one who was given it has it.
    waiting.awaited.kind === 'message' && !waiting.woken && standingOf(parts, waiting.awaited),
    waiting.taken && [
      messageText(waiting.taken.message, nowMs),
      broker.sessions.isOpen(waiting.taken.session),
    ],
  ];
  const own = [execution.request, execution.names, execution.reply, failure, caller !== null];
  return [
    `${service.name}.${handler.name}.${step.state}`,
    textOf((step.context ?? {}) as object),
    message ? messageText(message, nowMs) : '',
    session === null ? 'none' : open ? `${sends}${JSON.stringify(open.branch)}` : 'lost',
    open?.taken.map((message) => messageText(message, nowMs)).join('<') ?? '',
    JSON.stringify([transactions, waits, own]),
  ].join('|');
}

function brokerText(broker: Broker, nowMs: number, tellsOrder: boolean): string {
  const { queues, containers, sessions, up } = broker.mark();
  const lines = [String(up)];
  // Should a consumer die, what it was given returns in the order in which it was sent.
  for (const queue of tellsOrder ? broker.queueNames : []) {
    const all = broker.messagesOf(queue);
    if (all.length > 1) lines.push(all.map((message) => messageText(message, nowMs)).join('<'));
  }
  for (const messages of queues.messages.values()) {
    for (const message of messages) lines.push(messageText(message, nowMs));
  }
  // Whose container opened first makes no difference.
  const byId = [...containers].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [id, { consumers, idle }] of byId) {
    lines.push(`${id} ${idle.length}`);
    consumers.forEach(({ prefetched, pausedUntilMs }, at) => {
      const pauseMs = later(pausedUntilMs, nowMs);
      if (prefetched.length === 0 && pauseMs === 0) return;
      const given = prefetched.map((message) => messageText(message, nowMs));
      lines.push(`${idle.indexOf(at)} ${pauseMs} ${given}`);
    });
  }
  for (const session of sessions.byId.values()) {
    const { branch, prepared, sends } = session;
    if (!prepared) continue;
    const given = heldBy(session).map((message) => messageText(message, nowMs));
    lines.push(JSON.stringify([branch, given, sends]));
  }
  return lines.join('\n');
}

function databaseText(parts: Parts, name: string, database: Database, names: Names): string {
  const rows = database.store.contents.all().map(({ hash }) => hash);
  const open = database.isQuiet
    ? ''
    : JSON.stringify(database.openState(namedBy(name, parts, names)));
  return `${name} ${database.isUp} ${rows} ${open}`;
}

/** What a transaction is called by the execution it belongs to; one that nobody has, by its branch. */
function namedBy(database: string, parts: Parts, names: Names): (id: number) => string {
  const owners = new Map<number, string>();
  for (const execution of parts.executions.all) {
    const name = names.get(execution.id) ?? -1;
    [execution, ...execution.suspended].forEach(({ transactions }, at) => {
      const own = transactions[database];
      if (own !== undefined) owners.set(own, `${name}/${at}`);
    });
    const { waiting } = execution;
    if (waiting?.awaited.kind === 'lock' && waiting.awaited.database === database) {
      owners.set(waiting.awaited.transaction, `${name}/waits`);
    }
  }
  return (id) => owners.get(id) ?? 'nobody';
}

function taskText({ work, dueMs }: Task<Work>, parts: Parts, names: Names): string {
  const dueInMs = later(dueMs, parts.clock.nowMs);
  switch (work.kind) {
    case 'step':
    case 'resume':
    case 'give-up':
      return `${work.kind} ${names.get(work.execution)} ${dueInMs}`;
    case 'invoke': {
      const { service, handler, body, caller } = work;
      return `${service}.${handler} ${textOf(body)} ${callerText(caller, parts, names)} ${dueInMs}`;
    }
    case 'answer':
      return `${JSON.stringify(work.answer)} ${callerText(work.caller, parts, names)} ${dueInMs}`;
    default:
      return `${JSON.stringify(work)} ${dueInMs}`;
  }
}

// Whoever has given up waiting does not hear the answer: to whom it goes makes no difference then.
function callerText(caller: Execution['caller'], { executions }: Parts, names: Names): string {
  const waits = caller && executions.see(caller.execution)?.waiting?.timer === caller.timer;
  return waits ? String(names.get(caller.execution)) : 'nobody';
}

/** The state of a world, as a text. */
export function stateOf(
  parts: Parts,
  executor: Executor,
  onlookers: Onlookers,
  tellsOrder: boolean,
): string {
  const { clock, databases, revisions, broker, processes, logs, agenda } = parts;
  revisions.bringAll();
  const executions = [...parts.executions.all]
    .map((execution) => ({ execution, text: executionText(execution, parts) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const names = new Map(executions.map(({ execution }, at) => [execution.id, at]));
  const callers = executions.map(({ execution }) => callerText(execution.caller, parts, names));
  const steps = agenda.tasks.filter(({ timer }) => !timer);
  const timers = agenda.tasks.filter(({ timer }) => timer);
  return [
    `${clock.nowMs} ${executor.names}`,
    ...executions.map(({ text }) => text),
    callers.join(),
    ...steps.map((task) => taskText(task, parts, names)).sort(),
    ...timers.map((task) => taskText(task, parts, names)),
    ...[...databases].map(([name, database]) => databaseText(parts, name, database, names)),
    brokerText(broker, clock.nowMs, tellsOrder),
    JSON.stringify([processes.state(), logs.state()]),
    onlookers.text(),
  ].join('\n');
}

/** What an option is called, in full. */
export function optionText(task: Task<Work>, parts: Parts): string {
  const { work } = task;
  if (!('execution' in work)) return taskText(task, parts, new Map());
  const execution = present(parts.executions.see(work.execution), 'a run that goes on');
  parts.revisions.bringAll();
  const caller = execution.caller && parts.executions.see(execution.caller.execution);
  const asked = caller ? executionText(caller, parts) : '';
  const dueInMs = later(task.dueMs, parts.clock.nowMs);
  return `${work.kind} ${executionText(execution, parts)} ${asked} ${dueInMs}`;
}

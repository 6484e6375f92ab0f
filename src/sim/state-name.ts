// A quick name for a state: what it is made of has been named before, most of it, and the names are
// put together. Only where every run of a handler is still at its beginning and every database is
// quiet; else the text of the state is hashed. A test holds both against each other.

import { type Container, heldBy, type Message } from './broker/index.ts';
import type { Execution } from './execution.ts';
import { hashOf, Mixer, type Task } from './kernel/index.ts';
import type { Parts, Work } from './parts.ts';
import { later, optionText } from './state.ts';

// Names of values that never change, made once.
const names = new WeakMap<object, number>();

function nameOf(value: object, textOf: () => string): number {
  let name = names.get(value);
  if (name === undefined) {
    name = hashOf(textOf());
    names.set(value, name);
  }
  return name;
}

const jsonName = (value: object): number => nameOf(value, () => JSON.stringify(value));

/** The name of a run of a listener that has done nothing yet; null if it is no such run. */
export function freshName(execution: Readonly<Execution>, { broker }: Parts): number | null {
  const { begun, message, session, step, service, handler } = execution;
  if (begun || !message || session === null || !broker.sessions.isOpen(session)) return null;
  const mixer = new Mixer();
  mixer.add(nameOf(step, () => `${service.name}.${handler.name} ${JSON.stringify(step.context)}`));
  mixer.add(jsonName(message.body));
  return withMessage(mixer.hash, message);
}

/** A name, and what a message is beside its content. */
function withMessage(name: number, { redeliveries, held, originalQueue }: Message): number {
  if (redeliveries === 0 && !held && originalQueue === null) return name;
  const mixer = new Mixer();
  mixer.add(name);
  mixer.add(2 * redeliveries + (held ? 1 : 0));
  if (originalQueue !== null) mixer.add(hashOf(originalQueue));
  return mixer.hash;
}

function messageName(message: Message, nowMs: number): number | null {
  if (message.availableAtMs > nowMs) return null;
  const { queue, body } = message;
  const mixer = new Mixer();
  mixer.add(jsonName(body));
  mixer.add(queueName(queue));
  return withMessage(mixer.hash, message);
}

const queueNames = new Map<string, number>();

function queueName(queue: string): number {
  let name = queueNames.get(queue);
  if (name === undefined) {
    name = hashOf(queue);
    queueNames.set(queue, name);
  }
  return name;
}

/** The name of a container; null if a consumer of it pauses. */
function containerName(id: string, { idle, consumers }: Container, nowMs: number): number | null {
  const mixer = new Mixer();
  mixer.add(queueName(id));
  mixer.add(idle.length);
  for (const [at, { prefetched, pausedUntilMs }] of consumers.entries()) {
    if (pausedUntilMs > nowMs) return null;
    if (prefetched.length === 0) continue;
    mixer.add(idle.indexOf(at) + 1);
    for (const message of prefetched) mixer.add(messageName(message, nowMs) ?? 0);
  }
  return mixer.hash;
}

/** Adds what a broker holds; false if something in it waits for a time. */
function addBroker(parts: Parts, mixer: Mixer, tellsOrder: boolean): boolean {
  const {
    broker,
    clock: { nowMs },
  } = parts;
  const [queues, containers] = broker.queuesAndContainers();
  mixer.add(broker.up ? 1 : 2);
  let queue = 0;
  for (const messages of queues.values()) {
    queue += 1;
    if (messages.length === 0) continue;
    mixer.add(queue);
    for (const message of messages) {
      const name = messageName(message, nowMs);
      if (name === null) return false;
      mixer.add(name);
    }
  }
  for (const [id, container] of containers) {
    const name = containerName(id, container, nowMs);
    if (name === null) return false;
    mixer.addUnordered(name);
  }
  const received: Message[] = [];
  for (const session of broker.sessions.all) {
    if (session.prepared) return false;
    received.push(...heldBy(session));
  }
  return !tellsOrder || addOrder(parts, received, mixer);
}

// Should a consumer die, what it was given returns in the order in which it was sent.
function addOrder({ broker, clock }: Parts, received: readonly Message[], mixer: Mixer): boolean {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const { queue } of received) (seen.has(queue) ? several : seen).add(queue);
  const [queues, containers] = broker.queuesAndContainers();
  for (const [queue, waiting] of queues)
    if (waiting.length > 0 && seen.has(queue)) several.add(queue);
  for (const { queue, consumers } of containers.values()) {
    if (consumers.some(({ prefetched }) => prefetched.length > 0)) several.add(queue);
  }
  for (const queue of broker.queueNames) {
    if (!several.has(queue)) continue;
    mixer.add(queueName(queue));
    for (const message of broker.messagesOf(queue)) {
      const name = messageName(message, clock.nowMs);
      if (name === null) return false;
      mixer.add(name);
    }
  }
  return true;
}

function addTask({ work, dueMs, timer }: Task<Work>, nowMs: number, mixer: Mixer): boolean {
  if (work.kind === 'invoke' || work.kind === 'answer' || 'execution' in work) return false;
  if (timer) {
    mixer.add(jsonName(work));
    mixer.add(later(dueMs, nowMs));
    return true;
  }
  if (dueMs > nowMs) return false;
  mixer.addUnordered(jsonName(work));
  return true;
}

/** Adds the runs that are to begin, and all else that is still to happen. */
function addTasks(parts: Parts, mixer: Mixer): boolean {
  const { agenda, executions, clock } = parts;
  let runs = 0;
  for (const task of agenda.tasks) {
    const { work, timer } = task;
    const execution = work.kind === 'step' && !timer ? executions.see(work.execution) : null;
    if (!execution) {
      if (!addTask(task, clock.nowMs, mixer)) return false;
      continue;
    }
    const name = freshName(execution, parts);
    if (name === null || task.dueMs > clock.nowMs) return false;
    runs += 1;
    mixer.addUnordered(name);
  }
  return runs === executions.count;
}

function addDatabases({ databases, revisions }: Parts, mixer: Mixer): boolean {
  for (const name of databases.keys()) {
    const revision = revisions.of(name);
    if (!revision) return false;
    mixer.add(revision.name);
  }
  return true;
}

/** What an option is called among all options of all states. */
export function optionName(task: Task<Work>, parts: Parts, tellsOrder: boolean): string {
  const { work } = task;
  const execution = work.kind === 'step' ? parts.executions.see(work.execution) : null;
  const name = execution && freshName(execution, parts);
  if (!execution || name === null) return optionText(task, parts);
  const dueInMs = later(task.dueMs, parts.clock.nowMs);
  return `run ${name} ${tellsOrder ? rankOf(execution, parts) : ''} ${dueInMs}`;
}

/** As `optionName`, a number of 53 bits. */
export function optionHash(task: Task<Work>, parts: Parts, tellsOrder: boolean): number {
  const { work } = task;
  const execution = work.kind === 'step' ? parts.executions.see(work.execution) : null;
  const name = execution && freshName(execution, parts);
  if (!execution || name === null) return hashOf(optionText(task, parts));
  const mixer = new Mixer();
  mixer.add(name);
  if (tellsOrder) mixer.add(rankOf(execution, parts));
  mixer.add(later(task.dueMs, parts.clock.nowMs));
  return mixer.hash;
}

/** Its message's place among those of its queue: of two that are alike, one comes first. */
function rankOf({ message }: Readonly<Execution>, { broker }: Parts): number {
  if (!message) return 0;
  let rank = 0;
  for (const { received } of broker.sessions.all) {
    if (received?.queue === message.queue && received.position < message.position) rank += 1;
  }
  return rank;
}

/** The name of a world's state, 53 bits; null where only its text will do. */
export function quickName(parts: Parts, made: number, tellsOrder: boolean): number | null {
  const { clock, processes, logs } = parts;
  const mixer = new Mixer();
  mixer.add(clock.nowMs);
  mixer.add(made);
  const simple =
    addTasks(parts, mixer) && addDatabases(parts, mixer) && addBroker(parts, mixer, tellsOrder);
  if (!simple) return null;
  mixer.add(nameOf(processes.mark(), () => JSON.stringify(processes.state())));
  const records = logs.mark();
  mixer.add(nameOf(records, () => JSON.stringify([...records])));
  return mixer.hash;
}

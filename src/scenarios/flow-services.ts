// Services whose behaviour is written as flows: each flow in the transaction manager that it names,
// by the same words as the scenarios that are written as code.

import {
  bestEffortListener,
  fork,
  globalHandler,
  type Handler,
  type Job,
  type ManagedMethod,
  managedHandler,
  managedJob,
  managedListener,
  recoveryMachine,
  type Service,
  type States,
  step,
  synchronizedHandler,
  type Unit,
} from '../sim/index.ts';
import type { FileData, HandlerData, ServiceData, TransactionWord } from './flow-shape.ts';
import { answerOf, type Hand, type Surroundings, statesOf } from './flow-states.ts';
import { type Laid, type Layout, layOut } from './flow-steps.ts';
import type { Path } from './yaml-source.ts';

/** How a handler is reached. */
type Role = 'entries' | 'listeners' | 'jobs';
const ROLES: readonly Role[] = ['entries', 'listeners', 'jobs'];

/** A handler of a file, laid out. */
export interface FlowHandler {
  readonly service: string;
  readonly name: string;
  readonly role: Role;
  readonly path: Path;
  readonly word: TransactionWord;
  readonly databases: readonly string[];
  readonly layout: Layout;
}

/** Whether a transaction manager is nothing without a database. */
export const needsDatabase = (word: TransactionWord): boolean => word !== 'none';

/** The databases of a service; without a word, the one of its own name, or else the only one. */
function databasesOf(name: string, data: ServiceData, file: FileData): readonly string[] {
  if (data.databases !== undefined) return [data.databases].flat();
  return Object.hasOwn(file.databases, name) ? [name] : [];
}

function usualWord(role: Role, databases: readonly string[]): TransactionWord {
  if (databases.length === 0) return 'none';
  return role === 'listeners' ? 'best-effort' : 'local';
}

interface Wrapped {
  readonly id: string;
  readonly role: Role;
  readonly word: TransactionWord;
  readonly first: string;
  readonly states: States;
  /** Those the flow uses, in the order of their first use; the service's first if it uses none. */
  readonly databases: readonly string[];
  /** Whether it sends or receives. */
  readonly speaks: boolean;
  /** The service's first database. */
  readonly home: string | undefined;
}

/** Whether a step is one of those a JMS session is for. */
const usesSession = ({ kind }: Laid): boolean => kind === 'send' || kind === 'receive';

/** Where a flow's `end` is, by who keeps its transaction. */
const endOf = (role: Role, word: TransactionWord): string =>
  role === 'listeners' && word === 'best-effort' ? 'committing' : 'returned';

const unit = (name: string, database: string): Unit => ({ name, kind: 'jdbc', database });
const SESSION: Unit = { name: 'session', kind: 'jms' };
const opening: States = { opening: step<Hand, 'open'>('open', {}, 'called') };

function unitsOf({ word, databases, role, speaks, home }: Wrapped): readonly Unit[] {
  if (word === 'none' || home === undefined) return [];
  if (word !== 'chained') return [unit('', home)];
  const units = databases.map((database) => unit(database, database));
  // A listener's session is its container's, and ends after all of them.
  return speaks && role !== 'listeners' ? [SESSION, ...units] : units;
}

function globalMachine({ id, role, databases, first, states, speaks }: Wrapped) {
  const listens = role === 'listeners';
  const after = speaks && !listens ? ['session'] : [];
  const used = [...(listens ? ['session'] : []), ...databases, ...after];
  // Where it has none, that is a mistake which is told; its states are asked for all the same.
  const participants = used.length > 0 ? used : ['session'];
  return globalHandler<Hand>(id, { participants, listens, first, states, reply: answerOf });
}

function machineOf(wrapped: Wrapped) {
  const { id, role, word, first, states, speaks } = wrapped;
  if (word === 'xa') return globalMachine(wrapped);
  const follows = word === 'best-effort' && speaks;
  const units = unitsOf(wrapped);
  const method: ManagedMethod<Hand> = { units, first, states, reply: answerOf };
  const synchronized = { ...method, ...(follows && { before: opening }) };
  switch (role) {
    case 'listeners': {
      if (word === 'best-effort') return bestEffortListener(id, { first, states });
      return managedListener<Hand>(id, method);
    }
    case 'entries':
      return follows ? synchronizedHandler(id, synchronized) : managedHandler(id, method);
    case 'jobs':
      return managedJob(id, synchronized, follows);
  }
}

function wrappedOf(
  { service, name, role, word, databases: own }: Omit<FlowHandler, 'layout' | 'path'>,
  steps: readonly Laid[],
  { first, states }: { readonly first: string; readonly states: States },
): Wrapped {
  const [home] = own;
  const used = steps.flatMap(({ kind, data }) =>
    kind === 'sql' ? (data.database ?? home ?? []) : [],
  );
  const speaks = steps.some(usesSession);
  const databases = used.length > 0 ? [...new Set(used)] : own.slice(0, 1);
  return { id: `${service}.${name}`, role, word, first, states, databases, speaks, home };
}

/** The names of the states that a transaction manager has itself, whatever the flow. */
function managersOwn(handler: Omit<FlowHandler, 'layout' | 'path'>, speaks: boolean) {
  const first = '$flow';
  const states = { [first]: fork<Hand>([endOf(handler.role, handler.word)]) };
  const wrapped = { ...wrappedOf(handler, [], { first, states }), speaks };
  const machine = machineOf({ ...wrapped, databases: handler.databases });
  return new Set(Object.keys(machine.config.states ?? {}));
}

/** Lays out every flow of a file. */
export function handlersIn(file: FileData): readonly FlowHandler[] {
  return Object.entries(file.services).flatMap(([service, data]) => {
    const databases = databasesOf(service, data, file);
    return ROLES.flatMap((role) =>
      Object.entries<HandlerData>(data[role]).map(([name, { transaction, flow }]) => {
        const path = ['services', service, role, name];
        const word = transaction ?? usualWord(role, databases);
        const handler = { service, name, role, word, databases };
        const own = new Set([true, false].flatMap((speaks) => [...managersOwn(handler, speaks)]));
        const isTaken = (state: string) => own.has(state) || state.startsWith('if-');
        return { ...handler, path, layout: layOut(flow, [...path, 'flow'], isTaken) };
      }),
    );
  });
}

/** The fields of all messages that flows send to a queue. */
export function fieldsSent(handlers: readonly FlowHandler[], queue: string): readonly string[] {
  const steps = handlers.flatMap(({ layout }) => layout.steps);
  const sent = steps.filter(({ data }) => data.send === queue);
  return [...new Set(sent.flatMap(({ data }) => Object.keys(data.body ?? {})))];
}

/** What is known of statements and queues. */
type Known = Pick<Surroundings, 'columnsOf' | 'fieldsOf'>;

/**
 * Whether messages leave, and are acknowledged, with a session: the manager's, or the one the flow
 * ends itself.
 */
function isTransacted({ role, word, layout }: FlowHandler): boolean {
  const ends = layout.steps.some(({ data }) => data.commit === 'session');
  return role === 'listeners' || !['local', 'none'].includes(word) || ends;
}

function handlerOf(handler: FlowHandler, known: Known): Handler {
  const { role, word, layout, databases, name } = handler;
  const [database] = databases;
  const transacted = isTransacted(handler);
  const around = { end: endOf(role, word), transacted, database, ...known };
  const body = statesOf(layout.first, layout.steps, around);
  return { name, machine: machineOf(wrappedOf(handler, layout.steps, body)) };
}

/** The parameter that says how long a job pauses: its own, unless it names one. */
export function delayParameter(service: string, job: string, every: number | string): string {
  if (typeof every === 'string') return every.replace(/^:/, '');
  const camel = (text: string) => text.replace(/[-_]+(\w)/g, (_, letter) => letter.toUpperCase());
  const own = camel(job);
  return `${camel(service)}${own.charAt(0).toUpperCase()}${own.slice(1)}Ms`;
}

/** The job that ends what is in doubt, and its parameter. */
export const RECOVERY = { name: 'recovery', delayParameter: 'recoveryDelayMs', afterMs: 10_000 };

const UNFINISHED = `SELECT xid FROM xa.branches UNION ALL
  SELECT l.xid FROM xa.log l WHERE l.decision = 'commit'
    AND NOT EXISTS (SELECT 1 FROM xa.log e WHERE e.xid = l.xid AND e.decision <> 'commit')`;

/** What its coordinator must ask, should it die: none for a service without global transactions. */
export function participantsOf(handlers: readonly FlowHandler[]): readonly string[] {
  const global = handlers.filter(({ word }) => word === 'xa');
  const speaks = global.some(({ role, layout }) => {
    return role === 'listeners' || layout.steps.some(usesSession);
  });
  return [...(speaks ? ['session'] : []), ...(global[0]?.databases ?? [])];
}

function recoveryOf(service: string, handlers: readonly FlowHandler[]): readonly Job[] {
  const participants = participantsOf(handlers);
  if (participants.length === 0) return [];
  const { name, delayParameter: delay, afterMs } = RECOVERY;
  const machine = recoveryMachine(`${service}.${name}`, { participants, afterMs });
  return [{ name, machine, delayParameter: delay, waitsFor: UNFINISHED }];
}

/** The services of a file, from its flows. */
export function servicesOf(
  file: FileData,
  handlers: readonly FlowHandler[],
  columnsOf: Surroundings['columnsOf'],
): readonly Service[] {
  const known = { columnsOf, fieldsOf: (queue: string) => fieldsSent(handlers, queue) };
  return Object.entries(file.services).map(([name, data]) => {
    const own = handlers.filter(({ service }) => service === name);
    const of = (role: Role) =>
      own.filter((one) => one.role === role).map((one) => handlerOf(one, known));
    const jobs = of('jobs').map((handler): Job => {
      const { every = 0, waitsFor = '' } = data.jobs[handler.name] ?? {};
      return { ...handler, waitsFor, delayParameter: delayParameter(name, handler.name, every) };
    });
    return {
      name,
      databases: databasesOf(name, data, file),
      entries: of('entries'),
      listeners: of('listeners').map((handler) => {
        return { ...handler, queue: data.listeners[handler.name]?.queue ?? '' };
      }),
      jobs: [...jobs, ...recoveryOf(name, own)],
    };
  });
}

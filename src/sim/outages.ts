// Crashes and restarts: of a service, a database, the broker. What dies with each, and what comes
// back by itself.

import { breakCall } from './calls.ts';
import type { Execution, Executions } from './execution.ts';
import { BugError } from './kernel/index.ts';
import { after, databaseOf, NOWHERE, note, type Parts, serviceOf } from './parts.ts';
import type { Listener, Service } from './scenario.ts';
import { noteSessionEnd } from './sessions.ts';

const containerId = (service: Service, listener: Listener): string =>
  `${service.name}.${listener.name}`;

/** The service and listener a container belongs to. */
export function containerOf(parts: Parts, id: string): { service: Service; listener: Listener } {
  for (const service of parts.scenario.services) {
    for (const listener of service.listeners) {
      if (containerId(service, listener) === id) return { service, listener };
    }
  }
  throw new BugError(`no container ${id}`);
}

function subscribe({ broker, clock, settings, input }: Parts, service: Service): void {
  for (const listener of service.listeners) {
    const { onlyIf } = listener;
    if (onlyIf && !onlyIf.is.includes(input.parameters[onlyIf.parameter] ?? null)) continue;
    const id = containerId(service, listener);
    broker.subscribe(id, listener.queue, settings.consumers, clock.nowMs);
  }
}

/** Starts a service's process: it subscribes, and its jobs run for the first time. */
export function startService(parts: Parts, name: string, again: boolean, cause: number | null) {
  const service = serviceOf(parts, name);
  parts.processes.start(name);
  if (again) {
    note(parts, { ...NOWHERE, service: name }, { kind: 'restarted', what: 'service' }, cause);
  }
  if (parts.broker.up) subscribe(parts, service);
  for (const job of service.jobs) {
    after(parts, 0, { kind: 'tick', service: name, job: job.name }, cause);
  }
}

/** The connections of a run drop: what is open is rolled back, what is prepared stays. */
function dropConnections(parts: Parts, execution: Execution, cause: number): void {
  const place = { ...NOWHERE, service: execution.service.name };
  const awaited = execution.waiting?.awaited;
  const waits = awaited?.kind === 'lock' ? [[awaited.database, awaited.transaction] as const] : [];
  const all = [execution, ...execution.suspended];
  const open = all.flatMap(({ transactions }) => Object.entries(transactions));
  for (const [name, transaction] of [...waits, ...open]) {
    const database = databaseOf(parts, name);
    if (!database.find(transaction)) continue;
    database.disconnect(transaction);
    if (database.find(transaction)) continue;
    const ended = { kind: 'rolled-back', resource: 'database', database: name } as const;
    note(parts, place, { ...ended, transaction }, cause);
  }
  const { broker, clock } = parts;
  for (const id of [execution.session, execution.waiting?.taken?.session ?? null]) {
    const session = id === null ? null : broker.sessions.find(id);
    // That of a container ends with its container.
    if (!session || session.container !== null || session.prepared) continue;
    const end = broker.rollback(session.id, clock.nowMs, cause);
    if (end) noteSessionEnd(parts, place, end, cause);
  }
}

/**
 * A service's process dies: its memory is lost, its connections drop (open transactions roll back,
 * what it did not acknowledge returns), and it starts again after `restartMs`.
 */
export function crashService(
  parts: Parts,
  executions: Executions,
  name: string,
  restartMs: number,
  cause: number | null,
): void {
  const service = serviceOf(parts, name);
  const place = { ...NOWHERE, service: name };
  const crash = note(parts, place, { kind: 'crashed', what: 'service' }, cause);
  parts.processes.crash(name);
  parts.agenda.removeWhere((work) => work.kind === 'tick' && work.service === name);
  for (const execution of executions.where((one) => one.service.name === name)) {
    executions.delete(execution.id);
    parts.agenda.removeWhere((work) => 'execution' in work && work.execution === execution.id);
    dropConnections(parts, execution, crash);
    breakCall(parts, execution, crash);
  }
  for (const listener of service.listeners) {
    for (const end of parts.broker.drop(containerId(service, listener), crash)) {
      noteSessionEnd(parts, place, end, crash);
    }
  }
  parts.agenda.removeWhere((work) => work.kind === 'start' && work.service === name);
  after(parts, restartMs, { kind: 'start', service: name, again: true }, crash);
}

// What crashes again comes back as the last crash says, not as an earlier one did.
function forgetRestart({ agenda }: Parts, name: string): void {
  agenda.removeWhere((work) => work.kind === 'restart' && work.name === name);
}

/** A database stops: open transactions are undone, connections drop. */
export function crashDatabase(parts: Parts, name: string, restartMs: number, cause: number | null) {
  const place = { ...NOWHERE, service: name };
  const crash = note(parts, place, { kind: 'crashed', what: 'database' }, cause);
  databaseOf(parts, name).crash();
  forgetRestart(parts, name);
  after(parts, restartMs, { kind: 'restart', what: 'database', name }, crash);
}

/** The broker stops: sessions end, persistent messages stay, delivery counts are forgotten. */
export function crashBroker(parts: Parts, restartMs: number, cause: number | null): void {
  const crash = note(parts, NOWHERE, { kind: 'crashed', what: 'broker' }, cause);
  parts.broker.crash(crash);
  forgetRestart(parts, 'broker');
  after(parts, restartMs, { kind: 'restart', what: 'broker', name: 'broker' }, crash);
}

/** A database or the broker is there again; listener containers reconnect by themselves. */
export function restart(
  parts: Parts,
  what: 'database' | 'broker',
  name: string,
  cause: number | null,
) {
  note(parts, { ...NOWHERE, service: name }, { kind: 'restarted', what }, cause);
  if (what === 'database') {
    databaseOf(parts, name).restart();
    return;
  }
  parts.broker.restart();
  for (const service of parts.scenario.services) {
    if (parts.processes.isUp(service.name)) subscribe(parts, service);
  }
}

// What of a trace is told, with which sign, and in which words: the same for the timeline and for
// the diagrams. It lays nothing out.

import type { Happening, TraceEvent } from '../sim/index.ts';
import { routineEvents } from './routine.ts';
import type { Texts } from './texts/index.ts';

/** A pause in virtual time worth a line of its own, in ms. */
export const PAUSE_MS = 1000;

// What a reader can infer from the lines around it.
const SILENT: readonly string[] = ['began', 'published', 'ended', 'at-rest', 'inspected'];
// With these in a run, a handler has more than one transaction, or none: then all are numbered.
const MANAGED: readonly string[] = ['suspended', 'resumed', 'noted', 'marked'];
const ALARMING: readonly string[] = [
  'failed',
  'blocked',
  'declined',
  'struck',
  'crashed',
  'violated',
  'lost',
];

/** Something went wrong here. */
export function isAlarming(happening: Happening): boolean {
  const dooms = happening.kind === 'noted' && happening.note === 'dooms';
  return dooms || ALARMING.includes(happening.kind);
}

const isRedelivery = (happening: Happening): boolean =>
  ['received', 'polled'].includes(happening.kind) &&
  'message' in happening &&
  happening.message?.redelivered === true;

/** A sign for what must not be mixed up: rollback, redelivery and compensation are three things. */
export function markOf({ happening, compensation }: TraceEvent): string {
  const { kind } = happening;
  if (isAlarming(happening)) return '! ';
  if (kind === 'committed') return '✓ ';
  if (kind === 'rolled-back') return '× ';
  if (kind === 'returned' || isRedelivery(happening)) return '↻ ';
  if (kind === 'dead-lettered') return '† ';
  return compensation ? '↩ ' : '';
}

// Looking, and finding nothing.
function isQuiet(happening: Happening): boolean {
  switch (happening.kind) {
    case 'queried':
      return happening.rows.length === 0;
    case 'recovered':
      return happening.branches.length === 0;
    case 'log-read':
      return happening.records.length === 0;
    case 'polled':
      return happening.message === null;
    case 'kept':
      return Object.values(happening.entries).every((value) => JSON.stringify(value) === '{}');
    default:
      return happening.kind === 'ended';
  }
}

// A job that looked and found nothing has done nothing: it would only hide what matters.
function idleJobs(events: readonly TraceEvent[]): ReadonlySet<number | null> {
  const busy = new Set<number>();
  const jobs = new Set<number>();
  const ticks = new Set<number>();
  for (const { id, cause, place, happening } of events) {
    if (happening.kind === 'ticked') ticks.add(id);
    if (place.execution === null) continue;
    if (cause !== null && ticks.has(cause)) {
      jobs.add(place.execution);
      ticks.add(-place.execution);
    }
    if (!isQuiet(happening)) busy.add(place.execution);
  }
  return new Set([...jobs].filter((execution) => !busy.has(execution)));
}

/** Whether transactions are told apart by number. */
export function isNumbered(events: readonly TraceEvent[]): boolean {
  return events.some(({ happening }) => MANAGED.includes(happening.kind));
}

/** The ids of what jobs did that found nothing or went as the last time, with their ticks. */
export function idleEvents(events: readonly TraceEvent[]): ReadonlySet<number> {
  const idle = idleJobs(events);
  const routine = routineEvents(events);
  const leads = new Map(events.map((event) => [event.cause, event]));
  const isIdle = ({ id, place, happening }: TraceEvent): boolean => {
    if (routine.has(id) || idle.has(place.execution ?? -1)) return true;
    if (happening.kind !== 'ticked') return false;
    const next = leads.get(id);
    return next === undefined || idle.has(next.place.execution ?? -1);
  };
  return new Set(events.filter(isIdle).map(({ id }) => id));
}

/** The events of a trace that a timeline tells. */
export function shownEvents(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const idle = idleEvents(events);
  const numbered = isNumbered(events);
  const calls = new Set(
    events.flatMap(({ id, happening: { kind } }) => (kind === 'called' ? [id] : [])),
  );
  return events.filter(({ id, cause, happening: { kind } }) => {
    if (idle.has(id)) return false;
    if (numbered && kind === 'began') return true;
    if (SILENT.includes(kind)) return false;
    // Where the call stands on the line above, its arrival says nothing new.
    return kind !== 'requested' || !calls.has(cause ?? 0);
  });
}

/** An event in words: its sign, where it stands, what happened. */
export function phrase(event: TraceEvent, texts: Texts, numbered: boolean): string {
  const { place } = event;
  const happening = numbered ? event.happening : withoutNumber(event.happening);
  const say = texts.happenings[happening.kind] as (one: typeof happening) => string;
  const words = say(happening);
  const verb = 'verb' in happening ? happening.verb.toUpperCase() : '';
  const sql = 'verb' in happening ? `${verb} ${happening.table ?? ''}: ` : '';
  const isStatement = 'verb' in happening || happening.kind === 'marked';
  const own = numbered && isStatement ? `[${happening.transaction ?? 'autocommit'}] ` : '';
  const isStart = ['received', 'requested', 'ticked'].includes(happening.kind);
  const label = isStart ? place.handler : place.state;
  return `${markOf(event)}${label ? `${label} · ` : ''}${own}${sql}${words}`;
}

// Where each handler has one transaction, its number says nothing.
function withoutNumber(happening: Happening): Happening {
  const { kind } = happening;
  return kind === 'committed' || kind === 'rolled-back'
    ? { ...happening, transaction: null }
    : happening;
}

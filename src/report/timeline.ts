// The timeline: time runs down, each service has a lane, each run of a handler a bracket in it.

import type { Happening, TraceEvent } from '../sim/index.ts';
import { type Layout, padTo, wrap } from './layout.ts';
import { routineEvents } from './routine.ts';
import type { Texts } from './texts/index.ts';

const TIME_WIDTH = 6;
const NARROW = 72;
/** The fewest columns that must be left for words beside wide lanes. */
const WORDS_MIN = 36;
/** A pause in virtual time worth a line of its own, in ms. */
const PAUSE_MS = 1000;

// What a reader can infer from the lines around it.
const SILENT: readonly string[] = ['began', 'published', 'ended', 'at-rest'];
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

export function isAlarming(happening: Happening): boolean {
  const dooms = happening.kind === 'noted' && happening.note === 'dooms';
  return dooms || ALARMING.includes(happening.kind);
}

/** A sign for what must not be mixed up: rollback, redelivery and compensation are three things. */
function markOf({ happening, compensation }: TraceEvent): string {
  const { kind } = happening;
  if (isAlarming(happening)) return '! ';
  if (kind === 'committed') return '✓ ';
  if (kind === 'rolled-back') return '× ';
  if (kind === 'returned' || (kind === 'received' && happening.message.redelivered)) return '↻ ';
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

/** Whether transactions are told apart by their numbers. */
export function isNumbered(events: readonly TraceEvent[]): boolean {
  return events.some(({ happening }) => MANAGED.includes(happening.kind));
}

function shownEvents(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const idle = idleJobs(events);
  const routine = routineEvents(events);
  const numbered = isNumbered(events);
  const leads = new Map(events.map((event) => [event.cause, event]));
  const calls = new Set(
    events.flatMap(({ id, happening: { kind } }) => (kind === 'called' ? [id] : [])),
  );
  return events.filter((event) => {
    if (routine.has(event.id)) return false;
    if (numbered && event.happening.kind === 'began') return true;
    if (SILENT.includes(event.happening.kind) || idle.has(event.place.execution ?? -1))
      return false;
    // Where the call stands on the line above, its arrival says nothing new.
    if (event.happening.kind === 'requested') return !calls.has(event.cause ?? 0);
    if (event.happening.kind !== 'ticked') return true;
    const next = leads.get(event.id);
    return next !== undefined && !idle.has(next.place.execution ?? -1);
  });
}

/** Which bracket stands in which column of its lane, while it is open. */
class Lanes {
  readonly #names: readonly string[];
  readonly #width: number;
  readonly #open = new Map<string, (number | null)[]>();
  readonly #last = new Map<number, number>();

  constructor(names: readonly string[], width: number, events: readonly TraceEvent[]) {
    this.#names = names;
    this.#width = width;
    for (const { id, place } of events) {
      if (place.execution !== null) this.#last.set(place.execution, id);
    }
  }

  header(measure: Layout['measure']): string {
    const cut = (name: string) => `${name[0] ?? ''}${/\d?$/.exec(name)?.[0] ?? ''}`;
    const short = (name: string) => (name.length < this.#width ? name : cut(name));
    return this.#names.map((name) => padTo(short(name), this.#width, measure)).join('');
  }

  /** The lanes beside an event's first line, and beside any further lines of it. */
  draw(event: TraceEvent): { readonly first: string; readonly rest: string } {
    const { service, execution } = event.place;
    const own = service === null ? [] : (this.#open.get(service) ?? []);
    const isFirst = execution !== null && !own.includes(execution);
    if (isFirst && service !== null) {
      const free = own.indexOf(null);
      own[free < 0 ? own.length : free] = execution;
      this.#open.set(service, own);
    }
    const isLast = execution !== null && this.#last.get(execution) === event.id;
    const mark = isFirst ? (isLast ? '●' : '┌') : isLast ? '└' : '├';
    const first = this.#row(service, execution, mark);
    if (isLast) own[own.indexOf(execution)] = null;
    if (event.happening.kind === 'crashed' && service !== null) this.#open.delete(service);
    return { first, rest: this.#row(null, null, '') };
  }

  #row(service: string | null, execution: number | null, mark: string): string {
    return this.#names
      .map((name) => {
        const cells = (this.#open.get(name) ?? []).map((open) => {
          if (open === null) return ' ';
          return name === service && open === execution ? mark : '│';
        });
        const open = cells.join('').trimEnd();
        const text = name === service && execution === null ? `${open}●` : open;
        return text.slice(0, this.#width - 1).padEnd(this.#width);
      })
      .join('');
  }
}

/** An event in words: its sign, where it happened, what happened. */
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

function colourOf(event: TraceEvent, { paint }: Layout): (text: string) => string {
  const { happening } = event;
  const { kind } = happening;
  if (isAlarming(happening) || kind === 'dead-lettered') return paint.bad;
  if (kind === 'committed') return paint.good;
  return markOf(event) === '' ? (text) => text : paint.warn;
}

const NOTHING_MARKED: ReadonlySet<number> = new Set();

/** A line of a timeline, and the event it tells of; null for the heads of the lanes. */
export interface TimelineLine {
  readonly text: string;
  readonly event: number | null;
}

/** The lines of a timeline as texts. */
export function timeline(...given: Parameters<typeof timelineLines>): readonly string[] {
  return timelineLines(...given).map(({ text }) => text);
}

/**
 * The lines of a timeline. `services` are its lanes, from left to right; what is marked has a sign
 * of its own.
 */
export function timelineLines(
  events: readonly TraceEvent[],
  services: readonly string[],
  layout: Layout,
  texts: Texts,
  marked: ReadonlySet<number> = NOTHING_MARKED,
): readonly TimelineLine[] {
  const { width, measure, paint } = layout;
  const shown = shownEvents(events);
  const numbered = isNumbered(events);
  const wide = Math.max(...services.map((name) => name.length)) + 2;
  const isNarrow = width < NARROW || width - TIME_WIDTH - 2 - services.length * wide < WORDS_MIN;
  const lanes = new Lanes(services, isNarrow ? 3 : wide, shown);
  const header = `${'ms'.padStart(TIME_WIDTH)}  ${lanes.header(measure)}`;
  const lines: TimelineLine[] = [{ text: paint.bold(header.trimEnd()), event: null }];
  let lastMs = 0;
  for (const event of shown) {
    if (event.atMs - lastMs >= PAUSE_MS) {
      const pause = `${'⋮'.padStart(TIME_WIDTH)}  ${texts.run.skipped(event.atMs - lastMs)}`;
      lines.push({ text: paint.dim(pause), event: event.id });
    }
    lastMs = event.atMs;
    const { first, rest } = lanes.draw(event);
    const indent = TIME_WIDTH + 2 + first.length;
    const colour = colourOf(event, layout);
    const sign = marked.has(event.id) ? '◆ ' : '';
    wrap(sign + phrase(event, texts, numbered), width - indent, measure).forEach((line, at) => {
      const time = (at === 0 ? String(event.atMs) : '').padStart(TIME_WIDTH);
      const text = `${paint.dim(time)}  ${paint.dim(at === 0 ? first : rest)}${colour(line)}`;
      lines.push({ text, event: event.id });
    });
  }
  return lines;
}

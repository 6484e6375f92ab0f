// The timeline: time runs down, each service has a lane, each run of a handler a bracket in it.

import type { TraceEvent } from '../sim/index.ts';
import { type Layout, padTo, wrap } from './layout.ts';
import { isAlarming, isNumbered, markOf, PAUSE_MS, phrase, shownEvents } from './telling.ts';
import type { Texts } from './texts/index.ts';

const TIME_WIDTH = 6;
const NARROW = 72;
/** The fewest columns that must be left for words beside wide lanes. */
const WORDS_MIN = 36;

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

/** The colour of an event, which says nothing that its sign does not say. */
export function colourOf(event: TraceEvent, { paint }: Layout): (text: string) => string {
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

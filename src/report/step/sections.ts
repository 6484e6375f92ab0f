// The parts of a step's picture, each some lines of text: they are cut to a width here, and to a
// height by whoever puts them together.

import { clip, type Layout, padTo } from '../layout.ts';
import type { Language } from '../texts/index.ts';
import { stepTexts } from '../texts/step.ts';
import type { RowView } from '../view/tables.ts';
import type { Lamp, QueueView, View } from '../view/view.ts';

/** What all of them need. */
export interface Sketch {
  readonly view: View;
  readonly layout: Layout;
  readonly language: Language;
}

/** A heading over the rest of its line. */
export function heading(text: string, width: number, { measure, paint }: Layout): string {
  const rule = '─'.repeat(Math.max(0, width - measure(text) - 3));
  return paint.dim(`─ ${text} ${rule}`);
}

const PAINTS = {
  '+': 'good',
  '~': 'warn',
  '-': 'bad',
  '?': 'warn',
  '!': 'bad',
  '↩': 'warn',
} as const;

const LONG = 14;

const isLong = (value: string): boolean => value.length > LONG;

// The beginning of a long value is enough to tell it from others.
const short = (value: string): string => (isLong(value) ? `${value.slice(0, 8)}…` : value);

/** Named values with the long ones last, since there the line may be cut. */
function named(pairs: readonly (readonly [name: string, value: string])[]): readonly string[] {
  const words = (long: boolean) =>
    pairs
      .filter(([, value]) => isLong(value) === long)
      .map(([name, value]) => `${name}=${short(value)}`);
  return [...words(false), ...words(true)];
}

/** A message's body as `name=value`, without what is null. */
function bodyText(body: string): string {
  const value: unknown = JSON.parse(body);
  if (value === null || typeof value !== 'object') return body;
  const told = Object.entries(value).filter(([, one]) => one !== null);
  return named(
    told.map(([name, one]) => [name, typeof one === 'string' ? one : JSON.stringify(one)]),
  ).join(' ');
}

// Only the columns that say something: the key, and what is not as it was.
function rowText({ id, mark, cells }: RowView): string {
  const [table = ''] = id.split(' ');
  const [key, ...others] = cells;
  const changed = others.filter(({ was }) => was !== null);
  const there = others.filter(({ value }) => value !== 'null');
  const words =
    changed.length > 0
      ? changed.map(({ column, value, was }) => `${column} ${short(was ?? '')} → ${short(value)}`)
      : named(mark === '-' ? [] : there.map(({ column, value }) => [column, value]));
  return [table, `${key?.column}=${key?.value}`, ...words].join(' ');
}

/** The rows worth showing: marked, changed just now, or selected. */
export function shownRows({ tables }: View, selected: string | null): readonly RowView[] {
  const rows = tables.flatMap((table) => table.rows);
  return rows.filter(({ id, mark, isFresh }) => mark !== ' ' || isFresh || id === selected);
}

export function rowLines(
  sketch: Sketch,
  selected: string | null,
  width: number,
): readonly string[] {
  const { view, layout, language } = sketch;
  const rows = shownRows(view, selected);
  if (rows.length === 0) return [layout.paint.dim(clip(stepTexts[language].noRows, width, layout))];
  return rows.map((row) => {
    const sign = row.id === selected ? '›' : row.isFresh ? '•' : ' ';
    const line = clip(`${sign}${row.mark} ${rowText(row)}`, width, layout);
    const paint = row.mark === ' ' ? layout.paint.dim : layout.paint[PAINTS[row.mark]];
    return row.isFresh ? layout.paint.bold(paint(line)) : paint(line);
  });
}

function queueText(
  { ready, inFlight, redelivered, isDead }: QueueView,
  language: Language,
): string {
  const words = stepTexts[language];
  if (isDead) return words.dead(ready + inFlight);
  return [
    ...(ready > 0 ? [words.ready(ready)] : []),
    ...(inFlight > 0 ? [words.inFlight(inFlight)] : []),
    ...(redelivered > 0 ? [words.redelivered(redelivered)] : []),
  ].join(', ');
}

export function queueLines({ view, layout, language }: Sketch, width: number): readonly string[] {
  const { paint } = layout;
  const full = view.queues.filter(({ messages }) => messages.length > 0);
  if (full.length === 0) return [paint.dim(clip(stepTexts[language].noQueues, width, layout))];
  return full.flatMap((queue) => {
    const sign = queue.isDead ? '† ' : queue.redelivered > 0 ? '↻ ' : '  ';
    const head = clip(`${sign}${queue.queue}  ${queueText(queue, language)}`, width, layout);
    const messages = queue.messages.map(({ body, about, isFresh }) => {
      return clip(`   ${isFresh ? '•' : ' '}${about}: ${bodyText(body)}`, width, layout);
    });
    return [queue.isDead ? paint.bad(head) : head, ...messages.map(paint.dim)];
  });
}

/** Locks that are held and who waits for whom; nothing where nobody holds any. */
export function lockLines({ view, layout }: Sketch, width: number): readonly string[] {
  const { paint } = layout;
  const waits = view.waits.map((wait) => paint.bad(clip(`! ${wait}`, width, layout)));
  return [...waits, ...view.locks.map((lock) => clip(`  ${lock}`, width, layout))];
}

export function logLines({ view, layout, language }: Sketch, width: number): readonly string[] {
  const words = stepTexts[language];
  const labels = [words.durable, words.volatile];
  const wide = Math.max(...labels.map(layout.measure));
  return [view.durable, view.volatile].flatMap((lines, at) =>
    (lines.length > 0 ? lines : [words.nothing]).map((line, first) => {
      const label = padTo(first === 0 ? (labels[at] ?? '') : '', wide, layout.measure);
      return clip(`  ${label}  ${line}`, width, layout);
    }),
  );
}

export function machineLines({ view, layout, language }: Sketch, width: number): readonly string[] {
  const { idle } = stepTexts[language];
  const wide = Math.max(...view.machines.map(({ service }) => layout.measure(service)));
  const services = view.machines.map(({ service, isUp, runs }) => {
    const states = runs.map(
      ({ handler, state, waits }) => `${handler}·${state}${waits ? ' !' : ''}`,
    );
    const what = isUp ? states.join(', ') || idle : '✗';
    const line = clip(`  ${padTo(service, wide, layout.measure)}  ${what}`, width, layout);
    if (!isUp) return layout.paint.bad(line);
    return runs.length > 0 ? line : layout.paint.dim(line);
  });
  const down = view.down.map((name) => layout.paint.bad(clip(`  ${name}  ✗`, width, layout)));
  return [...services, ...down];
}

const isBroken = ({ holds }: Lamp): boolean => holds === false;

/** Where one is, and whether all is well. */
export function statusLine(
  { view, layout, language }: Sketch,
  { title, branch }: { readonly title: string; readonly branch: string },
  width: number,
): string {
  const words = stepTexts[language];
  const { measure, paint } = layout;
  const broken = view.lamps.filter(isBroken).map(({ property }) => property);
  const state = broken.length > 0 ? words.brokenNow(broken) : words.fine;
  const left = `${title} · ${words.step(view.step, view.last, view.atMs)}`;
  const room = width - measure(branch) - (branch ? 2 : 0);
  const both = clip(`${left} · ${state}`, room, layout);
  const head = both.slice(0, left.length);
  const tail = both.slice(left.length);
  const shade = broken.length > 0 ? paint.bad : paint.good;
  const line = `${paint.bold(head)}${shade(tail)}`;
  return branch ? `${padTo(line, room, measure)}  ${paint.dim(branch)}` : line;
}

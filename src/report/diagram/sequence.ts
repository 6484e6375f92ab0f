// The sequence of a run as a picture without paper: lifelines from left to right, rows from top to
// bottom, arrows between lifelines, and what lasts over several rows. The printers only lay it out.

import type { TraceEvent } from '../../sim/index.ts';
import { idleEvents, isNumbered } from '../telling.ts';
import { type ArrowKind, type Party, type Sending, sendingsOf } from './arrows.ts';
import { type Gap, gapsOf, type TransactionSpan, transactionSpans } from './spans.ts';

/** Whoever takes part. The outside world and the broker have no name. */
export interface Lifeline {
  readonly kind: 'outside' | 'service' | 'broker' | 'database';
  readonly name: string;
}

/** From one lifeline towards another, each by its place from the left. */
export interface Arrow {
  readonly kind: ArrowKind;
  readonly from: number;
  readonly to: number;
  /** False for what is lost on its way. */
  readonly arrives: boolean;
  readonly isCopy: boolean;
  readonly isRedelivered: boolean;
  /** The row in which it was sent, if that is an earlier one. */
  readonly sentRow: number | null;
}

const DASHED: readonly ArrowKind[] = ['reply', 'return', 'dead-letter'];

/** Whether it is drawn dashed: what answers, or comes once more. */
export const isDashed = ({ kind, isCopy, isRedelivered }: Arrow): boolean =>
  DASHED.includes(kind) || isCopy || isRedelivered;

/** One thing that happened: an arrow, or a note at a lifeline; null for what is nobody's. */
export interface SequenceRow {
  readonly event: TraceEvent;
  /** The event of the sending, where the row stands for both. */
  readonly sent: TraceEvent | null;
  readonly lifeline: number | null;
  readonly arrow: Arrow | null;
}

/** From one row to another on a lifeline. `level` counts from 0, where several lie side by side. */
export interface RowSpan {
  readonly lifeline: number;
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** A transaction: where it began and ended, and from which row on it is prepared. */
export interface Bracket extends RowSpan {
  readonly span: TransactionSpan;
  readonly preparedRow: number | null;
}

/** A run of a handler. */
export interface Activation extends RowSpan {
  readonly execution: number;
}

/** What is down, from its crash to its restart; `isOver` is false if it never comes back. */
export interface Downtime extends RowSpan {
  readonly gap: Gap;
  readonly isOver: boolean;
}

/** What lies beside one row. */
interface Beside {
  readonly activations: readonly Activation[];
  readonly brackets: readonly Bracket[];
  readonly downtimes: readonly Downtime[];
}

export interface Sequence extends Beside {
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly SequenceRow[];
  /** The same by rows: what is not over yet, or ends there. */
  readonly beside: readonly Beside[];
}

// What is drawn as a line, or means nothing by itself.
const DRAWN: readonly string[] = ['ended', 'at-rest', 'inspected', 'began', 'opened', 'published'];

const place = (list: readonly Party[], party: Party): number => Math.max(0, list.indexOf(party));

/** At whose lifeline an event is noted. */
function partyOf({ place: { service }, happening }: TraceEvent): Party | null {
  if (happening.kind === 'acted' || happening.kind === 'put') return 'outside';
  if (happening.kind === 'crashed' || happening.kind === 'restarted') {
    return happening.what === 'broker' ? 'broker' : `${happening.what}:${service}`;
  }
  return service === null ? null : `service:${service}`;
}

interface Draft {
  readonly event: TraceEvent;
  readonly sent: TraceEvent | null;
  readonly sending: Sending | null;
}

/** The events that have a row; an arrival takes in its sending if nothing comes between them. */
function draftRows(
  events: readonly TraceEvent[],
  sendings: ReadonlyMap<number, Sending>,
): readonly Draft[] {
  const idle = idleEvents(events);
  const numbered = isNumbered(events);
  const rows: Draft[] = [];
  for (const event of events) {
    const sending = sendings.get(event.id) ?? null;
    const { kind } = event.happening;
    if (idle.has(event.id)) continue;
    if (!sending && DRAWN.includes(kind) && !(numbered && kind === 'began')) continue;
    const last = rows.at(-1);
    const isNext = sending?.sent != null && last?.event.id === sending.sent && !last.sending;
    const sent = isNext ? (last?.event ?? null) : null;
    if (isNext) rows.pop();
    rows.push({ event, sent, sending });
  }
  return rows;
}

function partiesOf(
  drafts: readonly Draft[],
  gaps: readonly Gap[],
  services: readonly string[],
): readonly Party[] {
  const seen = new Set<Party | null>(gaps.map(({ party }) => party));
  for (const { event, sending } of drafts) {
    seen.add(partyOf(event));
    if (sending) seen.add(sending.from).add(sending.to);
  }
  const databases = gaps.flatMap(({ party, what }) => (what === 'database' ? [party] : []));
  const all: readonly Party[] = [
    'outside',
    ...services.map((name) => `service:${name}` as const),
    'broker',
    ...new Set(databases),
  ];
  return all.filter((party) => seen.has(party));
}

function lifelineOf(party: Party): Lifeline {
  if (party === 'outside' || party === 'broker') return { kind: party, name: '' };
  const [kind, name = ''] = party.split(/:(.*)/s);
  return { kind: kind === 'database' ? kind : 'service', name };
}

function byRows<Span extends RowSpan>(spans: readonly Span[], count: number) {
  const rows = Array.from({ length: count }, (): Span[] => []);
  for (const span of spans) {
    for (let row = span.from; row <= span.to; row++) rows[row]?.push(span);
  }
  return rows;
}

/** Gives each span the first level that is free where it lies. */
function levelled<Span extends Omit<RowSpan, 'level'>>(spans: readonly Span[]) {
  let open: (Span & { readonly level: number })[] = [];
  return spans
    .toSorted((a, b) => a.from - b.from)
    .map((span) => {
      open = open.filter(({ to }) => to >= span.from);
      const taken = open.flatMap((one) => (one.lifeline === span.lifeline ? [one.level] : []));
      let level = 0;
      while (taken.includes(level)) level += 1;
      const levelledSpan = { ...span, level };
      open.push(levelledSpan);
      return levelledSpan;
    });
}

function activationsOf(
  rows: readonly SequenceRow[],
  rowOf: ReadonlyMap<number, number>,
): readonly Activation[] {
  const spans = new Map<number, Omit<Activation, 'level'>>();
  const reach = ({ place: { execution }, cause }: TraceEvent, lifeline: number, at: number) => {
    if (execution === null) return;
    const known = spans.get(execution);
    // It begins with the request that it answers, if that is drawn.
    const start = rowOf.get(cause ?? 0) ?? at;
    const isOwn = rows[start]?.event.happening.kind === 'requested';
    spans.set(
      execution,
      known ? { ...known, to: at } : { execution, lifeline, from: isOwn ? start : at, to: at },
    );
  };
  rows.forEach(({ event, sent, arrow, lifeline }, at) => {
    if (sent && arrow) reach(sent, arrow.from, at);
    if (lifeline !== null) reach(event, lifeline, at);
  });
  return levelled([...spans.values()]);
}

/** The sequence of a trace. `services` are its lifelines, from left to right, if they take part. */
export function sequenceOf(events: readonly TraceEvent[], services: readonly string[]): Sequence {
  const sendings = sendingsOf(events);
  const drafts = draftRows(events, sendings);
  const gaps = gapsOf(events);
  const parties = partiesOf(drafts, gaps, services);
  const rowOf = new Map(
    drafts.flatMap(({ event, sent }, at) => [
      ...(sent ? [[sent.id, at] as const] : []),
      [event.id, at] as const,
    ]),
  );
  /** The first row that is not before an event, or the last that is not after it. */
  const from = (id: number) =>
    Math.max(
      0,
      drafts.findIndex(({ event }) => event.id >= id),
    );
  const upTo = (id: number) => drafts.findLastIndex(({ event }) => event.id <= id);
  const rows = drafts.map(({ event, sent, sending }): SequenceRow => {
    const party = partyOf(event);
    const lifeline = party && place(parties, party);
    if (!sending) return { event, sent, lifeline, arrow: null };
    const { kind, arrives, isCopy, isRedelivered } = sending;
    const ends = { from: place(parties, sending.from), to: place(parties, sending.to) };
    const sentRow = sending.sent === null || sent ? null : (rowOf.get(sending.sent) ?? null);
    const arrow = { kind, ...ends, arrives, isCopy, isRedelivered, sentRow };
    return { event, sent, lifeline, arrow };
  });
  const last = rows.length - 1;
  const brackets = transactionSpans(events).map((span) => {
    const end = span.end ? upTo(span.end.id) : last;
    const start = Math.min(from(span.start.id), end);
    const preparedRow = span.prepared ? from(span.prepared.id) : null;
    return { lifeline: place(parties, span.party), from: start, to: end, span, preparedRow };
  });
  const downtimes = gaps.map((gap) => {
    const end = gap.end ? upTo(gap.end.id) : last;
    const lifeline = place(parties, gap.party);
    return { lifeline, from: from(gap.start.id), to: end, gap, isOver: gap.end !== null };
  });
  const spans = {
    activations: activationsOf(rows, rowOf),
    brackets: levelled(brackets),
    downtimes: levelled(downtimes),
  };
  const activations = byRows(spans.activations, rows.length);
  const openBrackets = byRows(spans.brackets, rows.length);
  const openDowntimes = byRows(spans.downtimes, rows.length);
  return {
    lifelines: parties.map(lifelineOf),
    rows,
    ...spans,
    beside: rows.map((_, at) => ({
      activations: activations[at] ?? [],
      brackets: openBrackets[at] ?? [],
      downtimes: openDowntimes[at] ?? [],
    })),
  };
}

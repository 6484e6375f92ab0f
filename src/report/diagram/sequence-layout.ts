// Where everything of a sequence stands on paper, in pixels: columns wide enough for their words,
// rows high enough for theirs. Draws nothing, so that a page can ask where an event is.

import { type Measure, wrap, wrapLegend } from '../layout.ts';
import type { Texts } from '../texts/index.ts';
import type { Activation, Bracket, RowSpan, Sequence } from './sequence.ts';
import { CHAR, LINE, pixels } from './svg.ts';
import { type Heading, nameOf, pauseBefore, rowWords } from './words.ts';

/** The least room between two lifelines, in columns of text. */
const SPAN_MIN = 16;
const TIME = 66;
const MARGIN = 16;
const HEAD = 30;
const PAUSE = 24;
const BRACKET = 15;
const WORK = 8;

/** A lifeline: its head is centred on `x`. */
export interface Column {
  readonly x: number;
  readonly name: string;
  readonly nameWidth: number;
  /** How far its words may reach. */
  readonly right: number;
}

/** A row: `y` is where its arrow or its note is anchored. */
export interface PlacedRow {
  readonly event: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: number;
  readonly lines: readonly string[];
  readonly baseline: number;
  /** A pause above it, in ms; 0 for none. */
  readonly pauseMs: number;
  readonly pauseY: number;
}

export interface SequenceLayout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly rows: readonly PlacedRow[];
  readonly heading: readonly string[];
  readonly legend: readonly string[];
  readonly ending: readonly string[];
  /** Where the heads stand, above and below; words follow below the lower ones. */
  readonly headY: number;
  readonly footY: number;
  readonly legendY: number;
}

export interface Words {
  readonly heading: Heading;
  readonly texts: Texts;
  readonly measure: Measure;
  /** Whether transactions are told apart by number. */
  readonly numbered: boolean;
}

const levelsAt = (spans: readonly RowSpan[], lifeline: number): number =>
  Math.max(0, ...spans.filter((one) => one.lifeline === lifeline).map(({ level }) => level + 1));

/** Where a bracket stands, left of its lifeline. */
export const bracketX = ({ x }: Column, { level }: Bracket): number => x - 12 - level * BRACKET;
/** Where the bar of a handler's run begins, on its lifeline. */
export const workX = ({ x }: Column, { level }: Activation): number => x - 4 + level * WORK;

/** How far the bars of a lifeline reach to the right of it, in a row. */
export function reach({ beside }: Sequence, lifeline: number, row: number): number {
  const { activations = [] } = beside[row] ?? {};
  const levels = activations.flatMap((one) => (one.lifeline === lifeline ? [one.level] : []));
  return levels.length === 0 ? 1 : 4 + Math.max(...levels) * WORK;
}

function columnsOf(sequence: Sequence, { texts, measure }: Words): readonly Column[] {
  const { lifelines, rows, brackets, activations } = sequence;
  // A UUID fits into a note of 36 columns, where there are no more than five lifelines.
  const noteWidth = Math.min(42, Math.max(22, Math.floor(185 / lifelines.length))) * CHAR;
  const columns: Column[] = [];
  let left = TIME;
  lifelines.forEach((lifeline, at) => {
    const name = nameOf(lifeline, texts);
    const nameWidth = Math.max(56, pixels(name, measure) + 20);
    const x = left + Math.max(nameWidth / 2, levelsAt(brackets, at) * BRACKET + 16) + 4;
    const hasNotes = rows.some((row) => row.lifeline === at && isNote(row));
    const bars = levelsAt(activations, at) * WORK + 14;
    const words = hasNotes ? noteWidth + 16 : SPAN_MIN * CHAR;
    const right = x + Math.max(nameWidth / 2, bars + words);
    columns.push({ x, name, nameWidth, right });
    left = right + 4;
  });
  return columns;
}

/** Words beside a lifeline: no arrow, or one that returns to where it began. */
export function isNote({ arrow }: Sequence['rows'][number]): boolean {
  return arrow === null || arrow.from === arrow.to;
}

/** How wide the words of a row may be, in pixels. */
function roomFor(sequence: Sequence, at: number, columns: readonly Column[], width: number) {
  const row = sequence.rows[at];
  if (!row) return 0;
  const { arrow, lifeline } = row;
  const own = columns[lifeline ?? -1];
  if (arrow && !isNote(row)) {
    const [from, to] = [columns[arrow.from]?.x ?? 0, columns[arrow.to]?.x ?? 0];
    return Math.abs(from - to) - 28;
  }
  if (!own) return width - TIME - 2 * MARGIN;
  return own.right - own.x - reach(sequence, lifeline ?? 0, at) - 22;
}

function rowsOf(sequence: Sequence, columns: readonly Column[], top: number, words: Words) {
  const { texts, measure, numbered } = words;
  const width = columns.at(-1)?.right ?? 0;
  let y = top;
  return sequence.rows.map((row, at): PlacedRow => {
    const pauseMs = pauseBefore(sequence.rows, at);
    const pauseY = y + PAUSE / 2;
    if (pauseMs > 0) y += PAUSE;
    const room = Math.max(10, Math.floor(roomFor(sequence, at, columns, width) / CHAR));
    const lines = wrap(rowWords(row, texts, numbered), room, measure);
    const own = { event: row.event.id, top: y, lines, baseline: y + LINE - 1, pauseMs, pauseY };
    const text = lines.length * LINE;
    y += text + (isNote(row) ? 7 : 14);
    return { ...own, bottom: y, y: isNote(row) ? own.top + LINE / 2 + 2 : own.top + text + 6 };
  });
}

/** Lays a sequence out. */
export function layOutSequence(sequence: Sequence, words: Words): SequenceLayout {
  const { heading, texts, measure } = words;
  const columns = columnsOf(sequence, words);
  const width = Math.max(420, (columns.at(-1)?.right ?? 0) + MARGIN);
  const room = Math.floor((width - 2 * MARGIN) / CHAR);
  const head = [heading.title, ...heading.notes].flatMap((text) => wrap(text, room, measure));
  const headY = MARGIN + head.length * LINE + 10;
  const rows = rowsOf(sequence, columns, headY + HEAD + 12, words);
  const footY = (rows.at(-1)?.bottom ?? headY + HEAD) + 12;
  const ending = wrap(heading.ending, room, measure);
  const legend = wrapLegend(texts.diagram.legend, room, measure);
  const legendY = footY + HEAD + 24;
  return {
    width,
    height: legendY + (ending.length + legend.length) * LINE + MARGIN,
    columns,
    rows,
    heading: head,
    ending,
    legend,
    headY,
    footY,
    legendY,
  };
}

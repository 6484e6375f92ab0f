// A sequence as plain text: lifelines on the left, words on the right, or below where there is no
// room beside. No line is wider than the layout.

import { hang, type Layout, padTo, wrap, wrapLegend } from '../layout.ts';
import type { Texts } from '../texts/index.ts';
import { colourOf } from '../timeline.ts';
import { type Arrow, isDashed, type Sequence } from './sequence.ts';
import { type Heading, nameOf, pauseBefore, rowWords } from './words.ts';

const TIME = 6;
const GAP = 2;
/** The fewest columns that must be left for words beside named lifelines, and beside any. */
const BESIDE_NAMES_MIN = 28;
const BESIDE_MIN = 16;
/** What a lifeline without its name takes: its bracket, itself, and two columns of arrow. */
const LETTER_LANE = 4;

interface Lanes {
  readonly widths: readonly number[];
  /** The columns of the lifelines. */
  readonly at: readonly number[];
  readonly total: number;
  readonly header: string;
  /** What the letters stand for, where lifelines have no names. */
  readonly key: string | null;
}

function lanesOf(sequence: Sequence, { width, measure }: Layout, texts: Texts): Lanes {
  const names = sequence.lifelines.map((one) => nameOf(one, texts));
  const named = names.map((name) => Math.max(LETTER_LANE, measure(name) + 3));
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  const hasNames = width - TIME - GAP - sum(named) >= BESIDE_NAMES_MIN;
  const widths = hasNames ? named : names.map(() => LETTER_LANE);
  const letters = names.map((_, at) => String.fromCodePoint(65 + at));
  const heads = hasNames ? names : letters;
  return {
    widths,
    at: widths.map((_, at) => sum(widths.slice(0, at)) + 1),
    total: sum(widths),
    header: heads.map((one, at) => padTo(` ${one}`, widths[at] ?? 0, measure)).join(''),
    key: hasNames ? null : names.map((name, at) => `${letters[at]} ${name}`).join('  '),
  };
}

/** What stands left of a lifeline: the transaction that begins, ends, or goes on there. */
function bracketMark({ beside }: Sequence, lifeline: number, row: number, isFirst: boolean) {
  const here = (beside[row]?.brackets ?? []).filter((one) => one.lifeline === lifeline);
  if (!isFirst) return here.some(({ to }) => to > row) ? '│' : ' ';
  const { preparedRow = null, span } = here.at(-1) ?? {};
  if (here.some(({ to, span: own }) => to === row && own.end !== null)) return '└';
  if (here.some(({ from }) => from === row)) return '┌';
  if (here.length === 0) return ' ';
  const isInDoubt = preparedRow !== null && preparedRow <= row && span?.outcome !== 'rolled-back';
  return isInDoubt ? '?' : '│';
}

function lifelineMark(sequence: Sequence, lifeline: number, row: number, isFirst: boolean): string {
  const own = sequence.rows[row];
  const { downtimes = [], activations = [] } = sequence.beside[row] ?? {};
  const down = downtimes.find((one) => one.lifeline === lifeline);
  const isHere = isFirst && own?.lifeline === lifeline && own.arrow === null;
  if (isHere && down?.from === row) return '╳';
  if (isHere && down?.to === row && down.isOver) return '○';
  if (isHere) return '●';
  if (down && !(down.isOver && down.to === row)) return '┊';
  const isBusy = activations.some((one) => {
    return one.lifeline === lifeline && (isFirst || row < one.to);
  });
  return isBusy ? '┃' : '│';
}

/** Puts an arrow over the lifelines that lie between its ends. */
function drawArrow(cells: string[], arrow: Arrow, { at }: Lanes): void {
  const [from, to] = [at[arrow.from] ?? 0, at[arrow.to] ?? 0];
  if (from === to) {
    cells[from] = '●';
    return;
  }
  const step = to > from ? 1 : -1;
  const end = arrow.arrives ? to - step : from + Math.round((to - from) * 0.6);
  const dash = isDashed(arrow) ? '╌' : '─';
  for (let cell = from + step; cell !== end; cell += step) cells[cell] = dash;
  cells[end] = arrow.arrives ? (step > 0 ? '►' : '◄') : '╳';
}

function draw(sequence: Sequence, lanes: Lanes, row: number, isFirst: boolean): string {
  const cells = Array.from({ length: lanes.total }, () => ' ');
  lanes.at.forEach((cell, lifeline) => {
    cells[cell - 1] = bracketMark(sequence, lifeline, row, isFirst);
    cells[cell] = lifelineMark(sequence, lifeline, row, isFirst);
  });
  const arrow = sequence.rows[row]?.arrow;
  if (isFirst && arrow) drawArrow(cells, arrow, lanes);
  return cells.join('');
}

/** The sequence as text, line by line. */
export function sequenceText(
  sequence: Sequence,
  heading: Heading,
  layout: Layout,
  texts: Texts,
  numbered: boolean,
): readonly string[] {
  const { width, measure, paint } = layout;
  const lanes = lanesOf(sequence, layout, texts);
  const beside = width - TIME - GAP - lanes.total;
  const isBeside = beside >= BESIDE_MIN;
  const legend = (text: string) => wrapLegend(text, width, measure).map(paint.dim);
  const lines = [
    ...wrap(heading.title, width, measure).map(paint.bold),
    ...heading.notes.flatMap((text) => hang('  ', text, layout)),
    ...legend(texts.diagram.legend),
    ...(lanes.key === null ? [] : legend(lanes.key)),
    '',
    ...(isBeside || lanes.total + TIME + GAP <= width
      ? [paint.bold(`${'ms'.padStart(TIME)}${' '.repeat(GAP)}${lanes.header}`.trimEnd())]
      : []),
  ];
  sequence.rows.forEach((row, at) => {
    const pause = pauseBefore(sequence.rows, at);
    if (pause > 0) lines.push(paint.dim(`${'⋮'.padStart(TIME)}  ${texts.run.skipped(pause)}`));
    const colour = colourOf(row.event, layout);
    const time = String(row.event.atMs).padStart(TIME);
    const words = rowWords(row, texts, numbered);
    if (!isBeside) {
      const lane = `${time}${' '.repeat(GAP)}${draw(sequence, lanes, at, true)}`;
      lines.push(paint.dim(lane.trimEnd().slice(0, width)));
      lines.push(...hang(' '.repeat(4), words, layout).map(colour));
      return;
    }
    wrap(words, beside, measure).forEach((line, part) => {
      const lead = part === 0 ? time : ' '.repeat(TIME);
      const lane = draw(sequence, lanes, at, part === 0);
      lines.push(`${paint.dim(`${lead}${' '.repeat(GAP)}${lane}`)}${colour(line)}`.trimEnd());
    });
  });
  return [...lines, '', ...wrap(heading.ending, width, measure).map(paint.bold)];
}

// A sequence as SVG. A pure function, for a file and for a page: whatever belongs to an event
// carries `data-event`, and the event where one stands is drawn marked.

import { isAlarming } from '../telling.ts';
import { type Arrow, type Bracket, type Downtime, isDashed, type Sequence } from './sequence.ts';
import {
  bracketX,
  type Column,
  isNote,
  layOutSequence,
  type PlacedRow,
  reach,
  type SequenceLayout,
  type Words,
  workX,
} from './sequence-layout.ts';
import { CHAR, element, LINE, picture, pixels, textAt } from './svg.ts';
import { BRACKET_SIGNS, bracketWords, downWords, sequenceWords } from './words.ts';

const HEAD = 30;

interface Drawing extends Words {
  readonly sequence: Sequence;
  readonly layout: SequenceLayout;
  /** The row where one stands. */
  readonly current: number | null;
}

const line = (x1: number, y1: number, x2: number, y2: number, name: string): string =>
  element('line', { class: name, x1, y1, x2, y2 });

const NOWHERE: Column = { x: 0, name: '', nameWidth: 0, right: 0 };
const columnAt = ({ columns }: SequenceLayout, at: number): Column => columns[at] ?? NOWHERE;

function heads({ sequence, layout }: Drawing, y: number): readonly string[] {
  return sequence.lifelines.map(({ kind }, at) => {
    const { x, name, nameWidth } = columnAt(layout, at);
    const shape = kind === 'outside' ? 'box dashed' : 'box';
    const rx = kind === 'broker' ? 15 : kind === 'database' ? 8 : 2;
    return [
      element('rect', {
        class: shape,
        x: x - nameWidth / 2,
        y,
        width: nameWidth,
        height: HEAD,
        rx,
      }),
      textAt([name], x, y + 19, { class: 'strong', 'text-anchor': 'middle' }),
    ].join('');
  });
}

/** A lifeline, solid where it is up. */
function lifelines({ sequence, layout }: Drawing): readonly string[] {
  const end = layout.footY;
  return sequence.lifelines.map((_, at) => {
    const { x } = columnAt(layout, at);
    const parts: string[] = [];
    let y = layout.headY + HEAD;
    for (const { lifeline, from, to, isOver } of sequence.downtimes) {
      if (lifeline !== at) continue;
      const [downY, upY] = [layout.rows[from]?.y ?? y, isOver ? (layout.rows[to]?.y ?? end) : end];
      parts.push(line(x, y, x, downY, 'faint'));
      y = upY;
    }
    return [...parts, line(x, y, x, end, 'faint')].join('');
  });
}

function downtimes(drawing: Drawing): readonly string[] {
  const { sequence, layout, texts } = drawing;
  return sequence.downtimes.map((down: Downtime) => {
    const { x } = columnAt(layout, down.lifeline);
    const top = layout.rows[down.from]?.y ?? 0;
    const bottom = down.isOver ? (layout.rows[down.to]?.y ?? top) : layout.footY;
    const cross = [
      line(x - 6, top - 6, x + 6, top + 6, 'line thick bad'),
      line(x - 6, top + 6, x + 6, top - 6, 'line thick bad'),
    ];
    const back = down.isOver ? [element('circle', { class: 'box', cx: x, cy: bottom, r: 4 })] : [];
    return element(
      'g',
      { class: 'down', 'data-event': down.gap.start.id },
      element('title', {}, downWords(down, sequence, texts)),
      line(x, top, x, bottom, 'line dotted bad'),
      ...cross,
      ...back,
    );
  });
}

function activations({ sequence, layout }: Drawing): readonly string[] {
  return sequence.activations.map((one) => {
    const x = workX(columnAt(layout, one.lifeline), one);
    const [first, last] = [layout.rows[one.from], layout.rows[one.to]];
    const y = (first?.y ?? 0) - 4;
    const height = (last?.y ?? 0) + 4 - y;
    return element('rect', { class: 'work', x, y, width: 8, height });
  });
}

function bracket(one: Bracket, { layout, texts }: Drawing): string {
  const x = bracketX(columnAt(layout, one.lifeline), one);
  const yOf = (row: number) => layout.rows[row]?.y ?? 0;
  const [top, bottom] = [yOf(one.from) - 5, yOf(one.to) + 5];
  const prepared = one.preparedRow === null ? bottom : Math.max(top, yOf(one.preparedRow));
  const { span } = one;
  const end = span.end ? [line(x, bottom, x + 6, bottom, 'line')] : [];
  const sign = textAt([BRACKET_SIGNS[span.outcome]], x - 1, bottom - 1, {
    class: 'strong',
    'text-anchor': 'end',
    'data-event': (span.end ?? span.prepared ?? span.start).id,
  });
  return element(
    'g',
    { class: 'transaction', 'data-event': span.start.id },
    element('title', {}, bracketWords(one, texts)),
    line(x, top, x + 6, top, 'line'),
    line(x, top, x, prepared, 'line'),
    line(x, prepared, x, bottom, 'line dashed'),
    ...end,
    BRACKET_SIGNS[span.outcome] === '' ? '' : sign,
  );
}

/** An arrowhead at a point, on a line that comes from (`fromX`, `fromY`). */
function head(kind: Arrow['kind'], x: number, y: number, fromX: number, fromY: number): string {
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const at = (back: number, aside: number) =>
    `${(x - dx * back - dy * aside).toFixed(1)} ${(y - dy * back + dx * aside).toFixed(1)}`;
  const points = `M${at(9, 4.5)} L${x.toFixed(1)} ${y.toFixed(1)} L${at(9, -4.5)}`;
  // A call waits for its answer: its head is filled, as in UML.
  return kind === 'call'
    ? element('path', { class: 'head-fill', d: `${points} Z` })
    : element('path', { class: 'line', d: points });
}

function arrow(one: Arrow, at: number, { sequence, layout }: Drawing): string {
  const [from, to] = [columnAt(layout, one.from), columnAt(layout, one.to)];
  const y = layout.rows[at]?.y ?? 0;
  const sentY = one.sentRow === null ? y : (layout.rows[one.sentRow]?.y ?? y);
  const isRight = to.x > from.x;
  const leave = (column: Column, lifeline: number, right: boolean, row: number) =>
    right ? column.x + reach(sequence, lifeline, row) + 1 : column.x - 5;
  const x1 = leave(from, one.from, isRight, one.sentRow ?? at);
  const x2 = leave(to, one.to, !isRight, at);
  if (one.arrives) {
    const name = `line${isDashed(one) ? ' dashed' : ''}`;
    return line(x1, sentY, x2, y, name) + head(one.kind, x2, y, x1, sentY);
  }
  const x = x1 + (x2 - x1) * 0.72;
  return [
    line(x1, sentY, x, y, 'line dotted bad'),
    line(x - 5, y - 5, x + 5, y + 5, 'line thick bad'),
    line(x - 5, y + 5, x + 5, y - 5, 'line thick bad'),
  ].join('');
}

/** Words beside a lifeline, in a frame if something went wrong there or is undone. */
function note(placed: PlacedRow, at: number, { sequence, layout, measure }: Drawing): string {
  const row = sequence.rows[at];
  const column = layout.columns[row?.lifeline ?? -1];
  const isBad = row ? isAlarming(row.event.happening) : false;
  if (!row || !column) {
    const name = isBad ? 'strong bad' : 'strong';
    return textAt(placed.lines, 70, placed.baseline, { class: name });
  }
  const x = column.x + reach(sequence, row.lifeline ?? 0, at) + 14;
  const width = Math.max(...placed.lines.map((text) => pixels(text, measure))) + 8;
  const frame = {
    class: `box${isBad ? ' bad thick' : ' dashed'}`,
    x: x - 5,
    y: placed.top + 1,
    width,
    height: placed.lines.length * LINE + 4,
    rx: 3,
  };
  const isFramed = isBad || row.event.compensation;
  return [
    line(x - 12, placed.y, x - 6, placed.y, 'faint'),
    isFramed ? element('rect', frame) : '',
    textAt(placed.lines, x, placed.baseline, { class: isBad ? 'bad' : undefined }),
  ].join('');
}

function label(placed: PlacedRow, one: Arrow, at: number, drawing: Drawing): string {
  const { sequence, layout } = drawing;
  const [from, to] = [columnAt(layout, one.from).x, columnAt(layout, one.to).x];
  const name = one.arrives ? undefined : 'bad';
  const words = (x: number, anchor: string) =>
    textAt(placed.lines, x, placed.baseline, { class: name, 'text-anchor': anchor });
  if (one.sentRow === null) return words((from + to) / 2, 'middle');
  // Where arrows slope, only at its head is it plain which words belong to which.
  const isRight = to > from;
  const gap = reach(sequence, one.to, at) + 10;
  return isRight ? words(to - 14, 'end') : words(to + gap, 'start');
}

function row(placed: PlacedRow, at: number, drawing: Drawing): string {
  const { sequence, layout, texts, current } = drawing;
  const own = sequence.rows[at];
  if (!own) return '';
  const { event, sent } = own;
  const isCurrent = at === current;
  const before = layout.rows[at - 1];
  const isLater = before === undefined || sequence.rows[at - 1]?.event.atMs !== event.atMs;
  const frame = {
    x: 2,
    y: placed.top - 1,
    width: layout.width - 4,
    height: placed.bottom - placed.top,
  };
  const pause = texts.run.skipped(placed.pauseMs);
  return element(
    'g',
    { class: isCurrent ? 'row current' : 'row', 'data-event': event.id },
    placed.pauseMs > 0
      ? line(60, placed.pauseY, layout.width - 16, placed.pauseY, 'faint dotted') +
          textAt([`⋮ ${pause}`], 70, placed.pauseY + 4, { class: 'quiet' })
      : '',
    element('rect', { class: isCurrent ? 'mark' : 'hit', ...frame }),
    isCurrent ? textAt(['▶'], 4, placed.y + 4, { class: 'strong' }) : '',
    isLater
      ? textAt([String(event.atMs)], 58, placed.y + 4, { class: 'quiet', 'text-anchor': 'end' })
      : '',
    own.arrow && !isNote(own)
      ? arrow(own.arrow, at, drawing) + label(placed, own.arrow, at, drawing)
      : note(placed, at, drawing),
    sent
      ? element(
          'g',
          { 'data-event': sent.id },
          element('rect', { class: 'hit', ...sentAt(at, drawing) }),
        )
      : '',
  );
}

/** The tail of an arrow, which belongs to the event of its sending. */
function sentAt(at: number, { sequence, layout }: Drawing) {
  const { x } = columnAt(layout, sequence.rows[at]?.arrow?.from ?? 0);
  return {
    x: x - 2 * CHAR,
    y: (layout.rows[at]?.y ?? 0) - LINE / 2,
    width: 4 * CHAR,
    height: LINE,
  };
}

/**
 * A sequence as a whole SVG document. `current` is the event where one stands, if any; one that has
 * no row of its own stands at the row before.
 */
export function sequenceSvg(
  sequence: Sequence,
  words: Words,
  current: number | null = null,
): string {
  const layout = layOutSequence(sequence, words);
  const stands = sequence.rows.findLastIndex(({ event }) => event.id <= (current ?? 0));
  const drawing = { ...words, sequence, layout, current: stands < 0 ? null : stands };
  const { heading, texts, numbered } = words;
  const [, ...notes] = layout.heading;
  const told = [
    texts.diagram.sequence(sequence.rows.length),
    ...heading.notes,
    ...sequenceWords(sequence, texts, numbered),
    heading.ending,
  ];
  return picture(layout, heading.title, told, [
    textAt(layout.heading.slice(0, 1), 16, 28, { class: 'strong' }),
    textAt(notes, 16, 28 + LINE),
    ...lifelines(drawing),
    ...activations(drawing),
    ...sequence.brackets.map((one) => bracket(one, drawing)),
    ...layout.rows.map((placed, at) => row(placed, at, drawing)),
    ...downtimes(drawing),
    ...heads(drawing, layout.headY),
    ...heads(drawing, layout.footY),
    textAt(layout.ending, 16, layout.legendY, { class: 'strong' }),
    textAt(layout.legend, 16, layout.legendY + layout.ending.length * LINE, { class: 'quiet' }),
  ]);
}

// The picture of a step in a terminal, exactly so many lines: where one is, what just happened, the
// sequence and the machines left, rows, queues, locks and logs right, why, and what can come next.

import { clip, type Layout, padTo } from '../layout.ts';
import { type Language, textsIn } from '../texts/index.ts';
import { stepTexts } from '../texts/step.ts';
import { viewTexts } from '../texts/view.ts';
import { type TimelineLine, timelineLines } from '../timeline.ts';
import { breaksOf, frameAt, lastStep, type Showing, stepOf } from '../view/showing.ts';
import { type View, viewOf } from '../view/view.ts';
import { answerOf } from '../view/watched.ts';
import {
  heading,
  lockLines,
  logLines,
  machineLines,
  queueLines,
  rowLines,
  type Sketch,
  statusLine,
} from './sections.ts';

/** What is to be drawn. */
export interface Picture {
  readonly showing: Showing;
  readonly step: number;
  readonly row: string | null;
  /** Which branch this is; empty if there is only one. */
  readonly branch: string;
  readonly isBreak: (step: number) => boolean;
  /** What the program has to say, or what one is typing; empty for the keys. */
  readonly message: string;
}

/** Fewer columns than this are not divided. */
const DIVIDED = 72;

/** A section that may be shortened: its lines, and how many it should keep at least. */
interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  readonly least: number;
}

// The whole sequence is laid out once for each width.
const sequences = new WeakMap<Showing, Map<string, readonly TimelineLine[]>>();

function sequenceOf(showing: Showing, layout: Layout, language: Language): readonly TimelineLine[] {
  const byLayout = sequences.get(showing) ?? new Map();
  sequences.set(showing, byLayout);
  const key = `${layout.width} ${language}`;
  const { film, services } = showing;
  const lines =
    byLayout.get(key) ?? timelineLines(film.events, services, layout, textsIn(language));
  byLayout.set(key, lines);
  return lines;
}

/** The sequence up to this step, its last lines. */
function sequenceLines({ showing, step }: Picture, { layout, language }: Sketch, height: number) {
  const narrower = { ...layout, width: layout.width - 2 };
  const [head, ...lines] = sequenceOf(showing, narrower, language);
  const events = frameAt(showing.film, step).events;
  const before = step === 0 ? 0 : frameAt(showing.film, step - 1).events;
  const past = lines.filter(({ event }) => (event ?? 0) <= events);
  const shown = past.slice(-Math.max(1, height - 1)).map(({ text, event }) => {
    return `${(event ?? 0) > before ? '▶' : ' '} ${text}`;
  });
  return [`  ${head?.text ?? ''}`, ...shown];
}

/** Divides a height among sections: each its least, then the first the rest. */
function stack(
  sections: readonly Section[],
  width: number,
  height: number,
  { layout, language }: Sketch,
): readonly string[] {
  const wanted = sections.map(({ lines }) => lines.length + 1);
  const given = sections.map(({ least, lines }) => Math.min(least, lines.length) + 1);
  let left = height - given.reduce((sum, lines) => sum + lines, 0);
  for (const [at, want] of wanted.entries()) {
    const more = Math.max(0, Math.min(left, want - (given[at] ?? 0)));
    given[at] = (given[at] ?? 0) + more;
    left -= more;
  }
  const lines = sections.flatMap(({ title, lines: own }, at) => {
    const room = (given[at] ?? 1) - 1;
    const hidden = own.length - room;
    const more = layout.paint.dim(clip(stepTexts[language].more(hidden + 1), width, layout));
    const shown = hidden > 0 ? [...own.slice(0, Math.max(0, room - 1)), more] : own;
    return [heading(title, width, layout), ...shown.slice(0, room)];
  });
  return Array.from({ length: height }, (_, at) => lines[at] ?? '');
}

function rightSections(picture: Picture, sketch: Sketch, width: number): readonly Section[] {
  const { headings, noneGiven } = stepTexts[sketch.language];
  const { film } = picture.showing;
  const { watch } = picture.showing.asked;
  const watched = watch.flatMap((sql, at) => {
    const answer = frameAt(film, picture.step).watched[at] ?? [];
    const { rows, wrong } = answerOf(answer, sketch.language);
    const given = rows.length > 0 ? rows.map((row) => JSON.stringify(row)) : [noneGiven];
    const told = wrong === null ? given : [`! ${wrong}`];
    return [sql, ...told.map((line) => `  ${line}`)].map((line) =>
      clip(line, width, sketch.layout),
    );
  });
  const locks = lockLines(sketch, width);
  return [
    { title: headings.rows, lines: rowLines(sketch, picture.row, width), least: 2 },
    ...(watched.length > 0 ? [{ title: headings.watch, lines: watched, least: 2 }] : []),
    { title: headings.queues, lines: queueLines(sketch, width), least: 1 },
    ...(locks.length > 0 ? [{ title: headings.locks, lines: locks, least: 1 }] : []),
    { title: headings.log, lines: logLines(sketch, width), least: 2 },
  ];
}

/** The run from left to right: where one is, where faults struck, where something broke. */
function scrubLine({ showing, step, isBreak }: Picture, width: number, { paint }: Layout): string {
  const { film } = showing;
  const last = Math.max(1, lastStep(film));
  const placeOf = (at: number) => Math.round((at / last) * (width - 1));
  const cells = Array.from({ length: width }, (_, at): string => (at < placeOf(step) ? '━' : '─'));
  for (let at = 0; at <= last; at++) if (isBreak(at)) cells[placeOf(at)] = '◆';
  for (const { id, happening } of film.events) {
    if (happening.kind === 'struck') cells[placeOf(stepOf(film, id))] = '!';
  }
  for (const at of breaksOf(film).values()) cells[placeOf(at)] = '✗';
  cells[placeOf(step)] = '●';
  return cells
    .map((cell) =>
      cell === '!' || cell === '✗' ? paint.bad(cell) : cell === '●' ? cell : paint.dim(cell),
    )
    .join('');
}

function happenedLines(
  { took, happened, ending }: View,
  { layout, language }: Sketch,
  width: number,
) {
  const { paint } = layout;
  const { begins } = viewTexts[language];
  const lines = happened
    .filter(({ service }) => service !== null)
    .concat(happened.filter(({ service }) => service === null))
    .map(({ service, text, isAlarming }) => {
      const line = clip(`▶ ${service ? `${service}: ` : ''}${text}`, width, layout);
      return isAlarming ? paint.bad(line) : line;
    });
  const over = ending ? [paint.bold(clip(`■ ${ending.word}: ${ending.text}`, width, layout))] : [];
  return [...lines.slice(0, 2), ...over, ...lines.slice(2)].concat(
    lines.length + over.length === 0 ? [paint.dim(clip(`▶ ${took ?? begins}`, width, layout))] : [],
  );
}

function whyLine({ why }: View, { layout }: Sketch, label: string, width: number): string {
  const { paint } = layout;
  const causes = why.map(({ service, text }) => `${service ? `${service}: ` : ''}${text}`);
  return paint.dim(clip(`${label}: ${causes.toReversed().join(' ← ') || '·'}`, width, layout));
}

/** Items one after the other, in two lines at most. */
function flow(items: readonly string[], first: string, layout: Layout): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const line = lines.at(-1);
    const longer = `${line ?? first}  ${item}`;
    if (line === undefined) lines.push(longer);
    else if (lines.length === 2 || layout.measure(longer) <= layout.width)
      lines[lines.length - 1] = longer;
    else lines.push(`${' '.repeat(layout.measure(first))}  ${item}`);
  }
  return lines.map((line) => clip(line, layout.width, layout));
}

/** What can come next, and what can go wrong in it. */
function choiceLines({ next, faults, ending }: View, { layout, language }: Sketch, label: string) {
  const words = stepTexts[language];
  if (ending) return [clip(`${label}: ${words.over}`, layout.width, layout)];
  const choices = next.map(
    ({ number, text, isTaken }) => `${number}${isTaken ? words.taken : ''} ${text}`,
  );
  const strikes = faults.map(({ number, text }) => `f${number} ${text}`);
  return [
    ...flow(choices, `${label}:`, layout),
    ...flow(strikes, '', layout).map(layout.paint.dim),
  ];
}

/** Draws a step: exactly `height` lines, none wider than the layout. */
export function stepPicture(
  picture: Picture,
  layout: Layout,
  height: number,
  language: Language,
): readonly string[] {
  const { width, measure } = layout;
  const view = viewOf(picture.showing, picture.step, language);
  const sketch: Sketch = { view, layout, language };
  const { headings, keys } = stepTexts[language];
  const title = picture.showing.scenario;
  const head = [
    statusLine(sketch, { title, branch: picture.branch }, width),
    scrubLine(picture, width, layout),
    ...happenedLines(view, sketch, width).slice(0, height > 26 ? 3 : 2),
  ];
  const foot = [
    whyLine(view, sketch, headings.why, width),
    ...choiceLines(view, sketch, headings.next),
    clip(picture.message || keys, width, layout),
  ];
  const room = Math.max(0, height - head.length - foot.length);
  const machineCount = view.machines.length + view.down.length;
  const isDivided = width >= DIVIDED;
  const leftWidth = isDivided ? Math.floor((width - 1) / 2) : width;
  const rightWidth = isDivided ? width - leftWidth - 1 : width;
  const machineRoom = isDivided ? Math.min(machineCount + 1, Math.floor(room / 2)) : 0;
  const own = { ...sketch, layout: { ...layout, width: leftWidth } };
  const leftRoom = isDivided ? room - machineRoom : Math.floor(room / 3);
  const left = [
    ...sequenceLines(picture, own, leftRoom),
    ...Array.from({ length: leftRoom }, () => ''),
  ].slice(0, leftRoom);
  const below =
    machineRoom > 0
      ? stack(
          [{ title: headings.machines, lines: machineLines(own, leftWidth), least: 1 }],
          leftWidth,
          machineRoom,
          own,
        )
      : [];
  const right = stack(
    rightSections(picture, sketch, rightWidth),
    rightWidth,
    isDivided ? room : room - leftRoom,
    sketch,
  );
  const body = isDivided
    ? [...left, ...below].map((line, at) => `${padTo(line, leftWidth, measure)} ${right[at] ?? ''}`)
    : [...left, ...right];
  return [...head, ...body, ...foot].slice(0, height).map((line) => line.trimEnd());
}

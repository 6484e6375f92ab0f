// A counterexample for a person: the sequence in lanes with what led to the break marked, the rows
// that show it, the first row that differs from the run without it, and how to see it again.

import {
  parseFault,
  type RunResult,
  type Tables,
  type TraceEvent,
  type Wait,
} from '../sim/index.ts';
import { hang, type Layout } from './layout.ts';
import { describeChange, type RowChange, rowChanges } from './rows.ts';
import { type Report, replayLines } from './run-report.ts';
import { exploreTexts, type Language, textsIn } from './texts/index.ts';
import { timeline } from './timeline.ts';

/** A property that can be broken, the run that shows it, and the run without faults. */
export interface Counterexample {
  readonly property: string;
  /** How long its way is: messages handled and timers that did something; or steps, where steps are smaller. */
  readonly length: number;
  /** How many steps its way has, until it breaks. */
  readonly steps: number;
  readonly faults: readonly string[];
  readonly mix: readonly string[] | null;
  readonly isKnown: boolean;
  readonly report: Report;
  readonly usual: RunResult;
  /** Who waits for what where it came to rest. */
  readonly waits: readonly Wait[];
}

/** The first row, table by table, in which two runs end differently. */
export interface RowDifference extends RowChange {
  readonly table: string;
}

export function rowDifferences(one: Tables, other: Tables): readonly RowDifference[] {
  return Object.keys(other).flatMap((table) =>
    rowChanges(one[table] ?? [], other[table] ?? []).map((change) => ({ table, ...change })),
  );
}

/** The events that led to one, itself included: from cause to cause. */
function causesOf(events: readonly TraceEvent[], last: number): ReadonlySet<number> {
  const byId = new Map(events.map((event) => [event.id, event]));
  const causes = new Set<number>();
  for (let at = byId.get(last); at && !causes.has(at.id); at = byId.get(at.cause ?? -1)) {
    causes.add(at.id);
  }
  return causes;
}

// Enough to see who did what, and in which order.
const TOLD: readonly TraceEvent['happening']['kind'][] = [
  'requested',
  'received',
  'ticked',
  'changed',
  'struck',
  'crashed',
  'restarted',
  'failed',
  'dead-lettered',
  'lost',
  'violated',
];

/** The events up to the break, each that led to it marked. */
function sequence({ property, report }: Counterexample) {
  const { events } = report.result;
  const broken = events.find(({ happening }) => {
    return happening.kind === 'violated' && happening.property === property;
  });
  const until = broken?.id ?? events.at(-1)?.id ?? 0;
  const told = events.filter(({ id, happening }) => id <= until && TOLD.includes(happening.kind));
  return { told, marked: causesOf(events, until) };
}

// What the catalogue says of the same faults at the same places, or of no fault at all.
function whyOf({ property, report, faults }: Counterexample, language: Language): string | null {
  const { mistakes, namedFaults, points, id } = report.scenario;
  const placesOf = (texts: readonly string[]): string => {
    const read = texts.map((text) => parseFault(text, points, id));
    return read.map(({ kind, point, when }) => `${kind}@${point}:${when}`).join();
  };
  const places = placesOf(faults);
  const named = Object.values(namedFaults).find(({ expect, faults: lines, set }) => {
    if (!expect?.why || !expect.violated.includes(property)) return false;
    return Object.keys(set).length === 0 && placesOf(lines) === places;
  });
  return (named?.expect?.why ?? mistakes[property])?.[language] ?? null;
}

/** Whether the catalogue, or the scenario's own file, knows of the break. */
export function knownWords({ isKnown, report }: Counterexample, language: Language): string {
  const { known, unknown, knownByFile, unknownByFile } = exploreTexts[language];
  const [yes, no] =
    report.scenario.file === undefined ? [known, unknown] : [knownByFile, unknownByFile];
  return isKnown ? yes : no;
}

/** In words, how long its way is: in messages and timers if a step is a whole one of them. */
export function shortestWay(found: Counterexample, language: Language): string {
  const { length, steps, faults, report } = found;
  const handled = report.recording.pace === 'handler' ? length : 0;
  return exploreTexts[language].shortest(handled, steps, faults.length);
}

/** The lines of a counterexample. */
export function counterexampleLines(
  found: Counterexample,
  layout: Layout,
  language: Language,
): readonly string[] {
  const { property, report, usual, faults, mix, isKnown, waits } = found;
  const { scenario, result } = report;
  const texts = textsIn(language);
  const words = exploreTexts[language];
  const { paint } = layout;
  const text = scenario.properties.find(({ id }) => id === property)?.text[language];
  const state = knownWords(found, language);
  const why = whyOf(found, language);
  const { told, marked } = sequence(found);
  const seen = new Set(told.map(({ place }) => place.service));
  const services = scenario.services.map(({ name }) => name).filter((name) => seen.has(name));
  const rows = result.verdicts.find((verdict) => verdict.property === property)?.rows ?? [];
  const [difference] = rowDifferences(usual.after, result.after);
  const indented = (first: string, given: string) => hang(first, given, layout);
  return [
    ...indented('✗ ', `${property}: ${text ?? words.comesToRest}`).map(paint.bold),
    ...indented('  ', state).map(isKnown ? paint.warn : paint.bad),
    ...indented('  ', shortestWay(found, language)),
    ...faults.flatMap((fault) => indented('    ', fault)),
    ...(mix ? indented('  ', words.mix(mix)) : []),
    ...(why ? indented('  ', why) : []),
    '',
    ...timeline(told, services, layout, texts, marked),
    ...indented('', words.marked).map(paint.dim),
    '',
    ...rows.slice(0, 3).flatMap((row) => indented(`  ${words.evidence} `, JSON.stringify(row))),
    ...(difference
      ? [
          ...indented('  ', words.difference),
          ...indented(`    ${difference.mark} ${difference.table}  `, describeChange(difference)),
        ]
      : []),
    ...(waits.length > 0 ? [`  ${words.waits}`] : []),
    ...waits.flatMap((wait) => indented('    ', words.wait(wait))),
    ...replayLines(report, layout.width - 2).map((line) => `  ${line}`),
  ];
}

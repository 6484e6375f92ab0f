// Two runs of one scenario, held against each other: the first event in which they differ, and the
// rows in which they end differently.

import type { TraceEvent } from '../sim/index.ts';
import { type RowDifference, rowDifferences } from './counterexample.ts';
import { eventDocument, SCHEMA_VERSION } from './document.ts';
import { hang, type Layout } from './layout.ts';
import { describeChange } from './rows.ts';
import type { Report } from './run-report.ts';
import { exploreTexts, type Language, textsIn } from './texts/index.ts';
import { timeline } from './timeline.ts';

/** How two runs differ. */
export interface Difference {
  readonly first: Report;
  readonly second: Report;
  /** How many events they have in common; null if they are the same to the end. */
  readonly common: number | null;
  readonly rows: readonly RowDifference[];
}

/** How many events before and after the first difference are shown. */
const BEFORE = 4;
const AFTER = 6;

// What happened, without the numbers that only count.
function happeningOf(event: TraceEvent): string {
  const { id: _, cause: __, execution: ___, ...told } = eventDocument(event);
  return JSON.stringify(told, (key, value) =>
    key === 'messageId' || key === 'transaction' ? undefined : value,
  );
}

/** Compares two runs. */
export function differenceOf(first: Report, second: Report): Difference {
  const [one, other] = [first, second].map(({ result }) => result.events.map(happeningOf));
  const length = Math.max(one?.length ?? 0, other?.length ?? 0);
  let common = 0;
  while (common < length && one?.[common] === other?.[common]) common += 1;
  const rows = rowDifferences(first.result.after, second.result.after);
  return { first, second, common: common === length ? null : common, rows };
}

function side(
  { scenario, result }: Report,
  from: number,
  to: number,
  layout: Layout,
  language: Language,
): readonly string[] {
  const services = scenario.services.map(({ name }) => name);
  const shown = result.events.slice(from, to);
  if (shown.length === 0) return [`  ${exploreTexts[language].diff.ends}`];
  return timeline(shown, services, layout, textsIn(language));
}

/** The comparison, line by line. */
export function diffReport(
  { first, second, common, rows }: Difference,
  layout: Layout,
  language: Language,
): readonly string[] {
  const words = exploreTexts[language].diff;
  const { paint } = layout;
  const runs = [
    [words.first, first],
    [words.second, second],
  ] as const;
  const asked = runs.flatMap(([name, { recording }]) =>
    hang(`${name}  `, recording.fails.join('  ') || words.noFault, layout),
  );
  const title = [paint.bold(first.scenario.id), ...asked];
  if (common === null) return [...title, '', words.same];
  const from = Math.max(0, common - BEFORE);
  return [
    ...title,
    '',
    paint.bold(words.event),
    ...(common > 0 ? side(first, from, common, layout, language) : []),
    ...runs.flatMap(([name, report]) => [
      '',
      paint.bold(name),
      ...side(report, common, common + AFTER, layout, language),
    ]),
    '',
    paint.bold(words.rows),
    ...(rows.length === 0 ? [`  ${words.noRows}`] : []),
    ...rows.flatMap((row) => hang(`  ${row.mark} ${row.table}  `, describeChange(row), layout)),
  ];
}

/** The comparison, for a program. */
export function diffDocument({ first, second, common, rows }: Difference) {
  const eventOf = ({ result }: Report) => {
    const event = common === null ? undefined : result.events[common];
    return event ? eventDocument(event) : null;
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'diff',
    scenario: first.scenario.id,
    same: common === null,
    common,
    first: { replay: first.code, fails: first.recording.fails, event: eventOf(first) },
    second: { replay: second.code, fails: second.recording.fails, event: eventOf(second) },
    rows,
  };
}

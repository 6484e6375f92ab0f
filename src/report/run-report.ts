// What a run gave, for a person: timeline, rows, queues, properties, outcome, and how to repeat it.

import type { Judgement, Parameters, Recording } from '../scenarios/index.ts';
import type { Row, RunInput, RunResult, RunSummary, Scenario, Text } from '../sim/index.ts';
import { foundBy, replayCommand } from './command.ts';
import { hang, type Layout, wrap, wrapLegend } from './layout.ts';
import { changedTables } from './rows.ts';
import { sideBySide } from './side-by-side.ts';
import { type Language, type Texts, textsIn } from './texts/index.ts';
import { timeline } from './timeline.ts';

/** A finished run with all that was asked for. */
export interface Report {
  readonly scenario: Scenario;
  readonly input: RunInput;
  /** The parameters that were changed. */
  readonly settings: Parameters;
  readonly recording: Recording;
  readonly seed: number | null;
  readonly named: readonly string[];
  readonly result: RunResult;
  readonly judgement: Judgement;
  readonly code: string;
}

/** Fills `{column}` in a text with the values of a row; `{failure}`, the code of one, in words. */
export function fillText(text: Text | undefined, row: Row, language: Language): string {
  const { failures } = textsIn(language);
  return (text?.[language] ?? '').replace(/\{(\w+)\}/g, (whole, column: string) => {
    if (!(column in row)) return whole;
    const value = String(row[column]);
    return column === 'failure' ? (failures[value] ?? value) : value;
  });
}

/** The outcome in one sentence, in both languages. */
export function outcomeSentence({
  scenario,
  result,
}: {
  readonly scenario: Scenario;
  readonly result: RunSummary;
}): Text {
  const { rule, row } = result.outcome;
  const text = rule === null ? undefined : scenario.outcomes[rule]?.text;
  if (result.ending !== 'at-rest') {
    const { ending, endedAtMs, steps } = result;
    const cutOff = (language: Language) => {
      const { horizon, stopped } = textsIn(language).run;
      return ending === 'horizon' ? horizon(endedAtMs) : stopped(steps);
    };
    return { en: cutOff('en'), zh: cutOff('zh') };
  }
  return { en: fillText(text, row, 'en'), zh: fillText(text, row, 'zh') };
}

function heading(text: string, { paint }: Layout): readonly string[] {
  return ['', paint.bold(text)];
}

function title(report: Report, layout: Layout, texts: Texts, language: Language) {
  const { scenario, named, recording, seed, settings } = report;
  const own = recording.fails.filter((fail) => !named.includes(fail));
  const { matrix } = scenario;
  const { parameters } = report.input;
  const cell = matrix ? [matrix.rows, matrix.columns] : [];
  const told = { ...Object.fromEntries(cell.map((name) => [name, parameters[name]])), ...settings };
  const set = Object.entries(told).map(([name, value]) => `${name}=${value}`);
  const row = matrix ? String(parameters[matrix.rows]) : '';
  const column = matrix ? String(parameters[matrix.columns]) : '';
  const strike = matrix?.strikes[column];
  return [
    ...wrap(`${scenario.id} · ${scenario.title[language]}`, layout.width, layout.measure).map(
      layout.paint.bold,
    ),
    ...named.flatMap((name) => {
      const text = scenario.namedFaults[name]?.text[language] ?? '';
      return hang(`  ${name}: `, text, layout);
    }),
    ...own.flatMap((fail) => hang('  ', fail, layout)),
    ...(set.length > 0 ? hang('  ', set.join('  '), layout) : []),
    ...(matrix?.titles[row] ? hang(`  ${row}: `, matrix.titles[row][language], layout) : []),
    ...(strike ? hang(`  ${column}: `, strike.text[language], layout) : []),
    ...(seed === null ? [] : hang('  ', texts.run.seed(seed), layout)),
  ];
}

function queueLines({ result }: Report, layout: Layout, texts: Texts): readonly string[] {
  const left = result.queues.filter(({ messages }) => messages.length > 0);
  if (left.length === 0) return [`  ${texts.run.emptyQueues}`];
  return left.flatMap(({ queue, messages }) => [
    `  ${queue}: ${texts.run.messages(messages.length)}`,
    ...messages.flatMap(({ body, originalQueue }) => {
      const from = originalQueue === null ? '' : `${texts.run.from(originalQueue)} `;
      return hang('    ', `${from}${JSON.stringify(body)}`, layout);
    }),
  ]);
}

function propertyLines(report: Report, layout: Layout, texts: Texts, language: Language) {
  const { scenario, result, judgement } = report;
  const { paint } = layout;
  return result.verdicts.flatMap(({ property, holds, rows }) => {
    const words = scenario.properties.find(({ id }) => id === property)?.text[language] ?? '';
    if (holds) return hang('  ✓ ', words, layout).map(paint.good);
    if (holds === null) return hang('  ? ', `${words}: ${texts.run.notYet}`, layout);
    const expected = !judgement.unexpected.includes(property);
    const state = expected ? texts.run.expectedBroken : texts.run.broken;
    const evidence = rows.slice(0, 3).map((row) => JSON.stringify(row));
    const known = judgement.expectation ? undefined : scenario.mistakes[property];
    return [
      ...hang('  ✗ ', `${words}: ${state}`, layout).map(expected ? paint.warn : paint.bad),
      ...evidence.flatMap((line) => hang('      ', line, layout)),
      ...(known ? hang('      ', known[language], layout) : []),
    ];
  });
}

/** How a verdict is worded: by a catalogue, or by the scenario's own file. */
export const verdictWords = ({ file }: Scenario, { run }: Texts): Texts['run']['byFile'] =>
  file === undefined ? run : run.byFile;

/** The verdict: the outcome's word and sentence, and how it stands to what was expected. */
function verdictLines(report: Report, layout: Layout, texts: Texts, language: Language) {
  const { scenario, result, judgement } = report;
  const { paint } = layout;
  const { expectation, asExpected, unexpected, missing } = judgement;
  const textOf = (id: string) =>
    scenario.properties.find((property) => property.id === id)?.text[language] ?? id;
  const word = texts.outcomes[result.outcome.word];
  const against = [
    ...unexpected.map((id) => texts.run.unexpected(textOf(id))),
    ...missing.map((id) => texts.run.missing(textOf(id))),
    ...(expectation && expectation.outcome !== result.outcome.word
      ? [texts.run.expectedOutcome(texts.outcomes[expectation.outcome])]
      : []),
  ];
  const words = verdictWords(scenario, texts);
  const verdict = asExpected
    ? expectation
      ? words.asExpected
      : words.noExpectation
    : words.notAsExpected;
  const why = asExpected && expectation?.why ? [expectation.why[language]] : [];
  const mark = asExpected ? (result.ending === 'at-rest' ? '  ✓ ' : '  ? ') : '  ✗ ';
  return [
    // One that was stopped has no outcome yet.
    ...(result.ending === 'stopped' ? [] : hang('  ', word, layout).map(paint.bold)),
    ...[outcomeSentence(report)[language], ...why].flatMap((text) => hang('  ', text, layout)),
    ...hang(mark, verdict, layout).map(asExpected ? paint.good : paint.bad),
    ...against.flatMap((text) => hang('    ', text, layout)).map(paint.bad),
  ];
}

/** The whole report of a run, line by line; the replay line stands apart (see `replayLines`). */
export function runReport(
  report: Report,
  layout: Layout,
  texts: Texts,
  language: Language,
): readonly string[] {
  const { scenario, result } = report;
  const { headings } = texts;
  // Who takes no part in it has no lane.
  const seen = new Set(result.events.map(({ place }) => place.service));
  const services = scenario.services.map(({ name }) => name).filter((name) => seen.has(name));
  const show = scenario.inspects ? sideBySide : timeline;
  const legend = scenario.inspects ? texts.inside.legend : texts.run.legend;
  const queues = [...heading(headings.queues, layout), ...queueLines(report, layout, texts)];
  return [
    ...title(report, layout, texts, language),
    ...heading(headings.timeline, layout),
    ...wrapLegend(legend, layout.width, layout.measure).map(layout.paint.dim),
    ...show(result.events, services, layout, texts),
    ...heading(headings.rows, layout),
    ...changedTables(result, layout, texts),
    ...(scenario.queues.length > 0 ? queues : []),
    ...heading(headings.properties, layout),
    ...propertyLines(report, layout, texts, language),
    ...heading(headings.outcome, layout),
    ...verdictLines(report, layout, texts, language),
    ...heading(headings.replay, layout),
  ];
}

/**
 * The command that repeats a run. On a terminal it is broken with backslashes, which a shell joins
 * again, but for the name of a file, which may be in quotes; elsewhere it is one line.
 */
export function replayLines(
  { scenario, code }: Pick<Report, 'scenario' | 'code'>,
  width: number | null,
): readonly string[] {
  const command = replayCommand(code, foundBy(scenario));
  if (width === null || command.length <= width) return [command];
  const size = width - 1;
  const plain = replayCommand(code, '');
  const parts = Array.from({ length: Math.ceil(plain.length / size) }, (_, at) =>
    plain.slice(at * size, (at + 1) * size),
  );
  const rest = command.slice(plain.length);
  const all = rest === '' ? parts : [...parts, rest];
  return all.map((part, at) => (at === all.length - 1 ? part : `${part}\\`));
}

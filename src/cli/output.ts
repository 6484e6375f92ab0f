// How the commands answer: text for a person or JSON for a program, and the exit code that goes
// with it.

import {
  bugDocument,
  type DiagramFormat,
  type Difference,
  diffDocument,
  diffReport,
  type ExploreReport,
  errorDocument,
  errorReport,
  eventDocument,
  exploreDocument,
  exploreReport,
  exploreTexts,
  type Language,
  matrixCsv,
  matrixDocument,
  matrixMarkdown,
  matrixReport,
  quietExploration,
  type Report,
  replayLines,
  runDiagram,
  runDocument,
  runReport,
  textsIn,
  verdictDocument,
  verdictWords,
  wrap,
} from '../report/index.ts';
import type { MatrixResult } from '../scenarios/index.ts';
import { SandboxError, type TraceEvent } from '../sim/index.ts';
import { complain, layoutFor, print } from './terminal.ts';

export const EXIT = {
  expected: 0,
  unexpected: 1,
  usage: 2,
  limit: 3,
  bug: 70,
  interrupted: 130,
} as const;

/** How to answer. */
export interface OutputStyle {
  readonly language: Language;
  readonly color: boolean;
  readonly json: boolean;
  readonly ndjson: boolean;
  readonly quiet: boolean;
}

/** Prints events while they happen, if that was asked for. */
export function eventPrinter({ ndjson }: OutputStyle) {
  if (!ndjson) return {};
  return { onEvent: (event: TraceEvent) => print([JSON.stringify(eventDocument(event))]) };
}

function quietLine({ scenario, result, judgement }: Report, language: Language): string {
  const texts = textsIn(language);
  const { asExpected, expectation } = judgement;
  const words = verdictWords(scenario, texts);
  const { asExpected: yes, notAsExpected: no, noExpectation: open } = words;
  const verdict = asExpected ? (expectation ? yes : open) : no;
  return `${scenario.id}: ${texts.outcomes[result.outcome.word]}; ${verdict}`;
}

/** Prints a run, or its diagram. Returns its exit code. */
export async function printRun(
  report: Report,
  files: readonly string[],
  style: OutputStyle,
  diagram: DiagramFormat | null,
): Promise<number> {
  const { language } = style;
  const texts = textsIn(language);
  const { asExpected } = report.judgement;
  const failing = asExpected ? [] : replayLines(report, null);
  if (diagram) {
    print(runDiagram(report, diagram, await layoutFor(style.color), language));
    // A picture has no room for the command that repeats it.
    if (!asExpected) complain([quietLine(report, language), ...failing]);
  } else if (style.ndjson) {
    print([JSON.stringify({ kind: 'verdict', ...verdictDocument(report) })]);
  } else if (style.json) {
    const document = style.quiet ? verdictDocument(report) : runDocument(report);
    print([JSON.stringify(document, null, 2)]);
  } else if (style.quiet) {
    const line = quietLine(report, language);
    const narrow = process.stdout.isTTY ? await layoutFor(false) : null;
    print([...(narrow ? wrap(line, narrow.width, narrow.measure) : [line]), ...failing]);
  } else {
    const layout = await layoutFor(style.color);
    const width = process.stdout.isTTY ? layout.width : null;
    print([...runReport(report, layout, texts, language), ...replayLines(report, width)]);
  }
  if (!style.quiet) for (const file of files) complain([texts.run.exported(file)]);
  if (!asExpected) return EXIT.unexpected;
  return report.result.ending === 'horizon' ? EXIT.limit : EXIT.expected;
}

/** Prints how two runs differ. Returns its exit code. */
export async function printDifference(
  difference: Difference,
  { json, color, language }: OutputStyle,
): Promise<number> {
  if (json) print([JSON.stringify(diffDocument(difference), null, 2)]);
  else print(diffReport(difference, await layoutFor(color), language));
  return EXIT.expected;
}

/** Prints an exploration. Returns its exit code. */
export async function printExploration(
  report: ExploreReport,
  style: OutputStyle,
  checkpoint?: string,
): Promise<number> {
  const { language } = style;
  if (style.json) {
    print([JSON.stringify(exploreDocument(report), null, 2)]);
  } else if (style.quiet) {
    const layout = process.stdout.isTTY ? await layoutFor(false) : null;
    const line = quietExploration(report, language);
    print(layout ? wrap(line, layout.width, layout.measure) : [line]);
  } else {
    print(exploreReport(report, await layoutFor(style.color), language));
  }
  const { goOn, couldKeep } = exploreTexts[language];
  if (report.limit && !report.isDrawn) {
    if (checkpoint !== undefined) complain([goOn(checkpoint)]);
    else if (report.limit.kind === 'interrupted') complain([couldKeep]);
  }
  if (report.limit?.kind === 'interrupted') return EXIT.interrupted;
  if (!report.asExpected) return EXIT.unexpected;
  return report.limit ? EXIT.limit : EXIT.expected;
}

/** Prints a scenario's matrix. Returns its exit code. */
export async function printMatrix(
  result: MatrixResult,
  style: OutputStyle,
  form: 'table' | 'csv' | 'markdown',
): Promise<number> {
  const { language, json, quiet } = style;
  const texts = textsIn(language);
  const asExpected = result.cells.every((cell) => cell.asExpected);
  if (json) print([JSON.stringify(matrixDocument(result), null, 2)]);
  else if (form === 'csv') print(matrixCsv(result));
  else if (form === 'markdown') print(matrixMarkdown(result));
  else if (quiet) {
    const { asExpected: yes, notAsExpected: no } = verdictWords(result.scenario, texts);
    print([`${result.scenario.id}: ${asExpected ? yes : no}`]);
  } else print(matrixReport(result, await layoutFor(style.color), texts, language));
  return asExpected ? EXIT.expected : EXIT.unexpected;
}

/** Prints what went wrong. Returns the exit code: a person's mistake, or a bug of ours. */
export async function printFailure(
  error: unknown,
  style: OutputStyle,
  commandLine: readonly string[],
): Promise<number> {
  const texts = textsIn(style.language);
  if (error instanceof SandboxError) {
    if (style.json || style.ndjson) print([JSON.stringify(errorDocument(error, commandLine))]);
    const layout = await layoutFor(false, process.stderr);
    complain(errorReport(error, texts, layout, commandLine));
    return error.code === 'nondeterministic' ? EXIT.bug : EXIT.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (style.json || style.ndjson) print([JSON.stringify(bugDocument(stack, commandLine))]);
  complain([stack, '', texts.bug, `sim ${commandLine.join(' ')}`]);
  return EXIT.bug;
}

// What an exploration came to: exactly what it proves, what can break and how, and what it never
// came by; as text for a person, as JSON for a program.

import type { Unreached } from '../explore/index.ts';
import type { Parameters } from '../scenarios/index.ts';
import type { Json, Scenario } from '../sim/index.ts';
import {
  type Counterexample,
  counterexampleLines,
  knownWords,
  rowDifferences,
  shortestWay,
} from './counterexample.ts';
import { SCHEMA_VERSION } from './document.ts';
import { hang, type Layout, wrap } from './layout.ts';
import { verdictWords } from './run-report.ts';
import {
  type Bounds,
  exploreTexts,
  type Language,
  type Limit,
  type Totals,
  textsIn,
} from './texts/index.ts';

/** A finished exploration with all that was asked for. */
export interface ExploreReport {
  readonly scenario: Scenario;
  readonly settings: Parameters;
  /** What strikes in any case, and the input document, if there are any. */
  readonly fails: readonly string[];
  readonly document?: Json | undefined;
  readonly strategy: string;
  readonly seed: number;
  readonly bounds: Bounds;
  readonly totals: Totals;
  /** What stopped it before it had tried everything; null if nothing did. */
  readonly limit: Limit | null;
  /** Whether ways were only drawn. */
  readonly isDrawn: boolean;
  readonly outcomes: readonly string[];
  readonly findings: readonly Counterexample[];
  readonly asExpected: boolean;
  readonly unexpected: readonly string[];
  readonly missing: readonly string[];
  readonly unreached: Unreached;
  /** Where the time went, in ms, if that was asked for. */
  readonly profile: Readonly<Record<string, number>> | null;
}

/** What was proved, in one sentence. */
export function guarantee(report: ExploreReport, language: Language): string {
  const { bounds, totals, limit, isDrawn, seed } = report;
  const words = exploreTexts[language];
  if (isDrawn) return words.walked(bounds, totals, seed);
  return limit ? words.incomplete(limit, bounds, totals) : words.complete(bounds, totals);
}

const textOf = ({ properties }: Scenario, id: string, language: Language): string =>
  properties.find((property) => property.id === id)?.text[language] ??
  exploreTexts[language].comesToRest;

function verdictLines(report: ExploreReport, layout: Layout, language: Language) {
  const { scenario, asExpected, missing } = report;
  const expects = verdictWords(scenario, textsIn(language));
  const words = exploreTexts[language];
  const { paint } = layout;
  const verdict = asExpected ? expects.noExpectation : expects.notAsExpected;
  const lacking = missing.map((property) =>
    words.missing(textOf(scenario, property, language), scenario.explore.breaks[property] ?? 0),
  );
  return [
    ...hang(asExpected ? '✓ ' : '✗ ', verdict, layout).map(asExpected ? paint.good : paint.bad),
    ...lacking.flatMap((line) => hang('  ', line, layout)).map(paint.bad),
  ];
}

// Each finding in a line, before each is told at length.
function summaryOf(found: Counterexample, layout: Layout, language: Language): readonly string[] {
  const { property } = found;
  const { pause } = exploreTexts[language];
  const line = `${shortestWay(found, language)}${pause}${knownWords(found, language)}`;
  return hang(`  ✗ ${property}  `, line, layout);
}

function unreachedLines({ unreached }: ExploreReport, layout: Layout, language: Language) {
  const words = exploreTexts[language];
  const { points, transitions, outcomes, sometimes } = unreached;
  const named = textsIn(language).outcomes as Readonly<Record<string, string>>;
  const kinds = [
    [words.points, points],
    [words.transitions, transitions],
    [words.outcomes, outcomes.map((word) => named[word] ?? word)],
    [words.sometimes, sometimes],
  ] as const;
  const lines = kinds.flatMap(([what, names]) =>
    names.length > 0 ? hang(`  ${what}: `, names.join(', '), layout) : [],
  );
  return lines.length > 0 ? ['', layout.paint.bold(words.unreached), ...lines] : [];
}

/** The whole report, line by line. */
export function exploreReport(
  report: ExploreReport,
  layout: Layout,
  language: Language,
): readonly string[] {
  const { scenario, settings, findings, profile } = report;
  const words = exploreTexts[language];
  const { paint } = layout;
  const title = `${scenario.id} · ${scenario.title[language]}`;
  const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const spent = Object.entries(profile ?? {}).map(
    ([part, ms]) => `  ${part}: ${Math.round(ms)} ms`,
  );
  return [
    ...wrap(title, layout.width, layout.measure).map(paint.bold),
    ...(set.length > 0 ? hang('  ', set.join('  '), layout) : []),
    '',
    ...wrap(guarantee(report, language), layout.width, layout.measure),
    '',
    paint.bold(words.findings),
    ...(findings.length === 0 ? hang('  ', words.nothing, layout) : []),
    ...findings.flatMap((found) => summaryOf(found, layout, language)),
    ...findings.flatMap((found) => ['', ...counterexampleLines(found, layout, language)]),
    ...unreachedLines(report, layout, language),
    ...(profile ? ['', paint.bold(words.profile), ...spent] : []),
    '',
    ...verdictLines(report, layout, language),
  ];
}

/** What there is to say in one line. */
export function quietExploration(report: ExploreReport, language: Language): string {
  const { scenario, asExpected, findings } = report;
  const expects = verdictWords(scenario, textsIn(language));
  const broken = findings.map(({ property }) => property).join(', ');
  const verdict = asExpected ? expects.noExpectation : expects.notAsExpected;
  const found = broken === '' ? '' : ` [${broken}]`;
  return `${scenario.id}: ${guarantee(report, language)}${found}${exploreTexts[language].pause}${verdict}`;
}

/** Everything about an exploration, for a program. */
export function exploreDocument(report: ExploreReport) {
  const { scenario, settings, strategy, seed, bounds, totals, limit, isDrawn } = report;
  const endless = (number: number): number | null => (Number.isFinite(number) ? number : null);
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'explore',
    scenario: scenario.id,
    settings,
    guarantee: guarantee(report, 'en'),
    complete: !limit && !isDrawn,
    stoppedBy: limit?.kind ?? null,
    strategy,
    seed: isDrawn ? seed : null,
    budget: {
      ...bounds,
      preemptions: endless(bounds.preemptions),
      depth: endless(bounds.depth),
    },
    states: totals.states,
    steps: totals.steps,
    frontier: totals.frontier,
    runs: isDrawn ? totals.runs : null,
    outcomes: report.outcomes,
    findings: report.findings.map((found) => {
      const { property, length, steps, faults, mix, isKnown, usual, waits } = found;
      const { result, code } = found.report;
      const verdict = result.verdicts.find((one) => one.property === property);
      const [difference = null] = rowDifferences(usual.after, result.after);
      return {
        property,
        expected: isKnown,
        length,
        steps,
        faults,
        mix,
        choices: result.choices,
        rows: verdict?.rows ?? [],
        firstDifference: difference,
        waits,
        replay: code,
      };
    }),
    asExpected: report.asExpected,
    unexpected: report.unexpected,
    missing: report.missing,
    unreached: report.unreached,
    ...(report.profile && { profile: report.profile }),
  };
}

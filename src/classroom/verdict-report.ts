// A verdict in words: every item with its points, then the story of what goes wrong first.

import {
  classroomTexts,
  counterexampleLines,
  errorText,
  hang,
  type Language,
  type Layout,
  phrase,
  replayLines,
  shortestWay,
  textsIn,
} from '../report/index.ts';
import { type Evidence, type Item, runOf, type Verdict } from './verdict.ts';

function itemLines(item: Item, layout: Layout, language: Language): readonly string[] {
  const { earned, points, text, given, evidence } = item;
  // What is not there and was answered earns nothing, and is wrong all the same.
  const isRight = earned === points && evidence?.kind !== 'decided';
  const mark = isRight ? layout.paint.good('✓') : layout.paint.bad('✗');
  const score = `${earned}/${points}`.padStart(5);
  const lines = hang(`${mark} ${score}  `, text[language], layout);
  if (evidence?.kind === 'needs') {
    const because = classroomTexts[language].needs(evidence.text[language]);
    return [...lines, ...hang('         ', because, layout)];
  }
  if (evidence?.kind !== 'decided') return lines;
  return [
    ...lines,
    ...hang('         ', decided(given?.[language] ?? '', evidence, language), layout),
  ];
}

/** A wrong prediction: what was answered, and which event decides. */
function decided(
  given: string,
  { event }: Extract<Evidence, { kind: 'decided' }>,
  language: Language,
): string {
  const words = classroomTexts[language];
  const because = event
    ? `${words.decidedBy(event.atMs)} ${event.place.service} ${phrase(event, textsIn(language), false)}`
    : words.nothingDecides;
  return words.answered(given, because);
}

function story(evidence: Evidence, layout: Layout, language: Language): readonly string[] {
  const words = classroomTexts[language];
  switch (evidence.kind) {
    case 'found':
      return counterexampleLines(evidence.found, layout, language);
    case 'ran': {
      const { report } = evidence;
      const texts = textsIn(language);
      const { outcome, verdicts } = report.result;
      const broken = verdicts.filter(({ holds }) => holds === false);
      return [
        ...hang('', words.ranTo(texts.outcomes[outcome.word]), layout),
        ...broken.flatMap(({ property }) => hang('✗ ', property, layout)),
        ...replayLines(report, layout.width),
      ];
    }
    case 'unfinished':
      return hang('', words.unfinished(evidence.states), layout);
    default:
      return [];
  }
}

/** What else is missing, each with the shortest way to it and the run that shows it. */
function otherLines(item: Item, layout: Layout, language: Language): readonly string[] {
  const run = runOf(item);
  if (!run) return [];
  const { evidence, id } = item;
  const way = evidence?.kind === 'found' ? `: ${shortestWay(evidence.found, language)}` : '';
  return [...hang('✗ ', `${id}${way}`, layout), ...replayLines(run, layout.width)];
}

/** The lines of a verdict. */
export function verdictReport(
  verdict: Verdict,
  layout: Layout,
  language: Language,
): readonly string[] {
  const { items, earned, points, passed, error } = verdict;
  const words = classroomTexts[language];
  const failing = items.filter((item) => item.earned < item.points && item.evidence);
  const [first, ...others] = failing.filter(
    ({ evidence }) => evidence?.kind !== 'decided' && evidence?.kind !== 'needs',
  );
  const rest = others.flatMap((item) => otherLines(item, layout, language));
  const total = `${passed ? words.passed : words.notYet} ${words.points(earned, points)}`;
  return [
    ...items.flatMap((item) => itemLines(item, layout, language)),
    ...(error ? problem(error, layout, language) : []),
    ...hang('', total, layout).map(passed ? layout.paint.good : layout.paint.bad),
    ...(first?.evidence && !passed
      ? ['', layout.paint.bold(words.first), ...story(first.evidence, layout, language)]
      : []),
    ...(rest.length > 0 && !passed
      ? ['', ...hang('', words.alsoBreaks, layout).map(layout.paint.bold), ...rest]
      : []),
  ];
}

function problem(error: NonNullable<Verdict['error']>, layout: Layout, language: Language) {
  const texts = textsIn(language);
  const { message, fix } = errorText(error, texts);
  const { file, line, column } = error.place ?? {};
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return [
    ...hang('✗ ', `${place ? `${place}: ` : ''}${message}`, layout),
    ...hang('  ', `${texts.fix}: ${fix}`, layout),
  ];
}

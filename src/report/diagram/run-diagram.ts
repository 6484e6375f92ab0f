// A run as a diagram, in one of the formats that can be asked for.

import type { Layout } from '../layout.ts';
import { outcomeSentence, type Report } from '../run-report.ts';
import { isNumbered } from '../telling.ts';
import { type Language, textsIn } from '../texts/index.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceMermaid } from './sequence-mermaid.ts';
import { sequenceSvg } from './sequence-svg.ts';
import { sequenceText } from './sequence-text.ts';
import type { Heading } from './words.ts';

/** The formats of a diagram. */
export const DIAGRAMS = ['svg', 'mermaid', 'text'] as const;
export type DiagramFormat = (typeof DIAGRAMS)[number];

function headingOf(report: Report, language: Language): Heading {
  const { scenario, named, recording, settings, result } = report;
  const told = named.map((name) => `${name}: ${scenario.namedFaults[name]?.text[language] ?? ''}`);
  const own = recording.fails.filter((fail) => !named.includes(fail));
  const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const word = textsIn(language).outcomes[result.outcome.word];
  return {
    title: `${scenario.id} · ${scenario.title[language]}`,
    notes: [...told, ...own, ...(set.length > 0 ? [set.join('  ')] : [])],
    ending: [word, outcomeSentence(report)[language]].filter(Boolean).join(' · '),
  };
}

/** The sequence diagram of a run, as lines. */
export function runDiagram(
  report: Report,
  format: DiagramFormat,
  layout: Layout,
  language: Language,
): readonly string[] {
  const { scenario, result } = report;
  const texts = textsIn(language);
  const sequence = sequenceOf(
    result.events,
    scenario.services.map(({ name }) => name),
  );
  const numbered = isNumbered(result.events);
  const heading = headingOf(report, language);
  switch (format) {
    case 'svg':
      return [sequenceSvg(sequence, { heading, texts, numbered, measure: layout.measure })];
    case 'mermaid':
      return sequenceMermaid(sequence, heading, texts, numbered);
    case 'text':
      return sequenceText(sequence, heading, layout, texts, numbered);
  }
}

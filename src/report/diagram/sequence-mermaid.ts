// A sequence in Mermaid's language. Transactions and downtimes are notes there: Mermaid's own
// frames would have to nest, and transactions do not.

import { visible } from '../layout.ts';
import type { Texts } from '../texts/index.ts';
import type { Arrow, Sequence } from './sequence.ts';
import {
  BRACKET_SIGNS,
  bracketWords,
  downWords,
  type Heading,
  nameOf,
  pauseBefore,
  rowWords,
  transactionName,
} from './words.ts';

const MEANINGFUL = /[#;<>%"]/g;

/** A text that means nothing to Mermaid: its entities are decimal, between # and ;. */
export function escapeMermaid(text: string): string {
  return visible(text).replace(MEANINGFUL, (character) => `#${character.codePointAt(0)};`);
}

const id = (lifeline: number): string => `p${lifeline}`;

const SHAFTS = { call: '->>', reply: '-->>', message: '-)', delivery: '-)' } as const;

/** The shaft and head of an arrow: dashed for what comes again or goes back, crossed if lost. */
function shaft({ kind, arrives, isCopy, isRedelivered }: Arrow): string {
  if (!arrives) return kind === 'reply' ? '--x' : '-x';
  if (kind === 'return' || kind === 'dead-letter' || isRedelivered) return '--)';
  if (isCopy) return kind === 'call' ? '-->>' : '--)';
  return SHAFTS[kind];
}

/** The sequence as a Mermaid diagram, line by line. */
export function sequenceMermaid(
  sequence: Sequence,
  heading: Heading,
  texts: Texts,
  numbered: boolean,
): readonly string[] {
  const { lifelines, rows, beside } = sequence;
  const over = lifelines.length > 1 ? `${id(0)},${id(lifelines.length - 1)}` : id(0);
  const note = (where: string, text: string) => `Note ${where}: ${escapeMermaid(text)}`;
  const lines = rows.flatMap((row, at): readonly string[] => {
    const { arrow, lifeline, event } = row;
    const { activations = [], brackets = [], downtimes = [] } = beside[at] ?? {};
    const pause = pauseBefore(rows, at);
    const words = `${event.atMs} ms · ${rowWords(row, texts, numbered)}`;
    const where = lifeline === null ? `over ${over}` : `right of ${id(lifeline)}`;
    const act = (end: 'from' | 'to', word: string) =>
      activations
        .filter((one) => one[end] === at && one.from < one.to)
        .map((one) => `${word} ${id(one.lifeline)}`);
    return [
      ...(pause > 0 ? [note(`over ${over}`, `⋮ ${texts.run.skipped(pause)}`)] : []),
      arrow
        ? `${id(arrow.from)}${shaft(arrow)}${id(arrow.to)}: ${escapeMermaid(words)}`
        : note(where, words),
      ...act('from', 'activate'),
      ...brackets
        .filter(({ from }) => from === at)
        .map((one) => note(`left of ${id(one.lifeline)}`, `┌ ${transactionName(one, texts)}`)),
      ...brackets
        .filter(({ to }) => to === at)
        .map((one) => {
          const sign = BRACKET_SIGNS[one.span.outcome];
          return note(`left of ${id(one.lifeline)}`, `└ ${sign} ${bracketWords(one, texts)}`);
        }),
      ...act('to', 'deactivate'),
      ...downtimes
        .filter(({ from }) => from === at)
        .map((one) => note(`over ${id(one.lifeline)}`, `╳ ${downWords(one, sequence, texts)}`)),
    ];
  });
  return [
    'sequenceDiagram',
    `  title ${escapeMermaid(heading.title)}`,
    `  accTitle: ${escapeMermaid(heading.title)}`,
    `  accDescr: ${escapeMermaid([...heading.notes, heading.ending].join(' · '))}`,
    ...lifelines.map((one, at) => {
      const word = one.kind === 'outside' ? 'actor' : 'participant';
      return `  ${word} ${id(at)} as ${escapeMermaid(nameOf(one, texts))}`;
    }),
    ...[...heading.notes.map((text) => note(`over ${over}`, text)), ...lines].map(
      (line) => `  ${line}`,
    ),
    `  ${note(`over ${over}`, heading.ending)}`,
  ];
}

// The words of a sequence: what stands at its lifelines, rows, brackets and gaps. All printers, and
// the text alternative of the picture, say the same.

import type { TraceEvent } from '../../sim/index.ts';
import { PAUSE_MS, phrase } from '../telling.ts';
import type { Texts } from '../texts/index.ts';
import { pairs, plain } from '../texts/texts.ts';
import type { Bracket, Downtime, Lifeline, Sequence, SequenceRow } from './sequence.ts';

/** What a picture is of, in words: `notes` are what was asked for, `ending` how it came out. */
export interface Heading {
  readonly title: string;
  readonly notes: readonly string[];
  readonly ending: string;
}

export const BRACKET_SIGNS: Readonly<Record<Bracket['span']['outcome'], string>> = {
  committed: '✓',
  'rolled-back': '×',
  'in-doubt': '?',
  open: '',
};

export function nameOf({ kind, name }: Lifeline, { diagram }: Texts): string {
  if (kind === 'database') return diagram.database(name);
  return kind === 'service' ? name : diagram[kind];
}

/** The pause before a row that is worth showing, in ms; 0 for none. */
export function pauseBefore(rows: readonly SequenceRow[], at: number): number {
  const since = (rows[at]?.event.atMs ?? 0) - (rows[at - 1]?.event.atMs ?? 0);
  return since >= PAUSE_MS ? since : 0;
}

function replyWords({ happening }: TraceEvent, { happenings }: Texts): string {
  switch (happening.kind) {
    case 'answered':
    case 'replied':
      return plain(happening.value);
    case 'failed':
      return `! ${happenings.failed(happening)}`;
    default:
      return `! ${happenings.ended({ kind: 'ended', success: false })}`;
  }
}

function callWords({ happening, place }: TraceEvent): string {
  if (happening.kind === 'called') return `${happening.handler} ${pairs(happening.body)}`.trimEnd();
  return happening.kind === 'requested'
    ? `${place.handler} ${pairs(happening.body)}`.trimEnd()
    : '';
}

/** A row in words, with its sign; `numbered` is whether transactions are told apart by number. */
export function rowWords({ event, arrow }: SequenceRow, texts: Texts, numbered: boolean): string {
  const { diagram } = texts;
  const { happening } = event;
  if (!arrow) return phrase(event, texts, numbered);
  const copy = arrow.isCopy ? `⇉ ${diagram.copy} · ` : '';
  switch (arrow.kind) {
    case 'call': {
      // The row of the sending has told the rest.
      if (arrow.sentRow !== null) return `${copy}${event.place.handler}`;
      const fate = happening.kind === 'requested' ? diagram.refused : diagram.lost;
      return arrow.arrives ? `${copy}${callWords(event)}` : `! ${callWords(event)} · ${fate}`;
    }
    case 'reply':
      return `${replyWords(event, texts)}${arrow.arrives ? '' : ` · ${diagram.lost}`}`;
    case 'message':
      if (happening.kind !== 'published') return phrase(event, texts, numbered);
      return `${copy}${happening.message.queue} #${happening.message.messageId}`;
    default: {
      const id = 'message' in happening ? happening.message?.messageId : undefined;
      return `${phrase(event, texts, numbered)}${id === undefined ? '' : ` #${id}`}`;
    }
  }
}

export function transactionName({ span }: Bracket, { diagram }: Texts): string {
  return diagram.transaction(span.database, span.transaction);
}

export function bracketWords(bracket: Bracket, texts: Texts): string {
  return texts.diagram.ended(transactionName(bracket, texts), bracket.span.outcome);
}

export function downWords({ gap, lifeline }: Downtime, { lifelines }: Sequence, texts: Texts) {
  const of = lifelines[lifeline];
  const until = gap.end?.atMs ?? null;
  return texts.diagram.down(of ? nameOf(of, texts) : '', gap.start.atMs, until);
}

/** The whole sequence in words, a line for each row. */
export function sequenceWords(sequence: Sequence, texts: Texts, numbered: boolean) {
  const names = sequence.lifelines.map((lifeline) => nameOf(lifeline, texts));
  const lines = sequence.rows.map((row) => {
    const { arrow, lifeline, event } = row;
    const who = arrow
      ? `${names[arrow.from]} → ${names[arrow.to]}: `
      : lifeline === null
        ? ''
        : `${names[lifeline]}: `;
    return `${event.atMs} ms, ${who}${rowWords(row, texts, numbered)}`;
  });
  return [...lines, ...sequence.downtimes.map((one) => downWords(one, sequence, texts))];
}

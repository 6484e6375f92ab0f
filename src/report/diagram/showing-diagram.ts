// The sequence of a filmed run as SVG, for a page: of a long run, a part of it. It runs nothing and
// reads nothing.

import type { Measure } from '../layout.ts';
import { isNumbered } from '../telling.ts';
import { type Language, textsIn } from '../texts/index.ts';
import type { Showing } from '../view/showing.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceSvg } from './sequence-svg.ts';

/** How many events a part has, and how many more before and after it. */
const PART = 800;
const BESIDE = 100;

/** Which part of a run an event is in, from 0. */
export const partOf = (event: number): number => Math.floor(event / PART);

export function showingSvg(
  showing: Showing,
  part: number,
  language: Language,
  measure: Measure,
): string {
  const { scenario, title, services, asked, film, outcome } = showing;
  const from = Math.max(0, part * PART - BESIDE);
  const events = film.events.slice(from, (part + 1) * PART + BESIDE);
  const isWhole = events.length === film.events.length;
  const range = `${from + 1}–${from + events.length} / ${film.events.length}`;
  const texts = textsIn(language);
  const heading = {
    title: `${scenario} · ${title[language]}`,
    notes: isWhole ? asked.fails : [...asked.fails, range],
    ending: `${texts.outcomes[outcome.word]} · ${outcome.text[language]}`,
  };
  const words = { heading, texts, numbered: isNumbered(film.events), measure };
  return sequenceSvg(sequenceOf(events, services), words);
}

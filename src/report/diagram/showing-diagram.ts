// The sequence of a filmed run as SVG, for a page. It runs nothing and reads nothing.

import type { Measure } from '../layout.ts';
import { isNumbered } from '../telling.ts';
import { type Language, textsIn } from '../texts/index.ts';
import type { Showing } from '../view/showing.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceSvg } from './sequence-svg.ts';

export function showingSvg(showing: Showing, language: Language, measure: Measure): string {
  const { scenario, title, services, asked, film, outcome } = showing;
  const texts = textsIn(language);
  const heading = {
    title: `${scenario} · ${title[language]}`,
    notes: asked.fails,
    ending: `${texts.outcomes[outcome.word]} · ${outcome.text[language]}`,
  };
  const words = { heading, texts, numbered: isNumbered(film.events), measure };
  return sequenceSvg(sequenceOf(film.events, services), words);
}

// Two runs side by side, at the same step; first at the first one after which they differ.

import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { firstDifference, lastStep, type Showing } from '../../report/view/showing.ts';
import { viewOf } from '../../report/view/view.ts';
import { Happened, Inside, Lamps, Queues, Tables } from './panels.tsx';

export interface Other {
  readonly title: string;
  readonly showing: Showing;
}

function Side({
  title,
  showing,
  step,
  language,
  onGo,
}: Other & {
  readonly step: number;
  readonly language: Language;
  readonly onGo: (step: number) => void;
}) {
  const view = viewOf(showing, Math.min(step, lastStep(showing.film)), language);
  return (
    <div class="side">
      <h2>{title}</h2>
      <Lamps lamps={view.lamps} onGo={onGo} />
      <Happened view={view} language={language} />
      <Tables view={view} language={language} />
      <Queues view={view} language={language} />
      <Inside view={view} language={language} />
    </div>
  );
}

export function Compare({
  here,
  other,
  step,
  language,
  onGo,
}: {
  readonly here: Other;
  readonly other: Other;
  readonly step: number;
  readonly language: Language;
  readonly onGo: (step: number) => void;
}) {
  const words = pageTexts[language];
  const first = firstDifference(here.showing.film, other.showing.film);
  return (
    <div class="compare">
      <p role="status" class="line">
        {first === null ? (
          words.alike
        ) : (
          <button type="button" onClick={() => onGo(first)}>
            {words.differs(first)}
          </button>
        )}
      </p>
      <div class="sides">
        {[here, other].map((one) => (
          <Side key={one.title} {...one} step={step} language={language} onGo={onGo} />
        ))}
      </div>
    </div>
  );
}

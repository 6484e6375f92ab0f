// The sequence of the run: drawn once, then only marked where one stands. A click on an event goes
// to the step in which it happened.

import { useEffect, useMemo, useRef } from 'preact/hooks';
import stringWidth from 'string-width';
import { showingSvg } from '../../report/diagram/showing-diagram.ts';
import { remembering } from '../../report/layout.ts';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { frameAt, type Showing, stepOf } from '../../report/view/showing.ts';

const measure = remembering(stringWidth);

export function Sequence({
  showing,
  step,
  language,
  onGo,
}: {
  readonly showing: Showing;
  readonly step: number;
  readonly language: Language;
  readonly onGo: (step: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useMemo(() => showingSvg(showing, language, measure), [showing, language]);
  const rows = useRef<readonly (readonly [number, Element])[]>([]);
  const marked = useRef<readonly Element[]>([]);
  useEffect(() => {
    const found = [...(box.current?.querySelectorAll('g.row[data-event]') ?? [])];
    rows.current = found.map((row) => [Number(row.getAttribute('data-event')), row] as const);
    marked.current = [];
  }, [svg]);
  useEffect(() => {
    const { events } = frameAt(showing.film, step);
    const before = step === 0 ? 0 : frameAt(showing.film, step - 1).events;
    for (const row of marked.current) row.classList.remove('current');
    const own = rows.current.filter(([event]) => event > before && event <= events);
    const last = rows.current.findLast(([event]) => event <= events);
    const now = (own.length > 0 ? own : last ? [last] : []).map(([, row]) => row);
    for (const row of now) row.classList.add('current');
    marked.current = now;
    const [first] = now;
    const view = box.current;
    if (!first || !view) return;
    // By hand: to scroll it into view would scroll the page as well.
    const [at, frame] = [first.getBoundingClientRect(), view.getBoundingClientRect()];
    if (at.top < frame.top + 60 || at.bottom > frame.bottom - 60)
      view.scrollTop += at.top - frame.top - frame.height / 2;
  }, [svg, step, showing]);
  return (
    <section class="panel sequence" aria-labelledby="h-sequence">
      <h2 id="h-sequence">{pageTexts[language].sequence}</h2>
      <p class="quiet">{pageTexts[language].sequenceHint}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the scrub bar does the same by keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        ref={box}
        class="svg"
        onClick={({ target }) => {
          const row = (target as Element).closest('[data-event]');
          if (row) onGo(stepOf(showing.film, Number(row.getAttribute('data-event'))));
        }}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
    </section>
  );
}

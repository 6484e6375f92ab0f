// The sequence of the run, a part of a long one: drawn once. Where one stands is a frame laid over
// it, so that a step paints nothing anew. A click on an event goes to the step where it happened.

import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import stringWidth from 'string-width';
import { partOf, showingSvg } from '../../report/diagram/showing-diagram.ts';
import { remembering } from '../../report/layout.ts';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { frameAt, type Showing, stepOf } from '../../report/view/showing.ts';

const measure = remembering(stringWidth);

/** Where a row stands, as shares of the picture's height. */
interface Place {
  readonly event: number;
  readonly top: number;
  readonly height: number;
}

/** Reads the places of the rows out of the picture. */
function placesIn(picture: Element | null): readonly Place[] {
  const whole = picture?.querySelector('svg')?.viewBox.baseVal.height || 1;
  const rows = [...(picture?.querySelectorAll('g.row[data-event]') ?? [])];
  return rows.flatMap((row) => {
    const frame = row.querySelector('rect');
    if (!frame) return [];
    const [top, height] = ['y', 'height'].map((name) => Number(frame.getAttribute(name)) / whole);
    return [{ event: Number(row.getAttribute('data-event')), top: top ?? 0, height: height ?? 0 }];
  });
}

/** The rows of a step's events; of a step without any, the last row before. */
function placeOf({ film }: Showing, step: number, places: readonly Place[]): Place | null {
  const { events } = frameAt(film, step);
  const before = step === 0 ? 0 : frameAt(film, step - 1).events;
  const own = places.filter(({ event }) => event > before && event <= events);
  const [first] = own;
  const last = own.at(-1);
  if (!first || !last) return places.findLast(({ event }) => event <= events) ?? null;
  return { ...first, height: last.top + last.height - first.top };
}

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
  const words = pageTexts[language];
  const box = useRef<HTMLElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const part = partOf(frameAt(showing.film, step).events);
  const svg = useMemo(
    () => showingSvg(showing, part, language, measure),
    [showing, part, language],
  );
  const [places, setPlaces] = useState<readonly Place[]>([]);
  useLayoutEffect(() => setPlaces(placesIn(picture.current)), [svg]);
  const here = useMemo(() => placeOf(showing, step, places), [showing, step, places]);
  useLayoutEffect(() => {
    const view = box.current;
    if (!view || !here) return;
    // By hand: to scroll it into view would scroll the page as well.
    const [top, height] = [here.top * view.scrollHeight, view.clientHeight];
    if (top < view.scrollTop + 60 || top > view.scrollTop + height - 90)
      view.scrollTop = top - height / 2;
  }, [here]);
  return (
    <div class="panel sequence">
      <h2 id="h-sequence">{words.sequence}</h2>
      <p class="quiet">{words.sequenceHint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse it is scrolled by keys */}
      <section ref={box} class="svg" aria-labelledby="h-sequence" tabIndex={0}>
        <div class="over">
          {here ? (
            <div
              class="here"
              aria-hidden="true"
              style={{ top: `${100 * here.top}%`, height: `${100 * here.height}%` }}
            >
              ▶
            </div>
          ) : null}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the scrub bar does it by keys */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
          <div
            ref={picture}
            onClick={({ target }) => {
              const row = (target as Element).closest('[data-event]');
              if (row) onGo(stepOf(showing.film, Number(row.getAttribute('data-event'))));
            }}
            dangerouslySetInnerHTML={{ __html: svg }}
          />
        </div>
      </section>
    </div>
  );
}

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

/** Where a row stands, as shares of the picture's height and width. */
interface Place {
  readonly event: number;
  readonly top: number;
  readonly height: number;
  /** Where its words begin. */
  readonly left: number;
}

/** Where a lifeline stands, as a share of the width. */
interface Lane {
  readonly name: string;
  readonly x: number;
}

interface Places {
  readonly rows: readonly Place[];
  readonly lanes: readonly Lane[];
  /** Where the names of the lanes end, as a share of the height. */
  readonly headEnd: number;
}

/** About as wide as one: to ask would lay all of it out. */
const LETTER = 7;

const numberOf = (element: Element | undefined, name: string): number =>
  Number(element?.getAttribute(name) ?? 0);

/** Reads the places of rows and lanes out of the picture. */
function placesIn(picture: Element | null): Places {
  const { width, height } = picture?.querySelector('svg')?.viewBox.baseVal ?? {};
  const [wide, high] = [width || 1, height || 1];
  const rows = [...(picture?.querySelectorAll('g.row[data-event]') ?? [])].flatMap((row) => {
    const frame = row.querySelector('rect') ?? undefined;
    const words = [...row.querySelectorAll('text:not(.quiet)')];
    const starts = words.map((text) => {
      const x = numberOf(text, 'x') || numberOf(text.firstElementChild ?? undefined, 'x');
      const isBefore = text.getAttribute('text-anchor') === 'end';
      return isBefore ? x - LETTER * (text.textContent?.length ?? 0) : x;
    });
    const place = { top: numberOf(frame, 'y') / high, height: numberOf(frame, 'height') / high };
    const event = numberOf(row, 'data-event');
    return frame ? [{ event, ...place, left: Math.min(...starts, wide) / wide }] : [];
  });
  const boxes = [...(picture?.querySelectorAll('svg > rect.box') ?? [])];
  const heads = boxes.filter((box) => numberOf(box, 'y') === numberOf(boxes[0], 'y'));
  const lanes = heads.map((box) => {
    const x = (numberOf(box, 'x') + numberOf(box, 'width') / 2) / wide;
    return { name: box.nextElementSibling?.textContent ?? '', x };
  });
  const headEnd = (numberOf(boxes[0], 'y') + numberOf(boxes[0], 'height')) / high;
  return { rows, lanes, headEnd };
}

/** The rows of a step's events; of a step without any, the last row before. */
function placeOf({ film }: Showing, step: number, { rows: places }: Places): Place | null {
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
  const [places, setPlaces] = useState<Places>({ rows: [], lanes: [], headEnd: 0 });
  const [isHeadless, setHeadless] = useState(false);
  useLayoutEffect(() => setPlaces(placesIn(picture.current)), [svg]);
  const here = useMemo(() => placeOf(showing, step, places), [showing, step, places]);
  useLayoutEffect(() => {
    const view = box.current;
    if (!view || !here) return;
    // By hand: to scroll it into view would scroll the page as well. All is read before anything is
    // set, so that nothing is laid out in between.
    const { scrollTop, scrollLeft, clientHeight: high, clientWidth: wide } = view;
    const [top, left] = [here.top * view.scrollHeight, here.left * view.scrollWidth];
    const isOff = left < scrollLeft + 20 || left > scrollLeft + wide - Math.min(280, wide / 2);
    if (top < scrollTop + 60 || top > scrollTop + high - 90) view.scrollTop = top - high / 2;
    if (isOff) view.scrollLeft = left - wide / 3;
  }, [here]);
  const onScroll = () => {
    const { scrollTop = 0, scrollHeight = 0 } = box.current ?? {};
    setHeadless(scrollTop > places.headEnd * scrollHeight);
  };
  return (
    <div class="panel sequence">
      <h2 id="h-sequence">{words.sequence}</h2>
      <p class="quiet">{words.sequenceHint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse it is scrolled by keys */}
      <section ref={box} class="svg" aria-labelledby="h-sequence" tabIndex={0} onScroll={onScroll}>
        <div class="over">
          {isHeadless ? (
            <div class="lanes" aria-hidden="true">
              {places.lanes.map(({ name, x }) => (
                <span key={name} style={{ left: `${100 * x}%` }}>
                  {name}
                </span>
              ))}
            </div>
          ) : null}
          {here ? (
            <div
              class="here"
              aria-hidden="true"
              style={{ top: `${100 * here.top}%`, height: `${100 * here.height}%` }}
            >
              <span>▶</span>
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

// What one does on the page: scrub, choose what comes next, let something fail, go to a branch.

import { type Language, textsIn } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { breaksOf, type Showing, stepOf } from '../../report/view/showing.ts';
import type { View } from '../../report/view/view.ts';
import type { Branch } from './branches.ts';
import { Panel } from './panels.tsx';

interface Going {
  readonly showing: Showing;
  readonly view: View;
  readonly language: Language;
  readonly onGo: (step: number) => void;
}

/** The run from left to right, with signs where faults struck and where something broke. */
export function Scrub({ showing, view, language, onGo }: Going) {
  const words = pageTexts[language];
  const { step, last } = view;
  const struck = showing.film.events.filter(({ happening }) => happening.kind === 'struck');
  const signs = [
    ...struck.map(({ id }) => ({ at: stepOf(showing.film, id), sign: '!' })),
    ...[...breaksOf(showing.film).values()].map((at) => ({ at, sign: '✗' })),
  ];
  const move = (to: number, text: string, sign: string, isOff: boolean) => (
    <button type="button" aria-label={text} title={text} disabled={isOff} onClick={() => onGo(to)}>
      {sign}
    </button>
  );
  return (
    <div class="scrub">
      {move(0, words.moves.first, '|◀', step === 0)}
      {move(step - 1, words.moves.back, '◀', step === 0)}
      <div class="track">
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          aria-label={words.scrub}
          aria-valuetext={`${step} / ${last}, ${view.atMs} ms`}
          onInput={(event) => onGo(Number(event.currentTarget.value))}
        />
        {signs.map(({ at, sign }) => (
          <span
            key={`${at}${sign}`}
            class="sign"
            aria-hidden="true"
            style={{ left: `${(100 * at) / Math.max(1, last)}%` }}
          >
            {sign}
          </span>
        ))}
      </div>
      {move(step + 1, words.moves.forward, '▶', step === last)}
      {move(last, words.moves.last, '▶|', step === last)}
      <output>
        {step} / {last} · {view.atMs} ms
      </output>
    </div>
  );
}

/** What can go wrong in a step, as buttons. */
function Faults({
  title,
  view,
  onStrike,
}: {
  readonly title: string;
  readonly view: Pick<View, 'faults' | 'struckAt'>;
  readonly onStrike: (fault: string) => void;
}) {
  const { faults, struckAt: point } = view;
  if (faults.length === 0) return null;
  return (
    <>
      <h3>
        {title} {point ? <code>{point}</code> : null}
      </h3>
      <div class="buttons faults">
        {faults.map(({ fault, text }) => (
          <button key={fault} type="button" title={fault} onClick={() => onStrike(fault)}>
            ! {text}
          </button>
        ))}
      </div>
    </>
  );
}

/** What can come next, and what can go wrong: in the step one looks at, or in the next. */
export function Choices({
  view,
  before,
  language,
  canBranch,
  onChoose,
  onStrike,
}: Pick<Going, 'view' | 'language'> & {
  /** Before the step that led here, which could have gone wrong; null at the beginning. */
  readonly before: View | null;
  readonly canBranch: boolean;
  readonly onChoose: (option: number, what: string, isTaken: boolean) => void;
  /** @param at the step before the one in which it strikes */
  readonly onStrike: (fault: string, at: number) => void;
}) {
  const words = pageTexts[language];
  const { step } = view;
  const strikeAt = (at: number) => (fault: string) => onStrike(fault, at);
  return (
    <Panel title={words.next} name="next">
      {view.next.length === 0 ? <p class="quiet">{words.over}</p> : null}
      <div class="buttons">
        {view.next.map(({ option, text, isTaken }) => (
          <button
            key={option}
            type="button"
            class={isTaken ? 'taken' : ''}
            disabled={!canBranch && !isTaken}
            onClick={() => onChoose(option, text, isTaken)}
          >
            {isTaken ? '▶ ' : ''}
            {text}
          </button>
        ))}
      </div>
      {canBranch ? (
        <>
          {before ? (
            <Faults title={words.strikeHere} view={before} onStrike={strikeAt(step - 1)} />
          ) : null}
          <Faults title={words.strike} view={view} onStrike={strikeAt(step)} />
        </>
      ) : null}
    </Panel>
  );
}

/** Every branch under the one it left. */
export function Tree({
  branches,
  current,
  language,
  onVisit,
}: {
  readonly branches: readonly Branch[];
  readonly current: number;
  readonly language: Language;
  readonly onVisit: (number: number) => void;
}) {
  const words = pageTexts[language];
  const { outcomes } = textsIn(language);
  const below = (parent: number | null) => {
    const own = branches.filter((one) => one.parent === parent);
    if (own.length === 0) return null;
    return (
      <ul class="tree">
        {own.map(({ number, from, what, showing }) => (
          <li key={number}>
            <button
              type="button"
              aria-current={number === current ? 'true' : undefined}
              onClick={() => onVisit(number)}
            >
              {number === current ? '● ' : '○ '}
              {number} {parent === null ? what || words.first : words.chose(from, what)} ·{' '}
              {outcomes[showing.outcome.word]}
            </button>
            {below(number)}
          </li>
        ))}
      </ul>
    );
  };
  return (
    <Panel title={words.branches} name="branches">
      {below(null)}
    </Panel>
  );
}

// What may stand in the place of a step's picture: what a learner should know of it, the keys, the
// tree of branches.

import { hang, type Layout, padTo, wrap } from '../layout.ts';
import type { Language } from '../texts/index.ts';
import { stepTexts } from '../texts/step.ts';
import { viewTexts } from '../texts/view.ts';
import { viewOf } from '../view/view.ts';
import { heading } from './sections.ts';
import type { Branch, Session } from './session.ts';

/** What happened in words, what to know of it, what led to it. */
export function explainLines(
  { showing, step }: Pick<Session, 'showing' | 'step'>,
  layout: Layout,
  language: Language,
): readonly string[] {
  const { headings, nothing } = stepTexts[language];
  const { width, paint } = layout;
  const { happened, lessons, why, lamps, ending } = viewOf(showing, step, language);
  const broken = lamps.filter(({ holds }) => holds === false);
  return [
    ...happened.flatMap(({ service, text }) =>
      hang('▶ ', `${service ? `${service}: ` : ''}${text}`, layout).map(paint.bold),
    ),
    ...(happened.length === 0 ? [viewTexts[language].begins] : []),
    ...lessons.flatMap((lesson) => hang('  ', lesson, layout)),
    ...broken.flatMap(({ text, state }) => hang('✗ ', `${text}: ${state}`, layout).map(paint.bad)),
    ...(ending ? hang('■ ', `${ending.word}: ${ending.text}`, layout) : []),
    heading(headings.why, width, layout),
    ...(why.length > 0
      ? why.flatMap(({ atMs, service, text }) =>
          hang(`  ${String(atMs).padStart(6)}  `, `${service ?? ''} ${text}`.trim(), layout),
        )
      : [`  ${nothing}`]),
  ];
}

/** What the keys do. */
export function keyLines(_: unknown, layout: Layout, language: Language): readonly string[] {
  const { help } = stepTexts[language];
  const wide = Math.max(...help.map(([key]) => layout.measure(key))) + 2;
  return help.flatMap(([key, what]) => {
    return hang(`  ${padTo(key, wide, layout.measure)}`, what, layout);
  });
}

function depthOf({ parent }: Branch): number {
  return parent ? depthOf(parent) + 1 : 0;
}

/** Every branch under the one it left, where it did. */
export function treeLines(session: Session, layout: Layout, language: Language): readonly string[] {
  const words = stepTexts[language];
  const childrenOf = (branch: Branch | null): readonly Branch[] =>
    session.branches.filter(({ parent }) => parent === branch);
  const linesOf = (branch: Branch): readonly string[] => {
    const { number, from, what, parent, showing } = branch;
    const sign = branch === session.branch ? '●' : '○';
    const why = parent ? words.chose(from, what) : words.beginning;
    const mark = branch === session.branch ? `  ← ${words.here}` : '';
    const text = `${why} · ${viewOf(showing, showing.film.frames.length, language).ending?.word}${mark}`;
    const indent = '  '.repeat(depthOf(branch));
    return [
      ...hang(`${indent}${sign} ${number} `, text, layout),
      ...childrenOf(branch).flatMap(linesOf),
    ];
  };
  return [
    ...wrap(words.tree, layout.width, layout.measure).map(layout.paint.bold),
    ...childrenOf(null).flatMap(linesOf),
  ];
}

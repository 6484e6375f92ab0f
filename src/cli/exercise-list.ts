// `sim exercise list` and `sim exercise status`: how far one is.

import { exerciseNames, readExercise } from '../classroom/exercises.ts';
import type { Standing } from '../classroom/progress.ts';
import { hang, SCHEMA_VERSION, wrapLegend } from '../report/index.ts';
import { type Desk, here, wordsOf } from './exercise-desk.ts';
import { EXIT } from './output.ts';
import { print } from './terminal.ts';

function standingMark(standing: Standing | undefined): string {
  if (!standing) return '·';
  if (standing.passed) return standing.gaveUp ? '○' : '✓';
  return '●';
}

export function list(desk: Desk): number {
  const { folder, progress, layout, style } = desk;
  const words = wordsOf(desk);
  const begun = new Map(progress.all().map((one) => [one.exercise, one]));
  const exercises = exerciseNames(folder).map((name) => readExercise(folder, name));
  if (style.json) {
    const all = exercises.map(({ name, title, data: { kind, scenario } }) => {
      const { attempts = 0, earned = null, passed = false } = begun.get(name) ?? {};
      return { name, kind, scenario, title, attempts, earned, passed };
    });
    print([JSON.stringify({ schemaVersion: SCHEMA_VERSION, exercises: all }, null, 2)]);
    return EXIT.expected;
  }
  const lines = exercises.flatMap(({ name, title, data: { kind } }) => {
    const standing = begun.get(name);
    const { earned = null, points } = standing ?? {};
    const score = earned === null ? null : words.points(earned, points ?? 0);
    const about = words.standing.entry(title[style.language], words.kinds[kind], score);
    return hang(`${standingMark(standing)} ${name.slice(0, 2)}  `, about, layout);
  });
  const legend = wrapLegend(words.standing.legend, layout.width, layout.measure);
  print([...lines, ...legend.map(layout.paint.dim)]);
  return EXIT.expected;
}

export function status(desk: Desk): number {
  const { progress, folder, layout, style } = desk;
  const { standing: words } = wordsOf(desk);
  const begun = progress.all();
  if (style.json) {
    print([JSON.stringify({ schemaVersion: SCHEMA_VERSION, started: begun }, null, 2)]);
    return EXIT.expected;
  }
  const last = begun.at(-1);
  if (!last) {
    print(hang('', words.nothing, layout));
    return EXIT.expected;
  }
  const sum = (of: 'earned' | 'points') => begun.reduce((all, one) => all + (one[of] ?? 0), 0);
  const passed = begun.filter((one) => one.passed).length;
  const all = exerciseNames(folder).length;
  print([
    ...hang('', words.summary(passed, all, sum('earned'), sum('points')), layout),
    ...begun.flatMap((one) => {
      const score = one.earned === null ? '' : ` ${one.earned}/${one.points},`;
      const text = `${one.exercise}:${score} ${words.attempts(one.attempts)}`;
      return hang(`  ${standingMark(one)} `, text, layout);
    }),
    ...hang('', words.at(here(last.folder)), layout),
  ]);
  return EXIT.expected;
}

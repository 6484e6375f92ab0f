// Grades as one page that needs nothing else: points, a heat map, mistakes in common.

import { classroomTexts, type Language } from '../report/index.ts';
import type { Text } from '../sim/index.ts';
import { escaped, itemText, problemOf } from './grade-formats.ts';
import { type Grade, type GradeBook, isUnjudged, totalOf } from './grades.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --good: #2a7d46; --part: #9a6b00; --bad: #b3261e; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
.wide { overflow-x: auto } table { border-collapse: collapse }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
.heat td { text-align: center; min-width: 1.6rem }
.heat thead th span { writing-mode: vertical-rl; white-space: nowrap; font-weight: 400 }
.heat th[scope=row] { position: sticky; left: 0; background: Canvas }
.good { background: color-mix(in srgb, var(--good) 22%, transparent) }
.part { background: color-mix(in srgb, var(--part) 28%, transparent) }
.held { background: var(--line) }
.bad { background: color-mix(in srgb, var(--bad) 28%, transparent) }
code { font: 12px ui-monospace, monospace; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { :root { --good: #6fd08c; --part: #e3b341; --bad: #ff7b72 } }
`;

const tag = (name: string, content: string, more = ''): string =>
  `<${name}${more}>${content}</${name}>`;

/** Never by colour alone: a sign says the same. */
function heatCell(earned: number, points: number, text: string, isHeld: boolean): string {
  const missed = isHeld ? (['held', '–'] as const) : (['bad', '✗'] as const);
  const some = earned > 0 ? (['part', '◐'] as const) : missed;
  const [kind, sign] = earned === points ? (['good', '✓'] as const) : some;
  return tag('td', sign, ` class="${kind}" title="${escaped(`${earned}/${points} ${text}`)}"`);
}

interface Column {
  readonly exercise: string;
  readonly id: string;
  readonly text: Text;
  readonly points: number;
}

// Whatever anybody was asked, in the order of the exercises.
function columnsOf({ exercises, grades }: GradeBook): readonly Column[] {
  return exercises.flatMap(({ name }) => {
    const byId = new Map<string, Column>();
    for (const { exercise, items } of grades) {
      if (exercise !== name) continue;
      for (const { id, text, points } of items) {
        if (!byId.has(id)) byId.set(id, { exercise, id, text, points });
      }
    }
    return [...byId.values()];
  });
}

function heatMap(book: GradeBook, language: Language): string {
  const columns = columnsOf(book);
  const heads = columns.map(({ exercise, id, text }) =>
    tag(
      'th',
      tag('span', escaped(`${exercise.slice(0, 2)} ${id}`)),
      ` scope="col" title="${escaped(text[language])}"`,
    ),
  );
  const rows = book.students.map((student) => {
    const cells = columns.map(({ exercise, id, text, points }) => {
      const grade = book.grades.find((one) => one.student === student && one.exercise === exercise);
      const item = grade?.items.find((one) => one.id === id);
      const about = item ? itemText(item, language) : text[language];
      const isHeld = Boolean(item?.needs) || (grade !== undefined && isUnjudged(grade));
      return heatCell(item?.earned ?? 0, item?.points ?? points, about, isHeld);
    });
    return tag('tr', tag('th', escaped(student), ' scope="row"') + cells.join(''));
  });
  const head = tag('thead', tag('tr', tag('th', '') + heads.join('')));
  return tag(
    'div',
    tag('table', head + tag('tbody', rows.join('\n')), ' class="heat"'),
    ' class="wide"',
  );
}

function pointsTable(book: GradeBook, language: Language): string {
  const words = classroomTexts[language].grades;
  const heads = [words.student, ...book.exercises.map(({ name }) => name), words.total];
  const number = (value: number, most: number): string => {
    const kind = value === most ? 'good' : value > 0 ? 'part' : 'bad';
    return tag('td', `${value}/${most}`, ` class="number ${kind}"`);
  };
  const all = book.exercises.reduce((sum, { points }) => sum + points, 0);
  const rows = book.students.map((student) => {
    const cells = book.exercises.map(({ name, points }) => {
      const grade = book.grades.find((one) => one.student === student && one.exercise === name);
      const isOpen = grade !== undefined && isUnjudged(grade);
      return isOpen
        ? tag('td', words.unjudged, ' class="held"')
        : number(grade?.earned ?? 0, points);
    });
    const total = number(totalOf(book, student), all);
    return tag('tr', tag('th', escaped(student), ' scope="row"') + cells.join('') + total);
  });
  const head = heads.map((text) => tag('th', escaped(text), ' scope="col"')).join('');
  return tag('div', tag('table', tag('thead', tag('tr', head)) + rows.join('\n')), ' class="wide"');
}

function failing(grade: Grade, language: Language): string {
  const title = `${escaped(grade.student)} · ${escaped(grade.exercise)}`;
  const problem = problemOf(grade, language);
  const items = grade.items.filter(({ earned, points }) => earned < points);
  const lines = items.map((item) => {
    const { earned, points, code } = item;
    const run =
      code === null
        ? ''
        : `<br>${tag('code', escaped(`sim replay ${code} --exercise ${Number(grade.exercise.slice(0, 2))} --handlers …`))}`;
    return tag('li', `${earned}/${points} ${escaped(itemText(item, language))}${run}`);
  });
  const said = problem === null ? '' : tag('p', escaped(problem));
  return tag('details', tag('summary', title) + said + tag('ul', lines.join('')));
}

/** The page. */
export function htmlOf(book: GradeBook, language: Language): string {
  const words = classroomTexts[language].grades;
  const mistakes = book.mistakes.map(({ exercise, item, students }) => {
    const code = item.code === null ? '' : ` ${tag('code', escaped(item.code))}`;
    const who = escaped(students.join(', '));
    return tag(
      'li',
      `${words.madeBy(students.length)} · ${escaped(exercise)} · ${escaped(item.text[language])}${code}<br>${who}`,
    );
  });
  const alike = book.alike.map(({ exercise, students }) =>
    tag('li', `${escaped(exercise)}: ${escaped(students.join(', '))}`),
  );
  const wrong = book.grades
    .filter(({ passed }) => !passed)
    .map((grade) => failing(grade, language));
  const others = book.passedOver;
  const section = (title: string, content: string): string => tag('h2', escaped(title)) + content;
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title)} · Indoubt</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main>${tag('h1', escaped(words.title))}
${pointsTable(book, language)}
${section(words.heat, heatMap(book, language))}
${section(words.mistakes, mistakes.length > 0 ? tag('ul', mistakes.join('\n')) : tag('p', escaped(words.noMistakes)))}
${section(words.alike, alike.length > 0 ? tag('ul', alike.join('\n')) : tag('p', escaped(words.noneAlike)))}
${wrong.length > 0 ? section(words.failing, wrong.join('\n')) : ''}
${others.length > 0 ? section(words.besides, tag('p', escaped(others.join(', ')))) : ''}
</main></body></html>
`;
}

// A scenario's matrix as a table: what shows where, and what keeps it from showing. Every cell has
// a sign and a word; where words do not fit, a number that the legend explains.

import type { MatrixCell, MatrixResult } from '../scenarios/index.ts';
import type { Expectation, RunOutcome, Text } from '../sim/index.ts';
import { targetOf } from './command.ts';
import { SCHEMA_VERSION } from './document.ts';
import { hang, type Layout, padTo, wrap } from './layout.ts';
import { fillText, verdictWords } from './run-report.ts';
import type { Language, Texts } from './texts/index.ts';

const GAP = 2;
const HARMLESS = ['committed', 'rolled-back', 'compensated', 'prevented'];

type Came = Pick<RunOutcome, 'word' | 'by'>;

/** What the cells of one matrix say in one language. */
class Words {
  readonly #result: MatrixResult;
  readonly #texts: Texts;
  readonly #language: Language;

  constructor(result: MatrixResult, texts: Texts, language: Language) {
    this.#result = result;
    this.#texts = texts;
    this.#language = language;
  }

  #cause(by: string | null): { readonly short: Text; readonly text: Text } | undefined {
    return by === null ? undefined : this.#result.scenario.matrix?.causes[by];
  }

  mark({ word }: Came): string {
    return HARMLESS.includes(word) ? '✓' : '✗';
  }

  short({ word, by }: Came): string {
    const { matrix, outcomes } = this.#texts;
    return (
      this.#cause(by)?.short[this.#language] ?? (word === 'anomaly' ? matrix.shows : outcomes[word])
    );
  }

  long({ word, by }: Came): string {
    return this.#cause(by)?.text[this.#language] ?? this.#texts.outcomes[word];
  }

  /** What a column stands for, with its name. */
  column(name: string): string {
    const strike = this.#result.scenario.matrix?.strikes[name];
    return strike ? `${name}: ${strike.text[this.#language]}` : name;
  }

  expected({ outcome, by }: Expectation): string {
    return this.short({ word: outcome, by });
  }
}

/** The kinds of outcome that occur, in the order in which they do. */
function kindsOf({ cells }: MatrixResult): readonly Came[] {
  const kinds = new Map(cells.map(({ outcome }) => [`${outcome.word} ${outcome.by}`, outcome]));
  return [...kinds.values()];
}

// Long names of columns stand in two lines, broken at their hyphen.
function headLines(names: readonly string[]): readonly (readonly string[])[] {
  const parts = names.map((name) => {
    const at = name.indexOf('-') + 1;
    return at > 0 ? [name.slice(0, at), name.slice(at)] : ['', name];
  });
  return [0, 1].map((line) => parts.map((part) => part[line] ?? ''));
}

function tableLines(result: MatrixResult, words: Words, layout: Layout) {
  const { rows, columns, cells, scenario } = result;
  const { width, measure, paint } = layout;
  const kinds = kindsOf(result);
  const sameKind = (a: Came, b: Came) => a.word === b.word && a.by === b.by;
  const first = Math.max(...rows.map(measure), measure(scenario.matrix?.rows ?? '')) + GAP;
  const room = Math.floor((width - first) / columns.length);
  const parts = columns.flatMap((name) => headLines([name]).flat());
  const needed = [...kinds.map((kind) => `✓ ${words.short(kind)} !`), ...parts].map(measure);
  const roomy = room >= Math.max(...needed) + 1;
  const textOf = ({ outcome, asExpected }: MatrixCell): string => {
    const number = kinds.findIndex((kind) => sameKind(kind, outcome)) + 1;
    const word = roomy ? ` ${words.short(outcome)}` : String(number);
    return `${words.mark(outcome)}${word}${asExpected ? '' : ' !'}`;
  };
  const letters = columns.map((_name, at) => String.fromCharCode(97 + at));
  const heads = roomy ? headLines(columns) : [letters];
  const line = (name: string, texts: readonly string[]) =>
    (
      padTo(name, first, measure) + texts.map((text) => padTo(text, room, measure)).join('')
    ).trimEnd();
  const head = heads.map((texts, at) =>
    line(at === heads.length - 1 ? (scenario.matrix?.rows ?? '') : '', texts),
  );
  const body = rows.map((row) => {
    const own = cells.filter((cell) => cell.row === row);
    const padded = own.map((cell) => {
      const colour = cell.asExpected
        ? words.mark(cell.outcome) === '✓'
          ? paint.good
          : paint.warn
        : paint.bad;
      return colour(padTo(textOf(cell), room, measure));
    });
    return `${padTo(row, first, measure)}${padded.join('')}`.trimEnd();
  });
  const key = roomy
    ? []
    : columns.flatMap((name, at) => hang(`  ${letters[at]} `, words.column(name), layout));
  const legend = kinds.flatMap((kind, at) => {
    const label = roomy ? `${words.short(kind)}: ` : `${at + 1} `;
    return hang(`  ${words.mark(kind)} ${label}`, words.long(kind), layout);
  });
  return [...head.map(paint.bold), ...body, '', ...key, ...legend];
}

const seconds = (ms: number | null): string => (ms === null ? '-' : String(ms));

// What each row costs: without trouble, and at its worst.
function priceLines(result: MatrixResult, layout: Layout, { matrix }: Texts): readonly string[] {
  const { rows, cells } = result;
  const { measure, paint } = layout;
  const heads = [matrix.latency, matrix.locked, matrix.messages, matrix.lockedMost, matrix.inDoubt];
  const table = rows.map((row) => {
    const own = cells.filter((cell) => cell.row === row);
    const [plain] = own;
    const most = Math.max(...own.map(({ measures }) => measures.lockedMs));
    const doubt = Math.max(...own.map(({ measures }) => measures.inDoubtMs));
    const { latencyMs = null, lockedMs = 0, messages = 0 } = plain?.measures ?? {};
    return [
      row,
      seconds(latencyMs),
      String(lockedMs),
      String(messages),
      String(most),
      String(doubt),
    ];
  });
  const widths = ['', ...heads].map((head, at) =>
    Math.max(measure(head), ...table.map((line) => measure(line[at] ?? ''))),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => {
        const width = widths[at] ?? 0;
        return at === 0 ? padTo(text, width, measure) : ' '.repeat(width - measure(text)) + text;
      })
      .join('  ');
  return ['', paint.bold(line(['', ...heads])), ...table.map(line)];
}

/** The lines of a matrix: the table, what its words mean, and whether it is as expected. */
export function matrixReport(
  result: MatrixResult,
  layout: Layout,
  texts: Texts,
  language: Language,
): readonly string[] {
  const { scenario, cells, rows, columns } = result;
  const { matrix } = scenario;
  const { paint, width, measure } = layout;
  const words = new Words(result, texts, language);
  const wrong = cells.filter(({ asExpected }) => !asExpected);
  const titles = rows.flatMap((row) => {
    return hang(`  ${row}: `, matrix?.titles[row]?.[language] ?? '', layout);
  });
  const against = wrong.map(({ row, column, outcome, expectation }) => {
    const expected = expectation ? words.expected(expectation) : '?';
    return texts.matrix.cell(row, column, expected, words.short(outcome));
  });
  const example = `sim run ${targetOf(scenario)} --set ${matrix?.rows}=${rows[0]} --set ${matrix?.columns}=${columns[0]}`;
  const verdict =
    wrong.length === 0
      ? hang('✓ ', verdictWords(result.scenario, texts).asExpected, layout).map(paint.good)
      : hang('✗ ', verdictWords(result.scenario, texts).notAsExpected, layout).map(paint.bad);
  return [
    ...wrap(`${scenario.id} · ${scenario.title[language]}`, width, measure).map(paint.bold),
    '',
    ...tableLines(result, words, layout),
    ...(wrong.length > 0 ? hang('  ! ', texts.matrix.unexpected, layout) : []),
    ...(Object.keys(matrix?.strikes ?? {}).length > 0 ? priceLines(result, layout, texts) : []),
    '',
    paint.bold(texts.matrix.rows),
    ...titles,
    '',
    ...verdict,
    ...against.flatMap((text) => hang('    ', text, layout)).map(paint.bad),
    ...hang('', `${texts.matrix.one} ${example}`, layout),
  ];
}

/** A matrix for a program. */
export function matrixDocument({ scenario, rows, columns, cells }: MatrixResult) {
  const { matrix, outcomes } = scenario;
  const sentence = ({ rule, row }: RunOutcome, language: Language): string =>
    fillText(rule === null ? undefined : outcomes[rule]?.text, row, language);
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'matrix',
    scenario: scenario.id,
    asExpected: cells.every(({ asExpected }) => asExpected),
    rows: { parameter: matrix?.rows, choices: rows, titles: matrix?.titles },
    columns: {
      parameter: matrix?.columns,
      choices: columns,
      titles: Object.fromEntries(
        columns.map((name) => [name, matrix?.strikes[name]?.text ?? null]),
      ),
    },
    causes: matrix?.causes,
    cells: cells.map(({ row, column, outcome, measures, expectation, asExpected }) => ({
      row,
      column,
      outcome: {
        word: outcome.word,
        by: outcome.by,
        sentence: { en: sentence(outcome, 'en'), zh: sentence(outcome, 'zh') },
      },
      measures,
      expected: expectation && { outcome: expectation.outcome, by: expectation.by },
      asExpected,
    })),
  };
}

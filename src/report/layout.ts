// Text that fits: widths, wrapping, and colours that never carry meaning alone.

/** How wide a text is on a terminal, where wide characters count as two. */
export type Measure = (text: string) => number;

/** Colours; each a function of text. Plain ones return it unchanged. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

const same = (text: string): string => text;
export const PLAIN: Paint = { bold: same, dim: same, good: same, bad: same, warn: same };

/** What a text is laid out for. */
export interface Layout {
  /** In columns. */
  readonly width: number;
  readonly measure: Measure;
  readonly paint: Paint;
}

// Chinese may break after any character, Latin only at blanks; but what closes begins no line, and
// what opens ends none (GB/T 15834): pieces that must stay together.
const OPENS = '（［｛〈《「『【〔“‘';
const CLOSES = '，。；：、！？％）］｝〉》」』】〕”’…';
const WIDE = '\\u2e80-\\u9fff\\uff00-\\uffef';
const PIECES = new RegExp(
  [
    `[${OPENS}]*(?:(?![${OPENS}${CLOSES}])[${WIDE}]|[^\\s${WIDE}]*[^\\s${WIDE}“‘])[${CLOSES}]*`,
    `[${OPENS}${CLOSES}]+`,
    '\\s+',
  ].join('|'),
  'gu',
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** A text with its control characters written out, so that it cannot steer a terminal. */
export function visible(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.codePointAt(0)?.toString(16).padStart(4, '0');
    return character === '\n' ? '\\n' : `\\u${code}`;
  });
}

/** Breaks a text into lines; a single word that is too long is cut. */
export function wrap(raw: string, width: number, measure: Measure): readonly string[] {
  const text = visible(raw);
  const lines: string[] = [];
  let line = '';
  const flush = () => {
    lines.push(line.trimEnd());
    line = '';
  };
  for (const [piece] of text.matchAll(PIECES)) {
    if (measure(line + piece.trimEnd()) > width && line !== '') flush();
    let rest = line === '' ? piece.trimStart() : piece;
    while (measure(line + rest) > width && measure(rest.trimEnd()) > width) {
      const head = fitting(rest, width - measure(line), measure);
      line += head;
      rest = rest.slice(head.length);
      flush();
    }
    line += rest;
  }
  if (line.trim() !== '' || lines.length === 0) flush();
  return lines;
}

// Character by character: what joins with the one before counts as too wide, never too narrow.
function fitting(text: string, width: number, measure: Measure): string {
  let head = '';
  let wide = 0;
  for (const character of text) {
    wide += measure(character);
    if (head !== '' && wide > width) break;
    head += character;
  }
  return head;
}

const REMEMBERED = 20_000;
// Printable ASCII, and the signs and lines that frames are drawn with: one column each, and none
// joins with another.
const NARROW = /^[ -~·×†…←-↻─-◼✓-✧]*$/;

/** A measure that remembers, and need not ask: most of what is drawn is plain, or was drawn before. */
export function remembering(measure: Measure): Measure {
  const widths = new Map<string, number>();
  return (text) => {
    if (NARROW.test(text)) return text.length;
    let width = widths.get(text);
    if (width === undefined) {
      if (widths.size >= REMEMBERED) widths.clear();
      width = measure(text);
      widths.set(text, width);
    }
    return width;
  };
}

/** A text in one line, cut where it is too long. */
export function clip(raw: string, width: number, { measure }: Pick<Layout, 'measure'>): string {
  const text = visible(raw);
  return measure(text) <= width ? text : `${fitting(text, width - 1, measure)}…`;
}

/** A text in one line, of which the end stays where it is too long. */
export function clipFront(
  raw: string,
  width: number,
  { measure }: Pick<Layout, 'measure'>,
): string {
  const text = visible(raw);
  if (measure(text) <= width) return text;
  let tail = '';
  let wide = 1;
  for (const character of [...text].reverse()) {
    wide += measure(character);
    if (wide > width) break;
    tail = `${character}${tail}`;
  }
  return `…${tail}`;
}

/** A paragraph under a hanging indent. */
export function hang(first: string, text: string, { width, measure }: Layout): readonly string[] {
  const indent = ' '.repeat(measure(first));
  const lines = wrap(text, Math.max(10, width - measure(first)), measure);
  return lines.map((line, at) => `${at === 0 ? first : indent}${line}`);
}

/** Breaks a legend into lines, between its signs (which stand two blanks apart) only. */
export function wrapLegend(legend: string, width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  for (const item of legend.split('  ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)}  ${item}` : item;
    if (lines.length > 0 && measure(longer) <= width) lines.splice(-1, 1, longer);
    else lines.push(...wrap(item, width, measure));
  }
  return lines;
}

export function padTo(text: string, width: number, measure: Measure): string {
  return text + ' '.repeat(Math.max(0, width - measure(text)));
}

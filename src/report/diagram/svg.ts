// SVG as text: elements, words on lines, and a style sheet for paper, light and dark. No colour
// means anything by itself: signs, dashes and weights say the same.

import { type Measure, visible } from '../layout.ts';

/** The width of one column of the monospaced font, in pixels, with some to spare. */
export const CHAR = 7.3;
export const LINE = 15;

type Attributes = Readonly<Record<string, string | number | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that means nothing to XML. */
function escapeXml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const shown = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 10) / 10) : escapeXml(value);

/** An element with what stands in it, which is markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]) {
  const given = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${shown(value)}"`]))
    .join('');
  const content = children.join('');
  return content === '' ? `<${name}${given}/>` : `<${name}${given}>${content}</${name}>`;
}

/** Words from a first baseline down, a line each. */
export function textAt(
  lines: readonly string[],
  x: number,
  baseline: number,
  attributes: Attributes = {},
): string {
  return lines
    .map((line, at) =>
      element('text', { x, y: baseline + at * LINE, ...attributes }, escapeXml(line)),
    )
    .join('');
}

export const pixels = (text: string, measure: Measure): number => measure(text) * CHAR;

interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly fill: string;
  readonly mark: string;
  readonly bad: string;
}

const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#111111',
  faint: '#5c5c5c',
  fill: '#f0f0f0',
  mark: '#ffe9a8',
  bad: '#a00018',
};
const DARK: Palette = {
  paper: '#15171b',
  ink: '#ececec',
  faint: '#a9afb7',
  fill: '#2a2e35',
  mark: '#5a4a10',
  bad: '#ff9a9a',
};

function colours({ paper, ink, faint, fill, mark, bad }: Palette): string {
  const rules = {
    'text, .head-fill': `fill:${ink}`,
    text: `stroke:${paper}`,
    '.paper': `fill:${paper}`,
    '.line': `stroke:${ink}`,
    '.faint': `stroke:${faint}`,
    'text.quiet': `fill:${faint}`,
    '.box': `fill:${paper};stroke:${ink}`,
    '.work': `fill:${fill};stroke:${ink}`,
    '.mark': `fill:${mark};stroke:${ink}`,
    'text.bad': `fill:${bad}`,
    '.line.bad, .box.bad': `stroke:${bad}`,
    '.head-fill.bad': `fill:${bad}`,
  };
  return Object.entries(rules)
    .map(([selectors, rule]) => {
      const own = selectors.split(', ').map((one) => `.indoubt-diagram ${one}`);
      return `${own.join(',')}{${rule}}`;
    })
    .join('\n');
}

const FONTS =
  "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC','Microsoft YaHei',monospace";

const SHAPES = `.indoubt-diagram text{font:12px ${FONTS};stroke-width:4px;paint-order:stroke;stroke-linejoin:round;white-space:pre}
.indoubt-diagram text.strong{font-weight:bold}
.indoubt-diagram .line,.indoubt-diagram .faint{fill:none;stroke-width:1.3}
.indoubt-diagram .thick{stroke-width:2}
.indoubt-diagram .dashed{stroke-dasharray:6 4}
.indoubt-diagram .dotted{stroke-dasharray:1.5 4}
.indoubt-diagram .mark{fill-opacity:0.5}
.indoubt-diagram .hit{fill:none;stroke:none;pointer-events:all}`;

/** A whole picture that tells itself to who cannot see it: a title, and all of it in words. */
export function picture(
  size: { readonly width: number; readonly height: number },
  title: string,
  words: readonly string[],
  content: readonly string[],
): string {
  const { width, height } = size;
  const style = [
    SHAPES,
    colours(LIGHT),
    `@media (prefers-color-scheme: dark){${colours(DARK)}}`,
    `@media print{${colours(LIGHT)}}`,
  ].join('\n');
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'indoubt-diagram',
    role: 'img',
    width: Math.ceil(width),
    height: Math.ceil(height),
    viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
  };
  const all = [
    element('title', {}, escapeXml(title)),
    element('desc', {}, words.map(escapeXml).join('\n')),
    element('style', {}, `\n${style.replaceAll('<', '')}\n`),
    element('rect', {
      class: 'paper',
      x: 0,
      y: 0,
      width: Math.ceil(width),
      height: Math.ceil(height),
    }),
    ...content,
  ];
  return element('svg', attributes, `\n${all.join('\n')}\n`);
}

// Reads XML strictly enough to know that it is well-formed, and what stands in it.

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text right inside it. */
  text: string;
  readonly parent: Element | null;
}

const NAME = '[A-Za-z_][\\w:.-]*';
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39|#\d+);)/;

const WORDS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function read(name: string): string {
  return WORDS[name] ?? String.fromCodePoint(Number(name.slice(1)));
}

/** All elements of a document, in their order. @throws Error where it is not well-formed */
export function readXml(document: string): readonly Element[] {
  const elements: Element[] = [];
  let open: Element | null = null;
  let rest = document.trim();
  while (rest !== '') {
    const [text = ''] = rest.match(/^[^<]+/) ?? [];
    if (ENTITY.test(text) || (open === null && text.trim() !== '')) throw new Error(`text ${text}`);
    if (open) open.text += text.replace(/&(#?\w+);/g, (_, name: string) => read(name));
    rest = rest.slice(text.length);
    if (rest === '') break;
    const [tag, close, name = '', own = '', empty] = rest.match(TAG) ?? [];
    if (tag === undefined) throw new Error(`tag ${rest.slice(0, 60)}`);
    rest = rest.slice(tag.length);
    if (close) {
      if (open?.name !== name) throw new Error(`closes ${name}, not ${open?.name}`);
      open = open.parent;
      continue;
    }
    if (ENTITY.test(own)) throw new Error(`attributes ${own}`);
    if (open === null && elements.length > 0) throw new Error(`second root ${name}`);
    const pairs = [...own.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'g'))];
    const attributes = Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, value]));
    if (Object.keys(attributes).length !== pairs.length) throw new Error(`twice in ${tag}`);
    const element: Element = { name, attributes, text: '', parent: open };
    elements.push(element);
    if (!empty) open = element;
  }
  if (open) throw new Error(`${open.name} is not closed`);
  return elements;
}

/** How far an element shifts what stands in it. */
function shiftOf(element: Element | null): readonly [number, number] {
  if (!element) return [0, 0];
  const [x, y] = shiftOf(element.parent);
  const [, dx = 0, dy = 0] =
    element.attributes['transform']?.match(/translate\(([-\d.]+) ([-\d.]+)\)/) ?? [];
  return [x + Number(dx), y + Number(dy)];
}

/** The corners of what an element draws; `widthOf` says how wide a text is. */
function cornersOf({ name, attributes, text }: Element, widthOf: (text: string) => number) {
  const of = (key: string) => Number(attributes[key] ?? 0);
  switch (name) {
    case 'rect':
      return [
        [of('x'), of('y')],
        [of('x') + of('width'), of('y') + of('height')],
      ];
    case 'circle':
      return [
        [of('cx') - of('r'), of('cy') - of('r')],
        [of('cx') + of('r'), of('cy') + of('r')],
      ];
    case 'line':
      return [
        [of('x1'), of('y1')],
        [of('x2'), of('y2')],
      ];
    case 'text': {
      const share = { middle: 0.5, end: 1 }[attributes['text-anchor'] ?? ''] ?? 0;
      const left = of('x') - widthOf(text) * share;
      return [
        [left, of('y') - 10],
        [left + widthOf(text), of('y') + 3],
      ];
    }
    case 'path': {
      let [x, y] = [0, 0];
      const pieces = (attributes['d'] ?? '').matchAll(/([MLHVCZ])\s*([-\d. ]*)/g);
      return [...pieces].flatMap(([, command, given = '']) => {
        const numbers = given.trim().split(/\s+/).filter(Boolean).map(Number);
        if (command === 'H') x = numbers[0] ?? x;
        else if (command === 'V') y = numbers[0] ?? y;
        else if (numbers.length > 0) [x = 0, y = 0] = numbers.slice(-2);
        return [[x, y]];
      });
    }
    default:
      return [];
  }
}

/** What stands outside the picture, if anything. */
export function outside(document: string, widthOf: (text: string) => number): readonly string[] {
  const elements = readXml(document);
  const [, , width = 0, height = 0] = (elements[0]?.attributes['viewBox'] ?? '')
    .split(' ')
    .map(Number);
  return elements.flatMap((element) => {
    const [dx, dy] = shiftOf(element);
    const isOut = cornersOf(element, widthOf).some(([x = 0, y = 0]) => {
      const [atX, atY] = [x + dx, y + dy];
      return !(atX >= 0 && atY >= 0 && atX <= width && atY <= height);
    });
    return isOut ? [`${element.name} ${JSON.stringify(element.attributes)} ${element.text}`] : [];
  });
}

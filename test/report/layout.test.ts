// The short way of measuring says what the library says.

import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { clipFront, remembering } from '../../src/report/index.ts';
import { wrap } from '../../src/report/layout.ts';

const asked: string[] = [];
const measure = remembering((text) => {
  asked.push(text);
  return stringWidth(text);
});

it('measures every character of the basic plane as the library does, alone and beside others', () => {
  const wrong = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(
    (unit) =>
      measure(unit) !== stringWidth(unit) || measure(`1─${unit}`) !== stringWidth(`1─${unit}`),
  );
  expect(wrong).toEqual([]);
});

it('measures random texts as the library does', () => {
  const sign = fc.constantFrom(
    ...'a1#*─━▶●✓✗…↩†×·',
    '重',
    '⚡',
    '\u200d',
    '\ufe0f',
    '\u20e3',
    '👩',
    '\u0301',
  );
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 8 }), (text) => {
      expect(measure(text)).toBe(stringWidth(text));
    }),
  );
});

it('does not ask for plain text and frames', () => {
  asked.length = 0;
  expect(measure('▶ user.pay │ ✓ 12 ─── ↩')).toBe(23);
  expect(asked).toEqual([]);
});

it('keeps the end of what is typed, as wide as there is room', () => {
  expect(clipFront('SELECT 1', 8, { measure })).toBe('SELECT 1');
  expect(clipFront('SELECT 12', 8, { measure })).toBe('…LECT 12');
  expect(clipFront('查询每一行', 8, { measure })).toBe('…每一行');
});

it('begins no line with what closes, and ends none with what opens', () => {
  const opens = fc.constantFrom('', '（', '“', '《', '「（');
  const core = fc.constantFrom('行', '没有行', 'order:new', 'don’t', 'a=1', '50%');
  const closes = fc.constantFrom(
    '',
    '）',
    '，',
    '。',
    '；',
    '：',
    '、',
    '》',
    '」',
    '”。',
    '！',
    '）。',
  );
  const word = fc.tuple(opens, core, closes, fc.constantFrom('', ' ')).map((all) => all.join(''));
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 12 }),
      fc.integer({ min: 18, max: 40 }),
      (words, width) => {
        // No word is longer than a line: that one would be cut anywhere.
        const text = words.join('的');
        const lines = wrap(text, width, measure);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) {
          expect(measure(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/^[）》」”，。；：、！]|[（“《「]$/u);
        }
      },
    ),
  );
});

it('keeps a bracket with the word before it', () => {
  expect(wrap('恢复之后（由人回滚 branch）。', 24, measure)).toEqual([
    '恢复之后（由人回滚',
    'branch）。',
  ]);
  expect(wrap('没有“中文”', 8, measure)).toEqual(['没有“中', '文”']);
});

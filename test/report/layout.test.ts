// The short way of measuring says what the library says.

import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { clipFront, remembering } from '../../src/report/index.ts';

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

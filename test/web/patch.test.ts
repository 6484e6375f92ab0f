// A patch makes the new value of the old one, and says nothing of what stayed.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patched, patchOf } from '../../src/web/patch.ts';

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, 0, 1, 'a', true),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('any'), { maxKeys: 3 }),
  ),
})).any;

it('makes any plain value of any other', () => {
  fc.assert(
    fc.property(value, value, fc.nat(3), (old, now, nested) => {
      expect(patched(old, patchOf(old, now, nested))).toEqual(now);
    }),
    { numRuns: 2000 },
  );
});

it('is nothing where nothing changed, and leaves the old objects', () => {
  const old = { rows: [{ id: 1 }, { id: 2 }], queues: [{ name: 'a', messages: [1, 2] }] };
  expect(patchOf(old, structuredClone(old), 2)).toBe(null);
  const now = { ...old, rows: [...old.rows, { id: 3 }] };
  const patch = patchOf(old, now, 2);
  expect(patch).toEqual({ keys: { rows: { list: [0, 0, 2, 1, { id: 3 }] } } });
  const made = patched(old, patch) as typeof old;
  expect(made.queues).toBe(old.queues);
  expect(made.rows[0]).toBe(old.rows[0]);
});

it('looks into lists as deep as it is told, and takes their items from anywhere', () => {
  const [old, now] = [[{ queue: 'a', messages: [1, 2, 3] }], [{ queue: 'a', messages: [3, 1] }]];
  const messages = { list: [0, 2, 1, 0, 0, 1] };
  expect(patchOf(old, now, 1)).toEqual({ list: [2, 0, { keys: { messages } }] });
  expect(patchOf(old, now, 0)).toEqual({ list: [1, now[0]] });
});

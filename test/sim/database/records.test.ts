// The records of an index, walked both ways, against the plain order of their keys: with equal
// keys, nulls, and delete-marked entries that an open transaction has left.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePrefix } from '../../../src/sim/database/keys.ts';
import { Store } from '../../../src/sim/database/store.ts';

const DDL = `CREATE TABLE t (a INTEGER, b TEXT, c INTEGER, PRIMARY KEY (a, b));
  CREATE INDEX t_c ON t (c); CREATE INDEX t_cb ON t (c, b)`;
const small = fc.integer({ min: 0, max: 3 });
const row = fc.record({
  a: small,
  b: fc.constantFrom('x', 'y', 'z'),
  c: fc.option(small, { nil: null }),
});
type Made = { a: number; b: string; c: number | null };

function make(rows: readonly Made[]): Store {
  const unique = [...new Map(rows.map((one) => [`${one.a} ${one.b}`, one])).values()];
  return new Store({ ddl: DDL, rows: { t: unique } });
}

/** Changes rows as transaction 1, which stays open. */
function change(store: Store, sql: string, params: { a: number; c: number | null }): void {
  const statement = store.compile(sql);
  store.change(1, statement, () => statement.prepared.run(params));
}

describe('the records of an index', () => {
  it('come in the order of their keys, forwards and backwards, from any place on', () => {
    const rows = fc.array(row, { maxLength: 8 });
    const move = fc.record({ a: small, c: fc.option(small, { nil: null }) });
    const place = fc.record({
      length: fc.integer({ min: 0, max: 3 }),
      strict: fc.boolean(),
      at: row,
    });
    fc.assert(
      fc.property(rows, move, place, (list, moved, { length, strict, at }) => {
        const store = make(list);
        const before = store.newestRows() as [string, (number | string | null)[][]][];
        change(store, 'UPDATE t SET c = :c WHERE a = :a', moved);
        const after = store.newestRows() as typeof before;
        for (const index of store.table('t').indexes) {
          const keys = [...(before[0]?.[1] ?? []), ...(after[0]?.[1] ?? [])].map((image) => {
            return index.positions.map((position) => image[position] ?? null);
          });
          const sorted = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()].sort(
            comparePrefix,
          );
          const key = [at.c, at.b, at.a].slice(0, Math.min(length, index.positions.length));
          for (const backwards of [false, true]) {
            const inside = sorted.filter((one) => {
              const order = comparePrefix(one, key) * (backwards ? -1 : 1);
              return strict && length > 0 ? order > 0 : order >= 0;
            });
            const expected = backwards ? inside.at(-1) : inside[0];
            const found = store.records.next(
              index,
              { key, strict: strict && length > 0 },
              backwards,
            );
            expect(found?.key).toEqual(expected);
          }
        }
        store.close();
      }),
      { numRuns: 400, seed: 6 },
    );
  });
});

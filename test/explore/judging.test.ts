// What a search judges: also what a statement commits by itself, and what a queue holds without any
// commit; and orders of runs that wait for each other's locks are not taken for one.

import { describe, expect, it } from 'vitest';
import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import { lengthsOf, searchScenario } from './worlds.ts';

const outcomes = 'outcomes: [{ word: committed, sql: SELECT 1 AS done }]';

describe.each(['handler', 'statement'] as const)('a %s at a step', (pace) => {
  const broken = (property: string, flow: string) => {
    const text = `databases: { shop: "CREATE TABLE t (id INT PRIMARY KEY, v INT)" }
rows: { shop.t: [{ id: 1, v: 1 }] }
queues: [q]
services:
  shop: { entries: { go: { transaction: none, flow: [${flow}] } } }
properties: { holds: "${property}" }
${outcomes}
`;
    return searchScenario(readScenarioFile(text, 'judged.yaml'), { pace }).broken;
  };

  it('judges what a statement has committed by itself', () => {
    const property = 'SELECT id FROM shop.t WHERE v < 0';
    expect(broken(property, '{ sql: UPDATE t SET v = -1 WHERE id = 1 }')).toEqual(['holds']);
    expect(broken(property, '{ sql: UPDATE t SET v = 2 WHERE id = 1 }')).toEqual([]);
  });

  it('judges what was sent in no session', () => {
    const property = "SELECT 1 FROM broker.messages WHERE queue = 'q'";
    expect(broken(property, '{ send: q, body: { v: 1 } }')).toEqual(['holds']);
    expect(broken(property, '{ sql: SELECT v FROM t }')).toEqual([]);
  });
});

// Each reads, then writes what it has read, one more: the second waits for the first one's lock.
const counting = (
  reading: string,
) => `databases: { shop: "CREATE TABLE t (id INT PRIMARY KEY, v INT)" }
rows: { shop.t: [{ id: 1, v: 0 }, { id: 2, v: 0 }] }
services:
  shop:
    entries:
      count:
        transaction: local
        flow:
          - sql: ${reading}
          - sql: UPDATE t SET v = :v + 1 WHERE id = 1
          - sql: UPDATE t SET v = v + 1 WHERE id = 2
properties:
  no-lost-update: { when: eventually, sql: "SELECT v FROM shop.t WHERE id = 1 AND v < 3" }
  together: SELECT 1 FROM shop.t a, shop.t b WHERE a.id = 1 AND b.id = 2 AND a.v > b.v
requests: [{ entry: shop.count }, { entry: shop.count }, { entry: shop.count }]
${outcomes}
`;

describe.each([
  ['SELECT v FROM t WHERE id = 1', ['no-lost-update']],
  ['SELECT v FROM t WHERE id = 1 FOR UPDATE', []],
])('three who count after %s', (reading, expected) => {
  const scenario = readScenarioFile(counting(reading), 'counting.yaml');

  it('find the same in fewer orders as in all', () => {
    const [less, all] = [false, true].map((everyOrder) => {
      return searchScenario(scenario, { pace: 'statement', everyOrder });
    });
    expect([less?.cut, all?.cut]).toEqual([null, null]);
    expect(less?.broken).toEqual(expected);
    expect(all).toMatchObject({ ends: less?.ends, broken: less?.broken });
    expect(less && all && lengthsOf(all)).toEqual(less && lengthsOf(less));
  });
});

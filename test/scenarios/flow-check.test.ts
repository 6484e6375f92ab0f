// Mistakes planted in a scenario's own file are found, each at its line, all at once.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import { type CatalogueProblem, SandboxError } from '../../src/sim/index.ts';
import { ROOT } from '../support.ts';

const TEXT = `title: Two shops
databases:
  shop: |
    CREATE TABLE sale (id INTEGER PRIMARY KEY, price INT);
  till: |
    CREATE TABLE money (id INTEGER PRIMARY KEY, price INT);
parameters:
  price: 5
requests:
  - entry: shop.sell
    price: :price
services:
  shop:
    databases: [shop, till]
    entries:
      sell:
        transaction: best-effort
        flow:
          - sql: INSERT INTO sale (price) VALUES (:price)
            name: selling
          - send: sold
            body: { price: :price }
            on-error: shop-closed
          - go-to: end
          - name: shop-closed
            throw: ShopClosed
  till:
    listeners:
      take:
        queue: sold
        flow:
          - name: taking
            sql: INSERT INTO money (price) VALUES (:price)
    jobs:
      count:
        every: 1000
        waitsFor: SELECT 1 FROM till.money WHERE price < 0
        flow:
          - sql: SELECT count(*) AS n FROM money
properties:
  equal:
    when: eventually
    sql: SELECT 1 FROM shop.sale s WHERE NOT EXISTS (SELECT 1 FROM till.money WHERE price = s.price)
faults:
  crash:
    faults: crash@till.take.taking
`;

function problemsOf(text: string): readonly CatalogueProblem[] {
  try {
    readScenarioFile(text, 'shops.yaml');
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    expect(error.code).toBe('bad-scenario');
    return (error as SandboxError<'bad-scenario'>).data.problems;
  }
  return [];
}

function planted(from: string, to: string): readonly CatalogueProblem[] {
  expect(TEXT).toContain(from);
  return problemsOf(TEXT.replace(from, to));
}

/** The line of a text, counted from 1. */
const lineOf = (text: string, part: string): number =>
  text.slice(0, text.indexOf(part)).split('\n').length;

describe('a scenario in a file of its own', () => {
  it('is right as it stands', () => {
    expect(problemsOf(TEXT)).toEqual([]);
    expect(readScenarioFile(TEXT, '/x/My Shops 2.yml').id).toBe('my-shops-2');
    expect(readScenarioFile(TEXT, '07-店.yaml').id).toBe('scenario');
    expect(readScenarioFile(`id: a-b\n${TEXT}`, 'shops.yaml').id).toBe('a-b');
  });

  it.each<[string, string, string, string, string | null]>([
    ['an unknown step', '- send: sold', '- sned: sold', 'unknown-name', 'send'],
    ['a step that does nothing', '- go-to: end', '- name: idle', 'no-step-kind', null],
    ['two kinds in one step', 'name: selling', 'call: shop.sell', 'conflict', null],
    ['a key that does not fit', 'name: selling', 'detail: x', 'conflict', null],
    [
      'on-error where nothing fails',
      '- go-to: end',
      '- reply: 1\n            on-error: end',
      'conflict',
      null,
    ],
    ['an unknown queue', 'send: sold', 'send: solt', 'unknown-name', 'sold'],
    ['an unknown service', '- go-to: end', '- call: shp.sell', 'unknown-name', 'shop'],
    ['an unknown handler', '- go-to: end', '- call: shop.sel', 'unknown-name', 'shop.sell'],
    [
      'an unknown target',
      'on-error: shop-closed',
      'on-error: shop-close',
      'unknown-name',
      'shop-closed',
    ],
    ['go-to a step that is not there', 'go-to: end', 'go-to: seling', 'unknown-name', 'selling'],
    [
      'an unknown value',
      'VALUES (:price)\n            name',
      'VALUES (:prise)\n            name',
      'unknown-name',
      'price',
    ],
    [
      'an unknown value in a body',
      '{ price: :price }',
      '{ price: :prise }',
      'unknown-name',
      'price',
    ],
    ['a value no message has', '{ price: :price }', '{ cost: :price }', '', null],
    ['bad SQL', 'INSERT INTO money', 'INSERT INTO monney', 'bad-sql', null],
    ['bad SQL in waitsFor', 'FROM till.money WHERE price < 0', 'FROM till.monney', 'bad-sql', null],
    ['bad SQL in a property', 'FROM shop.sale s', 'FROM shop.sail s', 'bad-sql', null],
    ['bad DDL', 'CREATE TABLE sale (', 'CREATE TABEL sale (', 'bad-ddl', null],
    [
      'an unknown database',
      'databases: [shop, till]',
      'databases: [shop, tll]',
      'unknown-name',
      'till',
    ],
    ['a database of another service', 'name: taking', 'database: shop', 'unknown-name', null],
    [
      'a database by a name that is taken',
      'databases:\n  shop:',
      'databases:\n  broker: CREATE TABLE t (id INT PRIMARY KEY);\n  shop:',
      'name-taken',
      null,
    ],
    [
      'SQL without a database',
      'databases: [shop, till]\n    entries:\n      sell:\n        transaction: best-effort',
      'databases: []\n    entries:\n      sell:\n        transaction: none',
      'missing-value',
      null,
    ],
    [
      'a global transaction over nothing',
      'databases: [shop, till]\n    entries:\n      sell:\n        transaction: best-effort',
      'databases: []\n    entries:\n      sell:\n        transaction: xa',
      'needs-database',
      null,
    ],
    ['a pause that is no number', 'price: 5', 'price: x\ndefaults: {}', '', null],
    ['an unknown transaction', 'best-effort', 'best-efort', 'unknown-name', 'best-effort'],
    ['a transaction by hand within one', '- go-to: end', '- commit: shop', 'conflict', null],
    [
      'no database for a transaction',
      'databases: [shop, till]',
      'databases: []',
      'needs-database',
      null,
    ],
    ['an endless flow', 'go-to: end', 'go-to: selling', 'no-way-out', null],
    ['a name twice', 'name: shop-closed', 'name: selling', 'name-taken', null],
    ["a name of the manager's", 'name: taking', 'name: committing', 'name-taken', null],
    [
      'an unknown fault point',
      'till.take.taking',
      'till.take.takin',
      'unknown-name',
      'till.take.taking',
    ],
    ['an unknown entry', 'entry: shop.sell', 'entry: shop.sel', 'unknown-name', 'shop.sell'],
    ['an unknown parameter of a job', 'every: 1000', 'every: :prce', 'unknown-name', 'price'],
    ['a key at the top', 'title:', 'titel:', 'unknown-name', 'title'],
    ['a key of a service', 'listeners:', 'listener:', 'unknown-name', 'listeners'],
    ['a number for a text', 'queue: sold', 'queue: 5', 'bad-value', null],
    ['a missing value', 'every: 1000\n', 'flow: []\n', 'bad-yaml', null],
    [
      'a handler without a flow',
      '        flow:\n          - sql: SELECT count(*) AS n FROM money\n',
      '',
      'missing-value',
      null,
    ],
    ['a name that is none', '  crash:\n    faults', '  cr ash:\n    faults', 'bad-name', null],
    [
      'an unknown word',
      '    when: eventually',
      '    when: eventualy',
      'unknown-name',
      'eventually',
    ],
  ])('%s', (what, from, to, code, nearest) => {
    const problems = planted(from, to);
    if (what === 'a pause that is no number') {
      const pause = TEXT.replace(from, to).replace('every: 1000', 'every: :price');
      expect(problemsOf(pause).map((one) => one.code)).toEqual(['bad-value']);
      return;
    }
    if (what === 'a value no message has') {
      // The listener asks for it, and the parameter of that name stands in.
      expect(problems).toEqual([]);
      return;
    }
    const found = problems.find((one) => one.code === code);
    expect(found, JSON.stringify(problems)).toBeDefined();
    const text = TEXT.replace(from, to);
    if (nearest !== null) {
      expect(found?.data).toMatchObject({ nearest });
      const first = lineOf(text, to);
      const last = first + to.split('\n').length - 1;
      expect(found?.place.line).toBeGreaterThanOrEqual(first);
      expect(found?.place.line).toBeLessThanOrEqual(last);
    }
    expect(found?.frame.split('\n').at(-1)).toMatch(/^ {7,}\^$/);
    expect(problems.length, JSON.stringify(problems)).toBeLessThanOrEqual(2);
  });

  it('tells all mistakes at once, in the order of their lines', () => {
    const text = TEXT.replace('send: sold', 'send: solt')
      .replace('INSERT INTO money', 'INSERT INTO monney')
      .replace('titel', 'title')
      .replace('go-to: end', 'go-to: nd')
      .replace('FROM shop.sale s', 'FROM shop.sail s');
    const problems = problemsOf(text);
    expect(problems.map(({ code }) => code)).toEqual([
      'unknown-name',
      'unknown-name',
      'bad-sql',
      'bad-sql',
    ]);
    const lines = problems.map(({ place }) => place.line);
    expect(lines).toEqual(
      ['send: solt', 'go-to: nd', 'INSERT INTO monney', 'shop.sail'].map((part) =>
        lineOf(text, part),
      ),
    );
  });

  it.each([
    ['nothing', '', 'no-scenario'],
    ['a list', '- services', 'no-scenario'],
    ['a text', 'services', 'no-scenario'],
    ['no services', 'title: x\n', 'no-scenario'],
    ['tabs', 'services:\n\tshop: {}\n', 'bad-yaml'],
    ['a key twice', 'services: {}\nservices: {}\n', 'bad-yaml'],
    ['an alias of nothing', 'services: *shop\n', 'bad-yaml'],
    ['an alias of itself', 'services: &all { shop: *all }\n', 'bad-yaml'],
    ['a key of every object', `__proto__: { polluted: 1 }\n${TEXT}`, 'unknown-name'],
    [
      'such a key within',
      TEXT.replace('parameters:', 'parameters:\n  __proto__: 1'),
      'unknown-name',
    ],
    ['an id of the catalogue', `id: ticket-saga\n${TEXT}`, 'id-taken'],
    ['deep nesting', `services: ${'['.repeat(20_000)}`, 'bad-yaml'],
  ])('refuses %s', (_what, text, code) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map((one) => one.code)).toContain(code);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses aliases that multiply', () => {
    const lines = Array.from({ length: 9 }, (_, at) => {
      return `k${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`;
    });
    const bomb = ['k0: &a0 [x]', ...lines, 'services: *a9'].join('\n');
    expect(problemsOf(bomb).map(({ code }) => code)).toEqual(['bad-yaml']);
  });

  // Whatever a person leaves out or writes in its place: it is read, or its mistakes are told.
  it.each(['half-commit', 'transfer-saga', 'outbox-relay', 'request-reply'])(
    'takes %s line by line',
    (name) => {
      const lines = readFileSync(`${ROOT}examples/${name}.yaml`, 'utf8').split('\n');
      let told = 0;
      lines.forEach((line, at) => {
        const indent = /^ *(- )?/.exec(line)?.[0] ?? '';
        for (const instead of [[], [`${indent}begin: north`], [line, line], [`${indent}end: 1`]]) {
          told += problemsOf(lines.toSpliced(at, 1, ...instead).join('\n')).length > 0 ? 1 : 0;
        }
      });
      expect(told).toBeGreaterThan(lines.length);
    },
  );

  it('tells one mistake of syntax, not what follows from it', () => {
    const text = TEXT.replace('body: { price: :price }', 'body: { price: a{b}c }');
    expect(problemsOf(text).length).toBeLessThanOrEqual(2);
  });
});

// Mistakes planted in scenarios.yaml are found, each at its line.

import { describe, expect, it } from 'vitest';
import { checkCatalogue } from '../../src/scenarios/check.ts';
import { type CatalogueProblem, SandboxError } from '../../src/sim/index.ts';
import { CATALOGUE_TEXT } from '../support.ts';

/** What is wrong with the catalogue after an edit: line, column and code of each problem. */
function problemsAfter(from: string | RegExp, to: string): readonly CatalogueProblem[] {
  const text = CATALOGUE_TEXT.replace(from, to);
  expect(text).not.toBe(CATALOGUE_TEXT);
  try {
    checkCatalogue(text, 'scenarios.yaml');
  } catch (error) {
    if (error instanceof SandboxError && error.code === 'bad-catalogue') {
      return (error as SandboxError<'bad-catalogue'>).data.problems;
    }
    throw error;
  }
  return [];
}

/** Counted from 1. */
const lineOf = (part: string): number =>
  CATALOGUE_TEXT.slice(0, CATALOGUE_TEXT.indexOf(part)).split('\n').length;

describe('checkCatalogue', () => {
  it.each<[string, string | RegExp, string, string, string]>([
    ['broken YAML', 'queues:\n', 'queues: [\n', 'bad-yaml', '    - order:new'],
    ['a key twice', '    locked:\n', '    deposit:\n', 'bad-yaml', '    locked:'],
    [
      'a wrong type',
      'maxLength: 255\n      default: new_order',
      'maxLength: long\n      default: new_order',
      'bad-shape',
      'maxLength: 255\n      default: new_order',
    ],
    [
      'an unknown key',
      '      min: 0\n      max: 2147483647\n      default: 100',
      '      minimum: 0\n      max: 2147483647\n      default: 100',
      'bad-shape',
      '      min: 0\n      max: 2147483647\n      default: 100',
    ],
    ['a missing text', '      zh: 票价\n', '', 'bad-shape', '    amount:\n'],
    [
      'DDL that does not parse',
      'CREATE TABLE ticket (',
      'CREATE TABEL ticket (',
      'bad-ddl',
      '      CREATE TABLE ticket (',
    ],
    [
      'a property that does not parse',
      'SELECT id, deposit FROM',
      'SELECT id, FROM',
      'bad-sql',
      '      sql: SELECT id, deposit FROM',
    ],
    [
      'a property of an unknown table',
      'FROM user.customer WHERE deposit < 0',
      'FROM user.client',
      'bad-sql',
      '      sql: SELECT id, deposit FROM',
    ],
    [
      'an expectation of an unknown property',
      '[one-row-per-order]',
      '[one-row-per-ordr]',
      'unknown-name',
      '[one-row-per-order]',
    ],
    [
      'a fault at an unknown point',
      'crash@user.pay.committing:before',
      'crash@user.pay.comitting:before',
      'unknown-name',
      'faults: ["crash@user.pay.committing:before"]',
    ],
    [
      'a fault that sets an unknown parameter',
      'set: { lockedBy: 2 }',
      'set: { lockdBy: 2 }',
      'unknown-name',
      'set: { lockedBy: 2 }',
    ],
    [
      'a default that does not fit',
      'default: 100\n',
      'default: -100\n',
      'bad-value',
      'default: 100\n',
    ],
    ['a queue that is not declared', '    - order:fail\n', '', 'unknown-name', '  queues:'],
    ['a row that does not fit', 'name: No.1', 'nam: No.1', 'bad-rows', '    ticket.ticket:'],
    [
      'a scenario without machines',
      'ticket-saga:\n',
      'ticket-sage:\n',
      'no-behaviour',
      'ticket-saga:\n',
    ],
    [
      'a property that changes something',
      'SELECT id, deposit FROM user.customer WHERE deposit < 0',
      'DELETE FROM user.customer',
      'bad-sql',
      '      sql: SELECT id, deposit FROM',
    ],
    [
      'a property of chance',
      'SELECT id, deposit FROM user.customer WHERE deposit < 0',
      'SELECT random()',
      'bad-sql',
      '      sql: SELECT id, deposit FROM',
    ],
    [
      'a property with a nameless parameter',
      'WHERE deposit < 0',
      'WHERE deposit < ?',
      'bad-sql',
      '      sql: SELECT id, deposit FROM',
    ],
    [
      'a property with an unknown parameter',
      'WHERE deposit < 0',
      'WHERE deposit < :limit',
      'unknown-name',
      '      sql: SELECT id, deposit FROM',
    ],
    [
      'an unknown entry',
      'entry: order.create',
      'entry: order.creat',
      'unknown-name',
      '    entry: order.create',
    ],
    [
      'a row with an unknown parameter',
      'lock_user: ":lockedBy"',
      'lock_user: ":lockdBy"',
      'unknown-name',
      '      - { id: 1, ticket_num: 110',
    ],
    [
      'rows of an unknown database',
      '    ticket.ticket:\n',
      '    tickt.ticket:\n',
      'unknown-name',
      '    ticket.ticket:\n',
    ],
    [
      'a fault that sets what does not fit',
      'set: { deposit: 50 }\n      expect',
      'set: { deposit: some }\n      expect',
      'bad-value',
      'set: { deposit: 50 }',
    ],
    [
      'a default of no world parameter',
      '    redeliveryDelayMs: 0',
      '    deposit: 5',
      'unknown-name',
      '    redeliveryDelayMs: 0',
    ],
    [
      'a sentence about an unknown column',
      'Order {order_id} stays',
      'Order {order} stays',
      'unknown-name',
      'Order {order_id} stays',
    ],
    [
      'a misspelt participant',
      '    user:\n      en: checks',
      '    usr:\n      en: checks',
      'unknown-name',
      '    user:\n      en: checks',
    ],
    [
      'a queue twice',
      '    - order:locked\n',
      '    - order:new\n',
      'conflict',
      '    - order:locked\n',
    ],
    [
      'DDL that does more',
      'CREATE TABLE ticket (',
      "ATTACH 'x.db' AS x; CREATE TABLE ticket (",
      'bad-ddl',
      '      CREATE TABLE ticket (',
    ],
    [
      'a column that nobody knows',
      'exists: user.customer.id',
      'exists: user.client.id',
      'no-such-row',
      '  input:',
    ],
  ])('finds %s, at its line', (_what, from, to, code, at) => {
    const [problem, ...others] = problemsAfter(from, to);
    expect(problem?.code).toBe(code);
    expect(problem?.place.line).toBe(lineOf(at));
    expect(problem?.place.column).toBeGreaterThan(0);
    expect(problem?.frame).toContain('^');
    expect(others.length).toBeLessThan(3);
  });

  it('reports all mistakes at once', () => {
    const text = CATALOGUE_TEXT.replace('SELECT id, deposit FROM', 'SELECT id, FROM')
      .replace('crash@user.pay.committing:after', 'crush@user.pay.committing:after')
      .replace('default: 100\n', 'default: many\n')
      .replace('maxLength: 255\n      default', 'maxLength: long\n      default');
    try {
      checkCatalogue(text, 'f.yaml');
      expect.unreachable();
    } catch (error) {
      const { problems } = (error as SandboxError<'bad-catalogue'>).data;
      expect(problems.map(({ code }) => code).sort()).toEqual([
        'bad-shape',
        'bad-sql',
        'bad-value',
        'unknown-name',
      ]);
      expect(problems.every(({ place }) => place.file === 'f.yaml')).toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { checkCatalogue } from '../../src/scenarios/check.ts';
import {
  buildCatalogue,
  decodeRecording,
  definitionOf,
  encodeRecording,
  findScenario,
  judge,
} from '../../src/scenarios/index.ts';
import { type CatalogueProblem, SandboxError } from '../../src/sim/index.ts';
import { CATALOGUE_TEXT, catalogue, runSaga, ticketSaga } from '../support.ts';

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
      '      min: 0\n      default: 100',
      '      minimum: 0\n      default: 100',
      'bad-shape',
      '      min: 0\n      default: 100',
    ],
    ['a missing text', '      zh: 票价\n', '', 'bad-shape', '    amount:\n'],
    [
      'DDL that does not parse',
      'CREATE TABLE ticket (',
      'CREATE TABEL ticket (',
      'bad-sql',
      '    ticket: |',
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
    ['a row that does not fit', 'name: No.1', 'nam: No.1', 'bad-rows', '  rows:'],
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
      '  queues:',
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
      'bad-sql',
      '    ticket: |',
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
      .replace('default: 100\n', 'default: many\n');
    try {
      checkCatalogue(text, 'f.yaml');
      expect.unreachable();
    } catch (error) {
      const { problems } = (error as SandboxError<'bad-catalogue'>).data;
      expect(problems.map(({ code }) => code).sort()).toEqual([
        'bad-sql',
        'bad-value',
        'unknown-name',
      ]);
      expect(problems.every(({ place }) => place.file === 'f.yaml')).toBe(true);
    }
  });
});

describe('findScenario', () => {
  it('names the nearest', () => {
    expect(() => findScenario(catalogue, 'ticket-sga')).toThrow('"nearest":"ticket-saga"');
  });
});

describe('judge', () => {
  const asked = (named: readonly string[], own = false) => ({ named, own });

  it('demands of one named fault exactly what the catalogue says', () => {
    const late = runSaga(['late-payment']);
    expect(judge(ticketSaga, asked(['late-payment']), late).asExpected).toBe(true);
    const innocent = judge(ticketSaga, asked(['deposit']), late);
    expect(innocent).toMatchObject({ asExpected: false, unexpected: ['finished-owns-ticket'] });
    const missed = judge(ticketSaga, asked(['late-payment']), runSaga());
    expect(missed).toMatchObject({ asExpected: false, missing: ['finished-owns-ticket'] });
  });

  it("allows a run of one's own what its named faults break, and nothing else", () => {
    const both = runSaga(['late-payment', 'duplicate-new']);
    const { asExpected, expectation } = judge(
      ticketSaga,
      asked(['late-payment', 'duplicate-new']),
      both,
    );
    expect([asExpected, expectation]).toEqual([true, null]);
    const own = judge(ticketSaga, asked([], true), runSaga(['crash@user.pay.committing:after']));
    expect(own).toMatchObject({ asExpected: false, unexpected: ['failed-not-charged'] });
  });
});

describe('a replay code', () => {
  const recording = {
    scenario: 'ticket-saga',
    definition: definitionOf(ticketSaga),
    fingerprint: 'f',
    fails: ['deposit'],
    settings: { amount: 7 },
    choices: [
      { step: 3, option: 2 },
      { step: 40, option: 1 },
    ],
    document: { orders: [] },
  };
  const code = encodeRecording(recording);

  it('reads back what was written, and is safe in a URL', () => {
    expect(decodeRecording(code)).toEqual(recording);
    expect(code).toMatch(/^[\w.-]+$/);
  });

  it('knows when it was cut or edited, wherever that was', () => {
    const why = (text: string) => {
      try {
        decodeRecording(text);
        return 'fine';
      } catch (error) {
        return (error as SandboxError<'bad-code'>).data.why;
      }
    };
    for (let length = 2; length < code.length; length++)
      expect(why(code.slice(0, length))).toBe('cut');
    expect(why('')).toBe('version');
    expect(why(code.replace('1.', '2.'))).toBe('version');
    for (let at = 2; at < code.length; at++) {
      const other = code[at] === 'A' ? 'B' : 'A';
      expect(why(code.slice(0, at) + other + code.slice(at + 1)), `at ${at}`).not.toBe('fine');
    }
    expect(why(`${code}A`)).toBe('edited');
  });

  it('tells a changed definition from the same', () => {
    const changed = checkCatalogue(CATALOGUE_TEXT.replace('default: 60000', 'default: 60001'), 'f');
    const other = findScenario(buildCatalogue(changed), 'ticket-saga');
    expect(definitionOf(other)).not.toBe(recording.definition);
    const reworded = checkCatalogue(
      CATALOGUE_TEXT.replace('en: the price', 'en: what it costs'),
      'f',
    );
    const same = findScenario(buildCatalogue(reworded), 'ticket-saga');
    expect(definitionOf(same)).toBe(recording.definition);
  });
});

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { performReplay } from '../../src/cli/replay.ts';
import { type Asked, performRun } from '../../src/cli/run.ts';
import {
  errorReport,
  type Layout,
  PLAIN,
  replayLines,
  runDocument,
  runReport,
  showReport,
  textsIn,
} from '../../src/report/index.ts';
import { wrap } from '../../src/report/layout.ts';
import { rowChanges } from '../../src/report/rows.ts';
import { SandboxError } from '../../src/sim/index.ts';
import { catalogue, ticketSaga } from '../support.ts';

const layout = (width: number): Layout => ({ width, measure: stringWidth, paint: PLAIN });
const perform = (fails: readonly string[], more: Partial<Asked> = {}) =>
  performRun(catalogue, { scenario: 'ticket-saga', fails, settings: {}, seed: null, ...more });
const reportOf = (fails: readonly string[], language: 'en' | 'zh' = 'en', width = 80) =>
  runReport(perform(fails), layout(width), textsIn(language), language);

describe('runReport', () => {
  it.each([
    ['en', 80],
    ['en', 40],
    ['zh', 80],
    ['zh', 40],
  ] as const)('in %s fits into %i columns, whatever happens', (language, width) => {
    for (const fails of [[], ...Object.keys(ticketSaga.namedFaults).map((name) => [name])]) {
      for (const line of reportOf(fails, language, width)) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
    const show = showReport(ticketSaga, {
      layout: layout(width),
      texts: textsIn(language),
      language,
    });
    for (const line of show) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  });

  it('shows brackets in lanes, compensation, rows, queues, verdicts and the outcome', () => {
    const text = reportOf(['deposit']).join('\n');
    expect(text).toContain('ms  order   ticket  user');
    expect(text).toMatch(/\n +\d+ {18}┌ +pay · receives order:pay\n/);
    expect(text).toMatch(/\d+ +├ +↩ unlocking · UPDATE ticket: 1 row/);
    expect(text).toContain('↩ ticket.ticket  as it was: changed, then compensated');
    expect(text).toMatch(/\+ id=1 {2}uuid=/);
    expect(text).toContain('all empty, no dead letters');
    expect(text).toContain('✓ money is conserved');
    expect(text).toMatch(/Outcome\n {2}compensated\n {2}Order 1 failed \(NOT_ENOUGH_DEPOSIT\)/);
  });

  it('shows crashes, redeliveries, pauses and what was broken', () => {
    const text = reportOf(['crash-after-commit']).join('\n');
    expect(text).toContain('! the service crashes');
    expect(text).toContain('↻ pay · receives order:pay, delivery 2');
    expect(text).toMatch(/⋮ {2}\d+ ms later/);
    expect(text).toContain('✗ a FAILed order is not charged: broken, as expected');
    expect(text).toContain('~ id=1  deposit 1000 → 900');
  });

  it('leaves no jobs that found nothing in the way', () => {
    const ticks = reportOf(['timeout']).filter((line) => line.includes('timer'));
    expect(ticks).toHaveLength(1);
  });
});

describe('replay', () => {
  it.each([[[]], [['deposit']], [['late-payment']], [['duplicate-new', 'crash-before-commit']]])(
    'of %j ends where the run ended',
    (fails) => {
      const report = perform(fails);
      const again = performReplay(catalogue, report.code, {});
      expect(runDocument({ ...again, seed: null })).toEqual(runDocument(report));
    },
  );

  it('repeats a seeded run with its settings and its input', () => {
    const order = { customerId: 1, ticketNum: 110, amount: 60, title: null };
    const document = [order, { ...order, atMs: 3 }];
    for (let seed = 0; seed < 40; seed++) {
      const report = perform(['duplicate-pay'], { seed, settings: { deposit: 100 }, document });
      const again = performReplay(catalogue, report.code, {});
      expect(again.result.fingerprint).toBe(report.result.fingerprint);
      expect(again.result.events).toEqual(report.result.events);
    }
  });

  it('refuses a code whose scenario has changed', () => {
    const { code } = perform([]);
    const scenario = { ...ticketSaga, queues: [...ticketSaga.queues, 'order:more'] };
    const other = new Map([['ticket-saga', scenario]]);
    expect(() => performReplay(other, code, {})).toThrow('changed');
  });
});

describe('performRun', () => {
  it('refuses a fault that never struck', () => {
    const never = ['crash@user.pay.rolling-back', 'crash@user.pay.charging#2', 'duplicate-fail'];
    for (const fail of never) {
      const fails = fail === 'duplicate-fail' ? ['duplicate@ticket.new.sending-fail'] : [fail];
      expect(() => perform(fails)).toThrow('fault-never-struck');
    }
  });
});

describe('rowChanges', () => {
  it('tells added, changed and deleted rows apart', () => {
    const before = [
      { id: 1, x: 1 },
      { id: 2, x: 1 },
      { id: 3, x: 1 },
    ];
    const after = [
      { id: 1, x: 1 },
      { id: 3, x: 2 },
      { id: 4, x: 1 },
    ];
    const marks = rowChanges(before, after).map(({ mark, after: now, before: was }) => [
      mark,
      (now ?? was)?.['id'],
    ]);
    expect(marks).toEqual([
      ['~', 3],
      ['+', 4],
      ['-', 2],
    ]);
  });
});

describe('layout', () => {
  it('wraps Latin at blanks, Chinese anywhere, and cuts what is too long', () => {
    expect(wrap('one two three', 8, stringWidth)).toEqual(['one two', 'three']);
    expect(wrap('定时任务判失败', 6, stringWidth)).toEqual(['定时任', '务判失', '败']);
    expect(wrap('abcdefghij', 4, stringWidth)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('', 4, stringWidth)).toEqual(['']);
  });

  it('writes control characters out', () => {
    expect(wrap('a\nb\u001b[31m', 40, stringWidth)).toEqual(['a\\nb\\u001b[31m']);
  });

  it('breaks a replay line so that a shell joins it again', () => {
    const lines = replayLines({ scenario: ticketSaga, code: '1.x.abcdefghijklmnopqrstuvwxyz' }, 20);
    expect(lines.every((line) => line.length <= 20)).toBe(true);
    expect(lines.map((line) => line.replace(/\\$/, '')).join('')).toBe(
      'sim replay 1.x.abcdefghijklmnopqrstuvwxyz',
    );
  });
});

describe('errorReport', () => {
  it('says what is wrong, where, and what to do, in both languages', () => {
    const place = { file: 'in.json', line: 2, column: 5 };
    const expected = { type: 'integer', min: 0 } as const;
    const error = new SandboxError('bad-value', { name: 'amount', given: '-1', expected }, place);
    expect(errorReport(error, textsIn('en'), layout(80))).toEqual([
      'error: in.json:2:5: amount cannot be "-1"',
      '  fix: give a whole number from 0',
    ]);
    expect(errorReport(error, textsIn('zh'), layout(80))[0]).toBe(
      '错误: in.json:2:5: amount 不能为“-1”',
    );
  });
});

// What a newcomer sees of two transactional methods: which transaction is which, what is set aside
// and taken up again, and why a commit became a rollback.

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { performRun } from '../../src/cli/run.ts';
import { type Layout, PLAIN, runReport, showReport, textsIn } from '../../src/report/index.ts';
import { catalogue, scenarioOf } from '../support.ts';

const scenario = scenarioOf('propagation');
const layout = (width: number): Layout => ({ width, measure: stringWidth, paint: PLAIN });
const reportOf = (fails: readonly string[], language: 'en' | 'zh' = 'en', width = 80) =>
  runReport(
    performRun(catalogue, { scenario: 'propagation', fails, settings: {}, seed: null }),
    layout(width),
    textsIn(language),
    language,
  );

describe('the report of a propagation', () => {
  it.each([
    ['en', 80],
    ['en', 40],
    ['zh', 80],
    ['zh', 40],
  ] as const)('in %s fits into %i columns, whatever happens', (language, width) => {
    const say = { layout: layout(width), texts: textsIn(language), language };
    const reports = Object.keys(scenario.namedFaults).flatMap((name) =>
      reportOf([name], language, width),
    );
    for (const line of [...reports, ...showReport(scenario, say)]) {
      expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(/\{\w+\}/);
    }
  });

  it('tells why the audit failed in words', () => {
    const told = (name: string, language: 'en' | 'zh') =>
      reportOf([name], language, 500).join('\n');
    expect(told('read-only', 'en')).toContain('failed (refused: the transaction is read-only)');
    expect(told('read-only', 'zh')).toContain('审计失败（拒绝：只读事务');
    expect(told('timeout-cuts-wait', 'en')).toContain(
      'failed (the transaction has run out of time)',
    );
  });

  it('says why the commit became a rollback', () => {
    const text = reportOf(['silently-rolled-back']).join('\n');
    const story = [
      'beginning · BEGIN transaction 1',
      'audit-joining · joins transaction 1',
      'audit-recording · [1] INSERT audit_log: 1 row',
      '! audit-failing · IllegalStateException',
      '! audit-marking-rollback-only · marks transaction 1 rollback-only',
      'catching · catches the exception and goes on',
      '× rolling-back · ROLLBACK transaction 1',
      '! throwing · UnexpectedRollbackException',
    ];
    const places = story.map((line) => text.indexOf(line));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('tells transactions apart, and what runs in none', () => {
    const own = reportOf(['requires-new-survives']).join('\n');
    expect(own).toContain('audit-suspending · sets transaction 1 aside');
    expect(own).toContain('audit-counting · [2] SELECT customer_order: orders=0');
    expect(own).toContain('✓ audit-committing · COMMIT transaction 2');
    expect(own).toContain('audit-resuming · takes transaction 1 up again');
    const none = reportOf(['supports-without']).join('\n');
    expect(none).toContain('audit-recording · [autocommit] INSERT audit_log: 1 row');
    const limited = reportOf(['timeout-cuts-wait']).join('\n');
    expect(limited).toContain('audit-beginning · BEGIN transaction 2, at most 1000 ms');
    expect(reportOf(['read-only']).join('\n')).toContain('BEGIN transaction 2, READ ONLY');
    expect(reportOf(['dirty-read']).join('\n')).toContain('BEGIN transaction 2, READ UNCOMMITTED');
  });
});

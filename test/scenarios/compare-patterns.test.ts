// The matrix of patterns: what it claims of each is shown in rows and events, not only by a word.

import { describe, expect, it } from 'vitest';
import { allParameters, readInput, runMatrix, withStrikes } from '../../src/scenarios/index.ts';
import { type RunResult, run, SandboxError } from '../../src/sim/index.ts';
import { scenarioOf } from '../support.ts';

const scenario = scenarioOf('compare-patterns');
const { matrix } = scenario;

function runCell(pattern: string, fault: string): RunResult {
  const chosen = withStrikes(scenario, allParameters(scenario, { pattern, fault }));
  return run(scenario, readInput(scenario, chosen.parameters), chosen.faults);
}

const patterns = Object.keys(matrix?.expect ?? {});
const faults = Object.keys(matrix?.strikes ?? {});

describe('the matrix of patterns', () => {
  const result = runMatrix(scenario);

  it('comes out as the catalogue says, cell by cell, and every fault strikes', () => {
    expect(result.cells).toHaveLength(patterns.length * faults.length);
    const wrong = result.cells.filter(({ asExpected }) => !asExpected);
    expect(wrong.map(({ row, column, outcome }) => [row, column, outcome.by])).toEqual([]);
  });

  it('gives a run alone what it gives a run in the table', () => {
    for (const { row, column, outcome } of result.cells) {
      const alone = runCell(row, column);
      expect([row, column, alone.outcome.by]).toEqual([row, column, outcome.by]);
      expect(alone.neverStruck).toEqual([]);
    }
  });

  it('makes no money and loses none but to payments', () => {
    for (const { row, column } of result.cells) {
      const { before, after } = runCell(row, column);
      const sum = (rows: RunResult['after'], table: string, field: string) =>
        (rows[table] ?? []).reduce((total, one) => total + Number(one[field] ?? 0), 0);
      const had = sum(before, 'user.customer', 'deposit');
      const left = sum(after, 'user.customer', 'deposit') + sum(after, 'user.customer', 'frozen');
      const paid = (after['user.payment'] ?? []).filter(({ status }) => status === 'PAID');
      const charged = paid.reduce((total, one) => total + Number(one['amount']), 0);
      // Where each write commits by itself, a charge may be there without its record.
      const unrecorded = row === 'one-by-one' && column === 'lost-reply' ? 100 : 0;
      expect([row, column, had - left]).toEqual([row, column, charged + unrecorded]);
    }
  });

  it('lets an atomic pattern never leave one database without the other', () => {
    for (const fault of faults) {
      const { after } = runCell('xa', fault);
      const orders = after['order.customer_order']?.length ?? 0;
      expect([fault, after['user.payment']?.length]).toEqual([fault, orders]);
    }
  });

  it('measures what a pattern costs', () => {
    const cell = (row: string, column: string) =>
      result.cells.find((one) => one.row === row && one.column === column)?.measures;
    // Two-phase commit holds its rows until recovery is through, and its branches are in doubt.
    expect(cell('xa', 'crash-between')?.inDoubtMs).toBeGreaterThan(10_000);
    expect(cell('saga', 'crash-between')?.inDoubtMs).toBe(0);
    expect(cell('xa', 'none')?.lockedMs).toBeGreaterThan(cell('chained', 'none')?.lockedMs ?? 0);
    // A saga answers before anything is done, and pays in messages.
    expect(cell('saga', 'none')?.latencyMs).toBeLessThan(cell('xa', 'none')?.latencyMs ?? 0);
    expect(cell('saga', 'none')?.messages).toBe(4);
    expect(cell('one-by-one', 'none')?.messages).toBe(1);
    expect(cell('xa', 'crash-between')?.latencyMs).toBeNull();
  });

  it('takes some rows and columns, and refuses others', () => {
    const some = runMatrix(scenario, { rows: ['saga', 'xa'], columns: ['lost'] });
    expect(some.cells.map(({ row, column }) => `${row} ${column}`)).toEqual([
      'xa lost',
      'saga lost',
    ]);
    expect(() => runMatrix(scenario, { rows: ['sga'] })).toThrow(SandboxError);
  });
});

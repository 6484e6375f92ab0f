// Rows before and after: what a run added, changed and deleted, marked by a sign as well as colour.

import type { Row, RunResult, Tables } from '../sim/index.ts';
import { hang, type Layout } from './layout.ts';
import type { Texts } from './texts/index.ts';

type RowMark = '+' | '~' | '-';

/** One row that differs. */
export interface RowChange {
  readonly mark: RowMark;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** The rows of a table that differ; a row is known by its first column, its key. */
export function rowChanges(before: readonly Row[], after: readonly Row[]): readonly RowChange[] {
  const keyOf = (row: Row) => Object.values(row)[0];
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const kept = new Set(after.map(keyOf));
  const changes: RowChange[] = [];
  for (const row of after) {
    const was = old.get(keyOf(row));
    if (!was) changes.push({ mark: '+', before: null, after: row });
    else if (JSON.stringify(was) !== JSON.stringify(row)) {
      changes.push({ mark: '~', before: was, after: row });
    }
  }
  for (const row of before) {
    if (!kept.has(keyOf(row))) changes.push({ mark: '-', before: row, after: null });
  }
  return changes;
}

const cell = (value: unknown): string => (value === null ? 'null' : String(value));

/** A change in words: what is there, or what became of what. */
export function describeChange({ before, after }: RowChange): string {
  const row = after ?? before ?? {};
  const [key = '', ...columns] = Object.keys(row);
  const parts = columns.flatMap((column) => {
    const now = cell(row[column]);
    if (!before || !after) return row[column] === null ? [] : [`${column}=${now}`];
    return before[column] === row[column] ? [] : [`${column} ${cell(before[column])} → ${now}`];
  });
  return [`${key}=${cell(row[key])}`, ...parts].join('  ');
}

/** Tables that compensation has changed, whether or not anything is left of it. */
function compensatedTables({ events }: Pick<RunResult, 'events'>): ReadonlySet<string> {
  const names = events.flatMap(({ compensation, happening }) => {
    if (!compensation || happening.kind !== 'changed' || happening.affected === 0) return [];
    return [`${happening.database}.${happening.table}`];
  });
  return new Set(names);
}

/** The lines of the tables that a run touched. */
export function changedTables(result: RunResult, layout: Layout, texts: Texts): readonly string[] {
  const { paint } = layout;
  const compensated = compensatedTables(result);
  const paints = { '+': paint.good, '~': paint.warn, '-': paint.bad };
  const lines = Object.keys(result.after).flatMap((table) => {
    const changes = rowChanges(tableOf(result.before, table), tableOf(result.after, table));
    if (changes.length === 0 && !compensated.has(table)) return [];
    if (changes.length === 0) return hang(`  ↩ ${table}  `, texts.run.compensated, layout);
    const rows = changes.flatMap((change) =>
      hang(`    ${change.mark} `, describeChange(change), layout).map(paints[change.mark]),
    );
    return [`  ${table}`, ...rows];
  });
  return lines.length > 0 ? lines : [`  ${texts.run.noTables}`];
}

function tableOf(tables: Tables, name: string): readonly Row[] {
  return tables[name] ?? [];
}

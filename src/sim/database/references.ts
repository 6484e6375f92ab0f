// Foreign keys where rows change, as InnoDB keeps them: a child holds its parent, a parent that
// goes or changes is refused, or takes its children along. Every row is looked up by its index.

import { present } from '../kernel/assert.ts';
import type { SqlValue } from '../kernel/effect.ts';
import type { ForeignKey } from './foreign-keys.ts';
import { comparePrefix, type From, sameKey } from './keys.ts';
import type { Key } from './locks.ts';
import type { IndexRecord } from './records.ts';
import { locksGaps } from './row-locks.ts';
import type { Engine, Progress } from './scan.ts';
import type { Index, Table } from './schema.ts';
import { intend, type Transaction } from './transaction.ts';

type Values = readonly SqlValue[];

/** A row on its way into an index. */
export interface Newcomer {
  readonly values: Values;
  /** The row it has been so far; null for a new one. */
  readonly leaving: number | null;
  /** The foreign key that gives it its new values, which is not asked again. */
  readonly cause: ForeignKey | null;
}

/** What becomes of a child whose parent goes or changes; null deletes it. */
export type Follow = (child: Table, rowid: number, after: Values | null) => Progress;

/** Whether an index is the one a foreign key is looked up by. */
function isIndexed({ positions }: ForeignKey, index: Index): boolean {
  return positions.every((position, at) => index.positions[at] === position);
}

/** Whether a row ceases to be the one that children refer to. */
export function loses({ parentPositions }: ForeignKey, before: Values, after: Values): boolean {
  return parentPositions.some((position) => before[position] !== after[position]);
}

/** The foreign keys of one transaction's changes. */
export class References {
  readonly #engine: Engine;
  readonly #transaction: Transaction;

  constructor(engine: Engine, transaction: Transaction) {
    this.#engine = engine;
    this.#transaction = transaction;
  }

  /** The parents a row refers to by an index, but for the one that is the cause of it. */
  lockParents(table: Table, index: Index, { values, leaving, cause }: Newcomer): Progress {
    for (const foreign of table.parents) {
      if (foreign === cause || !isIndexed(foreign, index)) continue;
      const progress = this.#lockParent(foreign, values, leaving);
      if (progress !== 'done') return progress;
    }
    return 'done';
  }

  // A child keeps its parent from going away: a shared lock on its record, or where it would be.
  #lockParent(foreign: ForeignKey, values: Values, leaving: number | null): Progress {
    const { table, positions, parent, parentPositions } = foreign;
    const key = positions.map((position) => values[position] ?? null);
    if (key.includes(null)) return 'done';
    const own = parentPositions.map((position) => values[position] ?? null);
    // A row may be its own parent.
    if (parent === table && sameKey(own, key)) return 'done';
    const { indexes } = this.#engine.store.table(parent);
    const index = present(
      indexes.find((one) => sameKey(one.positions.slice(0, one.width), parentPositions)),
      `the index of ${parent} that ${table} refers to`,
    );
    intend(this.#transaction, parent, 'shared');
    const gone = parent === table ? leaving : null;
    const found = this.#referenced(index, key, { key, strict: false }, gone);
    if (found === 'gone') return { failed: 'foreign-key' };
    return found === 'blocked' ? 'blocked' : 'done';
  }

  /** A parent goes, or gets another key: its children, there or on their way, are asked. */
  settleChildren(
    foreign: ForeignKey,
    before: Values,
    after: Values | null,
    follow: Follow,
  ): Progress {
    const { positions, parentPositions } = foreign;
    const key = parentPositions.map((position) => before[position] ?? null);
    if (key.includes(null)) return 'done';
    const child = this.#engine.store.table(foreign.table);
    const index = present(
      child.indexes.find((one) => isIndexed(foreign, one)),
      `an index of ${foreign.table} on its foreign key`,
    );
    const action = after ? foreign.onUpdate : foreign.onDelete;
    intend(this.#transaction, child.name, 'shared');
    for (let from: From = { key, strict: false }; ; ) {
      const found = this.#referenced(index, key, from);
      if (typeof found === 'string') return found === 'blocked' ? 'blocked' : 'done';
      if (action === 'restrict') return { failed: 'row-referenced' };
      const progress = this.#takeAlong(child, found.rowid, follow, (row) => {
        if (action === 'cascade' && !after) return null;
        const given = (at: number) => after?.[parentPositions[at] ?? 0] ?? null;
        return row.map((value, position) => {
          const at = positions.indexOf(position);
          return at < 0 ? value : action === 'cascade' ? given(at) : null;
        });
      });
      if (progress !== 'done') return progress;
      from = { key: found.key, strict: true };
    }
  }

  #takeAlong(
    child: Table,
    rowid: number,
    follow: Follow,
    afterOf: (row: Values) => Values | null,
  ): Progress {
    const row = present(child.one.get(rowid), `row ${rowid}`) as Values;
    intend(this.#transaction, child.name, 'exclusive');
    const locked = this.#engine.locks.lockRow(this.#transaction.id, child, rowid, row);
    return locked === 'blocked' ? 'blocked' : follow(child, rowid, afterOf(row));
  }

  // The next record with this key that is there, locked alone: others may come beside it. A
  // deleted one is locked with its gap, and the gap behind the last. `leaving` gives its key up.
  #referenced(
    index: Index,
    key: Key,
    from: From,
    leaving: number | null = null,
  ): IndexRecord | 'gone' | 'blocked' {
    const { locks, store } = this.#engine;
    const { id } = this.#transaction;
    const gaps = locksGaps(this.#transaction);
    let record = store.records.next(index, from);
    while (record && comparePrefix(record.key, key) === 0) {
      const span = record.live || !gaps ? 'record' : 'next-key';
      if (locks.lock(id, record, 'shared', span) === 'blocked') return 'blocked';
      if (record.live && record.rowid !== leaving) return record;
      record = store.records.next(index, { key: record.key, strict: true });
    }
    if (!gaps) return 'gone';
    if (record) locks.lock(id, record, 'shared', 'gap');
    else locks.lockSupremum(id, index, 'shared');
    return 'gone';
  }
}

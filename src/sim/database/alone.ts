// A transaction alone on its tables runs a statement at once, and its locks are worked out when
// somebody else arrives. A test holds that equal to going row by row.

import { present } from '../kernel/assert.ts';
import type { SqlValue } from '../kernel/effect.ts';
import type { Ran } from './outcome.ts';
import { positionIn } from './pragmas.ts';
import { References } from './references.ts';
import type { Engine } from './scan.ts';
import type { Table } from './schema.ts';
import type { Statement } from './statement.ts';
import { type Call, type Postponed, type Running, start, type Transaction } from './transaction.ts';

/** Where a statement searches: what locks it takes there depends on the rows of that moment. */
const searchedBy = ({ parsed }: Statement): readonly string[] =>
  parsed.kind === 'insert' ? parsed.reads : parsed.tables;

// New rows in a row of one table are one entry: all that is still to be locked are their parents.
function postpone({ postponed }: Transaction, one: Postponed): void {
  const last = postponed.at(-1);
  const { statement } = one.call;
  if (last?.undoTo === one.undoFrom && isLike(last.call.statement, statement)) {
    const { call, undoFrom } = last;
    postponed[postponed.length - 1] = { call, undoFrom, undoTo: one.undoTo };
  } else postponed.push(one);
}

function isLike(before: Statement, now: Statement): boolean {
  if (now.parsed.kind !== 'insert' || before.parsed.target !== now.parsed.target) return false;
  return searchedBy(before).length + searchedBy(now).length === 0;
}

/** Whether an INSERT leaves it to its table to number every row; else it may number some itself. */
function leavesNumbersTo({ columns, indexes }: Table, { parsed }: Statement): boolean {
  if (parsed.body === null) return true;
  const key = columns[indexes[0].positions[0] ?? 0] ?? '';
  return parsed.columns !== null && positionIn(parsed.columns, key) < 0;
}

export class Alone {
  readonly #engine: Engine;
  readonly #search: (own: Transaction, running: Running) => unknown;

  /** @param search locks what a statement searches */
  constructor(engine: Engine, search: (own: Transaction, running: Running) => unknown) {
    this.#engine = engine;
    this.#search = search;
  }

  /** Runs a statement of a transaction alone; null if it must go row by row all the same. */
  run(own: Transaction, call: Call): Ran | null {
    if (!this.#isSimple(own, call)) return null;
    const { store } = this.#engine;
    const { statement, params } = call;
    const undoFrom = own.undo.length;
    if (statement.parsed.kind === 'select') {
      postpone(own, { call, undoFrom, undoTo: undoFrom });
      const newest = { reader: own.id, upTo: Infinity };
      return { type: 'rows', rows: store.query(newest, statement, params) };
    }
    const table = this.#target(statement);
    const leavesNumbers = leavesNumbersTo(table, statement);
    const mayMix = statement.parsed.kind === 'insert' && table.autoIncrement && !leavesNumbers;
    const number = table.orphan || mayMix ? store.numbers.last(table) : null;
    const change = store.change(own.id, statement, () => statement.prepared.run(params));
    if (change.type === 'failed') return null;
    const { undo } = change;
    const isMixed = mayMix && undo.length > 1;
    if (isMixed || (table.orphan && undo.some(({ rowid }) => table.orphan?.get(rowid)))) {
      store.undo(undo, own.id);
      store.numbers.reset(table, number);
      return null;
    }
    own.undo.push(...undo);
    if (searchedBy(statement).length + table.parents.length > 0) {
      postpone(own, { call, undoFrom, undoTo: own.undo.length });
    }
    const given = leavesNumbers ? undo.map(({ rowid }) => rowid) : [];
    const lastId = store.numbers.reported(table, statement, undo, given);
    return { type: 'changed', affected: change.affected, lastId };
  }

  /** Works out the locks of what a transaction did alone: as they would have been set then. */
  lockPostponed(own: Transaction): void {
    if (own.postponed.length === 0) return;
    const postponed = own.postponed.splice(0);
    const { store } = this.#engine;
    const first = postponed[0]?.undoFrom ?? 0;
    const redo = store.undo(own.undo.slice(first), own.id).toReversed();
    let at = first;
    const advance = (to: number) => {
      store.redo(redo.slice(at - first, to - first).toReversed());
      at = to;
    };
    for (const one of postponed) {
      advance(one.undoFrom);
      this.#search(own, start(one.call, one.undoFrom));
      advance(one.undoTo);
      this.#lockParents(own, one);
    }
    advance(own.undo.length);
  }

  // What must go row by row, alone or not: what depends on the locks it has already, and what
  // foreign keys may refuse or follow, but for the parents of new rows.
  #isSimple(own: Transaction, { statement }: Call): boolean {
    const { kind, conflict, sets, reads } = statement.parsed;
    const { movesKeys, target, related } = statement.footprint;
    if (conflict !== 'fail' || (target !== null && reads.includes(target))) return false;
    if (this.#engine.snapshotIsolation && own.view) return false;
    if (related.length > 0 && kind !== 'insert') return false;
    if (kind !== 'insert' && !(kind === 'update' && movesKeys)) return true;
    const { store, locks } = this.#engine;
    const table = this.#target(statement);
    // A row may have to come before another one of the same statement.
    if (table.parents.some(({ parent }) => parent === table.name)) return false;
    const set = sets.map(({ column }) => positionIn(table.columns, column));
    const movesUnique = table.indexes.some(({ unique, positions }) => {
      return unique && positions.some((one) => set.includes(one));
    });
    if (movesUnique) return false;
    const locked = !table.indexes.every(({ id }) => locks.table.isFree(id));
    const searched = own.postponed.some(({ call }) => {
      return searchedBy(call.statement).includes(table.name);
    });
    return !locked && !searched && !store.versions.hasMoved(table.name);
  }

  #target({ parsed }: Statement): Table {
    return this.#engine.store.table(present(parsed.target, 'the table a statement changes'));
  }

  #lockParents(own: Transaction, { call, undoFrom, undoTo }: Postponed): void {
    const { kind } = call.statement.parsed;
    if (kind !== 'insert') return;
    const table = this.#target(call.statement);
    const references = new References(this.#engine, own);
    for (const { rowid } of own.undo.slice(undoFrom, undoTo)) {
      const values = present(table.one.get(rowid), `row ${rowid}`) as readonly SqlValue[];
      const newcomer = { values, leaving: null, cause: null };
      for (const index of table.indexes) references.lockParents(table, index, newcomer);
    }
  }
}

// Runs statements: at once for a transaction alone on its tables; where others are about, row by
// row, and then it may have to wait.

import { present } from '../kernel/assert.ts';
import type { SqlValue } from '../kernel/effect.ts';
import { Alone } from './alone.ts';
import { RowChanger } from './change.ts';
import { asMistake } from './failures.ts';
import type { LockMode } from './locks.ts';
import { lockingOf, mannerOf, movesAlong } from './manner.ts';
import type { Ran } from './outcome.ts';
import { locksGaps } from './row-locks.ts';
import { type Engine, type Progress, Scan, type Visit } from './scan.ts';
import {
  type Call,
  intend,
  intentionsOf,
  type Running,
  start,
  type Transaction,
} from './transaction.ts';
import type { ReadView } from './versions.ts';

type Open = ReadonlyMap<number, Transaction>;

export class Runner {
  readonly #engine: Engine;
  readonly alone: Alone;
  /** For each table, the open transactions that locked or changed something in it. */
  #users = new Map<string, ReadonlySet<number>>();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.alone = new Alone(engine, (own, running) => this.#search(own, running, noted(running)));
  }

  /** Runs a statement from its beginning, among all transactions that are open. */
  run(own: Transaction, call: Call, open: Open): Ran {
    const { parsed, footprint } = call.statement;
    own.touched ||= parsed.tables.length > 0;
    const locking = lockingOf(own, call.statement);
    if (!locking) return this.#read(own, call);
    const { target, reads, related } = footprint;
    let alone = true;
    const arrive = (table: string) => {
      if (!this.#arrive(own, table)) alone = false;
    };
    const touch = (table: string, mode: LockMode) => {
      intend(own, table, mode);
      arrive(table);
    };
    for (const table of related) arrive(table);
    if (target === null || locksGaps(own)) {
      for (const table of reads) touch(table, target === null ? locking.mode : 'shared');
    }
    if (target !== null) touch(target, 'exclusive');
    const ran = alone ? this.alone.run(own, call) : null;
    if (ran) return ran;
    for (const user of open.values()) this.alone.lockPostponed(user);
    return this.resume(own, start(call, own.undo.length), open);
  }

  /** Runs a statement on, from where it waited. One that fails leaves no change, but its locks. */
  resume(own: Transaction, running: Running, open: Open): Ran {
    own.pending = null;
    const progress = this.#stepped(own, running, open);
    if (progress === 'blocked') {
      own.pending = running;
      return { type: 'blocked' };
    }
    if (progress !== 'done') {
      const { failed, detail } = progress;
      own.pending = running;
      this.undo(own, running.undoFrom, open);
      const failure = { code: failed, definite: true, ...(detail !== undefined && { detail }) };
      return { type: 'failed', failure };
    }
    const { statement, params } = running.call;
    const { store } = this.#engine;
    const { target } = statement.parsed;
    if (target !== null) {
      const undo = own.undo.slice(running.undoFrom);
      const lastId = store.numbers.reported(store.table(target), statement, undo, running.numbered);
      return { type: 'changed', affected: running.affected, lastId };
    }
    const rows = statement.parsed.search
      ? store.queryChosen(statement, params, running.chosen)
      : store.query({ reader: own.id, upTo: Infinity }, statement, params);
    return { type: 'rows', rows };
  }

  // A mistake in a statement shows only when it runs, row by row: it leaves no change either.
  #stepped(own: Transaction, running: Running, open: Open): Progress {
    try {
      return this.#step(own, running);
    } catch (error) {
      own.pending = running;
      this.undo(own, running.undoFrom, open);
      throw error;
    }
  }

  /**
   * Takes a transaction's changes back, as far as its undo was `length` long, and what the
   * statement it is in has begun.
   */
  undo(own: Transaction, length: number, open: Open): void {
    const undone = own.undo.splice(length);
    this.#engine.store.undo(undone, own.id);
    const tables = new Set(undone.map((record) => record.table));
    if (own.pending?.ahead.length) tables.add(own.pending.call.statement.parsed.target ?? '');
    own.pending = null;
    if (this.#engine.locks.table.empty) return;
    for (const table of tables) this.#engine.locks.sweep(this.#engine.store.table(table), open);
  }

  /** What InnoDB counts to choose a victim: changed rows, and locks of records and of tables. */
  weightOf(own: Transaction): number {
    this.alone.lockPostponed(own);
    const { id, undo, pending } = own;
    const changed = undo.length + (pending?.begun ? 1 : 0);
    return changed + intentionsOf(own) + this.#engine.locks.table.structsOf(id);
  }

  /** Forgets a transaction that has ended. */
  leave(transaction: number): void {
    for (const [table, users] of this.#users) {
      if (!users.has(transaction)) continue;
      const rest = new Set([...users].filter((user) => user !== transaction));
      if (rest.size > 0) this.#users.set(table, rest);
      else this.#users.delete(table);
    }
  }

  // Notes that a transaction locks in a table. Returns true if nobody else does.
  #arrive({ id }: Transaction, table: string): boolean {
    const users = this.#users.get(table);
    if (!users) {
      this.#users.set(table, new Set([id]));
      return true;
    }
    if (users.has(id)) return users.size === 1;
    this.#users.set(table, new Set([...users, id]));
    return users.size === 0;
  }

  #read(own: Transaction, call: Call): Ran {
    const { statement, params } = call;
    const view = statement.parsed.tables.length > 0 ? this.viewOf(own) : null;
    return { type: 'rows', rows: this.#engine.store.query(view, statement, params) };
  }

  /** What a plain read sees; a repeatable one keeps it. */
  viewOf(own: Transaction): ReadView | null {
    if (own.isolation === 'read-uncommitted') return null;
    if (own.view) return own.view;
    const now = { reader: own.id, upTo: this.#engine.store.versions.lastCommit };
    if (own.isolation !== 'read-committed') own.view = now;
    return now;
  }

  #step(own: Transaction, running: Running): Progress {
    const { kind, target } = running.call.statement.parsed;
    if (kind === 'select') {
      return this.#search(own, running, noted(running));
    }
    const table = this.#engine.store.table(present(target, 'the table a statement changes'));
    const changer = new RowChanger(this.#engine, own, table, running);
    if (kind === 'insert') return this.#insert(own, running, changer);
    const change = (rowid: number) =>
      kind === 'update' ? changer.update(rowid) : changer.delete(rowid);
    if (!movesAlong(running.call.statement)) return this.#search(own, running, change);
    // What changes the very index it searches finds all its rows first.
    const found = this.#search(own, running, noted(running));
    if (found !== 'done') return found;
    return this.#each(running, running.chosen, change);
  }

  #each<One>(running: Running, list: readonly One[], act: (one: One) => Progress): Progress {
    for (; running.next < list.length; running.next += 1) {
      const progress = act(list[running.next] as One);
      if (progress !== 'done') return progress;
    }
    return 'done';
  }

  #search(own: Transaction, running: Running, visit: Visit): Progress {
    const { statement } = running.call;
    const paths = statement.paths();
    for (; running.path < paths.length; running.path += 1) {
      const path = present(paths[running.path], 'an access path');
      const manner = mannerOf(own, statement, path);
      const searched = statement.parsed.search && running.path === paths.length - 1;
      const progress = manner
        ? new Scan(this.#engine, own, path, manner, running).walk(searched ? visit : NOTHING)
        : 'done';
      if (progress !== 'done') return progress;
      running.range = 0;
    }
    return 'done';
  }

  #insert(own: Transaction, running: Running, changer: RowChanger): Progress {
    const { statement, params } = running.call;
    const found = this.#search(own, running, NOTHING);
    if (found !== 'done') return found;
    if (!running.rows) {
      const { store } = this.#engine;
      const shadow = statement.rows();
      const view = locksGaps(own) ? { reader: own.id, upTo: Infinity } : this.viewOf(own);
      running.rows = store.as(view, statement.footprint.reads, () => {
        try {
          shadow.fill.run(params);
          return shadow.read.all() as SqlValue[][];
        } catch (error) {
          throw asMistake(statement.sql, error);
        } finally {
          shadow.clear.run();
        }
      });
      const table = store.table(present(statement.parsed.target, 'the table of an INSERT'));
      const { rows, given } = store.numbers.numbered(table, running.rows);
      Object.assign(running, { rows, numbered: given });
    }
    return this.#each(running, running.rows, (values) => changer.insert(values));
  }

  mark() {
    return new Map(this.#users);
  }

  rewind(mark: ReturnType<Runner['mark']>): void {
    this.#users = new Map(mark);
  }
}

const NOTHING: Visit = () => 'done';

/** Remembers the rows a search finds. */
function noted({ chosen }: Running): Visit {
  return (rowid) => {
    chosen.push(rowid);
    return 'done';
  };
}

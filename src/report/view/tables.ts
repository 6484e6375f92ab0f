// Rows as a person should see them at a step: what is new, changed, deleted, not committed, in
// doubt, locked or compensated, by a mark and never by colour alone.

import type { Film, OpenRow, Row, SeenTable } from '../../sim/index.ts';
import { frameAt } from './showing.ts';

/** `!` is in doubt or locked, `?` not committed; a blank is as it was at the beginning. */
type Mark = '+' | '~' | '-' | '?' | '!' | '↩' | ' ';

interface Cell {
  readonly column: string;
  readonly value: string;
  /** What it was, where that is something else. */
  readonly was: string | null;
}

export interface RowView {
  /** `database.table key` */
  readonly id: string;
  readonly mark: Mark;
  readonly cells: readonly Cell[];
  /** The transaction that has changed or locked it; null if none has. */
  readonly transaction: number | null;
  /** Whether the step that was taken last changed it. */
  readonly isFresh: boolean;
}

export interface TableView {
  readonly name: string;
  readonly rows: readonly RowView[];
}

/** At which steps a row changed, and at which of them a compensation was committed. */
interface RowHistory {
  readonly changes: readonly number[];
  readonly compensated: readonly number[];
}

type Histories = ReadonlyMap<string, RowHistory>;

const keyOf = (row: Row): Row[string] => Object.values(row)[0] ?? null;
const keyOfOpen = ({ now, before }: OpenRow): Row[string] => keyOf(now ?? before ?? {});
const idOf = (table: string, key: Row[string]): string => `${table} ${key}`;

/** Rows of a table by their key: committed, and open. */
function rowsOf({ rows, open }: SeenTable) {
  const committed = new Map(rows.map((row) => [keyOf(row), row]));
  const opened = new Map(open.map((row) => [keyOfOpen(row), row]));
  return { committed, opened, keys: new Set([...committed.keys(), ...opened.keys()]) };
}

// Tables in which a step of compensation changed rows.
function compensatedTables(film: Film, step: number): ReadonlySet<string> {
  const from = film.frames[step - 1]?.events ?? 0;
  const events = film.events.slice(from, film.frames[step]?.events);
  return new Set(
    events.flatMap(({ compensation, happening }) =>
      compensation && happening.kind === 'changed'
        ? [`${happening.database}.${happening.table}`]
        : [],
    ),
  );
}

function historiesOf(film: Film): Histories {
  const histories = new Map<string, { changes: number[]; compensated: number[] }>();
  // Rows that a compensation has changed and not committed yet.
  const pending = new Set<string>();
  for (let step = 1; step < film.frames.length; step++) {
    const [before, now] = [frameAt(film, step - 1), frameAt(film, step)];
    const compensating = compensatedTables(film, step);
    now.tables.forEach((table, at) => {
      const last = before.tables[at];
      if (!last || last === table) return;
      const [old, fresh] = [rowsOf(last), rowsOf(table)];
      for (const key of new Set([...old.keys, ...fresh.keys])) {
        const same = (one: unknown, other: unknown) =>
          JSON.stringify(one) === JSON.stringify(other);
        const isCommitted = !same(old.committed.get(key), fresh.committed.get(key));
        const isOpen = fresh.opened.has(key);
        if (!isCommitted && same(old.opened.get(key), fresh.opened.get(key))) continue;
        const id = idOf(table.name, key);
        const history = histories.get(id) ?? { changes: [], compensated: [] };
        histories.set(id, history);
        history.changes.push(step);
        if (compensating.has(table.name)) pending.add(id);
        if (isCommitted && pending.has(id)) history.compensated.push(step);
        if (!isOpen) pending.delete(id);
      }
    });
  }
  return histories;
}

const known = new WeakMap<Film, Histories>();

/** What became of each row in a film; worked out once. */
function historyOf(film: Film): Histories {
  let histories = known.get(film);
  if (!histories) {
    histories = historiesOf(film);
    known.set(film, histories);
  }
  return histories;
}

/** The steps at which a row changes. */
export function changesOf(film: Film, row: string): readonly number[] {
  return historyOf(film).get(row)?.changes ?? [];
}

const text = (value: unknown): string => (value === null ? 'null' : String(value));

function cellsOf(row: Row, was: Row | null): readonly Cell[] {
  return Object.entries(row).map(([column, value]) => {
    const old = was ? (was[column] ?? null) : value;
    return { column, value: text(value), was: old === value ? null : text(old) };
  });
}

interface Seen {
  readonly first: Row | undefined;
  readonly committed: Row | undefined;
  readonly open: OpenRow | undefined;
  readonly locked: number | null;
  readonly isCompensated: boolean;
}

function markOf({ first, committed, open, locked, isCompensated }: Seen): Mark {
  if (open) return open.inDoubt ? '!' : '?';
  if (isCompensated) return '↩';
  if (!committed) return '-';
  if (!first) return '+';
  if (JSON.stringify(first) !== JSON.stringify(committed)) return '~';
  return locked === null ? ' ' : '!';
}

function tableView(film: Film, step: number, table: SeenTable, first: SeenTable): TableView {
  const histories = historyOf(film);
  const base = rowsOf(first).committed;
  const { committed, opened, keys } = rowsOf(table);
  const rows = [...new Set([...base.keys(), ...keys])].map((key): RowView => {
    const id = idOf(table.name, key);
    const history = histories.get(id);
    const open = opened.get(key);
    const lock = table.locked.find(({ keys: own }) => own.includes(key));
    const seen: Seen = {
      first: base.get(key),
      committed: committed.get(key),
      open,
      locked: lock?.transaction ?? null,
      isCompensated: history?.compensated.some((at) => at <= step) ?? false,
    };
    // What is open is told against what is committed, that against the beginning.
    const before = open ? open.before : (seen.first ?? null);
    const now = open ? open.now : (seen.committed ?? null);
    return {
      id,
      mark: markOf(seen),
      cells: cellsOf(now ?? before ?? {}, now ? before : null),
      transaction: open?.transaction ?? seen.locked,
      isFresh: history?.changes.includes(step) ?? false,
    };
  });
  return { name: table.name, rows };
}

/** All tables at a step. */
export function tablesAt(film: Film, step: number): readonly TableView[] {
  const [first, now] = [frameAt(film, 0), frameAt(film, step)];
  return now.tables.flatMap((table, at) => {
    const beginning = first.tables[at];
    return beginning ? [tableView(film, step, table, beginning)] : [];
  });
}

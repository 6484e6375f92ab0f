// A filmed run as text, for a page or a file: what several frames share is written once, and of a
// table only what changed from one frame to the next.

import { parse, stringify } from 'devalue';
import type { Showing } from '../report/view/showing.ts';
import type { Frame, Row, SeenTable } from '../sim/index.ts';

/** A run to be shown, and what to call it. */
export interface Titled {
  readonly title: string;
  readonly showing: Showing;
}

/** How a table differs from what it was: from a row on, so many are replaced by others. */
interface Change extends Pick<SeenTable, 'open' | 'locked'> {
  /** The position of the table. */
  readonly table: number;
  readonly from: number;
  readonly count: number;
  readonly rows: readonly Row[];
}

type Thin = Omit<Frame, 'tables'> & { readonly changes: readonly Change[] };
type Packed = Omit<Titled, 'showing'> & {
  readonly first: readonly SeenTable[];
  readonly frames: readonly Thin[];
  readonly showing: Omit<Showing, 'film'> & { readonly film: Omit<Showing['film'], 'frames'> };
};

const same = (one: Row | undefined, other: Row | undefined): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

function changeOf(before: SeenTable, now: SeenTable, table: number): Change {
  const [old, rows] = [before.rows, now.rows];
  const most = Math.min(old.length, rows.length);
  let from = 0;
  while (from < most && same(old[from], rows[from])) from += 1;
  let kept = 0;
  while (kept < most - from && same(old.at(-1 - kept), rows.at(-1 - kept))) kept += 1;
  const { open, locked } = now;
  const count = old.length - from - kept;
  return { table, from, count, rows: rows.slice(from, rows.length - kept), open, locked };
}

function changed(before: readonly SeenTable[], changes: readonly Change[]): readonly SeenTable[] {
  if (changes.length === 0) return before;
  const tables = [...before];
  for (const { table, from, count, rows, open, locked } of changes) {
    const old = tables[table];
    if (!old) continue;
    const isSame = count === 0 && rows.length === 0;
    const now = isSame ? old.rows : old.rows.toSpliced(from, count, ...rows);
    tables[table] = { name: old.name, rows: now, open, locked };
  }
  return tables;
}

function packed({ title, showing }: Titled): Packed {
  const { frames, ...film } = showing.film;
  const first = frames[0]?.tables ?? [];
  let before = first;
  const thin = frames.map(({ tables, ...rest }) => {
    const last = before;
    before = tables;
    const changes = tables.flatMap((table, at) => {
      const old = last[at];
      return old && old !== table ? [changeOf(old, table, at)] : [];
    });
    return { ...rest, changes };
  });
  return { title, first, frames: thin, showing: { ...showing, film } };
}

function unpacked({ title, first, frames, showing }: Packed): Titled {
  let tables = first;
  const whole = frames.map(({ changes, ...rest }) => {
    tables = changed(tables, changes);
    return { ...rest, tables };
  });
  return { title, showing: { ...showing, film: { ...showing.film, frames: whole } } };
}

export const carried = (all: readonly Titled[]): string => stringify(all.map(packed));

export const received = (text: string): readonly Titled[] =>
  (parse(text) as readonly Packed[]).map(unpacked);

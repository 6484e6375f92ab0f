// Undo chains: for every row that open or recent transactions changed, its older images, newest
// last. The table itself holds the newest version; a reader that may not see it walks back here.

import { present } from '../kernel/assert.ts';
import type { SqlValue } from '../kernel/effect.ts';

/** All columns of a row in the table's order; null where no row was. */
export type Image = readonly SqlValue[] | null;

/** The image a row had *before* `writer` changed it, and what was before that. */
export interface Version {
  readonly writer: number;
  readonly before: Image;
  readonly older: Version | null;
  /** The change gave the row other keys, or took it away: its old ones stay, delete-marked. */
  readonly moved: boolean;
  /** How many changes by the same writer it stands for: what lies between, nobody can see. */
  readonly changes: number;
}

/** An undo chain: the row's newest change, which leads to the older ones. */
type Chains = ReadonlyMap<number, Version>;

/** The versions of a chain, the newest first. */
export function* walk(chain: Version | undefined): Iterable<Version> {
  for (let version = chain ?? null; version; version = version.older) yield version;
}

/** What a reader may see: its own changes, and those committed up to a moment. */
export interface ReadView {
  readonly reader: number | null;
  /** The commit number up to which, inclusive, changes are seen. */
  readonly upTo: number;
}

export interface VersionsMark {
  readonly chains: readonly (readonly [string, Chains])[];
  readonly moved: readonly (readonly [string, ReadonlyMap<number, number>])[];
  readonly commits: ReadonlyMap<number, number>;
  readonly lastCommit: number;
}

const NO_CHAINS: Chains = new Map();

/** The undo chains of one database, and the order of its commits. */
export class Versions {
  #chains = new Map<string, Map<number, Version>>();
  /** By table, the rows that may have delete-marked keys, with how many of their versions moved. */
  #moved = new Map<string, Map<number, number>>();
  #commits = new Map<number, number>();
  #lastCommit = 0;

  get lastCommit(): number {
    return this.#lastCommit;
  }

  /** True if some row has an older image that some reader may still need. */
  get any(): boolean {
    return this.#chains.size > 0;
  }

  /** The undo chains of a table, by rowid. */
  chainsOf(table: string): Chains {
    return this.#chains.get(table) ?? NO_CHAINS;
  }

  /** The rows of a table that may have left delete-marked keys behind. */
  movedRows(table: string): Iterable<number> {
    return this.#moved.get(table)?.keys() ?? [];
  }

  hasMoved(table: string): boolean {
    return this.#moved.has(table);
  }

  #count(table: string, rowid: number, { moved }: Version, by: number): void {
    if (!moved) return;
    const rows = this.#moved.get(table) ?? new Map<number, number>();
    const count = (rows.get(rowid) ?? 0) + by;
    if (count > 0) rows.set(rowid, count);
    else rows.delete(rowid);
    if (rows.size > 0) this.#moved.set(table, rows);
    else this.#moved.delete(table);
  }

  /** Whether a writer has committed; one that rolled back is in no chain any more. */
  isCommitted(writer: number): boolean {
    return this.#commits.has(writer);
  }

  /** The number of a writer's commit; null while it is open. */
  commitOf(writer: number): number | null {
    return this.#commits.get(writer) ?? null;
  }

  /** Whether a row's newest version is one that a view may not see. */
  isHidden(table: string, rowid: number, view: ReadView): boolean {
    const newest = this.chainsOf(table).get(rowid);
    return newest !== undefined && !this.#sees(view, newest.writer);
  }

  /** Notes a change; `moves` says whether it may have changed a key of the row. */
  push(table: string, rowid: number, writer: number, before: Image, moves = true): void {
    let chains = this.#chains.get(table);
    if (!chains) {
      chains = new Map();
      this.#chains.set(table, chains);
    }
    const older = chains.get(rowid) ?? null;
    if (!moves && older?.writer === writer) {
      chains.set(rowid, recounted(older, older.changes + 1));
      return;
    }
    const version = { writer, before, older, moved: moves && before !== null, changes: 1 };
    this.#count(table, rowid, version, 1);
    chains.set(rowid, version);
  }

  /** Takes back a row's newest change. Returns whether it moved keys. */
  pop(table: string, rowid: number): boolean {
    const chains = this.#chains.get(table);
    const newest = chains?.get(rowid);
    if (!chains || !newest) return false;
    if (newest.changes > 1) {
      chains.set(rowid, recounted(newest, newest.changes - 1));
      return false;
    }
    this.#count(table, rowid, newest, -1);
    if (newest.older) chains.set(rowid, newest.older);
    else chains.delete(rowid);
    if (chains.size === 0) this.#chains.delete(table);
    return newest.moved;
  }

  commit(writer: number): void {
    this.#lastCommit += 1;
    this.#commits.set(writer, this.#lastCommit);
  }

  /**
   * Forgets images that no reader can need: all changes up to commit number `upTo` are seen.
   * Returns the tables of which something was forgotten.
   */
  purge(upTo: number): readonly string[] {
    const tables = new Set<string>();
    const needed = ({ writer }: Version) => (this.#commits.get(writer) ?? Infinity) > upTo;
    for (const [table, chains] of this.#chains) {
      for (const [rowid, chain] of chains) {
        const versions = [...walk(chain)];
        const last = versions.findLastIndex(needed);
        if (last === versions.length - 1) continue;
        tables.add(table);
        for (const version of versions.slice(last + 1)) this.#count(table, rowid, version, -1);
        if (last < 0) chains.delete(rowid);
        else chains.set(rowid, relinked(versions.slice(0, last + 1)));
      }
      if (chains.size === 0) this.#chains.delete(table);
    }
    for (const [writer, at] of this.#commits) if (at <= upTo) this.#commits.delete(writer);
    return [...tables];
  }

  /** The rows of a table whose newest version a view may not see, with the image it sees. */
  hidden(table: string, view: ReadView): ReadonlyMap<number, Image> {
    const hidden = new Map<number, Image>();
    for (const [rowid, chain] of this.chainsOf(table)) {
      for (const version of walk(chain)) {
        if (this.#sees(view, version.writer)) break;
        hidden.set(rowid, version.before);
      }
    }
    return hidden;
  }

  #sees(view: ReadView, writer: number): boolean {
    if (writer === view.reader) return true;
    const committed = this.#commits.get(writer);
    return committed !== undefined && committed <= view.upTo;
  }

  mark(): VersionsMark {
    const chains = [...this.#chains].map(([table, rows]) => [table, new Map(rows)] as const);
    const moved = [...this.#moved].map(([table, rows]) => [table, new Map(rows)] as const);
    return { chains, moved, commits: new Map(this.#commits), lastCommit: this.#lastCommit };
  }

  rewind(mark: VersionsMark): void {
    this.#chains = new Map(mark.chains.map(([table, rows]) => [table, new Map(rows)]));
    this.#moved = new Map(mark.moved.map(([table, rows]) => [table, new Map(rows)]));
    this.#commits = new Map(mark.commits);
    this.#lastCommit = mark.lastCommit;
  }

  /** Plain data for a fingerprint. */
  state(nameOf: (writer: number) => string) {
    const of = (writer: number): string | number => {
      const commit = this.#commits.get(writer);
      return commit === undefined ? nameOf(writer) : this.#lastCommit - commit;
    };
    return [...this.#chains].map(([table, rows]) => {
      const chains = [...rows].map(([rowid, chain]) => {
        return [rowid, [...walk(chain)].map(({ writer, before }) => [of(writer), before])];
      });
      return [table, chains];
    });
  }
}

function recounted({ writer, before, older, moved }: Version, changes: number): Version {
  return { writer, before, older, moved, changes };
}

// A chain of its newest versions only.
function relinked(versions: readonly Version[]): Version {
  const chain = versions.reduceRight<Version | null>((older, one) => ({ ...one, older }), null);
  return present(chain, 'a version that is still needed');
}

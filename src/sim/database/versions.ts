// Undo chains: for every row that open or recent transactions changed, its older images, newest
// last. The table itself holds the newest version; a reader that may not see it walks back here.

import type { SqlValue } from '../kernel/effect.ts';

/** All columns of a row in the table's order; null where no row was. */
export type Image = readonly SqlValue[] | null;

/** The image a row had *before* `writer` changed it. */
export interface Version {
  readonly writer: number;
  readonly before: Image;
}

/** What a reader may see: its own changes, and those committed up to a moment. */
export interface ReadView {
  readonly reader: number | null;
  /** The commit number up to which, inclusive, changes are seen. */
  readonly upTo: number;
}

export interface VersionsMark {
  readonly chains: readonly (readonly [string, ReadonlyMap<number, readonly Version[]>])[];
  readonly images: ReadonlyMap<string, number>;
  readonly commits: ReadonlyMap<number, number>;
  readonly lastCommit: number;
}

const NO_CHAINS: ReadonlyMap<number, readonly Version[]> = new Map();

/** The undo chains of one database, and the order of its commits. */
export class Versions {
  #chains = new Map<string, Map<number, readonly Version[]>>();
  /** How many older images the chains of a table hold. */
  #images = new Map<string, number>();
  #commits = new Map<number, number>();
  #lastCommit = 0;

  get lastCommit(): number {
    return this.#lastCommit;
  }

  /** True if some row has an older image that some reader may still need. */
  get any(): boolean {
    return this.#chains.size > 0;
  }

  /** The undo chains of a table, by rowid; each with its oldest version first. */
  chainsOf(table: string): ReadonlyMap<number, readonly Version[]> {
    return this.#chains.get(table) ?? NO_CHAINS;
  }

  /** Whether some row of the table was another one before: its old keys may still be there. */
  hasImages(table: string): boolean {
    return (this.#images.get(table) ?? 0) > 0;
  }

  #count(table: string, { before }: Version, by: number): void {
    if (before) this.#images.set(table, (this.#images.get(table) ?? 0) + by);
  }

  /** Whether a writer has committed; one that rolled back is in no chain any more. */
  isCommitted(writer: number): boolean {
    return this.#commits.has(writer);
  }

  /** Whether a row's newest version is one that a view may not see. */
  isHidden(table: string, rowid: number, view: ReadView): boolean {
    const newest = this.chainsOf(table).get(rowid)?.at(-1);
    return newest !== undefined && !this.#sees(view, newest.writer);
  }

  push(table: string, rowid: number, writer: number, before: Image): void {
    let chains = this.#chains.get(table);
    if (!chains) {
      chains = new Map();
      this.#chains.set(table, chains);
    }
    const version = { writer, before };
    this.#count(table, version, 1);
    chains.set(rowid, [...(chains.get(rowid) ?? []), version]);
  }

  /** Takes back the newest image of a row: its change has been undone. */
  pop(table: string, rowid: number): void {
    const chains = this.#chains.get(table);
    const chain = chains?.get(rowid);
    const newest = chain?.at(-1);
    if (!chains || !chain || !newest) return;
    this.#count(table, newest, -1);
    if (chain.length > 1) chains.set(rowid, chain.slice(0, -1));
    else chains.delete(rowid);
    if (chains.size === 0) this.#chains.delete(table);
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
        const first = chain.findIndex(needed);
        const forgotten = first < 0 ? chain : chain.slice(0, first);
        if (forgotten.length > 0) tables.add(table);
        for (const version of forgotten) this.#count(table, version, -1);
        if (first < 0) chains.delete(rowid);
        else if (first > 0) chains.set(rowid, chain.slice(first));
      }
      if (chains.size === 0) this.#chains.delete(table);
    }
    for (const [writer, at] of this.#commits) if (at <= upTo) this.#commits.delete(writer);
    return [...tables];
  }

  /** The rows of a table whose newest version a view may not see, with the image it sees. */
  hidden(table: string, view: ReadView): ReadonlyMap<number, Image> {
    const hidden = new Map<number, Image>();
    for (const [rowid, chain] of this.#chains.get(table) ?? []) {
      for (let at = chain.length - 1; at >= 0; at--) {
        const version = chain[at];
        if (!version || this.#sees(view, version.writer)) break;
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
    const images = new Map(this.#images);
    return { chains, images, commits: new Map(this.#commits), lastCommit: this.#lastCommit };
  }

  rewind(mark: VersionsMark): void {
    this.#chains = new Map(mark.chains.map(([table, rows]) => [table, new Map(rows)]));
    this.#images = new Map(mark.images);
    this.#commits = new Map(mark.commits);
    this.#lastCommit = mark.lastCommit;
  }

  /** Plain data for a fingerprint. */
  state() {
    return [...this.#chains].map(([table, rows]) => [table, [...rows]]);
  }
}

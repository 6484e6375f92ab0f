// Which state of each database the world is in: what was made of a state once, a mark or a text,
// serves for as long as nothing has changed.

import type { Database } from './database/index.ts';

/** One state of a database. */
export class Revision {
  mark: ReturnType<Database['mark']> | null = null;
  /** A name of its rows. */
  rows: string | null = null;
}

export class Revisions {
  readonly #databases: ReadonlyMap<string, Database>;
  readonly #now = new Map<string, Revision>();

  constructor(databases: ReadonlyMap<string, Database>) {
    this.#databases = databases;
    for (const name of databases.keys()) this.renew(name);
  }

  /** A database may be changed from now on. */
  renew(name: string): void {
    this.#now.set(name, new Revision());
  }

  of(name: string): Revision {
    let now = this.#now.get(name);
    if (!now) {
      now = new Revision();
      this.#now.set(name, now);
    }
    return now;
  }

  mark(): ReadonlyMap<string, Revision> {
    for (const [name, database] of this.#databases) {
      const revision = this.of(name);
      revision.mark ??= database.mark();
    }
    return new Map(this.#now);
  }

  rewind(mark: ReadonlyMap<string, Revision>): void {
    for (const [name, revision] of mark) {
      if (this.#now.get(name) === revision || !revision.mark) continue;
      this.#databases.get(name)?.rewind(revision.mark);
      this.#now.set(name, revision);
    }
  }
}

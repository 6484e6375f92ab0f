// Which state of each database the world is in: what was made of a state once, a mark or a name,
// serves for as long as nothing has changed, and what is known of a content serves wherever it is
// met again.

import type { Database } from './database/index.ts';
import { Mixer, SharedMap } from './kernel/index.ts';

/** What a quiet database holds: the same object for the same content. */
export interface Revision {
  /** Names it by what it is. */
  readonly name: number;
  /** Names it among those of this world. */
  readonly id: number;
}

/** One state of a database, in one history. */
class Moment {
  mark: ReturnType<Database['mark']> | null = null;
  /** What it holds; null if it is not quiet, undefined if nobody has asked. */
  revision: Revision | null | undefined;
}

export class Revisions {
  readonly #databases: ReadonlyMap<string, Database>;
  readonly #now = new SharedMap<string, Moment>();
  readonly #known = new Map<string, Revision>();

  constructor(databases: ReadonlyMap<string, Database>) {
    this.#databases = databases;
  }

  /** A database may be changed from now on. */
  renew(name: string): void {
    this.#now.delete(name);
  }

  #moment(name: string): Moment {
    let moment = this.#now.get(name);
    if (!moment) {
      moment = new Moment();
      this.#now.set(name, moment);
    }
    return moment;
  }

  /** What a database holds; null if it is not quiet. */
  of(name: string): Revision | null {
    const moment = this.#moment(name);
    if (moment.revision === undefined) moment.revision = this.#look(name);
    return moment.revision;
  }

  #look(name: string): Revision | null {
    const database = this.#databases.get(name);
    if (!database?.isQuiet) return null;
    const contents = database.store.contents.all();
    const key = `${name} ${database.isUp} ${contents.map(({ id }) => id)}`;
    let revision = this.#known.get(key);
    if (!revision) {
      const mixer = new Mixer();
      mixer.add(database.isUp ? 1 : 2);
      for (const { hash } of contents) mixer.add(hash);
      revision = { name: mixer.hash, id: this.#known.size + 1 };
      this.#known.set(key, revision);
    }
    return revision;
  }

  mark(): ReadonlyMap<string, Moment> {
    for (const [name, database] of this.#databases) {
      const moment = this.#moment(name);
      moment.mark ??= database.mark();
    }
    return this.#now.mark();
  }

  rewind(mark: ReadonlyMap<string, Moment>): void {
    for (const [name, moment] of mark) {
      if (this.#now.get(name) === moment || !moment.mark) continue;
      this.#databases.get(name)?.rewind(moment.mark);
    }
    this.#now.rewind(mark);
  }
}

// Which state of each database the world is in. What was made of a state once, a mark or a name,
// serves for as long as nothing has changed; what is known of a content serves wherever it is met
// again; and a database is brought to where the world is only when somebody asks it something.

import type { Database, Source } from './database/index.ts';
import { Mixer, present, SharedMap } from './kernel/index.ts';

type Mark = ReturnType<Database['mark']>;

/** What a quiet database holds: the same object for the same content. */
export interface Revision {
  /** Names it by what it is. */
  readonly name: number;
  /** Names it among those of this world. */
  readonly id: number;
  /** By which any history can come to it: made while no savepoint was open. Null if there is none. */
  mark: Mark | null;
  /** The number of what each table holds. */
  readonly contents: ReadonlyMap<string, number>;
}

/** One state of a database, in one history. */
class Moment {
  mark: Mark | null = null;
  /** What it holds; null if it is not quiet, undefined if nobody has asked. */
  revision: Revision | null | undefined;
  /** Whether its history needs a savepoint to come back to. */
  needsSavepoints = false;
}

export class Revisions {
  readonly #databases: ReadonlyMap<string, Database>;
  /** Where the world is. */
  readonly #now = new SharedMap<string, Moment>();
  /** Where the databases themselves are. */
  readonly #there = new Map<string, Moment>();
  readonly #known = new Map<string, Revision>();

  constructor(databases: ReadonlyMap<string, Database>) {
    this.#databases = databases;
  }

  #moment(name: string): Moment {
    let moment = this.#now.get(name);
    if (!moment) {
      moment = new Moment();
      this.#now.set(name, moment);
      this.#there.set(name, moment);
    }
    return moment;
  }

  /** Whether a database is where the world is. */
  isThere(name: string): boolean {
    return this.#now.get(name) === this.#there.get(name);
  }

  /** A database, brought to where the world is, to look at. */
  at(name: string): Database {
    const database = present(this.#databases.get(name), `database ${name}`);
    const moment = this.#now.get(name);
    if (moment && moment !== this.#there.get(name)) {
      database.rewind(present(moment.mark, 'a mark to go to'));
      this.#there.set(name, moment);
    }
    return database;
  }

  /** Brings all of them to where the world is. */
  bringAll(): void {
    for (const name of this.#databases.keys()) this.at(name);
  }

  /** A database that may be changed from now on. */
  renew(name: string): Database {
    const database = this.at(name);
    this.#now.delete(name);
    this.#there.delete(name);
    return database;
  }

  /** What a database holds; null if it is not quiet. */
  of(name: string): Revision | null {
    const moment = this.#moment(name);
    if (moment.revision === undefined) {
      const database = this.at(name);
      moment.needsSavepoints = database.store.hasSavepoints();
      moment.revision = this.#look(database);
    }
    return moment.revision;
  }

  /** What all of them hold, as a text; null if one is not quiet. */
  key(): string | null {
    let key = '';
    for (const name of this.#databases.keys()) {
      const revision = this.of(name);
      if (!revision) return null;
      key += ` ${revision.id}`;
    }
    return key;
  }

  /** Whether a database can be taken anywhere: it is quiet, and no way back leads past SQLite. */
  isFree(name: string): boolean {
    return this.of(name) !== null && !this.#moment(name).needsSavepoints;
  }

  #look(database: Database): Revision | null {
    if (!database.isQuiet || !database.store.contents.areSmall) return null;
    const { name } = database;
    const contents = database.store.contents.all();
    const key = `${name} ${database.isUp} ${contents.map(({ id }) => id)}`;
    let revision = this.#known.get(key);
    if (!revision) {
      const mixer = new Mixer();
      mixer.add(database.isUp ? 1 : 2);
      for (const { hash } of contents) mixer.add(hash);
      const ids = new Map(contents.map(({ table, id }) => [table.name, id]));
      const id = this.#known.size + 1;
      revision = { name: mixer.hash, id, mark: null, contents: ids };
      this.#known.set(key, revision);
    }
    if (!revision.mark && !database.store.hasSavepoints()) revision.mark = database.mark();
    return revision;
  }

  /** Takes a database to what it holds at a revision; nobody there may know of the way between. */
  goTo(name: string, revision: Revision): void {
    const moment = new Moment();
    moment.mark = revision.mark;
    moment.revision = revision;
    this.#now.set(name, moment);
  }

  /** A database as onlookers see it. */
  source({ name, tables }: Database): Source {
    return {
      name,
      tables,
      stampOf: (table) => this.of(name)?.contents.get(table) ?? this.at(name).stampOf(table),
      committedRows: (table) => this.at(name).committedRows(table),
    };
  }

  mark(): ReadonlyMap<string, Moment> {
    for (const name of this.#databases.keys()) {
      const moment = this.#moment(name);
      moment.mark ??= this.at(name).mark();
    }
    return this.#now.mark();
  }

  rewind(mark: ReadonlyMap<string, Moment>): void {
    this.#now.rewind(mark);
  }
}

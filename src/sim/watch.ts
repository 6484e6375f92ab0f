// Watches a world's properties: `always` after every commit, `eventually` at the end.

import type { Broker } from './broker/index.ts';
import {
  type Bound,
  bound,
  type Observatory,
  type Query,
  type Source,
  speaksOf,
  stampOf,
} from './database/index.ts';
import { type Happening, type Row, SharedMap } from './kernel/index.ts';
import { NOWHERE, note, type Parts } from './parts.ts';
import type { Property } from './scenario.ts';

/** What became of a property: it held, or was first seen broken by an event, with these rows. */
export interface Verdict {
  readonly property: string;
  /** null for `eventually` in a run that was cut off: it cannot be said yet. */
  readonly holds: boolean | null;
  readonly event: number | null;
  readonly rows: readonly Row[];
}

/** What queries may use besides the parameters of the run: how many requests it was given. */
export const REQUESTS = 'requests';

/** A property of every search: what is not over in time never comes to rest. */
export const COMES_TO_REST = 'comes-to-rest';

/** Why a run is over: nothing is left to do, or its virtual time is up. */
export type Ending = 'at-rest' | 'horizon';

// So many answers are remembered; then it begins anew.
const SEEN_MAX = 10_000;

interface Asked {
  readonly query: Query;
  /** What was seen, by the stamps its tables had then. */
  readonly seen: Map<string, readonly Row[]>;
}

interface Watched extends Asked {
  readonly property: Property;
}

// A statement by itself commits as it ends; and queues may change without any commit.
function changesCommitted(happening: Happening): boolean {
  switch (happening.kind) {
    case 'committed':
    case 'published':
    case 'dead-lettered':
    case 'acted':
    case 'put':
      return true;
    case 'changed':
      return happening.transaction === null;
    default:
      return false;
  }
}

export class Watch {
  readonly #parts: Parts;
  readonly #observatory: Observatory;
  readonly #watched: readonly Watched[];
  readonly #waits: readonly Asked[];
  readonly #parameters: Bound;
  readonly #verdicts = new SharedMap<string, Verdict>();
  /** What was broken at once, by what the databases held. */
  readonly #known = new Map<string, readonly string[]>();
  /** Whether a property that must always hold speaks of anything but databases. */
  readonly #speaksOfMore: boolean;
  /** What was broken after the last commit that was looked at. */
  #judged: { readonly commits: number; readonly broken: readonly string[] } | null = null;
  #due = false;
  #concluded = false;

  constructor(parts: Parts, observatory: Observatory) {
    this.#parts = parts;
    this.#observatory = observatory;
    const { properties, services } = parts.scenario;
    const { parameters, requests } = parts.input;
    this.#parameters = bound({ ...parameters, [REQUESTS]: requests.length });
    this.#watched = properties.map((property) => {
      return { property, query: observatory.compile(property.sql), seen: new Map() };
    });
    const databases = parts.scenario.databases.map(({ name }) => name);
    const always = this.#watched.filter(({ property: { when } }) => when === 'always');
    this.#speaksOfMore = always.some(({ query }) => !speaksOf(query, databases));
    const jobs = services.flatMap((service) => service.jobs);
    this.#waits = jobs.map((job) => ({
      query: observatory.compile(job.waitsFor),
      seen: new Map(),
    }));
  }

  get verdicts(): readonly Verdict[] {
    return this.#watched.map(({ property: { id, when } }) => {
      const isSettled = when === 'always' || (when === 'eventually' && this.#concluded);
      const holds = isSettled ? true : null;
      return this.#verdicts.get(id) ?? { property: id, holds, event: null, rows: [] };
    });
  }

  /** True while a job may still find something to do. */
  get jobsWait(): boolean {
    return this.#waits.some((asked) => this.#rowsOf(asked).length > 0);
  }

  look(query: Query): readonly Row[] {
    return this.#observatory.look(query, this.#parameters);
  }

  query(sql: string): readonly Row[] {
    return this.look(this.#observatory.compile(sql));
  }

  /** As `query`; null where it gives more rows than `most`. */
  queryUpTo(most: number, sql: string): readonly Row[] | null {
    return this.#observatory.lookUpTo(most, this.#observatory.compile(sql), this.#parameters);
  }

  /** Hears of what happens: after some of it there is something new to look at. */
  hear(happening: Happening): void {
    if (!changesCommitted(happening)) return;
    this.#due = true;
    this.#parts.commits.touch();
  }

  /** Looks at the `always` properties if what is committed has changed since the last look. */
  check(cause: number | null): void {
    if (!this.#due) return;
    this.#due = false;
    this.#look('always', cause);
    this.#look('sometimes', cause);
  }

  /** Looks once more at the end; at what must hold eventually only if nothing is left to do. */
  conclude(atRest: boolean, cause: number | null): void {
    this.#look('always', cause);
    this.#look('sometimes', cause);
    if (atRest) this.#look('eventually', cause);
    this.#concluded = atRest;
  }

  #look(when: Property['when'], cause: number | null): void {
    for (const watched of this.#watched) {
      const { property } = watched;
      if (property.when !== when || this.#verdicts.now.has(property.id)) continue;
      const rows = this.#rowsOf(watched);
      if (rows.length === 0) continue;
      if (when === 'sometimes') {
        this.#verdicts.set(property.id, { property: property.id, holds: true, event: cause, rows });
        continue;
      }
      const happening = { kind: 'violated', property: property.id, rows } as const;
      const event = note(this.#parts, NOWHERE, happening, cause);
      this.#verdicts.set(property.id, { property: property.id, holds: false, event, rows });
    }
  }

  // While its tables stay as they are, so does what a query says of them.
  #rowsOf({ query, seen }: Asked): readonly Row[] {
    const stamp = stampOf(query);
    let rows = seen.get(stamp);
    if (!rows) {
      if (seen.size >= SEEN_MAX) seen.clear();
      rows = this.look(query);
      seen.set(stamp, rows);
    }
    return rows;
  }

  /** The properties that are broken now: those for the end of a run only where it is at rest. */
  broken(ending: Ending | null): readonly string[] {
    const always = this.#brokenAlways();
    return ending === 'at-rest' ? [...always, ...this.#seen(['eventually'])] : always;
  }

  // Where the databases hold what they held before, so does what speaks of nothing else.
  #brokenAlways(): readonly string[] {
    const { value } = this.#parts.commits;
    if (this.#judged?.commits !== value) this.#judged = { commits: value, broken: this.#judge() };
    return this.#judged.broken;
  }

  #judge(): readonly string[] {
    const key = this.#speaksOfMore ? null : this.#parts.revisions.key();
    const known = key === null ? undefined : this.#known.get(key);
    if (known) return known;
    const broken = this.#seen(['always']);
    if (key === null) return broken;
    if (this.#known.size >= SEEN_MAX) this.#known.clear();
    this.#known.set(key, broken);
    return broken;
  }

  /** The properties that should be shown by some state, and are by this. */
  shown(): readonly string[] {
    return this.#seen(['sometimes']);
  }

  #seen(asked: readonly Property['when'][]): readonly string[] {
    const seen: string[] = [];
    for (const watched of this.#watched) {
      const { id, when } = watched.property;
      if (asked.includes(when) && this.#rowsOf(watched).length > 0) seen.push(id);
    }
    return seen;
  }

  mark() {
    return { verdicts: this.#verdicts.mark(), due: this.#due, concluded: this.#concluded };
  }

  rewind(mark: ReturnType<Watch['mark']>): void {
    this.#verdicts.rewind(mark.verdicts);
    this.#due = mark.due;
    this.#concluded = mark.concluded;
  }
}

/** What a job may ask of the world itself: which resources are down, never to return. */
export const WORLD_TABLES: Source['tables'] = new Map([['resources', ['name', 'gone']]]);

/** The databases and the broker (`session`), as `world.resources`. */
export function worldSource({ revisions, databases, broker, agenda }: Parts): Source {
  const gone = (name: string, up: boolean): Row => {
    const returns = agenda.tasks.some(({ work }) => work.kind === 'restart' && work.name === name);
    return { name: name === 'broker' ? 'session' : name, gone: up || returns ? 0 : 1 };
  };
  let looks = 0;
  return {
    name: 'world',
    tables: WORLD_TABLES,
    hasBefore: false,
    // It is looked at anew each time: nobody says when it changes.
    stampOf: () => {
      looks += 1;
      return looks;
    },
    committedRows: () => [
      ...[...databases.keys()].map((name) => gone(name, revisions.at(name).isUp)),
      gone('broker', broker.up),
    ],
  };
}

/** The broker's messages as a table. */
export function brokerSource(broker: Broker): Source {
  const rows = (): readonly Row[] =>
    broker.queueNames.flatMap((queue) =>
      broker.messagesOf(queue).map(({ id, body, redeliveries, originalQueue }) => ({
        queue,
        message_id: id,
        body: JSON.stringify(body),
        redeliveries,
        original_queue: originalQueue,
      })),
    );
  const columns = ['queue', 'message_id', 'body', 'redeliveries', 'original_queue'];
  return {
    name: 'broker',
    tables: new Map([['messages', columns]]),
    stampOf: () => broker.stamp,
    committedRows: rows,
  };
}

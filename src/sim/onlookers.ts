// Those who only look on: the history of what clients were told, and the view into the databases.
// Both are kept only for a scenario that asks for them.

import type { Source } from './database/index.ts';
import { History } from './history.ts';
import type { TraceEvent } from './kernel/index.ts';
import { NOWHERE, note, type Parts } from './parts.ts';
import type { Scenario } from './scenario.ts';
import { InDoubt } from './transaction/index.ts';

// Whether anything the scenario asks is about a source's tables.
function asksFor(source: string, { properties, outcomes, services }: Scenario): boolean {
  const jobs = services.flatMap((service) => service.jobs.map(({ waitsFor }) => waitsFor));
  const queries = [...properties, ...outcomes].map(({ sql }) => sql);
  return [...queries, ...jobs].some((sql) => sql.includes(`${source}.`));
}

export class Onlookers {
  readonly #parts: Parts;
  readonly #history: History | null;
  readonly #inDoubt: InDoubt | null;
  /** What each database was last seen to have inside. */
  #inspected = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#history = asksFor('history', parts.scenario) ? new History() : null;
    this.#inDoubt = asksFor('xa', parts.scenario) ? new InDoubt() : null;
  }

  /** The tables they offer to queries. */
  get sources(): readonly Source[] {
    return [this.#history, this.#inDoubt].filter((source) => source !== null);
  }

  see(event: TraceEvent): void {
    this.#history?.add(event);
    this.#inDoubt?.add(event);
  }

  /** All they have noted, as a text. */
  text(): string {
    const noted = [this.#history?.committedRows(), this.#inDoubt?.committedRows('log')];
    return JSON.stringify([noted, this.#inDoubt?.committedRows('branches')]);
  }

  /** Whether anything is noted: then the order of all that happens may count. */
  get notes(): boolean {
    return this.sources.length > 0;
  }

  /** Whether anybody looks on at all. */
  get areThere(): boolean {
    return this.notes || this.#parts.scenario.inspects;
  }

  /** Shows what the databases have inside, where the last step changed it. */
  inspect(cause: number | null): void {
    if (!this.#parts.scenario.inspects) return;
    this.#parts.revisions.bringAll();
    for (const [name, database] of this.#parts.databases) {
      const inspection = database.insight.inspect();
      const text = JSON.stringify(inspection);
      if (this.#inspected.get(name) === text) continue;
      this.#inspected.set(name, text);
      note(this.#parts, NOWHERE, { kind: 'inspected', inspection }, cause);
    }
  }

  mark() {
    const inspected = new Map(this.#inspected);
    return { history: this.#history?.mark(), inDoubt: this.#inDoubt?.mark(), inspected };
  }

  rewind(mark: ReturnType<Onlookers['mark']>): void {
    if (mark.history) this.#history?.rewind(mark.history);
    if (mark.inDoubt) this.#inDoubt?.rewind(mark.inDoubt);
    this.#inspected = new Map(mark.inspected);
  }
}

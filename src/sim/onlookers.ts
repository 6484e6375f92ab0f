// Those who only look on: the history of what clients were told, and the view into the databases.
// Both are kept only for a scenario that asks for them.

import type { Source } from './database/index.ts';
import { History } from './history.ts';
import type { TraceEvent } from './kernel/index.ts';
import { NOWHERE, note, type Parts } from './parts.ts';
import type { Scenario } from './scenario.ts';

function readsHistory({ properties, outcomes }: Scenario): boolean {
  return [...properties, ...outcomes].some(({ sql }) => sql.includes('history.'));
}

export class Onlookers {
  readonly #parts: Parts;
  readonly #history: History | null;
  /** What each database was last seen to have inside. */
  #inspected = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#history = readsHistory(parts.scenario) ? new History() : null;
  }

  /** The tables they offer to queries. */
  get sources(): readonly Source[] {
    return this.#history ? [this.#history] : [];
  }

  see(event: TraceEvent): void {
    this.#history?.add(event);
  }

  /** Shows what the databases have inside, where the last step changed it. */
  inspect(cause: number | null): void {
    if (!this.#parts.scenario.inspects) return;
    for (const [name, database] of this.#parts.databases) {
      const inspection = database.insight.inspect();
      const text = JSON.stringify(inspection);
      if (this.#inspected.get(name) === text) continue;
      this.#inspected.set(name, text);
      note(this.#parts, NOWHERE, { kind: 'inspected', inspection }, cause);
    }
  }

  mark() {
    return { history: this.#history?.mark(), inspected: new Map(this.#inspected) };
  }

  rewind(mark: ReturnType<Onlookers['mark']>): void {
    if (mark.history) this.#history?.rewind(mark.history);
    this.#inspected = new Map(mark.inspected);
  }
}

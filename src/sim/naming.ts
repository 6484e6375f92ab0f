// What the states of a world and the choices in them are called, for one who searches.

import type { Executor } from './executor.ts';
import { hashOf, type Task } from './kernel/index.ts';
import type { Onlookers } from './onlookers.ts';
import type { Parts, Work } from './parts.ts';
import { stateOf } from './state.ts';
import { optionHash, optionName, quickName } from './state-name.ts';

export class Naming {
  readonly #parts: Parts;
  readonly #executor: Executor;
  readonly #onlookers: Onlookers;
  /**
   * Whether it tells apart in which order messages under way were sent. They return in that order
   * if their consumer dies: where none can, it makes no difference.
   */
  tellsOrder = true;

  constructor(parts: Parts, executor: Executor, onlookers: Onlookers) {
    this.#parts = parts;
    this.#executor = executor;
    this.#onlookers = onlookers;
  }

  /** What an option is called: the same, in all states where it would do the same. */
  option(task: Task<Work>): string {
    return optionName(task, this.#parts, this.tellsOrder);
  }

  /** A number of 53 bits that stands for what an option is called. */
  optionHash(task: Task<Work>): number {
    return optionHash(task, this.#parts, this.tellsOrder);
  }

  /** Whether somebody takes notes of all that happens, so that the order of all steps counts. */
  get countsOrder(): boolean {
    return this.#onlookers.notes;
  }

  /** A text that says what this state is: states that go on alike have the same. */
  text(): string {
    return stateOf(this.#parts, this.#executor, this.#onlookers, this.tellsOrder);
  }

  /** A number of 53 bits that stands for that text. */
  hash(): number {
    const quick = this.countsOrder
      ? null
      : quickName(this.#parts, this.#executor.names, this.tellsOrder);
    return quick ?? hashOf(this.text());
  }
}

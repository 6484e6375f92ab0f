// Service processes: which of them run. What dies with one is its owner's business.

import { present } from '../kernel/assert.ts';

/** The processes of a world, all down until they are started. */
export class Processes {
  #up: ReadonlyMap<string, boolean>;

  constructor(names: readonly string[]) {
    this.#up = new Map(names.map((name) => [name, false]));
  }

  isUp(name: string): boolean {
    return present(this.#up.get(name), `process ${name}`);
  }

  start(name: string): void {
    this.#set(name, true);
  }

  crash(name: string): void {
    this.#set(name, false);
  }

  #set(name: string, up: boolean): void {
    present(this.#up.get(name), `process ${name}`);
    this.#up = new Map(this.#up).set(name, up);
  }

  mark(): ReadonlyMap<string, boolean> {
    return this.#up;
  }

  rewind(mark: ReadonlyMap<string, boolean>): void {
    this.#up = mark;
  }

  /** Plain data for a fingerprint. */
  state() {
    return [...this.#up];
  }
}

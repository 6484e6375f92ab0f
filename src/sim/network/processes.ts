// Service processes: which of them run, and what each keeps in its memory, which dies with it.
// What else dies with one is its owner's business.

import { type MessageBody, present } from '../kernel/index.ts';

const NOTHING: MessageBody = {};

/** The processes of a world, all down until they are started. */
export class Processes {
  #up: ReadonlyMap<string, boolean>;
  #memories: ReadonlyMap<string, MessageBody> = new Map();

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
    this.#memories = new Map(this.#memories).set(name, NOTHING);
  }

  /** All that a process keeps in its memory. */
  memoryOf(name: string): MessageBody {
    return this.#memories.get(name) ?? NOTHING;
  }

  /**
   * Keeps values in a process's memory, in the place of what is there by the same names. Returns
   * false, and keeps nothing, if it does not hold what is expected: compare and set.
   */
  keep(name: string, entries: MessageBody, expecting: MessageBody = NOTHING): boolean {
    const held = this.memoryOf(name);
    const differs = Object.entries(expecting).some(([key, value]) => {
      return JSON.stringify(held[key] ?? null) !== JSON.stringify(value);
    });
    if (differs) return false;
    this.#memories = new Map(this.#memories).set(name, { ...held, ...entries });
    return true;
  }

  #set(name: string, up: boolean): void {
    present(this.#up.get(name), `process ${name}`);
    this.#up = new Map(this.#up).set(name, up);
  }

  mark() {
    return { up: this.#up, memories: this.#memories };
  }

  rewind(mark: ReturnType<Processes['mark']>): void {
    this.#up = mark.up;
    this.#memories = mark.memories;
  }

  /** Plain data for a fingerprint. */
  state() {
    return [[...this.#up], [...this.#memories]];
  }
}

// Service processes: which of them run, and what each keeps in its memory, which dies with it.
// What else dies with one is its owner's business.

import { type MessageBody, present } from '../kernel/index.ts';

const NOTHING: MessageBody = {};

interface ProcessesMark {
  readonly up: ReadonlyMap<string, boolean>;
  readonly memories: ReadonlyMap<string, MessageBody>;
}

/** The processes of a world, all down until they are started. */
export class Processes {
  #up: ReadonlyMap<string, boolean>;
  #memories: ReadonlyMap<string, MessageBody> = new Map();

  #mark: ProcessesMark;

  constructor(names: readonly string[]) {
    this.#up = new Map(names.map((name) => [name, false]));
    this.#mark = { up: this.#up, memories: this.#memories };
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

  /** One object for as long as nothing changes. */
  mark(): ProcessesMark {
    const { up, memories } = this.#mark;
    if (up !== this.#up || memories !== this.#memories) {
      this.#mark = { up: this.#up, memories: this.#memories };
    }
    return this.#mark;
  }

  rewind(mark: ProcessesMark): void {
    this.#up = mark.up;
    this.#memories = mark.memories;
    this.#mark = mark;
  }

  /** Plain data for a fingerprint. */
  state() {
    const kept = [...this.#memories].filter(([, memory]) => Object.keys(memory).length > 0);
    return [[...this.#up], kept.sort(([one], [other]) => (one < other ? -1 : 1))];
  }
}

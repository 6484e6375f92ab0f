// Marks and rewinds: the one pair that search, step-back and what-if branches stand on.

/** What can be brought back to how it was: each part of a world, and the world. */
export interface Rewindable {
  /** A checkpoint; last in, first out. */
  mark(): unknown;
  /** Returns to a checkpoint, which stays; later ones are gone. */
  rewind(mark: unknown): void;
}

/** Several of them as one, rewound in the order they are given. */
export class Rewindables implements Rewindable {
  readonly #parts: readonly Rewindable[];

  constructor(...parts: readonly Rewindable[]) {
    this.#parts = parts;
  }

  mark(): readonly unknown[] {
    return this.#parts.map((part) => part.mark());
  }

  rewind(mark: unknown): void {
    const marks = mark as ReturnType<Rewindables['mark']>;
    this.#parts.forEach((part, at) => {
      part.rewind(marks[at]);
    });
  }
}

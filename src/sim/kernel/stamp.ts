// A number by which an onlooker knows whether something is as he saw it last.

/** Renewed with every change. A rewind brings the old one back: it stands for the old content. */
export class Stamp {
  #value = 1;
  #last = 1;

  get value(): number {
    return this.#value;
  }

  touch(): void {
    this.#last += 1;
    this.#value = this.#last;
  }

  mark(): number {
    return this.#value;
  }

  rewind(mark: unknown): void {
    this.#value = mark as number;
  }
}

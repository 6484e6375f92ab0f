// What a search found broken: in which states, and at which nodes one may come to them.

/** What was found, as plain data. */
export interface SavedBreaks {
  /** By the name of a state. */
  readonly broken: readonly (readonly [number, readonly string[]])[];
  /** By property, the nodes in which it is broken. */
  readonly brokenNodes: readonly (readonly [string, readonly number[]])[];
}

export class Breaks {
  /** By the name of a state, where any are broken. */
  readonly #inState = new Map<number, readonly string[]>();
  /** By property. */
  readonly #nodes = new Map<string, Set<number>>();

  /** The properties that were found broken. */
  get properties(): readonly string[] {
    return [...this.#nodes.keys()];
  }

  /** By property, the nodes in which it is broken. */
  get nodes(): ReadonlyMap<string, ReadonlySet<number>> {
    return this.#nodes;
  }

  /** What is broken, by the name of a state. */
  get list(): readonly (readonly [number, readonly string[]])[] {
    return [...this.#inState];
  }

  /** Takes down what is broken in a state that is new. */
  judge(name: number, broken: readonly string[]): void {
    if (broken.length > 0) this.#inState.set(name, broken);
  }

  /** Takes down that one comes to a state by a node. */
  note(name: number, node: number): void {
    for (const property of this.#inState.get(name) ?? []) {
      const nodes = this.#nodes.get(property) ?? new Set();
      this.#nodes.set(property, nodes.add(node));
    }
  }

  /** As plain data. */
  save(): SavedBreaks {
    const nodes = [...this.#nodes].map(([property, all]) => [property, [...all]] as const);
    return { broken: this.list, brokenNodes: nodes };
  }

  restore({ broken, brokenNodes }: SavedBreaks): void {
    for (const [name, properties] of broken) this.#inState.set(name, properties);
    for (const [property, all] of brokenNodes) this.#nodes.set(property, new Set(all));
  }
}

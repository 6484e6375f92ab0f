// A map of which a mark costs nothing: it is copied only when it changes after the mark was taken.

import type { Rewindable } from './rewindable.ts';

export class SharedMap<Key, Value> implements Rewindable {
  #map: Map<Key, Value>;
  /** Whether a mark stands for this very map. */
  #shared = false;

  constructor(entries: Iterable<readonly [Key, Value]> = []) {
    this.#map = new Map(entries);
  }

  /** As it is now. */
  get now(): ReadonlyMap<Key, Value> {
    return this.#map;
  }

  get(key: Key): Value | undefined {
    return this.#map.get(key);
  }

  set(key: Key, value: Value): void {
    this.#own().set(key, value);
  }

  delete(key: Key): void {
    if (this.#map.has(key)) this.#own().delete(key);
  }

  clear(): void {
    if (this.#map.size > 0) this.rewind(new Map());
  }

  #own(): Map<Key, Value> {
    if (this.#shared) {
      this.#map = new Map(this.#map);
      this.#shared = false;
    }
    return this.#map;
  }

  mark(): ReadonlyMap<Key, Value> {
    this.#shared = true;
    return this.#map;
  }

  rewind(mark: ReadonlyMap<Key, Value>): void {
    this.#map = mark as Map<Key, Value>;
    this.#shared = true;
  }
}

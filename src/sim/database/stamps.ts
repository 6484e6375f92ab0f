// A stamp for each table that grows whenever its committed content may have changed, so that an
// onlooker need not read it again in vain.

import { present } from '../kernel/assert.ts';

export class Stamps {
  #byTable: Map<string, number>;
  #last = 0;

  constructor(tables: Iterable<string>) {
    this.#byTable = new Map([...tables].map((table) => [table, 0]));
  }

  of(table: string): number {
    return present(this.#byTable.get(table), `table ${table}`);
  }

  touch(table: string): void {
    this.#last += 1;
    this.#byTable.set(table, this.#last);
  }

  mark(): ReadonlyMap<string, number> {
    return new Map(this.#byTable);
  }

  /** What is as it was has the stamp it had; a stamp is never given to anything else. */
  rewind(mark: ReadonlyMap<string, number>): void {
    this.#byTable = new Map(mark);
  }
}

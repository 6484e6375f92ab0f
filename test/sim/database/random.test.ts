// Random interleavings of three transactions: whatever happens, nothing is left behind, rolled back
// work leaves no trace, and a mark brings everything back.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Database, type Isolation } from '../../../src/sim/index.ts';

const LEVELS: readonly Isolation[] = [
  'read-uncommitted',
  'read-committed',
  'repeatable-read',
  'serializable',
];
const STATEMENTS = [
  'SELECT * FROM account',
  'SELECT * FROM account WHERE id = 2',
  'UPDATE account SET balance = balance + 1 WHERE id = 1',
  'UPDATE account SET balance = balance + 1 WHERE id = 2',
  'UPDATE account SET balance = balance + 1 WHERE balance > 0',
  'DELETE FROM account WHERE id = 3',
  'INSERT INTO account (balance) VALUES (1)',
] as const;

type Action =
  | { readonly kind: 'statement'; readonly slot: number; readonly sql: string }
  | { readonly kind: 'commit' | 'rollback'; readonly slot: number }
  | { readonly kind: 'crash' };

const slot = fc.nat({ max: 2 });
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('statement' as const),
      slot,
      sql: fc.constantFrom(...STATEMENTS),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('commit' as const, 'rollback' as const), slot }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'crash' as const }) },
);

function make(): Database {
  const ddl = 'CREATE TABLE account (id INTEGER PRIMARY KEY AUTOINCREMENT, balance INT)';
  const rows = { account: [1, 2, 3].map((id) => ({ id, balance: 10 })) };
  return new Database('bank', { ddl, rows });
}

/** Three clients that each do one thing at a time, and wait while they are blocked. */
class Clients {
  readonly db = make();
  readonly #levels: readonly Isolation[];
  readonly #open: (number | null)[] = [null, null, null];
  readonly #blocked = new Set<number>();

  constructor(levels: readonly Isolation[]) {
    this.#levels = levels;
  }

  act(next: Action): void {
    if (next.kind === 'crash') {
      this.db.crash();
      this.db.restart();
    } else if (!this.#blocked.has(this.#open[next.slot] ?? 0)) {
      const id = this.#open[next.slot] ?? this.#begin(next.slot);
      if (next.kind === 'statement') this.#note(id, this.db.execute(id, next.sql, {}).type);
      else {
        this.db[next.kind](id);
        this.#open[next.slot] = null;
      }
    }
    this.#wake();
  }

  finish(): void {
    for (let rounds = 0; rounds < 10; rounds++) {
      for (const [at, id] of this.#open.entries()) {
        if (id === null || this.#blocked.has(id)) continue;
        this.db.commit(id);
        this.#open[at] = null;
        this.#wake();
      }
    }
    expect(this.#open).toEqual([null, null, null]);
  }

  #begin(at: number): number {
    const id = this.db.begin({ isolation: this.#levels[at] ?? 'serializable' }) ?? 0;
    this.#open[at] = id;
    return id;
  }

  #note(id: number, type: string): void {
    if (type === 'blocked') this.#blocked.add(id);
    else this.#blocked.delete(id);
  }

  #wake(): void {
    for (let woken = this.db.takeWoken(); woken.length > 0; woken = this.db.takeWoken()) {
      for (const id of woken) this.#note(id, this.db.resume(id).type);
    }
  }
}

const levels = fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(...LEVELS)));
const actions = fc.array(action, { maxLength: 25 });

describe('random interleavings', () => {
  it('leave no lock, no undo and no open transaction behind', () => {
    fc.assert(
      fc.property(levels, actions, (chosen, list) => {
        const clients = new Clients(chosen);
        for (const one of list) clients.act(one);
        clients.finish();
        const [up, , open, locks, undo] = clients.db.state();
        expect([up, open, locks, undo]).toEqual([true, [], [], []]);
        clients.db.close();
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('come back to where a mark was made', () => {
    fc.assert(
      fc.property(levels, actions, actions, (chosen, first, second) => {
        const clients = new Clients(chosen);
        for (const one of first) clients.act(one);
        const before = JSON.stringify(clients.db.state());
        const mark = clients.db.mark();
        for (const one of second) clients.act(one);
        clients.db.rewind(mark);
        expect(JSON.stringify(clients.db.state())).toBe(before);
        clients.db.close();
      }),
      { numRuns: 200, seed: 8 },
    );
  });
});

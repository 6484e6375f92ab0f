// Whatever three clients do, crashes and all: the database stays whole, nothing is left behind, and
// where every transaction ran SERIALIZABLE, what is left is what some order of them one after the
// other would have left.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database, Isolation } from '../../../src/sim/index.ts';
import { LEVELS, makeBank, NUMBERED, paramsOf, STATEMENTS } from './bank.ts';

/** What a client does in one transaction, and whether it commits in the end. */
interface Script {
  readonly isolation: Isolation;
  readonly statements: readonly string[];
  readonly commits: boolean;
}

const scriptOf = (
  levels: readonly Isolation[],
  statements: readonly string[],
): fc.Arbitrary<Script> =>
  fc.record({
    isolation: fc.constantFrom(...levels),
    statements: fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 5 }),
    commits: fc.boolean(),
  });

/** A client under way: it does one thing at a time, and remembers the last number it read. */
class Client {
  readonly script: Script;
  readonly #db: Database;
  transaction: number | null = null;
  /** The database has undone what it did. */
  lost = false;
  done = false;
  #next = 0;
  #seen = 0;
  blocked = false;

  constructor(db: Database, script: Script) {
    this.#db = db;
    this.script = script;
  }

  step(): void {
    if (this.done || this.blocked) return;
    this.transaction ??= this.#db.begin({ isolation: this.script.isolation });
    const id = this.transaction;
    const sql = this.script.statements[this.#next];
    if (id === null) return;
    if (sql === undefined) {
      const kept = this.script.commits ? this.#db.commit(id) : !this.#db.rollback(id);
      this.lost ||= !kept;
      this.done = true;
      return;
    }
    this.#next += 1;
    this.#note(this.#db.execute(id, sql, paramsOf(sql, this.#seen)));
  }

  resume(): void {
    if (this.transaction !== null) this.#note(this.#db.resume(this.transaction));
  }

  timeOut(): void {
    if (this.transaction !== null) this.#note(this.#db.timeOutWait(this.transaction));
  }

  #note(outcome: ReturnType<Database['execute']>): void {
    this.blocked = outcome.type === 'blocked';
    if (outcome.type === 'rows') this.#seen = Number(outcome.rows[0]?.['seen'] ?? 0);
    const gone = this.transaction === null || !this.#db.find(this.transaction);
    if (outcome.type === 'failed' && gone) {
      this.lost = true;
      this.done = true;
    }
  }
}

const open = makeBank();
const openOther = makeBank();

/** Plays scripts side by side: each number picks who goes on; a crash stops them all. */
function play(db: Database, scripts: readonly Script[], turns: readonly number[], crashAt = -1) {
  const clients = scripts.map((script) => new Client(db, script));
  const settle = () => {
    for (let woken = db.takeWoken(); woken.length > 0; woken = db.takeWoken()) {
      for (const id of woken) clients.find(({ transaction }) => transaction === id)?.resume();
    }
  };
  for (const [at, turn] of [...turns, ...Array(60).keys()].entries()) {
    if (at === crashAt) {
      db.crash();
      settle();
      db.restart();
      for (const client of clients) client.done = true;
      break;
    }
    clients[turn % clients.length]?.step();
    settle();
  }
  // Who still waits gives up: the others have nothing left to do.
  for (const client of clients.filter(({ blocked, done }) => blocked && !done)) {
    if (client.blocked) client.timeOut();
    settle();
    while (!client.done && !client.blocked) client.step();
    settle();
  }
  return clients;
}

function content(db: Database): string {
  return JSON.stringify([...db.tables.keys()].map((table) => db.committedRows(table)));
}

function permutations<One>(list: readonly One[]): readonly (readonly One[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, at) =>
    permutations(list.toSpliced(at, 1)).map((rest) => [one, ...rest]),
  );
}

/** What every order of the committed transactions, one after the other, would leave. */
function serialContents(scripts: readonly Script[]): readonly string[] {
  return permutations(scripts).map((order) => {
    const db = openOther();
    for (const script of order) play(db, [script], []);
    return content(db);
  });
}

const turns = fc.array(fc.nat({ max: 2 }), { maxLength: 20 });

describe('10,000 random interleavings', () => {
  it('leave a whole database, and neither locks nor undo, whatever crashes', () => {
    const script = scriptOf(LEVELS, [...STATEMENTS, ...NUMBERED]);
    const scripts = fc.tuple(script, script, script);
    const crash = fc.integer({ min: -20, max: 15 });
    fc.assert(
      fc.property(scripts, turns, crash, (all, order, crashAt) => {
        const db = open();
        play(db, all, order, crashAt);
        const [up, , transactions, locks, chains] = db.state();
        expect([up, transactions, locks, chains]).toEqual([true, [], [], []]);
        expect(db.store.integrity()).toBe('ok');
      }),
      { numRuns: 6000, seed: 3 },
    );
  }, 300_000);

  it('are worth some serial order, where every transaction is SERIALIZABLE', () => {
    const level = ['serializable'] as const;
    const script = scriptOf(level, STATEMENTS);
    const scripts = fc.tuple(script, script, script);
    fc.assert(
      fc.property(scripts, turns, (all, order) => {
        const db = open();
        const clients = play(db, all, order);
        // A statement that failed (a duplicate, a wait given up) left its transaction open.
        const kept = clients.filter(({ lost, script }) => script.commits && !lost);
        expect(serialContents(kept.map(({ script }) => script))).toContain(content(db));
      }),
      { numRuns: 4000, seed: 4 },
    );
  }, 300_000);
});

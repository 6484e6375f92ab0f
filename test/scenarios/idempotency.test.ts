// Repeated requests under every fault: what each method and each place of the key promises, and
// what only the key in the effect's own transaction keeps.

import { describe, expect, it } from 'vitest';
import { readFaults } from '../../src/scenarios/index.ts';
import {
  kindsFor,
  type Row,
  type RunResult,
  type RunSummary,
  runWorld,
  seededSchedule,
  World,
} from '../../src/sim/index.ts';
import { inputOf, runScenario, scenarioOf } from '../support.ts';

const idempotency = scenarioOf('idempotency');
type Settings = Readonly<Record<string, string | number>>;

// Every fault of every kind at the bank and on the way to it, one at a time. A client that dies
// repeats nothing, so it lives.
const FAULTS = idempotency.points
  .filter(({ id }) => id.startsWith('bank.') || id === 'client.ask.calling')
  .flatMap(({ id, effect, hasDatabase }) =>
    kindsFor(effect, hasDatabase).flatMap((kind) =>
      ['before', 'after'].map((when) => `${kind}@${id}:${when}`),
    ),
  )
  .filter((fault) => !fault.startsWith('crash@client'));

const TOLD = `SELECT json_extract(rows, '$.status') AS told FROM history.statements
  WHERE service = 'client' AND kind = 'replied'`;

interface Seen {
  readonly fault: string;
  readonly summary: RunSummary;
  readonly accounts: readonly Row[];
  readonly cards: number;
  readonly charges: readonly Row[];
  readonly keys: readonly Row[];
  /** The status a client was told; null if none. */
  readonly told: unknown;
}

function underEveryFault(set: Settings): readonly Seen[] {
  const world = new World(idempotency, inputOf(idempotency, set));
  const seen = FAULTS.map((fault): Seen => {
    const summary = runWorld(world, readFaults(idempotency, [fault]).faults);
    return {
      fault,
      summary,
      accounts: world.query('SELECT * FROM bank.account'),
      cards: world.query('SELECT * FROM bank.card').length,
      charges: world.query('SELECT * FROM bank.charge'),
      keys: world.query('SELECT * FROM bank.idempotency_key'),
      told: world.query(TOLD)[0]?.['told'] ?? null,
    };
  });
  world.close();
  return seen.filter(({ summary }) => summary.neverStruck.length === 0);
}

const toldIn = ({ events }: RunResult): number | null => {
  const statuses = events.flatMap(({ place, happening }) =>
    place.service === 'client' && happening.kind === 'replied'
      ? [(happening.value as { status: number }).status]
      : [],
  );
  return statuses[0] ?? null;
};

describe.each([
  ['get', { daily_limit: 200 }, 1],
  ['put', { daily_limit: 500 }, 1],
  ['delete', { daily_limit: 200 }, 0],
] as const)('%s', (method, account, cards) => {
  it('leaves the same whatever is lost and repeated', () => {
    const seen = underEveryFault({ method });
    expect(seen.length).toBeGreaterThan(20);
    for (const one of seen) {
      const accounts = [{ id: 1, balance: 1000, ...account }];
      expect(one, one.fault).toMatchObject({ accounts, cards, charges: [] });
      expect([200, 204, 404], one.fault).toContain(one.told);
    }
  });
});

it('a repeated DELETE is told 404, a repeated PUT what the first was told', () => {
  expect(toldIn(runScenario('idempotency', [], { method: 'delete' }))).toBe(204);
  expect(toldIn(runScenario('idempotency', ['delete-repeated']))).toBe(404);
  expect(toldIn(runScenario('idempotency', ['put-repeated']))).toBe(200);
});

describe('a POST under every fault, with and without a slow bank', () => {
  const everywhere = (key: string): readonly Seen[] =>
    [0, 350].flatMap((workMs) => underEveryFault({ key, workMs }));

  it('with the key in the transaction: exactly once, and the client is told', () => {
    const seen = everywhere('with');
    expect(seen.length).toBeGreaterThan(100);
    for (const { fault, summary, charges, keys, told } of seen) {
      expect([fault, charges.length, told]).toEqual([fault, 1, 201]);
      expect(keys, fault).toMatchObject([{ charge_id: charges[0]?.['id'] }]);
      const broken = summary.verdicts.filter(({ holds }) => holds !== true);
      expect(broken, fault).toEqual([]);
    }
  });

  it('with the key before: at most once, and sometimes not at all', () => {
    const seen = everywhere('before');
    expect(seen.filter(({ charges }) => charges.length > 1)).toEqual([]);
    const lost = seen.filter(({ charges, told }) => charges.length === 0 && told === 201);
    expect(lost.map(({ fault }) => fault)).toContain('crash@bank.post.committing:before');
    expect(lost.map(({ fault }) => fault)).not.toContain('crash@bank.post.committing:after');
  });

  it('with the key after: at least once, and sometimes twice', () => {
    const seen = underEveryFault({ key: 'after' });
    expect(seen.filter(({ charges }) => charges.length === 0)).toEqual([]);
    const twice = seen.filter(({ charges }) => charges.length > 1).map(({ fault }) => fault);
    expect(twice).toContain('crash@bank.post.committing:after');
    expect(twice).toContain('crash@bank.post.storing-key-after:before');
    expect(twice).not.toContain('crash@bank.post.storing-key-after:after');
    expect(twice).not.toContain('lost-reply@client.ask.calling:after');
  });

  it('without a key: whatever loses the answer alone charges twice', () => {
    const twice = underEveryFault({ key: 'none' }).filter(({ charges }) => charges.length > 1);
    expect(twice.map(({ fault }) => fault)).toContain('lost-reply@client.ask.calling:after');
    expect(twice.map(({ fault }) => fault)).not.toContain('lose@client.ask.calling:before');
  });
});

describe('at once', () => {
  const clients = (key: string, purchases: readonly string[]) =>
    inputOf(
      idempotency,
      // A seed may hold any step up, and nobody shall repeat because of that.
      { key, triesMax: 1 },
      purchases.map((purchase) => ({ method: 'post', purchase, amount: 100 })),
    );

  function chargesBySeed(key: string, purchases: readonly string[]): ReadonlySet<number> {
    const world = new World(idempotency, clients(key, purchases));
    const charges = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      runWorld(world, [], seededSchedule(seed));
      charges.add(Number(world.query('SELECT count(*) AS n FROM bank.charge')[0]?.['n']));
    }
    world.close();
    return charges;
  }

  it('two clients with one key, in any order: one charge, only with the key inside', () => {
    expect(chargesBySeed('with', ['book', 'book'])).toEqual(new Set([1]));
    expect(chargesBySeed('before', ['book', 'book'])).toEqual(new Set([1]));
    expect(chargesBySeed('after', ['book', 'book'])).toContain(2);
    expect(chargesBySeed('none', ['book', 'book'])).toEqual(new Set([2]));
  });

  it('two purchases are two charges, whatever the key does', () => {
    for (const key of ['none', 'before', 'with', 'after']) {
      expect(chargesBySeed(key, ['book', 'pen']), key).toEqual(new Set([2]));
    }
  });

  it('the repeat waits for the lock on the key, and is given the stored answer', () => {
    const { events } = runScenario('idempotency', ['with-impatient']);
    const at = (test: (event: (typeof events)[number]) => boolean): number => {
      return events.find(test)?.id ?? Number.NaN;
    };
    const order = [
      at(({ happening, place }) => happening.kind === 'failed' && place.service === 'client'),
      at(({ happening, place }) => happening.kind === 'blocked' && place.state === 'storing-key'),
      at(({ happening }) => happening.kind === 'committed'),
      at(
        ({ happening }) =>
          happening.kind === 'failed' && happening.failure.code === 'duplicate-key',
      ),
      at(({ place }) => place.state === 'finding-answer'),
      at(({ place }) => place.state === 'replying-again'),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order.some(Number.isNaN)).toBe(false);
  });
});

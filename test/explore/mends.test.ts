// The mended saga holds; and each of its mends is needed: without it the explorer finds the break.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ENDLESS, Explorer } from '../../src/explore/index.ts';
import { allParameters, buildScenario, readInput } from '../../src/scenarios/index.ts';
import { type FaultKind, type Json, type Service, World } from '../../src/sim/index.ts';
import { catalogueData, ROOT, scenarioOf } from '../support.ts';

const SOURCE = readFileSync(`${ROOT}src/scenarios/ticket-saga-fixed.ts`, 'utf8');
const folder = mkdtempSync(join(ROOT, 'test/explore/mutant-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The services with one place of their source changed. */
async function changed(name: string, from: string, to: string): Promise<readonly Service[]> {
  expect(SOURCE.split(from)).toHaveLength(2);
  const text = SOURCE.replace(from, to).replace(/from '\.\.?\//g, (path) =>
    path.includes('..') ? "from '../../../src/" : "from '../../../src/scenarios/",
  );
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, text);
  return (await import(path)).ticketSagaFixedServices();
}

interface Wanted {
  readonly faults?: number;
  readonly stalls?: number;
  readonly kinds?: readonly FaultKind[];
  readonly document?: Json;
}

function explored(services: readonly Service[] | null, wanted: Wanted) {
  const fixed = scenarioOf('ticket-saga-fixed');
  const data = catalogueData['ticket-saga-fixed'];
  const scenario = services && data ? buildScenario('ticket-saga-fixed', data, services) : fixed;
  const { explore } = scenario;
  const { faults = 0, stalls = 0, kinds, document = explore.document } = wanted;
  const input = readInput(scenario, allParameters(scenario, explore.set), document);
  const world = new World(scenario, input);
  const explorer = new Explorer(world, {
    ...{ pace: 'handler', strategy: 'exhaustive', countsPreemptions: false, stallMs: 10_000 },
    ...{ everyOrder: false, everyWay: false, seed: 1, runs: 1, bugDepth: 3 },
    ...(kinds && { kinds }),
    budget: { ...ENDLESS, faults, stalls },
    maxStates: 1_000_000,
  });
  while (!explorer.advance(10_000));
  const { cut, states, findings } = explorer.finish(() => true);
  world.close();
  return { cut, states, broken: findings.map(({ property }) => property) };
}

const POOR: Json = {
  customers: [{ deposit: 100 }],
  tickets: [{ ticketNum: 110 }, { ticketNum: 111 }],
  orders: [110, 111].map((ticketNum) => ({ customerId: 1, ticketNum, amount: 100 })),
};
const LATER: Json = {
  customers: [{ deposit: 1000 }, { deposit: 1000 }],
  orders: [0, 60_000].map((atMs, at) => ({ atMs, customerId: at + 1, ticketNum: 110, amount: 9 })),
};
const ONE: Json = { orders: [{ customerId: 1, ticketNum: 110, amount: 100 }] };

describe('ticket-saga-fixed', () => {
  it('holds for one order under any two faults, and for two under any one', () => {
    expect(explored(null, { faults: 2, document: ONE })).toMatchObject({ cut: null, broken: [] });
    expect(explored(null, { faults: 1 })).toMatchObject({ cut: null, broken: [] });
    expect(explored(null, { stalls: 1 })).toMatchObject({ cut: null, broken: [] });
    expect(explored(null, { faults: 1, document: POOR })).toMatchObject({ cut: null, broken: [] });
  }, 600_000);

  it.each([
    {
      mend: 'looks at the owner',
      from: ' AND lock_user IS NULL AND owner IS NULL',
      to: ' AND lock_user IS NULL',
      wanted: { document: LATER },
    },
    {
      mend: 'locks once for an order',
      from: "meeting({ first: 'locking', again: 'committing' })",
      to: "meeting({ first: 'locking', again: 'locking' })",
      wanted: { faults: 1, kinds: ['duplicate'], document: ONE },
    },
    {
      mend: 'does not charge once it has refunded',
      from: "meeting({ first: 'charging', again: 'committing' })",
      to: "meeting({ first: 'charging', again: 'charging' })",
      wanted: { stalls: 1, document: ONE },
    },
    {
      mend: 'checks and charges in one statement',
      from: ' AND deposit >= :amount',
      to: '',
      wanted: { document: POOR },
    },
    {
      mend: 'hands over only what is locked',
      from: ' AND lock_user IS NOT NULL`',
      to: '`',
      wanted: { faults: 1, kinds: ['duplicate'], document: ONE },
    },
    {
      mend: 'finishes only what is new',
      from: "due_ms = NULL\n  WHERE uuid = :uuid AND status = 'NEW'`",
      to: 'due_ms = NULL\n  WHERE uuid = :uuid`',
      wanted: { stalls: 1, document: ONE },
    },
    {
      mend: 'notes what it has released',
      from: "'meeting-order': meeting({ first: 'releasing', again: 'releasing' })",
      to: "'meeting-order': fork(['releasing'])",
      wanted: { stalls: 1, document: ONE },
    },
    {
      mend: 'refunds only what was paid',
      from: " AND status = 'PAID'\",\n          [unchanged('posting-fail'), 'crediting']",
      to: "\",\n          [unchanged('posting-fail'), 'crediting']",
      wanted: { faults: 1, stalls: 1, kinds: ['duplicate'], document: ONE },
    },
  ] as const)('breaks unless it $mend', async ({ mend, from, to, wanted }) => {
    const services = await changed(mend.replaceAll(' ', '-'), from, to);
    const { broken } = explored(services, wanted);
    expect(broken).not.toEqual([]);
    expect(explored(null, wanted).broken).toEqual([]);
  });
});

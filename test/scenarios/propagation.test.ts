// Two transactional methods, one calling the other: what Spring's documentation promises of each
// propagation, written down by hand from it, against what is left and what the client sees.

import { describe, expect, it } from 'vitest';
import { performReplay } from '../../src/cli/replay.ts';
import { performRun } from '../../src/cli/run.ts';
import { judge } from '../../src/scenarios/index.ts';
import { type RunResult, runWorld, seededSchedule, World } from '../../src/sim/index.ts';
import { catalogue, inputOf, runScenario, scenarioOf } from '../support.ts';

const propagation = scenarioOf('propagation');
const runShop = (fails: readonly string[], set = {}) => runScenario('propagation', fails, set);

// What is left: O a confirmed order, o one that is not, A an audit line; then who threw what the
// client sees: in and on, the inner and the outer method a runtime exception, ic and oc a checked
// one, U the manager UnexpectedRollbackException, X IllegalTransactionStateException.
const COLUMNS = [
  // what the inner method throws, whether the outer one catches it, what the outer one throws
  ['none', 'either', 'none'],
  ['none', 'either', 'runtime'],
  ['none', 'either', 'checked'],
  ['runtime', 'caught', 'none'],
  ['runtime', 'caught', 'runtime'],
  ['runtime', 'caught', 'checked'],
  ['runtime', 'uncaught', 'any'],
  ['checked', 'caught', 'none'],
  ['checked', 'caught', 'runtime'],
  ['checked', 'caught', 'checked'],
  ['checked', 'uncaught', 'any'],
] as const;

// One transaction for both, whoever fails in it: a runtime exception dooms it, a checked one not.
const SHARED = 'OA, - or, OA oc, - U, - or, - U, - ir, OA, - or, OA oc, oA ic';
// The outer method's statements commit one by one; the inner one has a transaction.
const ONLY_INNER = 'OA, OA or, OA oc, O, O or, O oc, o ir, OA, OA or, OA oc, oA ic';
// No transaction at all: nothing that was written ever goes.
const NO_TRANSACTION = 'OA, OA or, OA oc, OA, OA or, OA oc, oA ir, OA, OA or, OA oc, oA ic';
// The inner method never runs, so what it would throw does not matter.
const REFUSED = { none: 'O', runtime: 'or', checked: 'O oc' };

const TABLE: Readonly<Record<string, Readonly<Record<'transaction' | 'none', string>>>> = {
  REQUIRED: { transaction: SHARED, none: ONLY_INNER },
  REQUIRES_NEW: {
    transaction: 'OA, A or, OA oc, O, - or, O oc, - ir, OA, A or, OA oc, oA ic',
    none: ONLY_INNER,
  },
  NESTED: {
    transaction: 'OA, - or, OA oc, O, - or, O oc, - ir, OA, - or, OA oc, oA ic',
    none: ONLY_INNER,
  },
  SUPPORTS: { transaction: SHARED, none: NO_TRANSACTION },
  NOT_SUPPORTED: {
    transaction: 'OA, A or, OA oc, OA, A or, OA oc, A ir, OA, A or, OA oc, oA ic',
    none: NO_TRANSACTION,
  },
  MANDATORY: { transaction: SHARED, none: 'refused' },
  NEVER: { transaction: 'refused', none: NO_TRANSACTION },
};

const SEEN: Readonly<Record<string, string | undefined>> = {
  'IllegalStateException the audit fails': 'ir',
  'IllegalStateException the order fails': 'or',
  'AuditException the audit fails (a checked exception)': 'ic',
  'OrderException the order fails (a checked exception)': 'oc',
  'UnexpectedRollbackException Transaction rolled back because it has been marked as rollback-only':
    'U',
  "IllegalTransactionStateException Existing transaction found for transaction marked with propagation 'never'":
    'X',
  "IllegalTransactionStateException No existing transaction found for transaction marked with propagation 'mandatory'":
    'X',
};

function exceptionsIn({ events }: RunResult): readonly string[] {
  return events.flatMap(({ happening, place }) => {
    if (happening.kind !== 'failed' || place.state !== 'throwing') return [];
    const { code, detail } = happening.failure;
    return [detail === undefined ? code : `${code} ${detail}`];
  });
}

/** What is left and what the client saw, as the table writes it. */
function resultOf(result: RunResult): string {
  const orders = (result.after['shop.customer_order'] ?? []).map(({ status }) =>
    status === 'CONFIRMED' ? 'O' : 'o',
  );
  const audits = (result.after['shop.audit_log'] ?? []).map(() => 'A');
  const rows = [...orders, ...audits].join('') || '-';
  const deposit = orders.length > 0 ? 900 : 1000;
  expect(result.after['shop.customer']).toMatchObject([{ deposit }]);
  return [rows, ...exceptionsIn(result).map((one) => SEEN[one] ?? one)].join(' ');
}

function expectedOf(cells: string, outer: string, set: Settings): string {
  const { innerFails, outerCatches, outerFails } = set;
  if (cells === 'refused') {
    const stays = outer === 'none' ? 'O' : '-';
    if (!outerCatches) return outer === 'none' ? 'o X' : '- X';
    const rest = REFUSED[outerFails];
    return rest === 'or' ? `${stays} or` : rest;
  }
  const at = COLUMNS.findIndex(([inner, caught, fails]) => {
    const sameCatch = caught === 'either' || (caught === 'caught') === outerCatches;
    return inner === innerFails && sameCatch && (fails === 'any' || fails === outerFails);
  });
  return cells.split(', ')[at] ?? 'not in the table';
}

interface Settings {
  readonly innerFails: 'none' | 'runtime' | 'checked';
  readonly outerCatches: boolean;
  readonly outerFails: 'none' | 'runtime' | 'checked';
}

const FAILS = ['none', 'runtime', 'checked'] as const;
const settings: readonly Settings[] = FAILS.flatMap((innerFails) =>
  [false, true].flatMap((outerCatches) =>
    FAILS.map((outerFails) => ({ innerFails, outerCatches, outerFails })),
  ),
);

describe.each(Object.entries(TABLE))('%s', (name, row) => {
  it.each(['transaction', 'none'] as const)('called in: %s', (outer) => {
    for (const one of settings) {
      const set = { propagation: name, outer, ...one, outerCatches: Number(one.outerCatches) };
      const result = runShop([], set);
      expect(resultOf(result), JSON.stringify(set)).toBe(expectedOf(row[outer], outer, one));
      expect(judge(propagation, { named: [], own: true }, result).unexpected).toEqual([]);
      expect(result.outcome.rule, JSON.stringify(set)).not.toBeNull();
    }
  });
});

describe('named faults', () => {
  const ENDS: Readonly<Record<string, string>> = {
    'silently-rolled-back': '- U',
    'requires-new-survives': 'A or',
    'requires-new-fails-alone': 'O',
    'self-deadlock': '- CannotAcquireLockException',
    'nested-undone': 'O',
    'nested-goes-along': '- or',
    'supports-without': 'OA',
    'not-supported': 'A ir',
    'mandatory-without': 'o X',
    'never-inside': '- X',
    'checked-commits': 'oA ic',
    'read-only': 'O',
    'read-only-ignored': 'OA',
    'dirty-read': 'A or',
    'serializable-waits': '- CannotAcquireLockException',
    timeout: '- TransactionTimedOutException',
    'timeout-ignored': 'OA',
    'timeout-cuts-wait': 'O',
  };

  it('are all in the table', () => {
    expect(Object.keys(ENDS)).toEqual(Object.keys(propagation.namedFaults));
  });

  it.each(Object.entries(ENDS))('%s', (name, ends) => {
    const result = runShop([name]);
    expect(resultOf(result)).toBe(ends);
    expect(judge(propagation, { named: [name], own: false }, result)).toMatchObject({
      asExpected: true,
    });
    const report = performRun(catalogue, {
      scenario: 'propagation',
      fails: [name],
      settings: {},
      seed: null,
    });
    const again = performReplay(catalogue, report.code, {}).result;
    expect(again.fingerprint).toBe(report.result.fingerprint);
    expect(again.events).toEqual(result.events);
  });
});

describe('hints', () => {
  const seen = (set: object) => runShop([], set).after['shop.audit_log']?.[0]?.['orders_seen'];

  it('of isolation count for a transaction of its own, and are ignored by one that joins', () => {
    const dirty = { isolation: 'read-uncommitted' };
    expect(seen({ propagation: 'REQUIRES_NEW', ...dirty })).toBe(1);
    expect(seen({ propagation: 'REQUIRES_NEW' })).toBe(0);
    expect(seen({ propagation: 'NOT_SUPPORTED', ...dirty })).toBe(0);
    expect(seen({ propagation: 'REQUIRED', isolation: 'serializable' })).toBe(1);
    expect(seen({ propagation: 'NESTED', isolation: 'serializable' })).toBe(1);
  });

  it('of read-only refuse the first write of whoever begins, and bind who joins', () => {
    const refused = '- TransientDataAccessResourceException';
    for (const name of ['REQUIRED', 'REQUIRES_NEW', 'NESTED', 'SUPPORTS', 'NOT_SUPPORTED']) {
      expect(resultOf(runShop([], { propagation: name, outerReadOnly: 1 })), name).toBe(refused);
    }
    const own = resultOf(runShop([], { propagation: 'REQUIRES_NEW', readOnly: 1 }));
    expect(own).toBe(refused);
    for (const name of ['REQUIRED', 'NESTED', 'SUPPORTS', 'NOT_SUPPORTED', 'MANDATORY']) {
      expect(resultOf(runShop([], { propagation: name, readOnly: 1 })), name).toBe('OA');
    }
  });

  it('of time end a wait for a lock when the transaction has no time left', () => {
    const { events } = runShop(['timeout-cuts-wait']);
    const began = events.find(({ place }) => place.state === 'audit-beginning');
    const failed = events.find(({ happening }) => happening.kind === 'failed');
    expect(failed?.atMs).toBe((began?.atMs ?? 0) + 1000);
    expect(failed?.happening).toMatchObject({ failure: { code: 'transaction-timed-out' } });
  });

  it('of time go on running while a transaction is suspended, and bind only its own', () => {
    const set = { propagation: 'REQUIRES_NEW', outerTimeoutMs: 1000, pauseMs: 2000 };
    expect(resultOf(runShop([], set))).toBe('A TransactionTimedOutException');
    // Committing is no statement: Spring looks at no deadline there.
    const last = { propagation: 'NESTED', outerTimeoutMs: 8, outerCatches: 1 };
    expect(resultOf(runShop([], last))).toBe('OA');
  });

  it('a row locked by the caller is in the way of two transactions only', () => {
    const wait = '- CannotAcquireLockException';
    const set = { sameRow: 1 };
    for (const name of ['REQUIRED', 'NESTED', 'SUPPORTS', 'MANDATORY']) {
      expect(resultOf(runShop([], { propagation: name, ...set })), name).toBe('OA');
    }
    expect(resultOf(runShop([], { propagation: 'REQUIRES_NEW', ...set }))).toBe(wait);
    // The audit's line was committed by itself before it came to the locked row.
    const alone = resultOf(runShop([], { propagation: 'NOT_SUPPORTED', ...set }));
    expect(alone).toBe('A CannotAcquireLockException');
  });
});

describe('determinism', () => {
  it('one world, run after run, gives what fresh worlds give', () => {
    const input = inputOf(propagation, { propagation: 'REQUIRES_NEW', outerFails: 'runtime' }, [
      { customerId: 1, amount: 10 },
      { customerId: 1, amount: 20 },
      { customerId: 1, amount: 30 },
    ]);
    const reused = new World(propagation, input);
    for (let seed = 0; seed < 60; seed++) {
      const again = runWorld(reused, [], seededSchedule(seed));
      const fresh = new World(propagation, input);
      expect(runWorld(fresh, [], seededSchedule(seed))).toEqual(again);
      fresh.close();
    }
    reused.close();
  });
});

it('a process that dies leaves no transaction open, one that was set aside among them', () => {
  const crash = 'crash@shop.order.audit-recording:after,restart=never';
  const { events, waits } = runShop(['requires-new-survives', crash]);
  const undone = events.filter(({ happening }) => happening.kind === 'rolled-back');
  expect(undone.map(({ happening }) => happening)).toMatchObject([
    { transaction: 2 },
    { transaction: 1 },
  ]);
  expect(waits).toEqual([{ who: 'shop', what: 'restart', of: 'shop' }]);
});

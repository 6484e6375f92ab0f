// Every anomaly at every level, held against what a real MariaDB did (test/conformance/isolation)
// and, where no case of it was recorded, against the rules that its data shows.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allParameters, findScenario, judge, readInput } from '../../src/scenarios/index.ts';
import {
  FAULT_KINDS,
  type FaultKind,
  kindsFor,
  parseFault,
  type Row,
  type RunResult,
  run,
  type SqlValue,
  seededSchedule,
} from '../../src/sim/index.ts';
import { catalogue, ROOT } from '../support.ts';

const scenario = findScenario(catalogue, 'isolation');
const LEVELS = ['read-uncommitted', 'read-committed', 'repeatable-read', 'serializable'] as const;
const VARIANTS = ['RU', 'RC', 'RR', 'SER'] as const;

function play(set: Readonly<Record<string, SqlValue>>, ...more: unknown[]): RunResult {
  const [faults = [], schedule] = more as [Parameters<typeof run>[2], Parameters<typeof run>[3]];
  return run(scenario, readInput(scenario, allParameters(scenario, set)), faults, schedule);
}

const kindsOf = ({ events }: RunResult) => events.map(({ happening }) => happening.kind);
const failuresOf = ({ events }: RunResult) =>
  events.flatMap(({ happening }) => (happening.kind === 'failed' ? [happening.failure.code] : []));

interface Recorded {
  readonly id: string;
  readonly steps: readonly {
    readonly tx: string;
    readonly result: { readonly rows?: readonly Row[]; readonly affected?: number };
    readonly later?: { readonly rows?: readonly Row[]; readonly affected?: number };
  }[];
  readonly verdict: { occurred: boolean; blocked: boolean; errors: readonly string[] };
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(join(ROOT, 'test/conformance/isolation/cases.json'), 'utf8'),
).cases;

// By anomaly, the recorded interleaving that is the same as the script.
const BASES: Readonly<Record<string, string>> = {
  G0: 'h-g0',
  G1b: 'h-g1b',
  OTV: 'h-otv',
  PMP: 'h-pmp',
  'PMP-write': 'h-pmp-write-2',
  'G-single': 'h-gsingle',
  'G-single-write': 'h-gsingle-write',
  G2: 'h-g2',
  'check-then-charge': 'shop-check-then-charge',
  'guarded-charge': 'shop-guard',
};

/** What each client was told, in order: rows of its queries, counts of its changes. */
function toldBy(client: string, { events }: RunResult) {
  return events.flatMap(({ place, happening }): unknown[] => {
    if (place.service !== client) return [];
    if (happening.kind === 'queried') return [happening.rows];
    return happening.kind === 'changed' ? [happening.affected] : [];
  });
}

function recordedFor(client: string, { steps }: Recorded) {
  return steps.flatMap(({ tx, result, later }): unknown[] => {
    const { rows, affected } = { ...result, ...later };
    if (tx.toLowerCase() !== client) return [];
    return rows ? [rows] : affected === undefined ? [] : [affected];
  });
}

describe('what MariaDB did', () => {
  const cases = Object.entries(BASES).flatMap(([anomaly, base]) =>
    LEVELS.map((level, at) => [anomaly, level, `${base}/${VARIANTS[at]}`] as const),
  );

  it.each(cases)('%s at %s, as in %s', (anomaly, level, id) => {
    const real = recorded.find((one) => one.id === id);
    if (!real) throw new Error(`no case ${id}`);
    const result = play({ anomaly, level });
    const { occurred, blocked, errors } = real.verdict;
    expect(result.outcome.word).toBe(occurred ? 'anomaly' : 'prevented');
    expect(kindsOf(result).includes('blocked')).toBe(blocked);
    expect(failuresOf(result)).toEqual(errors.map(() => 'deadlock'));
    if (errors.length > 0) expect(result.outcome.by).toBe('deadlock');
    for (const client of ['t1', 't2', 't3']) {
      expect(toldBy(client, result), client).toEqual(recordedFor(client, real));
    }
  });
});

// The rules of shared/reference/isolation: only read uncommitted reads what is dirty (1); lost
// update and write skew happen up to repeatable read, a deadlock stops them at serializable (3);
// a relative update and a condition in the WHERE stop them everywhere (2, 3).
const DIRTY_READS = ['G1a', 'G1c'];
const LOST_UPDATES = ['P4', 'G2-item', 'read-then-save', 'absolute-update'];
const MENDED = ['conditional-update', 'relative-update'];

describe('the rules of InnoDB', () => {
  it('leave no anomaly out', () => {
    const held = [...Object.keys(BASES), ...DIRTY_READS, ...LOST_UPDATES, ...MENDED];
    expect(held.sort()).toEqual(
      [...(scenario.parameters['anomaly']?.expected.choices ?? [])].sort(),
    );
  });

  it.each(LEVELS)('at %s', (level) => {
    const word = (anomaly: string) => play({ anomaly, level }).outcome.word;
    for (const anomaly of DIRTY_READS) {
      expect(word(anomaly), anomaly).toBe(level === 'read-uncommitted' ? 'anomaly' : 'prevented');
    }
    for (const anomaly of LOST_UPDATES) {
      expect(word(anomaly), anomaly).toBe(level === 'serializable' ? 'prevented' : 'anomaly');
    }
    for (const anomaly of MENDED) expect(word(anomaly), anomaly).toBe('prevented');
  });

  it('name what kept an anomaly from showing', () => {
    const by = (anomaly: string, level: string) => play({ anomaly, level }).outcome.by;
    for (const anomaly of LOST_UPDATES) expect(by(anomaly, 'serializable')).toBe('deadlock');
    expect(by('G1a', 'read-committed')).toBe('view');
    expect(by('PMP', 'repeatable-read')).toBe('view');
    expect(by('G1a', 'serializable')).toBe('lock');
    expect(by('G0', 'read-uncommitted')).toBe('lock');
    expect(by('conditional-update', 'repeatable-read')).toBe('condition');
    expect(by('relative-update', 'serializable')).toBe('lock');
  });
});

describe('a client', () => {
  it('whom the server rolled back says nothing more', () => {
    const { events } = play({ anomaly: 'G1c', level: 'serializable' });
    const failed = events.find(({ happening }) => happening.kind === 'failed');
    const after = events.filter(({ id, place }) => {
      return id > (failed?.id ?? 0) && place.service === failed?.place.service;
    });
    expect(after.map(({ happening }) => happening.kind)).toEqual(['ended']);
  });

  it('of the ticket races keeps its transaction open for the pause', () => {
    const waits = ({ events }: RunResult): number => {
      const blocked = events.find(({ happening }) => happening.kind === 'blocked');
      const then = events.find(({ id, place, happening }) => {
        const own = place.service === blocked?.place.service && id > (blocked?.id ?? 0);
        return own && happening.kind === 'changed';
      });
      return (then?.atMs ?? 0) - (blocked?.atMs ?? 0);
    };
    expect(waits(play({ anomaly: 'conditional-update' }))).toBeGreaterThanOrEqual(10_000);
    expect(waits(play({ anomaly: 'conditional-update', pauseMs: 0 }))).toBeLessThan(100);
  });

  it('gives up when it has waited too long', () => {
    const { outcome, after } = play({ anomaly: 'conditional-update', lockWaitTimeoutMs: 5000 });
    expect([outcome.word, outcome.by, outcome.row['who']]).toEqual(['prevented', 'timeout', 'T2']);
    expect(after['shop.ticket']).toMatchObject([{ lock_user: 1 }]);
  });

  it('who has no part ends at once', () => {
    const { events } = play({ anomaly: 'P4' });
    const kinds = events.filter(({ place }) => place.service === 't3');
    expect(kinds.map(({ happening }) => happening.kind)).toEqual(['requested', 'ended']);
  });
});

describe('the expectations of the catalogue', () => {
  it('agree with one another: the default, the named faults, the matrix', () => {
    const cell = (set: Readonly<Record<string, SqlValue>>) => {
      const { anomaly, level } = allParameters(scenario, set);
      return scenario.matrix?.expect[String(anomaly)]?.[String(level)];
    };
    expect(scenario.expect).toEqual(cell({}));
    for (const { set, expect: own } of Object.values(scenario.namedFaults)) {
      expect(own).toEqual(cell(set));
      expect(judge(scenario, { named: [], own: false, settings: set }, play(set)).asExpected).toBe(
        true,
      );
    }
  });

  it('are not met by another word, nor by another cause', () => {
    const settings = { anomaly: 'G1a', level: 'serializable' };
    const result = play(settings);
    const judged = (outcome: object) => {
      const summary = { ...result, outcome: { ...result.outcome, ...outcome } };
      return judge(scenario, { named: [], own: false, settings }, summary).asExpected;
    };
    expect(judged({})).toBe(true);
    expect(judged({ by: 'view' })).toBe(false);
    expect(judged({ word: 'anomaly', by: null })).toBe(false);
  });

  it('say nothing of a run that was varied further', () => {
    const settings = { anomaly: 'G1a', pauseMs: 5 };
    const { expectation } = judge(scenario, { named: [], own: false, settings }, play(settings));
    expect(expectation).toBeNull();
  });
});

describe('whatever fails', () => {
  const kinds = Object.keys(FAULT_KINDS) as FaultKind[];
  const PLAYS = ['G1a', 'OTV', 'P4', 'conditional-update'];

  it.each(kinds)('%s: there is a verdict, and no property breaks', (kind) => {
    const points = scenario.points.filter(({ effect }) => kindsFor(effect).includes(kind));
    for (const { id } of points) {
      for (const when of ['before', 'after']) {
        const fault = parseFault(`${kind}@${id}:${when}`, scenario.points, scenario.id);
        for (const anomaly of PLAYS) {
          const result = play({ anomaly, level: 'serializable' }, [fault]);
          const broken = result.verdicts.filter(({ holds }) => !holds);
          expect(broken, `${anomaly} ${kind}@${id}:${when}`).toEqual([]);
          expect(result.outcome.rule, `${anomaly} ${kind}@${id}:${when}`).not.toBeNull();
        }
      }
    }
  });

  it('a crash is not taken for what the level does', () => {
    const points = scenario.points;
    const crash = parseFault('crash@t2.play.writing:after', points, scenario.id);
    const { outcome } = play({ anomaly: 'P4' }, [crash]);
    expect([outcome.word, outcome.by, outcome.row['who']]).toEqual(['prevented', 'other', 'T2']);
  });

  it('and in whatever order steps come', () => {
    for (let seed = 0; seed < 60; seed++) {
      for (const anomaly of ['G0', 'OTV', 'G2', 'read-then-save']) {
        const result = play({ anomaly }, [], seededSchedule(seed));
        expect(
          result.verdicts.filter(({ holds }) => !holds),
          `seed ${seed}`,
        ).toEqual([]);
        expect(['anomaly', 'prevented']).toContain(result.outcome.word);
      }
    }
  });
});

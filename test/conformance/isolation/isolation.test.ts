// The simulated database against what a real MariaDB did, step by step: one test per recorded case,
// its results and, where these agree, the lock table after each step.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { readCases } from './case-file.ts';
import type { Case } from './format.ts';
import { OTHER_LOCKS, OUT_OF_SCOPE } from './out-of-scope.ts';
import { differencesIn, main, play } from './play.ts';
import { answerOf, type LocksSeen } from './simulated.ts';

const HERE = new URL('.', import.meta.url);
const cases = readCases();
const locks = JSON.parse(readFileSync(new URL('locks.json', HERE), 'utf8')) as Readonly<
  Record<string, readonly { n: number; locks: LocksSeen }[]>
>;
const inScope = cases.filter(({ id }) => !(id in OUT_OF_SCOPE));

// A structure may be left without any lock: it weighs, and shows nothing.
function shown(seen: LocksSeen): LocksSeen {
  return Object.fromEntries(Object.entries(seen).filter(([, lines]) => lines.length > 0));
}

function lockTables(one: Case): readonly { n: number; locks: LocksSeen }[] {
  const seen: { n: number; locks: LocksSeen }[] = [];
  answerOf(one, (n, now) => seen.push({ n, locks: now }));
  return seen;
}

describe('as MariaDB did', () => {
  it.each(inScope.map((one) => [one.id, one] as const))('%s', (id, one) => {
    expect(differencesIn(one)).toEqual([]);
    if (id in OTHER_LOCKS) return;
    const expected = (locks[id] ?? []).map(({ n, locks: lines }) => ({ n, locks: shown(lines) }));
    expect(lockTables(one)).toEqual(expected);
  });
});

// `found.json`: minimised interleavings on which the simulation once differed from a live MariaDB
// 10.11. `recorded.json`: what it answers about foreign keys, REPLACE, and XA in every state of a
// branch, which the reference leaves open. Both hold what the server did.
describe.each(['found.json', 'recorded.json'])('as MariaDB did in %s', (file) => {
  const own = readCases(new URL(file, HERE));
  it.each(own.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    expect(differencesIn(one)).toEqual([]);
  });
});

describe('what is out of scope', () => {
  it('is named, is there, and does differ', () => {
    const left = cases.filter(({ id }) => id in OUT_OF_SCOPE);
    console.log(`${left.length} of ${cases.length} cases are out of scope`);
    expect(left.map(({ id }) => id).sort()).toEqual(Object.keys(OUT_OF_SCOPE).sort());
    for (const one of left) expect(differencesIn(one)).not.toEqual([]);
    for (const id of Object.keys(OTHER_LOCKS)) {
      const one = cases.find((other) => other.id === id);
      if (!one) throw new Error(`${id} is not there`);
      expect(lockTables(one)).not.toEqual(locks[id]);
    }
  });

  it('is counted by the command', () => {
    const { groups, differences } = play(cases);
    expect(differences).toEqual([]);
    const counts = Object.values(groups);
    expect(counts.reduce((sum, { outOfScope }) => sum + outOfScope, 0)).toBe(3);
    expect(counts.reduce((sum, { agree }) => sum + agree, 0)).toBe(cases.length - 3);
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (text: string, ...more: readonly string[]) => {
    const file = join(folder, 'cases.json');
    writeFileSync(file, text);
    const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const code = main(['--cases', file, ...more]);
    const printed = { code, out: out.mock.calls.join('\n'), err: err.mock.calls.join('\n') };
    vi.restoreAllMocks();
    return printed;
  };
  const [first] = cases;

  it('plays a file, also one with a list alone', () => {
    expect(run(JSON.stringify([first]))).toMatchObject({ code: 0, err: '' });
    const { out } = run(JSON.stringify({ cases: [first] }), '--json');
    expect(JSON.parse(out)).toMatchObject({ differences: [] });
    const wrong = { ...first, final: { test: [] } };
    expect(run(JSON.stringify([wrong]))).toMatchObject({ code: 1 });
  });

  it.each([
    ['null', 'no list of cases'],
    ['{', 'JSON'],
    ['{"cases": []}', 'empty'],
    ['{"cases": [null]}', 'case number 1: '],
    ['{"cases": [{"id": "x"}]}', 'case x: group: '],
    [JSON.stringify([first, { ...first, id: 'y', steps: [{ n: 1 }] }]), 'case y: steps.0.tx: '],
    [JSON.stringify([{ ...first, isolation: { T1: 'SNAPSHOT' } }]), 'isolation.T1: '],
  ])('names what is wrong with a file: %.40s', (text, why) => {
    const { code, err } = run(text);
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(JSON.parse(run(text, '--json').out).error.message).toContain(why);
  });
});

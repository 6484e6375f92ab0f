// The simulated database against what a real MariaDB did, step by step: one test per recorded case,
// its results and, where these agree, the lock table after each step.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Case } from './format.ts';
import { OTHER_LOCKS, OUT_OF_SCOPE } from './out-of-scope.ts';
import { differencesIn, play, readCases } from './play.ts';
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

// Minimised interleavings on which the simulation once differed from a live MariaDB 10.11, with
// what the server did.
describe('as MariaDB did where random interleavings found us wrong', () => {
  it.each(readCases(new URL('found.json', HERE)).map((one) => [one.id, one] as const))(
    '%s',
    (_id, one) => {
      expect(differencesIn(one)).toEqual([]);
    },
  );
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

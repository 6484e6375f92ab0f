// Plays a file of recorded cases on the simulated database, and counts by group where it agrees.

import { parseArgs } from 'node:util';
import { readCases } from './case-file.ts';
import { type Difference, differencesOf } from './compare.ts';
import type { Case } from './format.ts';
import { OUT_OF_SCOPE } from './out-of-scope.ts';
import { answerOf } from './simulated.ts';

export interface Count {
  agree: number;
  differ: number;
  outOfScope: number;
}

/** What playing a file gave. */
export interface Played {
  readonly groups: Readonly<Record<string, Count>>;
  readonly differences: readonly Difference[];
  /** Ids of the cases that were left out. */
  readonly left: readonly string[];
}

/** Where the simulation differs from a recorded case; also where it cannot play it at all. */
export function differencesIn(one: Case): readonly Difference[] {
  try {
    return differencesOf(one.id, one, answerOf(one));
  } catch (error) {
    return [{ id: one.id, step: 'final', expected: 'an answer', got: String(error) }];
  }
}

export function play(cases: readonly Case[]): Played {
  const groups: Record<string, Count> = {};
  const differences: Difference[] = [];
  const left: string[] = [];
  for (const one of cases) {
    groups[one.group] ??= { agree: 0, differ: 0, outOfScope: 0 };
    const count = groups[one.group] as Count;
    if (one.id in OUT_OF_SCOPE) {
      left.push(one.id);
      count.outOfScope += 1;
      continue;
    }
    const found = differencesIn(one);
    differences.push(...found);
    if (found.length === 0) count.agree += 1;
    else count.differ += 1;
  }
  return { groups, differences, left };
}

function printText({ groups, differences, left }: Played): void {
  for (const { id, step, expected, got } of differences) {
    console.log(`${id}, step ${step}`);
    console.log(`  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`);
  }
  for (const id of left) console.log(`out of scope: ${id}: ${OUT_OF_SCOPE[id]}`);
  const all = { agree: 0, differ: 0, outOfScope: 0 };
  const line = (name: string, { agree, differ, outOfScope }: Count) => {
    const numbers = [agree, differ, outOfScope].map((number) => String(number).padStart(7));
    console.log(`${name.padEnd(30)}${numbers.join('')}`);
  };
  console.log(`${'group'.padEnd(30)}  agree differ  out of scope`);
  for (const [name, count] of Object.entries(groups)) {
    line(name, count);
    for (const key of ['agree', 'differ', 'outOfScope'] as const) all[key] += count[key];
  }
  line('all', all);
}

const HELP = `npm run conformance -- [options]
  --cases FILE  recorded cases to play (all that come with the project)
  --json        print counts and differences as JSON
  --help        print this
Exits with 0 where all agree, 1 where any differs, 2 for a file that cannot be read.
`;

/** @returns the exit code: 1 if the simulation differs anywhere, 2 for a file it cannot read */
export function main(args: readonly string[]): number {
  const wantsJson = args.includes('--json');
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { cases: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const played = play(readCases(values.cases));
    const { groups, differences } = played;
    if (wantsJson) console.log(JSON.stringify({ groups, differences }, null, 2));
    else printText(played);
    return differences.length > 0 ? 1 : 0;
  } catch (error) {
    const { message } = error as Error;
    if (wantsJson) console.log(JSON.stringify({ error: { message } }));
    console.error(message);
    return 2;
  }
}

// Checks an exercise before learners meet it: what is not there, cannot work, or is too slow.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findScenario } from '../scenarios/index.ts';
import { handlersOf, SandboxError, type Scenario } from '../sim/index.ts';
import { checkAnswer, type Judges, judgeIdle } from './check.ts';
import { solutionOf } from './desk.ts';
import type { Exercise } from './exercises.ts';
import type { Verdict } from './verdict.ts';

/** What can be wrong with an exercise. */
export type Fault =
  | { readonly kind: 'no-file' | 'empty-file'; readonly file: string }
  | { readonly kind: 'no-hint'; readonly number: number }
  | { readonly kind: 'unknown'; readonly error: SandboxError }
  | { readonly kind: 'starter-passes' }
  | { readonly kind: 'starter-broken' | 'solution-broken'; readonly error: SandboxError }
  | { readonly kind: 'solution-fails'; readonly items: readonly string[] }
  | { readonly kind: 'idle-earns'; readonly earned: number; readonly points: number }
  | { readonly kind: 'slow'; readonly ms: number };

/** How long a check may take, in ms. */
const CHECK_MS = 5000;

/** How much of the points handlers may earn that do nothing. */
const IDLE_SHARE = 0.1;

const READMES = ['README.en.md', 'README.zh.md'] as const;

function fileFaults({ folder, file }: Exercise): readonly Fault[] {
  return [...READMES, file, join('solution', file)].flatMap((name): readonly Fault[] => {
    const path = join(folder, name);
    if (!existsSync(path)) return [{ kind: 'no-file', file: name }];
    return readFileSync(path, 'utf8').trim() === '' ? [{ kind: 'empty-file', file: name }] : [];
  });
}

const missing = (what: 'handler' | 'property', given: string, known: readonly string[]): Fault => {
  const data = { what, given, nearest: null, known } as const;
  return { kind: 'unknown', error: new SandboxError('unknown-name', data) };
};

/** Handlers and properties that the scenario does not have. */
function nameFaults({ data }: Exercise, scenario: Scenario): readonly Fault[] {
  const own = 'properties' in data ? Object.keys(data.properties) : [];
  const properties = [...scenario.properties.map(({ id }) => id), ...own];
  const of = (asked: readonly string[]): readonly Fault[] =>
    asked
      .filter((name) => !properties.includes(name))
      .map((name) => missing('property', name, properties));
  if (data.kind === 'predict') return [];
  if (data.kind === 'break') return of([data.property]);
  const handlers = scenario.services.flatMap((service) =>
    handlersOf(service).map(({ name }) => `${service.name}.${name}`),
  );
  const asked = data.checks.flatMap(({ points }) => Object.keys(points));
  return [
    ...of([...new Set(asked)].filter((name) => name !== 'outcome')),
    ...data.handlers
      .filter((name) => !handlers.includes(name))
      .map((name) => missing('handler', name, handlers)),
  ];
}

/** The starter must not pass, and must load where it is code; the solution must earn everything. */
function verdictFaults(starter: Verdict, solution: Verdict): readonly Fault[] {
  const wanting = solution.items.filter(({ earned, points }) => earned < points);
  return [
    ...(starter.passed ? [{ kind: 'starter-passes' } as const] : []),
    ...(starter.error ? [{ kind: 'starter-broken', error: starter.error } as const] : []),
    ...(solution.error ? [{ kind: 'solution-broken', error: solution.error } as const] : []),
    ...(wanting.length > 0
      ? [{ kind: 'solution-fails', items: wanting.map(({ id }) => id) } as const]
      : []),
  ];
}

/** Handlers that do nothing must earn next to nothing. */
async function idleFaults({ data }: Exercise, judges: Judges): Promise<readonly Fault[]> {
  if (data.kind !== 'mend' && data.kind !== 'build') return [];
  const { earned, points } = await judgeIdle(data, judges);
  return earned > points * IDLE_SHARE ? [{ kind: 'idle-earns', earned, points }] : [];
}

/**
 * All that is wrong with an exercise.
 * @param clock in ms, to see how long a check takes
 */
export async function lint(
  exercise: Exercise,
  judges: Judges,
  clock: () => number,
): Promise<readonly Fault[]> {
  const { data, folder, file } = exercise;
  const hints = data.hints.flatMap(({ en, zh }, at): readonly Fault[] =>
    en.trim() === '' || zh.trim() === '' ? [{ kind: 'no-hint', number: at + 1 }] : [],
  );
  const files = fileFaults(exercise);
  try {
    const names = nameFaults(exercise, findScenario(judges.catalogue, data.scenario));
    const before = [...files, ...hints, ...names];
    if (files.some(({ kind }) => kind === 'no-file') || names.length > 0) return before;
    const beganMs = clock();
    const starter = await checkAnswer(data, readFileSync(join(folder, file), 'utf8'), judges);
    const betweenMs = clock();
    const solution = await checkAnswer(data, solutionOf(exercise), judges);
    const slowest = Math.max(betweenMs - beganMs, clock() - betweenMs);
    const slow = slowest > CHECK_MS ? [{ kind: 'slow', ms: Math.round(slowest) } as const] : [];
    const idle = await idleFaults(exercise, judges);
    return [...before, ...verdictFaults(starter, solution), ...idle, ...slow];
  } catch (error) {
    if (error instanceof SandboxError) return [...files, ...hints, { kind: 'unknown', error }];
    throw error;
  }
}

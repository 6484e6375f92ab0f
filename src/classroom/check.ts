// Checks what a learner hands in for an exercise, of whichever kind.

import { type Catalogue, findScenario } from '../scenarios/index.ts';
import { BugError, SandboxError } from '../sim/index.ts';
import { judgeBreak } from './breaking.ts';
import type { Engine } from './engine.ts';
import { idleHandlers } from './idle.ts';
import { judgePrediction } from './predict.ts';
import { type Limits, Sandbox, type SandboxParts } from './sandbox/sandbox.ts';
import { transpiled } from './sandbox/transpile.ts';
import type { ExerciseData, WrittenData } from './shape.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { judgeWritten } from './written.ts';

/** What judging needs beside the answer. */
export interface Judges {
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly parts: SandboxParts;
  readonly limits?: Limits;
  /** What must be typed after a replay code to have the same handlers again. */
  readonly typed?: string;
}

/** The file that holds the answer to an exercise. */
export const answerFile = ({ kind }: Pick<ExerciseData, 'kind'>): string =>
  kind === 'mend' || kind === 'build' ? 'handlers.ts' : 'answer.yaml';

async function judged(data: ExerciseData, text: string, judges: Judges): Promise<Verdict> {
  const { catalogue, engine, parts, limits, typed = '' } = judges;
  if (data.kind === 'predict') return judgePrediction(data, catalogue, text, engine);
  if (data.kind === 'break') return judgeBreak(data, catalogue, text, engine);
  const sandbox = new Sandbox(parts, transpiled(text), limits);
  try {
    const scenario = findScenario(catalogue, data.scenario);
    return await judgeWritten(data, scenario, sandbox.machines, { engine, typed });
  } catch (error) {
    // What is asked for in a place where no handler asks for it goes wrong wherever it is noticed.
    if (!(error instanceof BugError || error instanceof RangeError)) throw error;
    throw new SandboxError('bad-handlers', { reason: 'answer', detail: error.message });
  } finally {
    sandbox.close();
  }
}

/** What handlers earn that do nothing. */
export function judgeIdle(data: WrittenData, { catalogue, engine }: Judges): Promise<Verdict> {
  const scenario = findScenario(catalogue, data.scenario);
  return judgeWritten(data, scenario, idleHandlers(scenario, data.handlers), { engine, typed: '' });
}

/** What an exercise gives at most. */
export function pointsOf(data: ExerciseData, { catalogue, engine }: Judges): number {
  if (data.kind === 'break') return Math.max(...Object.values(data.points));
  if (data.kind === 'predict') return judgePrediction(data, catalogue, '{}', engine).points;
  const all = data.checks.flatMap(({ points }) => Object.values(points));
  return all.reduce((total, points) => total + points, 0);
}

/** Judges an answer; one that does not work at all has its error as its verdict. */
export async function checkAnswer(
  data: ExerciseData,
  text: string,
  judges: Judges,
): Promise<Verdict> {
  try {
    return await judged(data, text, judges);
  } catch (error) {
    if (error instanceof SandboxError)
      return { ...verdictOf([], error), points: pointsOf(data, judges) };
    throw error;
  }
}

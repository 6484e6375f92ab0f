// `sim replay`: repeats a run by its code, or says why it cannot.

import { type Difference, differenceOf, type Report } from '../report/index.ts';
import {
  type Catalogue,
  decodeRecording,
  endedAlike,
  findScenario,
  scenarioOfCode,
} from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import { type Asked, performRun } from './run.ts';

/**
 * Repeats a recorded run, or its first steps. It must end exactly where the recorded one ended.
 * @throws SandboxError `bad-code`, `unknown-name`
 */
export function performReplay(
  catalogue: Catalogue,
  code: string,
  output: Pick<Asked, 'exportFolder' | 'force' | 'onEvent' | 'steps'>,
): Report & { files: readonly string[] } {
  const scenario = findScenario(catalogue, scenarioOfCode(code));
  const recording = decodeRecording(scenario, code);
  const { fails, settings, document, choices, pace } = recording;
  const report = performRun(catalogue, {
    scenario: scenario.id,
    fails,
    settings,
    seed: null,
    choices,
    pace,
    ...(document !== undefined && { document }),
    ...output,
  });
  const { ending, fingerprint } = report.result;
  if (ending !== 'stopped' && !endedAlike(recording, fingerprint)) {
    throw new SandboxError('bad-code', { why: 'changed', scenario: scenario.id });
  }
  // One that was stopped is still the beginning of what was recorded.
  return ending === 'stopped' ? { ...report, code } : report;
}

/**
 * Repeats two runs of one scenario and compares them.
 * @throws SandboxError `bad-code`, `unknown-name`, `conflict` for codes of different scenarios
 */
export function performDiff(catalogue: Catalogue, one: string, other: string): Difference {
  const [first, second] = [scenarioOfCode(one), scenarioOfCode(other)] as const;
  if (first !== second) throw new SandboxError('conflict', { first, second });
  return differenceOf(performReplay(catalogue, one, {}), performReplay(catalogue, other, {}));
}

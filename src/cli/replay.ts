// `sim replay`: repeats a run by its code, or says why it cannot.

import type { Report } from '../report/index.ts';
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
  return report;
}

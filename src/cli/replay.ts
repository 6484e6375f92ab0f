// `sim replay`: repeats a run by its code, or says why it cannot.

import type { Report } from '../report/index.ts';
import { type Catalogue, decodeRecording, definitionOf, findScenario } from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import { type Asked, performRun } from './run.ts';

/**
 * Repeats a recorded run. It must end exactly where the recorded one ended.
 * @throws SandboxError `bad-code`, `unknown-name`
 */
export function performReplay(
  catalogue: Catalogue,
  code: string,
  output: Pick<Asked, 'exportFolder' | 'force' | 'onEvent'>,
): Report & { files: readonly string[] } {
  const recording = decodeRecording(code);
  const scenario = findScenario(catalogue, recording.scenario);
  const changed = new SandboxError('bad-code', { why: 'changed', scenario: scenario.id });
  if (definitionOf(scenario) !== recording.definition) throw changed;
  const { fails, settings, document, choices } = recording;
  const report = performRun(catalogue, {
    scenario: scenario.id,
    fails,
    settings,
    seed: null,
    choices,
    ...(document !== undefined && { document }),
    ...output,
  });
  if (report.result.fingerprint !== recording.fingerprint) throw changed;
  return report;
}

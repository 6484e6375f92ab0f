// A scenario that stands alone in a file, named by its path wherever a scenario's id can be.

import { readFileSync, statSync } from 'node:fs';
import type { buildCatalogue } from '../scenarios/index.ts';
import { type ErrorCode, type ErrorData, SandboxError, type Scenario } from '../sim/index.ts';

/** In bytes: what is read by people is far smaller. */
const SIZE_MAX = 1_000_000;

/** Whether what was typed is a path: it contains a slash, or ends as YAML files do. */
export const isPath = (target: string): boolean => target.includes('/') || /\.ya?ml$/i.test(target);

const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

function decoded(bytes: Uint8Array, file: string): string {
  const isWide = UTF_16.some(([first, second]) => bytes[0] === first && bytes[1] === second);
  try {
    if (!isWide) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // It is said below.
  }
  throw new SandboxError('not-utf8', { encoding: isWide ? 'UTF-16' : null }, { file });
}

/** @throws SandboxError `cannot-read`, `too-large`, `not-utf8` */
function readScenarioText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > SIZE_MAX) throw new SandboxError('too-large', { path, size, max: SIZE_MAX });
    return decoded(readFileSync(path), path);
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
}

/**
 * Reads and checks a scenario's own file.
 * @param path as it was typed
 * @throws SandboxError `cannot-read`, `too-large`, `not-utf8`, `bad-scenario`
 */
export async function loadScenario(path: string): Promise<Scenario> {
  const text = readScenarioText(path);
  const { readScenarioFile } = await import('../scenarios/flow-file.ts');
  try {
    return readScenarioFile(text, path);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SandboxError('bad-yaml', { why: 'it is nested too deeply' }, { file: path });
  }
}

/** A catalogue of one scenario. */
export function catalogueOf(scenario: Scenario): ReturnType<typeof buildCatalogue> {
  const { id, title } = scenario;
  const only = new Map([[id, scenario]]);
  return {
    get: (name) => only.get(name),
    keys: () => only.keys(),
    values: () => only.values(),
    titles: () => [{ id, title }],
  };
}

/** The same mistake, with its scenario by the words that name it on the command line. */
export function asTyped(error: unknown, target: string, scenarios: string | undefined): unknown {
  if (!(error instanceof SandboxError) || !('scenario' in error.data)) return error;
  const { scenario } = error.data;
  const found = scenarios === undefined ? scenario : `${scenario} --scenarios ${scenarios}`;
  const typed = { scenario: isPath(target) ? target : found };
  const data = { ...error.data, ...typed } as ErrorData[ErrorCode];
  return new SandboxError(error.code, data, error.place);
}

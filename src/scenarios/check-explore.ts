// Checks what a scenario says of its exploration: that its parameters and properties are there, and
// that its input document can be read.

import { SandboxError, type Scenario } from '../sim/index.ts';
import { allParameters, readInput } from './input.ts';
import { check, unknownName } from './values.ts';
import type { Path } from './yaml-source.ts';

interface Problem {
  readonly path: Path;
  readonly error: SandboxError;
}

function errorOf(test: () => void): SandboxError | null {
  try {
    test();
    return null;
  } catch (error) {
    if (error instanceof SandboxError) return error;
    throw error;
  }
}

/** What is wrong with it, each with its place in the scenario's data. */
export function exploreProblems(scenario: Scenario): readonly Problem[] {
  const { explore, parameters, properties } = scenario;
  const problems: Problem[] = [];
  const attempt = (path: Path, test: () => void): void => {
    const error = errorOf(test);
    if (error) problems.push({ path: ['explore', ...path], error });
  };
  for (const [name, value] of Object.entries(explore.set)) {
    attempt(['set', name], () => {
      const parameter = parameters[name];
      if (!parameter) throw unknownName('parameter', name, Object.keys(parameters), null);
      check(name, value, parameter.expected, null);
    });
  }
  const known = properties.map(({ id }) => id);
  for (const property of Object.keys(explore.breaks)) {
    attempt(['breaks', property], () => {
      if (!known.includes(property)) throw unknownName('property', property, known, null);
    });
  }
  // What is wrong with the input as such is said where that is checked.
  const inputIsRight = !errorOf(() => readInput(scenario, allParameters(scenario, {})));
  if (problems.length === 0 && inputIsRight) {
    attempt(['input'], () => {
      readInput(scenario, allParameters(scenario, explore.set), explore.document);
    });
  }
  return problems;
}

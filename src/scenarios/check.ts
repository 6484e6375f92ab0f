// Checks scenarios.yaml: its syntax, its shape, its SQL, and that every name it uses is there.
// All mistakes are reported at once, each with its line and column.

import { type CatalogueProblem, type Row, SandboxError } from '../sim/index.ts';
import { BEHAVIOUR, buildScenario } from './catalogue.ts';
import { ScenarioCheck } from './check-scenario.ts';
import { type CatalogueData, catalogueShape, type ScenarioData } from './shape.ts';
import { YamlSource } from './yaml-source.ts';

/** What is not of the shape it should be; `keys` are those that should not be there. */
interface Misfit {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

/** The data without what is not of the right shape, so that the rest can be checked as well. */
function withoutMisfits(data: unknown, issues: readonly Misfit[]): CatalogueData {
  const copy = structuredClone(data);
  const places = issues.flatMap(({ path, keys }) => keys?.map((key) => [...path, key]) ?? [path]);
  for (const place of places) {
    let parent: unknown = copy;
    for (const step of place.slice(0, -1)) parent = (parent as Row | undefined)?.[step as string];
    if (parent && typeof parent === 'object') Reflect.deleteProperty(parent, place.at(-1) ?? '');
  }
  const again = catalogueShape.safeParse(copy);
  return again.success ? again.data : {};
}

/** @param rehearse whether to run it as well, if all else is well */
function problemsOf(
  source: YamlSource,
  id: string,
  data: ScenarioData,
  rehearse: boolean,
): readonly CatalogueProblem[] {
  const services = BEHAVIOUR[id];
  if (!services) {
    const error = new SandboxError('no-behaviour', { scenario: id, known: Object.keys(BEHAVIOUR) });
    return [source.problemAt(error, [id])];
  }
  const check = new ScenarioCheck(source, [id], buildScenario(id, data, services()), data);
  check.run();
  if (rehearse && check.problems.length === 0) check.rehearse();
  return check.problems;
}

/**
 * Reads and checks the text of a catalogue.
 * @throws SandboxError `bad-catalogue` with every problem found
 */
export function checkCatalogue(text: string, file: string): CatalogueData {
  const source = new YamlSource(text, file);
  const syntax = source.syntaxProblems();
  if (syntax.length > 0) throw new SandboxError('bad-catalogue', { problems: syntax });
  const parsed = catalogueShape.safeParse(source.data);
  const misfits = (parsed.error?.issues ?? []).map((issue): Misfit => {
    const keys = issue.code === 'unrecognized_keys' ? { keys: issue.keys } : {};
    return { path: issue.path, message: issue.message, ...keys };
  });
  const shape = misfits.map(({ path, message, keys }) => {
    const steps = path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    const error = new SandboxError('bad-shape', { path: steps.join('.'), why: message });
    return source.problemAt(error, keys ? [...steps, keys[0] ?? ''] : steps);
  });
  const data = parsed.success ? parsed.data : withoutMisfits(source.data, misfits);
  const rest = Object.entries(data).flatMap(([id, one]) =>
    problemsOf(source, id, one, parsed.success),
  );
  const problems = [...shape, ...rest];
  if (problems.length > 0) throw new SandboxError('bad-catalogue', { problems });
  return data;
}

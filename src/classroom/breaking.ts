// Judges an answer that is to break a property: it is run, and either breaks it or not.

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  allParameters,
  type Catalogue,
  decodeRecording,
  findScenario,
  type Parameters,
} from '../scenarios/index.ts';
import { YamlSource } from '../scenarios/yaml-source.ts';
import { type ErrorData, SandboxError, type Scenario } from '../sim/index.ts';
import type { Engine, RunWanted } from './engine.ts';
import { withHandlers } from './own-handlers.ts';
import type { BreakData } from './shape.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { propertiesOf } from './written.ts';

/** What a learner hands in: a replay code, or faults as given to `--fail`. */
const answerShape = z.strictObject({
  code: z.string().nullable().default(null),
  fail: z
    .array(z.string())
    .nullable()
    .default([])
    .transform((fails) => fails ?? []),
});

const unreadable = (detail: string) => ({ reason: 'unreadable', detail }) as const;

/**
 * Reads an answer.yaml.
 * @param known says of a path better than its shape can what is wrong there
 * @throws SandboxError `bad-answer`
 */
export function readAnswer<Shape extends z.ZodType>(
  text: string,
  shape: Shape,
  known: (path: readonly string[]) => ErrorData['bad-answer'] | null = () => null,
): z.infer<Shape> {
  const source = new YamlSource(text, 'answer.yaml');
  const [wrong] = source.syntaxProblems();
  if (wrong) {
    const why = 'why' in wrong.data ? String(wrong.data.why) : wrong.code;
    throw new SandboxError('bad-answer', unreadable(why), wrong.place);
  }
  const read = shape.safeParse(source.data ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).map(String);
  const detail = `${path.join('.')} ${issue?.message}`.trim();
  const error = new SandboxError('bad-answer', known(path) ?? unreadable(detail));
  throw new SandboxError('bad-answer', error.data, source.problemAt(error, path).place);
}

// A code holds everything of a run; its input must be that of the exercise.
function wantedBy(code: string, scenario: Scenario, { set, input }: BreakData): RunWanted {
  const { fails, settings, document, choices, pace } = decodeRecording(scenario, code);
  const { explore } = scenario;
  const sets = (own: Parameters) =>
    isDeepStrictEqual(allParameters(scenario, settings), allParameters(scenario, own));
  const isOwn = sets(set) && isDeepStrictEqual(document, input);
  const isExplored =
    sets({ ...explore.set, ...set }) && isDeepStrictEqual(document, input ?? explore.document);
  if (!isOwn && !isExplored) {
    throw new SandboxError('bad-answer', { reason: 'other-run', detail: '' });
  }
  return { fails, settings, choices, pace, ...(document !== undefined && { document }) };
}

// A named fault may also set parameters. Only what goes wrong counts, not another scenario.
function onlyFaults({ fails, settings }: RunWanted, scenario: Scenario): void {
  const parameters = allParameters(scenario, settings);
  for (const name of fails) {
    const set = Object.entries(scenario.namedFaults[name]?.set ?? {});
    const [other] = set.find(([parameter, value]) => parameters[parameter] !== value) ?? [];
    if (other !== undefined) {
      throw new SandboxError('bad-answer', { reason: 'sets', detail: `${name}, ${other}` });
    }
  }
}

/** @throws SandboxError `bad-answer`, `bad-code`, and what is wrong with its faults */
export function judgeBreak(
  data: BreakData,
  catalogue: Catalogue,
  text: string,
  engine: Engine,
): Verdict {
  const { code, fail } = readAnswer(text, answerShape);
  const plain = findScenario(catalogue, data.scenario);
  const scenario = withHandlers(plain, new Map(), propertiesOf(data));
  const document = data.input === undefined ? {} : { document: data.input };
  const wanted = code
    ? wantedBy(code.trim(), plain, data)
    : { fails: fail, settings: data.set, ...document };
  onlyFaults(wanted, plain);
  const report = engine.run(scenario, wanted);
  const verdict = report.result.verdicts.find(({ property }) => property === data.property);
  const broken = verdict?.holds === false;
  const used = report.result.faults.length;
  const most = Math.max(...Object.values(data.points));
  const within = Object.entries(data.points).filter(([faults]) => used <= Number(faults));
  const earned = broken ? Math.max(0, ...within.map(([, points]) => points)) : 0;
  const { text: asked } = scenario.properties.find(({ id }) => id === data.property) ?? {};
  const item = {
    id: data.property,
    text: asked ?? { en: data.property, zh: data.property },
    points: most,
    earned,
    evidence: { kind: 'ran', report } as const,
  };
  // Whoever broke it has passed; fewer faults earn more.
  return { ...verdictOf([item]), passed: earned > 0 };
}

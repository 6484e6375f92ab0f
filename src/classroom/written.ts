// Judges handlers that a learner wrote: each check is a run, or all that an exploration reaches.

import type { AnyStateMachine } from 'xstate';
import type { Report } from '../report/index.ts';
import { COMES_TO_REST, type Property, SandboxError, type Scenario } from '../sim/index.ts';
import { type Engine, wantedOf } from './engine.ts';
import { withHandlers } from './own-handlers.ts';
import type { Check, WrittenData } from './shape.ts';
import { type Evidence, type Item, type Verdict, verdictOf } from './verdict.ts';

/** What a check is about where it is no property: the outcome of its run. */
const OUTCOME = 'outcome';

/** The properties an exercise adds to those of its scenario. */
export function propertiesOf(data: Pick<WrittenData, 'properties'>): readonly Property[] {
  return Object.entries(data.properties).map(([id, { when, en, zh, sql }]) => {
    return { id, when, text: { en, zh }, sql };
  });
}

/** What shows that something a check asks for is not so; null if it is so. */
type Look = (property: string) => Evidence | null;

async function lookAt(scenario: Scenario, check: Check, engine: Engine): Promise<Look> {
  const wanted = wantedOf(check);
  if (!wanted) {
    const { fail: fails, set: settings, input } = check;
    const document = input === undefined ? {} : { document: input };
    const report = engine.run(scenario, { fails, settings, ...document });
    return (property) => (holdsIn(report, property, check) ? null : { kind: 'ran', report });
  }
  const { findings, limit, totals } = await engine.explore(scenario, wanted);
  const restless = findings.find(({ property }) => property === COMES_TO_REST);
  return (property) => {
    const found = findings.find((one) => one.property === property) ?? restless;
    if (found) return { kind: 'found', found };
    return limit ? { kind: 'unfinished', states: totals.states ?? 0 } : null;
  };
}

function holdsIn({ result }: Report, property: string, { outcome }: Check): boolean {
  if (result.ending !== 'at-rest') return false;
  if (property === OUTCOME) return result.outcome.word === outcome;
  return result.verdicts.find((verdict) => verdict.property === property)?.holds === true;
}

/** What an item is about: the property, and under which circumstances. */
function textOf(scenario: Scenario, property: string, check: Check): Item['text'] {
  const { text } = scenario.properties.find(({ id }) => id === property) ?? {};
  const { en, zh } = check;
  if (!text) return { en, zh };
  return { en: `${en}: ${text.en}`, zh: `${zh}：${text.zh}` };
}

const needing = ({ id, en, zh }: Check): Evidence => ({
  kind: 'needs',
  check: id,
  text: { en, zh },
});

/**
 * Judges handlers under every check of their exercise.
 * @throws SandboxError `bad-handlers` for code that throws while it is looked at
 */
export async function judgeWritten(
  data: WrittenData,
  scenario: Scenario,
  machines: ReadonlyMap<string, AnyStateMachine>,
  { engine, typed }: { readonly engine: Engine; readonly typed: string },
): Promise<Verdict> {
  const missing = data.handlers.find((name) => !machines.has(name));
  if (missing !== undefined) {
    const lacks = { reason: 'missing', detail: missing } as const;
    return verdictOf([], new SandboxError('bad-handlers', lacks));
  }
  const wanted = new Map([...machines].filter(([name]) => data.handlers.includes(name)));
  const own = withHandlers(scenario, wanted, propertiesOf(data), typed);
  const items: Item[] = [];
  const wanting: Check[] = [];
  for (const check of data.checks) {
    const look = await lookAt(own, check, engine);
    const needed = wanting.find(({ id }) => check.needs.includes(id));
    const needs = needed ? needing(needed) : null;
    let isRight = true;
    for (const [property, points] of Object.entries(check.points)) {
      const evidence = look(property) ?? needs;
      const text = textOf(own, property, check);
      const earned = evidence ? 0 : points;
      items.push({ id: `${check.id}.${property}`, text, points, earned, evidence });
      isRight &&= earned === points;
    }
    if (!isRight) wanting.push(check);
  }
  return verdictOf(items);
}

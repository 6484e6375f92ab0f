// What a run gave, for a program: plain JSON in English ids, the same bytes in every language.

import type { RunResult, SandboxError, TraceEvent } from '../sim/index.ts';
import { correctedCommand } from './error-report.ts';
import type { Report } from './run-report.ts';
import { outcomeSentence } from './run-report.ts';
import { type ErrorText, textsIn } from './texts/index.ts';

/** Grows when a field is renamed or removed, or changes its meaning. */
export const SCHEMA_VERSION = 1;

/** One event as a flat object: its place and what happened side by side. */
export function eventDocument({ id, atMs, cause, place, compensation, happening }: TraceEvent) {
  return { id, atMs, cause, ...place, compensation, ...happening };
}

/** The verdict of a run, without what happened on the way. */
export function verdictDocument(report: Report) {
  const { scenario, result, judgement, seed, code, recording } = report;
  const texts = new Map(scenario.properties.map((property) => [property.id, property]));
  const { word, by, row } = result.outcome;
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'run',
    scenario: scenario.id,
    fails: recording.fails,
    faults: result.faults,
    seed,
    outcome: { word, by, sentence: outcomeSentence(report), row },
    asExpected: judgement.asExpected,
    expectation: judgement.expectation,
    unexpected: judgement.unexpected,
    missing: judgement.missing,
    properties: result.verdicts.map(({ property, holds, event, rows }) => {
      const { when, text } = texts.get(property) ?? { when: null, text: null };
      return { id: property, when, holds, event, rows, text };
    }),
    ending: result.ending,
    endedAtMs: result.endedAtMs,
    steps: result.steps,
    choices: result.choices,
    fingerprint: result.fingerprint,
    replay: code,
  };
}

/** Everything about a run. */
export function runDocument(report: Report) {
  const { input, result } = report;
  return {
    ...verdictDocument(report),
    parameters: input.parameters,
    requests: input.requests,
    before: result.before,
    after: result.after,
    queues: leftQueues(result),
    events: result.events.map(eventDocument),
  };
}

function leftQueues({ queues }: RunResult) {
  return Object.fromEntries(queues.map(({ queue, messages }) => [queue, messages]));
}

/** A bug of ours: what was thrown, and the command that shows it. */
export function bugDocument(stack: string, commandLine: readonly string[]) {
  const [message = ''] = stack.split('\n');
  const fix = `sim ${commandLine.join(' ')}`;
  const error = { code: 'bug', message, fix, data: { stack }, place: null };
  return { schemaVersion: SCHEMA_VERSION, error };
}

/** A user's mistake: its code and facts, and the words for it in English. */
export function errorDocument(error: SandboxError, commandLine: readonly string[]) {
  const { code, data, place } = error;
  const say = textsIn('en').errors[code] as (given: typeof data) => ErrorText;
  const { message, fix } = say(data);
  const command = correctedCommand(error, commandLine);
  const described = { code, message, fix: command ?? fix, data, place };
  return { schemaVersion: SCHEMA_VERSION, error: described };
}

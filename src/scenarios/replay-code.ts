// A run in one line: what was asked for, and the choices that differed from the default. A code is
// URL-safe, knows when it was cut or edited, and names the scenario it was made for.

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  type Choice,
  fingerprintOf,
  type Json,
  SandboxError,
  type Scenario,
} from '../sim/index.ts';
import type { Parameters } from './input.ts';

/** What a replay code holds. */
export interface Recording {
  readonly scenario: string;
  /** Of the scenario's definition, when the code was made. */
  readonly definition: string;
  /** Of the world at the end of the run. */
  readonly fingerprint: string;
  /** As given to `--fail`. */
  readonly fails: readonly string[];
  readonly settings: Parameters;
  readonly document?: Json;
  readonly choices: readonly Choice[];
}

type Packed = [string, string, readonly string[], Parameters, readonly number[], Json?];

const VERSION = '1';
const CHECK_LENGTH = 8;

/**
 * A fingerprint of what decides how a scenario runs and is judged: its data and its structure, not
 * its words. What the machines do inside is held by the fingerprint of the run's end.
 */
export function definitionOf(scenario: Scenario): string {
  const { id, databases, queues, rows, input, points } = scenario;
  const services = scenario.services.map(({ name, databases: own, listeners, jobs }) => [
    name,
    own,
    listeners.map((listener) => [listener.name, listener.queue]),
    jobs.map((job) => [job.name, job.delayParameter, job.waitsFor]),
  ]);
  const parameters = Object.entries(scenario.parameters).map(
    ([name, { expected, default: value }]) => {
      return [name, expected, value];
    },
  );
  const properties = scenario.properties.map((property) => [
    property.id,
    property.when,
    property.sql,
  ]);
  const outcomes = scenario.outcomes.map(({ word, by, sql }) => [word, sql, ...(by ? [by] : [])]);
  const faults = Object.entries(scenario.namedFaults).map(([name, { faults: lines, set }]) => {
    return [name, lines, set];
  });
  const strikes = scenario.matrix?.strikes ?? {};
  const struck = Object.entries(strikes).map(([name, { set, faults }]) => [name, set, faults]);
  const data = [id, databases, queues, rows, input, points, services, parameters, struck];
  return fingerprintOf([data, properties, outcomes, faults]);
}

const checkOf = (text: string): string => fingerprintOf(text).slice(0, CHECK_LENGTH);

/** Writes a recording as `1.<scenario>.<length>.<content>.<check>`. */
export function encodeRecording(recording: Recording): string {
  const { scenario, definition, fingerprint, fails, settings, document, choices } = recording;
  let last = 0;
  const steps = choices.flatMap(({ step, option }) => {
    const skipped = step - last;
    last = step;
    return [skipped, option];
  });
  const packed: Packed = [definition, fingerprint, fails, settings, steps];
  if (document !== undefined) packed.push(document);
  const content = deflateRawSync(JSON.stringify(packed), { level: 9 }).toString('base64url');
  const body = `${VERSION}.${scenario}.${content.length.toString(36)}.${content}`;
  return `${body}.${checkOf(body)}`;
}

/** @throws SandboxError `bad-code` for a code that was cut, edited, or is of another version */
export function decodeRecording(code: string): Recording {
  const [version = '', scenario = '', length = '', content = '', check = ''] = code.split('.');
  if (version !== VERSION) throw new SandboxError('bad-code', { why: 'version' });
  const whole = content.length >= Number.parseInt(length, 36) && check.length >= CHECK_LENGTH;
  if (!whole) throw new SandboxError('bad-code', { why: 'cut' });
  const body = `${version}.${scenario}.${length}.${content}`;
  if (`${body}.${checkOf(body)}` !== code) throw new SandboxError('bad-code', { why: 'edited' });
  const text = inflateRawSync(Buffer.from(content, 'base64url')).toString();
  const packed = JSON.parse(text) as Packed;
  const [definition, fingerprint, fails, settings, steps, document] = packed;
  const choices: Choice[] = [];
  let step = 0;
  for (let at = 0; at < steps.length; at += 2) {
    step += steps[at] ?? 0;
    choices.push({ step, option: steps[at + 1] ?? 0 });
  }
  const recording = { scenario, definition, fingerprint, fails, settings, choices };
  return document === undefined ? recording : { ...recording, document };
}

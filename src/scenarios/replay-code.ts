// A run in one line: what was asked for, and the choices that differed from the default. A code is
// URL-safe, knows when it was cut or edited, and names the scenario it was made for.

import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  type Choice,
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  fingerprintOf,
  type Json,
  PACES,
  type Pace,
  parseFault,
  SandboxError,
  type Scenario,
  shortFault,
} from '../sim/index.ts';
import type { Parameters } from './input.ts';
import { Packer, Unpacker } from './packing.ts';

/** What a replay code holds. */
export interface Recording {
  readonly scenario: string;
  /** Of the scenario's definition, when the code was made. */
  readonly definition: string;
  /** Of the world at the end of the run; a code that was read has only its beginning. */
  readonly fingerprint: string;
  /** As given to `--fail`. */
  readonly fails: readonly string[];
  readonly settings: Parameters;
  readonly document?: Json;
  readonly choices: readonly Choice[];
  readonly pace: Pace;
}

const VERSION = '2';
const CHECK_BYTES = 2;
const KINDS = Object.keys(FAULT_KINDS) as FaultKind[];

/**
 * A fingerprint of what decides how a scenario runs and is judged: its data and its structure, not
 * its words. What the machines do inside is held by the fingerprint of the run's end.
 */
export function definitionOf(scenario: Scenario): string {
  const { id, databases, queues, rows, input, points, explore } = scenario;
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
  return fingerprintOf([data, properties, outcomes, faults, explore]);
}

/** What is recorded of a run: how it was asked for, its choices, and where it ended. */
export function recordingOf(
  scenario: Scenario,
  {
    fails,
    settings,
    document,
    pace,
  }: Pick<Recording, 'fails' | 'settings' | 'pace'> & { readonly document?: Json | undefined },
  { fingerprint, choices }: Pick<Recording, 'fingerprint' | 'choices'>,
): Recording {
  const definition = definitionOf(scenario);
  const asked = { fails, settings, choices, pace, ...(document !== undefined && { document }) };
  return { scenario: scenario.id, definition, fingerprint, ...asked };
}

const checkOf = (text: string | Uint8Array): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * CHECK_BYTES);

/** The first bytes of a fingerprint, as a code holds them. */
const shortened = (fingerprint: string): string => checkOf(fingerprint);

function packFault(packer: Packer, scenario: Scenario, fault: Fault): void {
  const { kind, point, when, occurrence, options } = fault;
  const at = scenario.points.findIndex(({ id }) => id === point);
  packer.put((at * KINDS.length + KINDS.indexOf(kind)) * 2 + (when === 'after' ? 1 : 0));
  packer.put(occurrence - 1);
  const usual = parseFault(`${kind}@${point}`, scenario.points, scenario.id).options;
  const names = Object.keys(FAULT_KINDS[kind].options) as (keyof Fault['options'])[];
  const own = names.filter((name) => options[name] !== usual[name]);
  packer.put(own.length);
  for (const name of own) {
    packer.put(names.indexOf(name));
    const ms = options[name] ?? Infinity;
    packer.put(ms === Infinity ? 0 : ms + 1);
  }
}

function unpackFault(packer: Unpacker, scenario: Scenario): string {
  const number = packer.take();
  const when = number % 2 === 1 ? 'after' : 'before';
  const kind = KINDS[(number >> 1) % KINDS.length] ?? 'error';
  const point = scenario.points[Math.floor((number >> 1) / KINDS.length)]?.id ?? '';
  const occurrence = packer.take() + 1;
  const names = Object.keys(FAULT_KINDS[kind].options);
  const options = Array.from({ length: packer.take() }, () => {
    const name = names[packer.take()];
    const ms = packer.take() - 1;
    return `,${name}=${ms < 0 ? 'never' : `${ms}ms`}`;
  });
  const text = `${kind}@${point}:${when}#${occurrence}${options.join('')}`;
  return shortFault(parseFault(text, scenario.points, scenario.id), scenario.points);
}

/** What is not packed: settings and document, unless they are those of an exploration. */
interface Extra {
  readonly settings?: Parameters;
  readonly document?: Json;
}

const asJson = (value: unknown): string => JSON.stringify(value ?? null);

function isExploration({ explore }: Scenario, { settings, document }: Recording): boolean {
  return asJson(explore.set) === asJson(settings) && asJson(explore.document) === asJson(document);
}

/** Writes a recording as `2.<scenario>.<content>`, URL-safe. */
export function encodeRecording(scenario: Scenario, recording: Recording): string {
  const { definition, fingerprint, fails, settings, document, choices, pace } = recording;
  const packer = new Packer();
  const explores = isExploration(scenario, recording);
  packer.put(PACES.indexOf(pace) * 2 + (explores ? 1 : 0));
  packer.put(choices.length);
  let last = 0;
  for (const { step, option } of choices) {
    packer.put(step - last);
    packer.put(option);
    last = step;
  }
  const named = Object.keys(scenario.namedFaults);
  packer.put(fails.length);
  for (const fail of fails) {
    const name = named.indexOf(fail);
    packer.put(name + 1);
    if (name < 0) packFault(packer, scenario, parseFault(fail, scenario.points, scenario.id));
  }
  const extra: Extra = explores
    ? {}
    : {
        ...(Object.keys(settings).length > 0 && { settings }),
        ...(document !== undefined && { document }),
      };
  const more = Object.keys(extra).length > 0 ? deflateRawSync(JSON.stringify(extra)) : [];
  const content = [...packer.bytes, ...more];
  const length = new Packer();
  length.put(content.length);
  const heads = Buffer.from(`${shortened(definition)}${shortened(fingerprint)}`, 'hex');
  const bytes = Buffer.from([...length.bytes, ...heads, ...content]);
  const head = `${VERSION}.${scenario.id}.`;
  const check = Buffer.from(checkOf(`${head}${bytes.toString('hex')}`), 'hex');
  return head + Buffer.concat([check, bytes]).toString('base64url');
}

/** The id of the scenario that a code is of. @throws SandboxError `bad-code` */
export function scenarioOfCode(code: string): string {
  const [version = '', scenario = '', content] = code.split('.');
  if (version !== VERSION) throw new SandboxError('bad-code', { why: 'version' });
  if (content === undefined) throw new SandboxError('bad-code', { why: 'cut' });
  return scenario;
}

/**
 * Reads a code of a scenario.
 * @throws SandboxError `bad-code` for a code that was cut or edited, that is of another version, or
 * whose scenario has changed
 */
export function decodeRecording(scenario: Scenario, code: string): Recording {
  const head = `${VERSION}.${scenarioOfCode(code)}.`;
  const all = Buffer.from(code.slice(head.length), 'base64url');
  const bytes = all.subarray(CHECK_BYTES);
  const numbers = new Unpacker(bytes);
  const length = numbers.take();
  const heads = numbers.rest.subarray(0, 2 * CHECK_BYTES);
  const content = numbers.rest.subarray(2 * CHECK_BYTES);
  if (heads.length < 2 * CHECK_BYTES || content.length < length)
    throw new SandboxError('bad-code', { why: 'cut' });
  const check = checkOf(`${head}${bytes.toString('hex')}`);
  const isWhole = check === all.subarray(0, CHECK_BYTES).toString('hex');
  const isPlain = head + all.toString('base64url') === code;
  if (!isWhole || !isPlain) throw new SandboxError('bad-code', { why: 'edited' });
  const [definition, fingerprint] = [0, CHECK_BYTES].map((at) =>
    Buffer.from(heads.subarray(at, at + CHECK_BYTES)).toString('hex'),
  );
  const own = definitionOf(scenario);
  if (shortened(own) !== definition) {
    throw new SandboxError('bad-code', { why: 'changed', scenario: scenario.id });
  }
  return { ...readContent(scenario, content), definition: own, fingerprint: fingerprint ?? '' };
}

function readContent(scenario: Scenario, content: Uint8Array) {
  const packer = new Unpacker(content);
  const flags = packer.take();
  let step = 0;
  const choices = Array.from({ length: packer.take() }, (): Choice => {
    step += packer.take();
    return { step, option: packer.take() };
  });
  const named = Object.keys(scenario.namedFaults);
  const fails = Array.from({ length: packer.take() }, () => {
    return named[packer.take() - 1] ?? unpackFault(packer, scenario);
  });
  const { explore } = scenario;
  const given = packer.rest;
  const extra: Extra = given.length > 0 ? JSON.parse(inflateRawSync(given).toString()) : {};
  const explored: Extra =
    flags % 2 === 1
      ? { settings: explore.set, ...('document' in explore && { document: explore.document }) }
      : extra;
  const { settings = {}, document } = explored;
  const pace = PACES[flags >> 1] ?? 'timed';
  const shared = { scenario: scenario.id, fails, settings, choices, pace };
  return document === undefined ? shared : { ...shared, document };
}

/** Whether a run ended as the recorded one did. */
export function endedAlike(recording: Recording, fingerprint: string): boolean {
  return [fingerprint, shortened(fingerprint)].includes(recording.fingerprint);
}

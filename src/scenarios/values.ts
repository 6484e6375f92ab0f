// Checks of single values a person gives: names, types, limits.

import {
  closest,
  type Expected,
  type FilePlace,
  type Json,
  type Named,
  SandboxError,
  type Scenario,
  type SqlValue,
} from '../sim/index.ts';

/** Where in an input document a value stands. */
export type Path = readonly (string | number)[];

/** Says where in the input's text a value stands, by its path; null where nobody knows. */
export type Locate = (path: Path) => FilePlace | null;

export type JsonObject = { readonly [key: string]: Json };

export function unknownName(
  what: Named,
  given: string,
  known: readonly string[],
  place: FilePlace | null,
) {
  const nearest = closest(given, known);
  return new SandboxError('unknown-name', { what, given, nearest, known }, place);
}

function fits(value: Json, { type, min, max, maxLength }: Expected): value is SqlValue {
  if (type === 'text') {
    return typeof value === 'string' && [...value].length <= (maxLength ?? Infinity);
  }
  if (type === 'boolean') return value === 0 || value === 1;
  if (!Number.isSafeInteger(value)) return false;
  return Number(value) >= (min ?? -Infinity) && Number(value) <= (max ?? Infinity);
}

/** An entry of a record by a name a person gave: what objects inherit does not count. */
export function ownEntry<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Text cut to a length that fits into a message. */
function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const characters = [...text];
  return characters.length <= 40 ? text : `${characters.slice(0, 37).join('')}…`;
}

/** A value of the expected kind, as SQL takes it. @throws SandboxError `bad-value` */
export function check(
  name: string,
  value: Json,
  expected: Expected,
  place: FilePlace | null,
): SqlValue {
  if (value === null && expected.optional) return null;
  if (expected.choices && typeof value === 'string' && !expected.choices.includes(value)) {
    throw unknownName('choice', value, expected.choices, place);
  }
  const known = typeof value === 'boolean' ? Number(value) : value;
  if (fits(known, expected)) return known;
  throw new SandboxError('bad-value', { name, given: shown(value), expected }, place);
}

// What `--set` gives is text; a parameter's type says what it means.
function fromText(text: string, { type }: Expected): Json {
  if (type === 'text') return text;
  if (text === 'null') return null;
  if (type === 'boolean') return text === 'true' ? 1 : text === 'false' ? 0 : text;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

/**
 * Reads one `name=value` of `--set`.
 * @throws SandboxError `bad-setting`, `unknown-name`, `bad-value`
 */
export function parseSetting(scenario: Scenario, setting: string): readonly [string, SqlValue] {
  const at = setting.indexOf('=');
  if (at < 1) throw new SandboxError('bad-setting', { given: setting });
  const name = setting.slice(0, at);
  const parameter = ownEntry(scenario.parameters, name);
  if (!parameter) throw unknownName('parameter', name, Object.keys(scenario.parameters), null);
  const value = fromText(setting.slice(at + 1), parameter.expected);
  return [name, check(name, value, parameter.expected, null)];
}

/** @throws SandboxError `bad-value` */
export function asObject(name: string, value: Json, place: FilePlace | null): JsonObject {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return value as JsonObject;
  }
  const expected = { type: 'object' } as const;
  throw new SandboxError('bad-value', { name, given: shown(value), expected }, place);
}

/** @throws SandboxError `bad-value` */
export function asList(name: string, value: Json, place: FilePlace | null): readonly Json[] {
  if (Array.isArray(value)) return value;
  const expected = { type: 'list' } as const;
  throw new SandboxError('bad-value', { name, given: shown(value), expected }, place);
}

// Reads what a person wants to do by hand in the middle of a run: `acts` of an input document.

import {
  type Act,
  DEAD_LETTER_QUEUE,
  type FilePlace,
  type Json,
  type MessageBody,
  SandboxError,
  type Scenario,
} from '../sim/index.ts';
import { asList, asObject, check, type JsonObject, type Locate, unknownName } from './values.ts';

/** The list of an input document that holds acts. */
export const ACTS = 'acts';

const FIELDS = ['atMs', 'database', 'sql', 'queue', 'body'] as const;
const TIME = { type: 'integer', min: 0 } as const;
const TEXT = { type: 'text' } as const;

// What travels here is flat: a handler writes what it gets into a database.
function scalars(body: JsonObject, place: FilePlace | null): MessageBody {
  for (const [name, value] of Object.entries(body)) {
    if (value !== null && typeof value === 'object') {
      const data = { name, given: JSON.stringify(value), expected: { type: 'text' } as const };
      throw new SandboxError('bad-value', data, place);
    }
  }
  return body;
}

/**
 * @param list `{ atMs, database, sql }` or `{ atMs, queue, body }` each
 * @throws SandboxError `unknown-name`, `bad-value`, `missing-value`
 */
export function readActs(scenario: Scenario, list: Json, locate: Locate): readonly Act[] {
  return asList(ACTS, list, locate([ACTS])).map((value, at) => {
    const place = (name: string) => locate([ACTS, at, name]);
    const given = asObject(ACTS, value, locate([ACTS, at]));
    for (const name of Object.keys(given)) {
      if (!FIELDS.some((field) => field === name)) {
        throw unknownName('field', name, FIELDS, place(name));
      }
    }
    const field = (name: string, expected: typeof TIME | typeof TEXT): Json => {
      const one = given[name];
      if (one === undefined) {
        throw new SandboxError('missing-value', { name, expected }, locate([ACTS, at]));
      }
      return check(name, one, expected, place(name));
    };
    const known = (what: 'database' | 'queue', names: readonly string[]): string => {
      const name = String(field(what, TEXT));
      if (!names.includes(name)) throw unknownName(what, name, names, place(what));
      return name;
    };
    const atMs = Number(field('atMs', TIME));
    if ('queue' in given && ('database' in given || 'sql' in given)) {
      const both = { first: 'queue', second: 'database' in given ? 'database' : 'sql' };
      throw new SandboxError('conflict', both, locate([ACTS, at]));
    }
    if ('queue' in given) {
      const queue = known('queue', [...scenario.queues, DEAD_LETTER_QUEUE]);
      const { body } = given;
      if (body === undefined) {
        const data = { name: 'body', expected: { type: 'object' } as const };
        throw new SandboxError('missing-value', data, locate([ACTS, at]));
      }
      return { atMs, queue, body: scalars(asObject('body', body, place('body')), place('body')) };
    }
    const names = scenario.databases.map(({ name }) => name);
    return { atMs, database: known('database', names), sql: String(field('sql', TEXT)) };
  });
}

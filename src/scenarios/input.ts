// From what a person gives (parameters, an input document) to what a run takes, checked.

import {
  type Expected,
  type Json,
  type MessageBody,
  type Request,
  type Row,
  type RunInput,
  SandboxError,
  type Scenario,
  type SqlValue,
} from '../sim/index.ts';
import { ACTS, readActs } from './acts.ts';
import {
  asList,
  asObject,
  check,
  type JsonObject,
  type Locate,
  ownEntry,
  type Path,
  unknownName,
} from './values.ts';

/** Parameters by name, as they are used in SQL: a boolean is 0 or 1. */
export type Parameters = Readonly<Record<string, SqlValue>>;

const nowhere: Locate = () => null;

/** What an input document holds: rows by the name of their table, and requests. */
interface Parts {
  readonly tables: JsonObject;
  /** null stands for the request made of the parameters. */
  readonly requests: readonly { readonly value: Json; readonly path: Path }[];
  readonly acts?: Json;
}

/** All parameters of a run: the scenario's defaults, changed as given. */
export function allParameters(scenario: Scenario, changed: Parameters): Parameters {
  const defaults = Object.entries(scenario.parameters).map(([name, p]) => [name, p.default]);
  return { ...Object.fromEntries(defaults), ...changed };
}

// A text `:name` stands for the parameter of that name.
function fill(template: Readonly<Record<string, Json>>, parameters: Parameters): Row {
  const entries = Object.entries(template).map(([key, value]) => {
    const refers = typeof value === 'string' && value.startsWith(':');
    return [key, refers ? (parameters[value.slice(1)] ?? null) : (value as SqlValue)];
  });
  return Object.fromEntries(entries);
}

/** A choice that stands for no handler: that request is not made. */
export const NOBODY = 'none';

/** In the name of an entry, a field or parameter that says which handler it is. */
export const CHOICE = /:(\w+)/;

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Reads an input document against a scenario. */
class InputReader {
  readonly #scenario: Scenario;
  readonly #parameters: Parameters;
  readonly #locate: Locate;

  constructor(scenario: Scenario, parameters: Parameters, locate: Locate) {
    this.#scenario = scenario;
    this.#parameters = parameters;
    this.#locate = locate;
  }

  read(document: Json | undefined): RunInput {
    const { tables, requests, acts } = this.#split(document);
    if (requests.length === 0) {
      const name = this.#scenario.input.requests;
      throw new SandboxError(
        'missing-value',
        { name, expected: { type: 'list' } },
        this.#locate([]),
      );
    }
    const first = Object.entries(this.#scenario.rows).map(([table, rows]) => {
      return [table, rows.map((row) => fill(row, this.#parameters))];
    });
    const given = Object.entries(tables).map(([name, value]) => this.#table(name, value));
    const rows = Object.fromEntries([...first, ...given]);
    return {
      parameters: this.#parameters,
      rows,
      requests: requests.flatMap(({ value, path }) => this.#requests(value, path, rows)),
      ...(acts && { acts: readActs(this.#scenario, acts, this.#locate) }),
    };
  }

  // One request, a list of requests, or an object with tables and requests by name.
  #split(document: Json | undefined): Parts {
    const { tables, requests } = this.#scenario.input;
    const listed = (list: readonly Json[], path: Path) =>
      list.map((value, at) => ({ value, path: [...path, at] }));
    if (document === undefined) return { tables: {}, requests: this.#usual() };
    if (Array.isArray(document)) return { tables: {}, requests: listed(document, []) };
    const object = asObject('input', document, this.#locate([]));
    const isList = (name: string) => [requests, ACTS].includes(name) || ownEntry(tables, name);
    if (!Object.keys(object).some(isList)) {
      return { tables: {}, requests: [{ value: object, path: [] }] };
    }
    const { [requests]: list, [ACTS]: acts, ...rest } = object;
    const asked =
      list === undefined
        ? this.#usual()
        : listed(asList(requests, list, this.#locate([requests])), [requests]);
    return { tables: rest, requests: asked, ...(acts && { acts }) };
  }

  #usual(): Parts['requests'] {
    const { usual } = this.#scenario.input;
    const made = usual?.map((template) => fill(template, this.#parameters)) ?? [null];
    return made.map((value) => ({ value, path: [] }));
  }

  #table(name: string, value: Json): readonly [string, readonly Row[]] {
    const { tables, requests } = this.#scenario.input;
    const table = ownEntry(tables, name);
    const place = this.#locate([name]);
    if (!table) throw unknownName('field', name, [...Object.keys(tables), requests], place);
    const list = asList(name, value, place);
    const rows = list.map((row, at) => this.#row(table, row, [name, at]));
    const ids = rows.map((row) => row['id']);
    const twice = ids.findIndex((id, at) => ids.indexOf(id) < at);
    if (twice >= 0) {
      const why = `there are two rows with id ${ids[twice]}`;
      throw new SandboxError('bad-rows', { table, why }, this.#locate([name, twice]));
    }
    return [table, rows];
  }

  // A row needs only what matters: the rest is as in the scenario's own first row.
  #row(table: string, value: Json, path: Path): Row {
    const template = fill(this.#scenario.rows[table]?.[0] ?? {}, this.#parameters);
    const columns = Object.keys(template);
    const given = asObject(String(path[0]), value, this.#locate(path));
    const entries = Object.entries(given).map(([name, cell]) => {
      const column = snakeCase(name);
      const place = this.#locate([...path, name]);
      if (!columns.includes(column)) throw unknownName('column', name, columns, place);
      const expected = this.#expectedOf(table, column, template[column]);
      return [column, check(name, cell, { ...expected, optional: true }, place)];
    });
    return { ...template, id: Number(path[1]) + 1, ...Object.fromEntries(entries) };
  }

  // A column that a parameter fills takes what the parameter takes.
  #expectedOf(table: string, column: string, example: SqlValue | undefined): Expected {
    const reference = this.#scenario.rows[table]?.[0]?.[column];
    const name =
      typeof reference === 'string' && reference.startsWith(':') ? reference.slice(1) : '';
    const parameter = ownEntry(this.#scenario.parameters, name);
    return parameter?.expected ?? { type: typeof example === 'string' ? 'text' : 'integer' };
  }

  #requests(value: Json, path: Path, rows: RunInput['rows']): readonly Request[] {
    const { fields, entries, request } = this.#scenario.input;
    const given = value ?? fill(request, this.#parameters);
    const { atMs = 0, entry, ...rest } = asObject('request', given, this.#locate(path));
    const names = Object.keys(fields);
    for (const name of Object.keys(rest)) {
      const place = this.#locate([...path, name]);
      if (!ownEntry(fields, name))
        throw unknownName('field', name, [...names, 'atMs', 'entry'], place);
    }
    const body = names.map((name) => [name, this.#field(name, rest[name], path, rows)]);
    const time = { type: 'integer', min: 0 } as const;
    const when = Number(check('atMs', atMs, time, this.#locate([...path, 'atMs'])));
    const asked = Object.fromEntries(body) as MessageBody;
    const chosen = { ...this.#parameters, ...asked };
    const asks = entry === undefined ? entries : [this.#entry(entry, path)];
    const called = asks.map((name) => {
      const [service = '', handler = ''] = name
        .replace(CHOICE, (_, choice) => `${chosen[choice]}`)
        .split('.');
      return { atMs: when, service, handler, body: asked };
    });
    return called.filter(({ handler }) => handler !== NOBODY);
  }

  // A request may name the handler it is for.
  #entry(given: Json, path: Path): string {
    const place = this.#locate([...path, 'entry']);
    const name = String(check('entry', given, { type: 'text' }, place));
    const known = this.#scenario.services.flatMap(({ name: service, entries }) =>
      entries.map((handler) => `${service}.${handler.name}`),
    );
    if (!known.includes(name)) throw unknownName('handler', name, known, place);
    return name;
  }

  #field(name: string, value: Json | undefined, path: Path, rows: RunInput['rows']): Json {
    const field = this.#scenario.input.fields[name];
    if (!field) return null;
    const { exists } = field;
    const careless = this.#parameters['checkInput'] === 0;
    const expected = careless ? { type: field.expected.type, optional: true } : field.expected;
    if (value === undefined && !expected.optional) {
      throw new SandboxError('missing-value', { name, expected }, this.#locate(path));
    }
    const place = this.#locate([...path, name]);
    const checked = check(name, value ?? null, expected, place);
    if (exists === undefined || careless) return checked;
    const [database, table, column = ''] = exists.split('.');
    const known = (rows[`${database}.${table}`] ?? []).map((row) => row[column]);
    if (known.includes(checked)) return checked;
    const data = { name, given: String(checked), table: `${database}.${table}` };
    throw new SandboxError('no-such-row', { ...data, known: known.map(String) }, place);
  }
}

/**
 * Makes the input of a run. Without a document there is one request, made of the parameters.
 * @throws SandboxError `unknown-name`, `bad-value`, `missing-value`, `no-such-row`
 */
export function readInput(
  scenario: Scenario,
  parameters: Parameters,
  document?: Json,
  locate: Locate = nowhere,
): RunInput {
  return new InputReader(scenario, parameters, locate).read(document);
}

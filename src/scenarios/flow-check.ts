// Checks what flows name: databases, queues, handlers, values in hand; and that their SQL works.

import { type Database, DEAD_LETTER_QUEUE, SandboxError, WORLD_PARAMETERS } from '../sim/index.ts';
import { entriesOf, queuesOf } from './flow-data.ts';
import {
  delayParameter,
  type FlowHandler,
  fieldsSent,
  needsDatabase,
  RECOVERY,
} from './flow-services.ts';
import type { FileData, StepData } from './flow-shape.ts';
import { namesIn, reference } from './flow-states.ts';
import type { Laid, Problem } from './flow-steps.ts';
import { unknownName } from './values.ts';
import type { Path } from './yaml-source.ts';

/** Names by which properties ask for what is no database of the file, and those of SQLite's own. */
const RESERVED = /^(main|temp|session|broker|history|xa|world)$|_before$/;

/** The databases of a file, empty, by name; one whose DDL is refused is not there. */
export type Databases = ReadonlyMap<string, Database>;

/** The columns a query gives; none where it does not work. */
export function columnsOf(databases: Databases, sql: string, name: string | undefined) {
  try {
    const statement = databases.get(name ?? '')?.store.compile(sql);
    return statement?.prepared.reader ? statement.prepared.columns().map((one) => one.name) : [];
  } catch (error) {
    if (error instanceof SandboxError) return [];
    throw error;
  }
}

/** The names whose values a step uses, each with its place. */
function usedBy({ data, path }: Laid): readonly (readonly [string, Path])[] {
  const { sql, body, reply, if: condition, sleep, timeout } = data;
  const named = (key: string, values: object) =>
    Object.entries(values).flatMap(([name, value]) =>
      [value].flat().flatMap((one) => {
        const used = reference(one);
        return used === null ? [] : [[used, [...path, key, name]] as const];
      }),
    );
  return [
    ...(sql === undefined ? [] : namesIn(sql).map((name) => [name, [...path, 'sql']] as const)),
    ...named('body', body ?? {}),
    ...(reply !== null && typeof reply === 'object' ? named('reply', reply) : []),
    ...(reply !== null && typeof reply === 'object' ? [] : [reply]).flatMap((value) => {
      const used = reference(value);
      return used === null ? [] : [[used, [...path, 'reply']] as const];
    }),
    ...named('if', condition ?? {}),
    ...Object.keys(condition ?? {}).map((name) => [name, [...path, 'if', name]] as const),
    ...Object.entries({ sleep, timeout }).flatMap(([key, value]) => {
      const used = reference(value);
      return used === null ? [] : [[used, [...path, key]] as const];
    }),
  ];
}

const keysOf = (record: object = {}): readonly string[] => Object.keys(record);

export class FlowCheck {
  readonly problems: Problem[] = [];
  readonly #file: FileData;
  readonly #handlers: readonly FlowHandler[];
  readonly #databases: Databases;

  constructor(file: FileData, handlers: readonly FlowHandler[], databases: Databases) {
    this.#file = file;
    this.#handlers = handlers;
    this.#databases = databases;
  }

  run(): void {
    this.#services();
    this.#requests();
    for (const handler of this.#handlers) {
      this.problems.push(...handler.layout.problems);
      const { word, databases, path } = handler;
      if (needsDatabase(word) && databases.length === 0) {
        const error = new SandboxError('needs-database', { transaction: word });
        this.#fail([...path, 'transaction'], error);
      }
      const known = this.#inHand(handler);
      for (const laid of handler.layout.steps) {
        this.#step(handler, laid);
        if (known === null) continue;
        for (const [name, place] of usedBy(laid)) {
          if (!Object.hasOwn(WORLD_PARAMETERS, name)) this.#known('name', name, known, place);
        }
      }
    }
  }

  #fail(path: Path, error: SandboxError): void {
    this.problems.push({ path, error });
  }

  #known(
    what: Parameters<typeof unknownName>[0],
    name: string,
    known: readonly string[],
    path: Path,
  ): void {
    if (!known.includes(name)) this.#fail(path, unknownName(what, name, known, null));
  }

  /** A parameter that is to be so many ms. */
  #milliseconds(written: string, min: number, path: Path): void {
    const { parameters } = this.#file;
    const name = written.replace(/^:/, '');
    const given = Object.hasOwn(parameters, name) ? parameters[name] : min;
    const value = given !== null && typeof given === 'object' ? given.default : given;
    if (typeof value === 'number' && value >= min) return;
    const expected = { type: 'integer', min } as const;
    const error = new SandboxError('bad-value', { name: written, given: `${value}`, expected });
    this.#fail(path, error);
  }

  #services(): void {
    const { services, databases, parameters } = this.#file;
    for (const name of Object.keys(databases)) {
      if (!RESERVED.test(name)) continue;
      this.#fail(['databases', name], new SandboxError('name-taken', { name }));
    }
    const parametersKnown = [...Object.keys(parameters), ...Object.keys(WORLD_PARAMETERS)];
    for (const [service, data] of Object.entries(services)) {
      const path = ['services', service];
      for (const name of [data.databases ?? []].flat()) {
        this.#known('database', name, Object.keys(databases), [...path, 'databases']);
      }
      for (const [job, { every }] of Object.entries(data.jobs)) {
        if (typeof every === 'number') continue;
        const parameter = delayParameter(service, job, every);
        const place = [...path, 'jobs', job, 'every'];
        this.#known('parameter', parameter, parametersKnown, place);
        this.#milliseconds(every, 1, place);
      }
      const own = this.#handlers.filter((one) => one.service === service);
      const recovers = own.some(({ word }) => word === 'xa');
      const taken = new Set(['process', ...(recovers ? [RECOVERY.name] : [])]);
      for (const { name, path: place } of own) {
        if (taken.has(name)) this.#fail(place, new SandboxError('name-taken', { name }));
        taken.add(name);
      }
    }
  }

  #requests(): void {
    const entries = entriesOf(this.#file);
    const { requests, input } = this.#file;
    requests?.forEach(({ entry }, at) => {
      if (entry !== undefined)
        this.#known('handler', String(entry), entries, ['requests', at, 'entry']);
    });
    if (entries.length === 0) {
      const expected = { type: 'object' } as const;
      this.#fail(['services'], new SandboxError('missing-value', { name: 'entries', expected }));
    } else if (entries.length > 1 && !input.entry) {
      requests?.forEach(({ entry }, at) => {
        if (entry !== undefined) return;
        const expected = { type: 'text', choices: entries } as const;
        const error = new SandboxError('missing-value', { name: 'entry', expected });
        this.#fail(['requests', at], error);
      });
      if (!requests) {
        const expected = { type: 'list' } as const;
        this.#fail(['services'], new SandboxError('missing-value', { name: 'requests', expected }));
      }
    }
  }

  /** The names a handler's flow has in hand at some time; null where a message may hold any. */
  #inHand({ service, name, role, layout }: FlowHandler): readonly string[] | null {
    const { parameters, requests, input, services } = this.#file;
    const steps = this.#handlers.flatMap((one) => one.layout.steps);
    const called = steps.filter(({ data }) => data.call === `${service}.${name}`);
    const sent = (queue: string) => steps.some(({ data }) => data.send === queue);
    const queue = services[service]?.listeners[name]?.queue ?? '';
    const heard = layout.steps.flatMap(({ data: { receive } }) => receive ?? []);
    if (role === 'listeners') heard.push(queue);
    if (!heard.every(sent)) return null;
    const fields = [...(requests ?? []), input.request ?? {}, input.fields ?? {}].flatMap((one) =>
      keysOf(one),
    );
    const came = {
      entries: [...fields, ...called.flatMap(({ data }) => keysOf(data.body))],
      listeners: fieldsSent(this.#handlers, queue),
      jobs: [],
    };
    const produced = layout.steps.flatMap((laid) => this.#producedBy(laid, service));
    const own = ['now', 'error', 'lastId', 'answer'];
    const all = [...came[role], ...produced, ...Object.keys(parameters), ...own];
    return [...new Set(all)].filter((one) => /^[A-Za-z_]\w*$/.test(one));
  }

  #producedBy({ kind, data }: Laid, service: string): readonly string[] {
    if (kind === 'uuid') return [data.uuid ?? ''];
    if (kind === 'sql') {
      const handler = this.#handlers.find((one) => one.service === service);
      return columnsOf(this.#databases, data.sql ?? '', data.database ?? handler?.databases[0]);
    }
    if (kind === 'receive') return fieldsSent(this.#handlers, data.receive ?? '');
    if (kind !== 'call') return [];
    const called = this.#handlers.find((one) => `${one.service}.${one.name}` === data.call);
    const replies = called?.layout.steps.map(({ data: { reply } }) => reply) ?? [];
    return replies.flatMap((reply) => (reply && typeof reply === 'object' ? keysOf(reply) : []));
  }

  #step({ databases, word }: FlowHandler, { kind, data, path }: Laid): void {
    switch (kind) {
      case 'sql':
        this.#statement(data, databases, path);
        break;
      case 'send':
      case 'receive': {
        const queues = [...queuesOf(this.#file), DEAD_LETTER_QUEUE];
        this.#known('queue', data[kind] ?? '', queues, [...path, kind]);
        const { timeout } = data;
        if (typeof timeout === 'string') this.#milliseconds(timeout, 0, [...path, 'timeout']);
        break;
      }
      case 'call':
        this.#called(data.call ?? '', [...path, 'call']);
        break;
      case 'begin':
      case 'commit':
      case 'rollback': {
        const session = kind === 'begin' ? [] : ['session'];
        this.#known('database', data[kind] ?? '', [...databases, ...session], [...path, kind]);
        if (word === 'none') break;
        const both = { first: `transaction: ${word}`, second: kind };
        this.#fail([...path, kind], new SandboxError('conflict', both));
        break;
      }
      default:
        break;
    }
  }

  #called(call: string, path: Path): void {
    const [service = ''] = call.split('.');
    const services = Object.keys(this.#file.services);
    if (!services.includes(service)) this.#known('service', service, services, path);
    else this.#known('handler', call, entriesOf(this.#file), path);
  }

  #statement({ sql = '', database }: StepData, own: readonly string[], path: Path): void {
    const [first] = own;
    const name = database ?? first;
    if (name === undefined) {
      const expected = { type: 'list' } as const;
      const error = new SandboxError('missing-value', { name: 'databases', expected });
      this.#fail([...path, 'sql'], error);
      return;
    }
    if (!own.includes(name)) {
      this.#known('database', name, own, [...path, 'database']);
      return;
    }
    try {
      const names = namesIn(sql);
      const { parameters = [] } = this.#databases.get(name)?.store.compile(sql).parsed ?? {};
      const missing = parameters.filter((parameter) => !names.includes(parameter));
      if (missing.length > 0)
        throw new SandboxError('bad-parameters', { sql, missing, unknown: [] });
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      this.#fail([...path, 'sql'], error);
    }
  }
}

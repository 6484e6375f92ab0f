// The steps of a flow as states of a handler's machine, in the words that all handlers are written
// in. What a flow has in hand are names and values: the message or request, and what steps gave.

import {
  compensating,
  type Exit,
  failing,
  fork,
  type Given,
  type HandlerState,
  type Json,
  type MessageBody,
  type SqlValue,
  type States,
  step,
} from '../sim/index.ts';
import type { Scalar, StepData } from './flow-shape.ts';
import { END, type Laid } from './flow-steps.ts';

/** What a flow has in hand, by name. */
export type Hand = Readonly<Record<string, Json>>;
type Here = Given<Hand>;

/** Under this name, which no SQL can use, it keeps what its caller is to be answered. */
const REPLY = '$reply';

const NAMES = /(?<![:\w]):([A-Za-z_]\w*)/g;

/** The text without what stands in quotes or comments, where a colon is only a colon. */
const bare = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, '');

/** The names a statement uses, without their colon. */
export const namesIn = (sql: string): readonly string[] => [
  ...new Set([...bare(sql).matchAll(NAMES)].map(([, name = '']) => name)),
];

/** The name that a value `:name` stands for; null of any other value. */
export function reference(value: unknown): string | null {
  return typeof value === 'string' ? (/^:([A-Za-z_]\w*)$/.exec(value)?.[1] ?? null) : null;
}

// What a message says goes before the parameter of the same name; what it leaves open does not.
function valueIn({ memory, parameters, nowMs }: Here, name: string): Json {
  const own = Object.hasOwn(memory, name) ? memory[name] : null;
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : null;
  return own ?? parameter ?? (name === 'now' ? nowMs : null);
}

/** A truth is 0 or 1, as in SQL. */
const plain = (value: Scalar): SqlValue => (typeof value === 'boolean' ? Number(value) : value);

function resolved(here: Here, value: Scalar): Json {
  const name = reference(value);
  return name === null ? plain(value) : valueIn(here, name);
}

const bodyOf = (here: Here, body: StepData['body'] = {}): MessageBody =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, resolved(here, value)]));

// SQL knows texts and numbers: whatever else came in a message is text there.
const asSql = (value: Json): SqlValue =>
  typeof value === 'boolean'
    ? Number(value)
    : value !== null && typeof value === 'object'
      ? JSON.stringify(value)
      : value;

type Change = (here: Here) => Hand;

const remembering =
  (name: string): Change =>
  ({ memory, result }) => ({ ...memory, [name]: result.value ?? null });

/** What a statement gave: the columns of its first row, or the id of the row it inserted. */
function taking(columns: readonly string[]): Change {
  const nothing = Object.fromEntries(columns.map((column) => [column, null]));
  return ({ memory, result }) => {
    const { rows, lastId } = result;
    if (rows) return { ...memory, ...nothing, ...rows[0] };
    return lastId === undefined ? memory : { ...memory, lastId };
  };
}

// An answer of several values is in hand by their names, a single one as `answer`.
const answered: Change = ({ memory, result }) => {
  const { value = null } = result;
  const isMap = value !== null && typeof value === 'object' && !Array.isArray(value);
  return { ...memory, ...(isMap ? (value as MessageBody) : { answer: value }) };
};

/**
 * What a message brought: its fields by their names, and null for those that only others of its
 * queue have. Where nothing came, all stays as it was.
 */
function receiving(fields: readonly string[]): Change {
  const nothing = Object.fromEntries(fields.map((field) => [field, null]));
  return ({ memory, result: { value = null } }) =>
    value === null ? memory : { ...memory, ...nothing, ...(value as MessageBody) };
}

const failed: Change = ({ memory, failure }) => ({ ...memory, error: failure?.code ?? null });

/** A statement found or changed no row, or no message came. */
const isNone = ({ result: { rows, affected, value = null } }: Here): boolean =>
  (rows?.length ?? affected ?? (value === null ? 0 : 1)) === 0;

function exitsOf({ next, none, some }: Laid, remember?: Change): readonly Exit<Hand>[] {
  const kept = remember ? { remember } : {};
  return [
    ...(none === null ? [] : [{ target: none, test: isNone, ...kept }]),
    ...(some === null ? [] : [{ target: some, test: (here: Here) => !isNone(here), ...kept }]),
    { target: next, ...kept },
  ];
}

/** A time in ms, as it is written; 0 for what is none. */
function msOf(here: Here, given: number | string = 0): number {
  const ms = Number(resolved(here, given));
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

/** How the flow's handler sees to what a step needs. */
export interface Surroundings {
  /** Where `end` is. */
  readonly end: string;
  /** Whether messages leave, and are acknowledged, with the session; else at once. */
  readonly transacted: boolean;
  /** The service's first database. */
  readonly database: string | undefined;
  readonly columnsOf: (sql: string, database: string | undefined) => readonly string[];
  /** The fields that messages of a queue have, as far as the file says. */
  readonly fieldsOf: (queue: string) => readonly string[];
}

const SESSION = 'session';

function ending(kind: 'commit' | 'rollback', given: string, laid: Laid, onError: Errors) {
  const on =
    given === SESSION
      ? ({ resource: SESSION } as const)
      : ({ resource: 'database', database: given } as const);
  return step<Hand, typeof kind>(kind, on, exitsOf(laid), onError);
}

type Errors = readonly Exit<Hand>[] | undefined;

function effectState(laid: Laid, around: Surroundings): HandlerState {
  const { kind, data } = laid;
  const onError: Errors =
    laid.error === null ? undefined : [{ target: laid.error, remember: failed }];
  switch (kind) {
    case 'sql': {
      const { sql = '', database = around.database } = data;
      const names = namesIn(sql);
      const make = (here: Here) => ({
        ...(database !== undefined && { database }),
        sql,
        params: Object.fromEntries(names.map((name) => [name, asSql(valueIn(here, name))])),
      });
      const exits = exitsOf(laid, taking(around.columnsOf(sql, database)));
      return step<Hand, 'sql'>('sql', make, exits, onError);
    }
    case 'send': {
      const { send: queue = '', body } = data;
      const how = around.transacted ? {} : { transacted: false };
      const make = (here: Here) => ({ queue, body: bodyOf(here, body), ...how });
      return step<Hand, 'send'>('send', make, exitsOf(laid), onError);
    }
    case 'receive': {
      const { receive: queue = '', timeout } = data;
      const how = around.transacted ? { transacted: true } : {};
      const make = (here: Here) => ({ queue, timeoutMs: msOf(here, timeout), ...how });
      const exits = exitsOf(laid, receiving(around.fieldsOf(queue)));
      return step<Hand, 'poll'>('poll', make, exits, onError);
    }
    case 'call': {
      const [service = '', handler = ''] = (data.call ?? '').split('.');
      const make = (here: Here) => ({ service, handler, body: bodyOf(here, data.body) });
      return step<Hand, 'call'>('call', make, exitsOf(laid, answered), onError);
    }
    case 'begin':
      return step<Hand, 'begin'>('begin', { database: data.begin ?? '' }, exitsOf(laid), onError);
    case 'commit':
    case 'rollback':
      return ending(kind, data[kind] ?? '', laid, onError);
    case 'throw':
      return failing(data.throw ?? '', data.detail ?? '');
    case 'uuid':
      return step<Hand, 'uuid'>('uuid', {}, exitsOf(laid, remembering(data.uuid ?? '')));
    case 'sleep': {
      const make = (here: Here) => ({ untilMs: here.nowMs + msOf(here, data.sleep) });
      return step<Hand, 'sleep'>('sleep', make, exitsOf(laid));
    }
    case 'reply':
      return fork<Hand>(
        exitsOf(laid, (here) => ({ ...here.memory, [REPLY]: replyOf(here, data) })),
      );
    case 'do':
      return fork<Hand>([laid.inner ?? laid.next]);
    default:
      return fork<Hand>([laid.next]);
  }
}

function replyOf(here: Here, { reply = null }: StepData): Json {
  return reply !== null && typeof reply === 'object' ? bodyOf(here, reply) : resolved(here, reply);
}

/** What the caller is answered: what the last `reply` on the way said. */
export const answerOf = ({ memory }: Here): Json => memory[REPLY] ?? null;

/** Whether all that a step's `if` says holds. */
function holds(here: Here, condition: NonNullable<StepData['if']>): boolean {
  return Object.entries(condition).every(([name, wanted]) => {
    const value = valueIn(here, name);
    return [wanted].flat().some((one) => resolved(here, one) === value);
  });
}

/** The name of the fork before a step that is only taken where its `if` holds. */
const gateOf = (name: string): string => `if-${name}`;

/** The first state of a flow, and all of them. */
export function statesOf(
  first: string,
  steps: readonly Laid[],
  around: Surroundings,
): { readonly first: string; readonly states: States } {
  const gated = new Set(steps.flatMap(({ name, data }) => (data.if ? [name] : [])));
  const to = (name: string): string =>
    name === END ? around.end : gated.has(name) ? gateOf(name) : name;
  const states = steps.flatMap((one) => {
    const laid: Laid = {
      ...one,
      next: to(one.next),
      none: one.none && to(one.none),
      some: one.some && to(one.some),
      error: one.error && to(one.error),
      inner: one.inner && to(one.inner),
    };
    const state = effectState(laid, around);
    const own = [one.name, one.data.compensation ? compensating(state) : state] as const;
    const { if: condition } = one.data;
    if (!condition) return [own];
    const ways = [{ target: one.name, test: (here: Here) => holds(here, condition) }, to(one.past)];
    return [[gateOf(one.name), fork<Hand>(ways)] as const, own];
  });
  return { first: to(first), states: Object.fromEntries(states) };
}

// From a file with friendly defaults to the full data of a scenario, as the catalogue has it.

import { DEAD_LETTER_QUEUE, type SqlValue } from '../sim/index.ts';
import { delayParameter, type FlowHandler, participantsOf, RECOVERY } from './flow-services.ts';
import type { FileData, Scalar } from './flow-shape.ts';
import { reference } from './flow-states.ts';
import type { ScenarioData } from './shape.ts';

type Words = string | { readonly en: string; readonly zh: string };
type Inline = {
  readonly text?: Words | undefined;
  readonly en?: string | undefined;
  readonly zh?: string | undefined;
};
type ParameterData = ScenarioData['parameters'][string];

const both = (text: Words) => (typeof text === 'string' ? { en: text, zh: text } : text);

/** Words by language; where one is missing the other, or else the fallback, stands in. */
function inline({ text, en, zh }: Inline, fallback: string) {
  if (text !== undefined) return both(text);
  return { en: en ?? zh ?? fallback, zh: zh ?? en ?? fallback };
}

const wordsOf = (id: string): string => id.replace(/[-_]/g, ' ');

const plain = (value: Scalar): SqlValue => (typeof value === 'boolean' ? Number(value) : value);

const plainRow = (row: Readonly<Record<string, Scalar>>): Record<string, SqlValue> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));

function mapped<Given, Made>(
  record: Readonly<Record<string, Given>>,
  make: (value: Given, name: string) => Made,
): Record<string, Made> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, make(value, name)]),
  );
}

const typeOf = (value: Scalar): ParameterData['type'] =>
  typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'boolean' : 'integer';

function parameterOf(given: FileData['parameters'][string], name: string): ParameterData {
  if (given === null || typeof given !== 'object') {
    const optional = given === null ? { optional: true } : {};
    return { type: typeOf(given), default: plain(given), ...optional, ...inline({}, name) };
  }
  const { text, en, zh, default: value, type = typeOf(value), ...limits } = given;
  return { ...limits, type, default: plain(value), ...inline({ text, en, zh }, name) };
}

const milliseconds = (value: number, en: string, zh: string): ParameterData => ({
  ...{ type: 'integer', min: 1, max: 86_400_000, default: value, en, zh },
});

/** Parameters that nobody wrote: how long jobs pause. */
function pauses(file: FileData, handlers: readonly FlowHandler[]): Record<string, ParameterData> {
  const jobs = Object.entries(file.services).flatMap(([service, { jobs: own }]) =>
    Object.entries(own).flatMap(([job, { every }]) => {
      if (typeof every === 'string') return [];
      const name = `${service}.${job}`;
      const pause = milliseconds(
        every,
        `pause between two runs of ${name}, in ms`,
        `${name} 两次运行之间的间隔（毫秒）`,
      );
      return [[delayParameter(service, job, every), pause] as const];
    }),
  );
  const recovers = participantsOf(handlers).length > 0;
  const recovery = milliseconds(
    RECOVERY.afterMs,
    'pause between two scans for branches in doubt; a branch is let alone for 10 s',
    '两次扫描悬而未决分支之间的间隔；分支出现后 10 秒内不去动它',
  );
  return { ...Object.fromEntries(jobs), ...(recovers && { [RECOVERY.delayParameter]: recovery }) };
}

/** What a field of a request takes: whatever its value, or the parameter it names, is like. */
function fieldsOf(file: FileData): ScenarioData['input']['fields'] {
  const requests = file.requests ?? (file.input.request ? [file.input.request] : []);
  const names = new Set(requests.flatMap((request) => Object.keys(request)));
  const inferred = [...names].flatMap((name) => {
    if (['entry', 'atMs'].includes(name)) return [];
    const values = requests.map((request) => request[name]);
    const value = values.find((one) => one !== undefined) ?? null;
    const parameter = file.parameters[reference(value) ?? ''];
    const type = parameter === undefined ? typeOf(value) : parameterOf(parameter, name).type;
    return [[name, { type, optional: true }] as const];
  });
  return { ...Object.fromEntries(inferred), ...file.input.fields };
}

/** Tables of an input document by their own names, where these are not the same. */
function tablesOf({ rows }: FileData): Record<string, string> {
  const own = Object.keys(rows).map((table) => [table.split('.').at(-1) ?? table, table] as const);
  const names = own.map(([name]) => name);
  return Object.fromEntries(
    own.map(([name, table]) => {
      const isOnly = names.filter((one) => one === name).length === 1;
      return [isOnly && name !== 'requests' ? name : table.replace('.', '-'), table];
    }),
  );
}

/** Every entry, as `service.handler`. */
export const entriesOf = ({ services }: FileData): readonly string[] =>
  Object.entries(services).flatMap(([service, { entries }]) =>
    Object.keys(entries).map((entry) => `${service}.${entry}`),
  );

function inputOf(file: FileData): ScenarioData['input'] {
  const { tables = tablesOf(file), requests = 'requests', request = {} } = file.input;
  const entries = entriesOf(file);
  const asked = String(file.requests?.[0]?.['entry']);
  const first = entries.includes(asked) ? asked : (entries[0] ?? []);
  const usual = file.requests?.map(plainRow);
  const shared = { tables, requests, fields: fieldsOf(file), request };
  return { ...shared, entry: file.input.entry ?? first, ...(usual && { usual }) };
}

type Expected = ScenarioData['expect'];

function expectationOf(given: FileData['expect']): Expected {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return { outcome: given, violated: [] };
  const { why, ...rest } = given;
  return { ...rest, ...(why !== undefined && { why: both(why) }) };
}

/** The queues of a file: those somebody listens to, and those it names. */
export function queuesOf({ services, queues }: FileData): readonly string[] {
  const heard = Object.values(services).flatMap(({ listeners }) =>
    Object.values(listeners).map(({ queue }) => queue),
  );
  return [...new Set([...heard, ...queues])].filter((queue) => queue !== DEAD_LETTER_QUEUE);
}

// SQLite takes ten databases beside its own: each is there as it is, and as it was.
const DATABASES_MAX = 4;

/** Whether any transaction of a file has branches. */
const usesBranches = ({ services }: FileData): boolean =>
  Object.values(services).some(({ entries, listeners, jobs }) =>
    [entries, listeners, jobs].some((handlers) =>
      Object.values(handlers).some(({ transaction }) => transaction === 'xa'),
    ),
  );

/** What a run came to, where the file does not say how to tell: by what is left of it. */
function usualOutcomes(
  file: FileData,
  tables: ReadonlyMap<string, readonly string[]>,
): ScenarioData['outcomes'] {
  const all = [...tables].flatMap(([database, names]) => names.map((name) => [database, name]));
  const changed = all.flatMap(([database, name]) => {
    const [now, before] = [`${database}.${name}`, `${database}_before.${name}`];
    return [
      `EXISTS (SELECT * FROM ${now} EXCEPT SELECT * FROM ${before})`,
      `EXISTS (SELECT * FROM ${before} EXCEPT SELECT * FROM ${now})`,
    ];
  });
  const same = {
    word: 'rolled-back' as const,
    en: 'No row is other than it was.',
    zh: '没有任何行与开始时不同。',
    sql: `SELECT 1 AS same WHERE NOT (${changed.join('\n  OR ')})`,
  };
  const inDoubt = {
    word: 'in-doubt' as const,
    en: 'A branch of {xid} is still in doubt.',
    zh: '{xid} 还有分支悬而未决。',
    sql: 'SELECT xid FROM xa.branches',
  };
  return [
    // Who asks for branches has every order of steps count, and an exploration takes longer.
    ...(usesBranches(file) ? [inDoubt] : []),
    {
      word: 'stuck',
      en: 'Messages were given up: {letters} in the dead-letter queue.',
      zh: '有消息被放弃：死信队列中有 {letters} 条。',
      sql: `SELECT count(*) AS letters FROM broker.messages WHERE queue = '${DEAD_LETTER_QUEUE}'
  HAVING count(*) > 0`,
    },
    ...(changed.length > 0 && tables.size <= DATABASES_MAX ? [same] : []),
    {
      word: 'committed',
      en: 'Nothing is left to do; what was committed stays.',
      zh: '已无事可做，提交的都保留了下来。',
      sql: 'SELECT 1 AS done',
    },
  ];
}

/** The data of a file in full. `tables` are those of each database. */
export function fullData(
  id: string,
  file: FileData,
  handlers: readonly FlowHandler[],
  tables: ReadonlyMap<string, readonly string[]>,
): ScenarioData {
  const { title = wordsOf(id), story = title, inspects, databases, defaults, matrix } = file;
  const told = Object.entries(file.services).flatMap(([name, { text }]) =>
    text === undefined ? [] : [[name, both(text)] as const],
  );
  return {
    ...{ title: both(title), story: both(story), inspects, databases, defaults, matrix },
    participants: Object.fromEntries(told),
    queues: [...queuesOf(file)],
    parameters: { ...mapped(file.parameters, parameterOf), ...pauses(file, handlers) },
    rows: mapped(file.rows, (rows) => rows.map(plainRow)),
    input: inputOf(file),
    properties: mapped(file.properties, (given, name) => {
      if (typeof given === 'string')
        return { when: 'always', ...inline({}, wordsOf(name)), sql: given };
      return { when: given.when, ...inline(given, wordsOf(name)), sql: given.sql };
    }),
    outcomes:
      file.outcomes?.map(({ word, by, sql, ...text }) => {
        return { word, ...(by !== undefined && { by }), ...inline(text, ''), sql };
      }) ?? usualOutcomes(file, tables),
    expect: expectationOf(file.expect),
    mistakes: mapped(file.mistakes, both),
    explore: file.explore,
    faults: mapped(file.faults, ({ set, faults, expect, ...text }, name) => ({
      ...inline(text, wordsOf(name)),
      set: plainRow(set),
      faults: [faults].flat(),
      expect: expectationOf(expect),
    })),
  };
}

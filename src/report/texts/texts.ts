// Every word a person reads, by place; each language gives all of them or does not compile.
// Ids, JSON keys, SQL and the grammar of faults are the same in every language.

import type {
  ErrorCode,
  ErrorData,
  Expected,
  FaultKind,
  Happening,
  Json,
  OutcomeWord,
  PointEffect,
  Row,
  Xid,
} from '../../sim/index.ts';

export type Language = 'en' | 'zh';

/** What is wrong, and what to do about it: a command to type, or a change to make. */
export interface ErrorText {
  readonly message: string;
  readonly fix: string;
}

/** A message or request as `name=value` pairs, the same in every language. */
export function pairs(body: object): string {
  return Object.entries(body)
    .map(([name, value]) => {
      return `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`;
    })
    .join(' ');
}

/** How something committed or rolled back. */
export type Ending = Extract<Happening, { readonly kind: 'committed' | 'rolled-back' }>;

/** A branch of a global transaction, as XA statements name it. */
export const branchText = ({ xid, branchId }: Xid): string => `'${xid}','${branchId}'`;

/** A value as an answer or a message holds it. */
export const plain = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** The value of a query that gives one value, such as `orders=0`; null of any other. */
export function onlyValue([row, more]: readonly Row[]): string | null {
  return row && !more && Object.keys(row).length === 1 ? pairs(row) : null;
}

/** One phrase per kind of happening. */
export type HappeningTexts = {
  readonly [Kind in Happening['kind']]: (happening: Extract<Happening, { kind: Kind }>) => string;
};

export type ErrorTexts = {
  readonly [Code in ErrorCode]: (data: ErrorData[Code]) => ErrorText;
};

export interface Texts {
  readonly outcomes: Readonly<Record<OutcomeWord, string>>;
  readonly effects: Readonly<Record<PointEffect, string>>;
  readonly faultKinds: Readonly<Record<FaultKind, string>>;
  /** By the code of a modelled failure; one that is not here speaks for itself. */
  readonly failures: Readonly<Record<string, string>>;
  readonly expected: (expected: Expected) => string;
  readonly happenings: HappeningTexts;
  readonly errors: ErrorTexts;
  readonly headings: {
    readonly timeline: string;
    readonly rows: string;
    readonly queues: string;
    readonly properties: string;
    readonly outcome: string;
    readonly replay: string;
    readonly story: string;
    readonly participants: string;
    readonly parameters: string;
    readonly points: string;
    readonly faults: string;
    readonly input: string;
  };
  readonly run: {
    readonly seed: (seed: number) => string;
    readonly compensated: string;
    readonly noTables: string;
    readonly emptyQueues: string;
    readonly messages: (count: number) => string;
    readonly from: (queue: string) => string;
    readonly broken: string;
    readonly notYet: string;
    readonly expectedBroken: string;
    readonly asExpected: string;
    readonly notAsExpected: string;
    readonly noExpectation: string;
    /** The same of a scenario in a file of its own. */
    readonly byFile: Readonly<Record<'asExpected' | 'notAsExpected' | 'noExpectation', string>>;
    readonly expectedOutcome: (word: string) => string;
    readonly unexpected: (property: string) => string;
    readonly missing: (property: string) => string;
    readonly horizon: (ms: number) => string;
    readonly stopped: (steps: number) => string;
    readonly legend: string;
    readonly skipped: (ms: number) => string;
    readonly exported: (path: string) => string;
  };
  readonly show: {
    readonly always: string;
    readonly eventually: string;
    readonly sometimes: string;
    readonly pointsHint: string;
    readonly listens: (queue: string) => string;
    readonly job: string;
    readonly entry: string;
    readonly default: (value: string) => string;
    readonly stands: (lines: string) => string;
    readonly expects: (word: string) => string;
    readonly breaks: (properties: string) => string;
    readonly request: string;
    readonly applies: string;
    readonly try: string;
  };
  /** What a database has inside. */
  readonly inside: {
    readonly legend: string;
    /** All equally wide. */
    readonly labels: Readonly<Record<'view' | 'locks' | 'waits' | 'undo', string>>;
    readonly view: (who: string, commit: number) => string;
    readonly holds: (who: string, lock: string) => string;
    readonly waits: (who: string, lock: string) => string;
    readonly releases: (who: string, count: number) => string;
    readonly nobodyWaits: string;
    readonly waitsFor: (holders: string) => string;
    readonly commit: (commit: number) => string;
    readonly deleted: string;
    readonly noRow: string;
    readonly noRows: string;
  };
  readonly diagram: {
    readonly outside: string;
    readonly broker: string;
    readonly database: (name: string) => string;
    readonly copy: string;
    readonly lost: string;
    readonly refused: string;
    readonly sequence: (count: number) => string;
    readonly legend: string;
    /** `until` is null for what never comes back. */
    readonly down: (who: string, from: number, until: number | null) => string;
    /** Both are null for a session. */
    readonly transaction: (database: string | null, transaction: number | null) => string;
    readonly ended: (
      transaction: string,
      outcome: 'committed' | 'rolled-back' | 'in-doubt' | 'open',
    ) => string;
    readonly charts: (names: string) => string;
    readonly chartLegend: string;
    readonly begins: string;
    readonly ends: Readonly<Record<'finished' | 'failed', string>>;
    readonly current: string;
    readonly leadsTo: (from: string, to: string, isError: boolean) => string;
  };
  readonly matrix: {
    /** In a cell: the anomaly shows. */
    readonly shows: string;
    readonly unexpected: string;
    /** Heads of the table of prices. */
    readonly latency: string;
    readonly locked: string;
    readonly lockedMost: string;
    readonly inDoubt: string;
    readonly messages: string;
    readonly cell: (row: string, column: string, expected: string, seen: string) => string;
    readonly rows: string;
    readonly one: string;
  };
  readonly help: {
    /** Headings of the help pages, by what commander calls them. */
    readonly titles: Readonly<Record<'Usage:' | 'Arguments:' | 'Options:' | 'Commands:', string>>;
    readonly program: string;
    readonly examples: string;
    readonly commands: Readonly<
      Record<
        | 'list'
        | 'show'
        | 'run'
        | 'step'
        | 'serve'
        | 'matrix'
        | 'explore'
        | 'merge'
        | 'replay'
        | 'diff'
        | 'exercise'
        | 'grade'
        | 'completion',
        string
      >
    >;
    readonly arguments: Readonly<
      Record<
        'scenario' | 'target' | 'code' | 'shell' | 'files' | 'action' | 'exercise' | 'folder',
        string
      >
    >;
    readonly options: Readonly<
      Record<
        | 'lang'
        | 'patterns'
        | 'faults'
        | 'csv'
        | 'markdown'
        | 'diagram'
        | 'chart'
        | 'handler'
        | 'state'
        | 'color'
        | 'scenarios'
        | 'fail'
        | 'set'
        | 'input'
        | 'seed'
        | 'html'
        | 'port'
        | 'open'
        | 'break'
        | 'watch'
        | 'keys'
        | 'json'
        | 'reporter'
        | 'quiet'
        | 'export'
        | 'force'
        | 'progress'
        | 'jobs'
        | 'shard'
        | 'save'
        | 'checkpoint'
        | 'resume'
        | 'profile'
        | 'upto'
        | 'andThen'
        | 'exercise'
        | 'handlers'
        | 'giveUp'
        | 'graded'
        | 'judges'
        | 'judging'
        | 'out'
        | 'again'
        | 'exercises'
        | 'kind'
        | 'help'
        | 'version',
        string
      >
    >;
  };
  readonly error: string;
  readonly fix: string;
  readonly bug: string;
}

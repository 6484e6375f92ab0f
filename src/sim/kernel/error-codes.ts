// The registry of mistakes a person can make: the code of each, and the facts its text needs.

/** Where in a file a mistake stands. Line and column count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a name can name. */
export type Named =
  | 'scenario'
  | 'fault'
  | 'fault kind'
  | 'fault point'
  | 'fault option'
  | 'parameter'
  | 'property'
  | 'queue'
  | 'field'
  | 'choice'
  | 'cause'
  | 'isolation level'
  | 'column'
  | 'table'
  | 'database'
  | 'service'
  | 'handler'
  | 'command'
  | 'shell'
  | 'language'
  | 'reporter'
  | 'diagram'
  | 'exercise'
  | 'state'
  | 'key'
  | 'step'
  | 'name';

/** What a value must be. */
export interface Expected {
  readonly type: 'integer' | 'text' | 'boolean' | 'duration' | 'object' | 'list';
  readonly min?: number;
  readonly max?: number;
  /** In characters. */
  readonly maxLength?: number;
  readonly optional?: boolean;
  /** The texts it may be, if it is one of a few. */
  readonly choices?: readonly string[];
}

/** One mistake in the catalogue: a code of this registry, and where it stands. */
export interface CatalogueProblem {
  readonly code: ErrorCode;
  readonly data: ErrorData[ErrorCode];
  readonly place: FilePlace;
  /** The line in question, with the one before, and a mark under the column. */
  readonly frame: string;
}

export interface ErrorData {
  'unknown-name': {
    readonly what: Named;
    readonly given: string;
    readonly nearest: string | null;
    readonly known: readonly string[];
    readonly scenario?: string;
    readonly where?: string;
  };
  'bad-value': { readonly name: string; readonly given: string; readonly expected: Expected };
  'missing-value': { readonly name: string; readonly expected: Expected };
  'no-such-row': {
    readonly name: string;
    readonly given: string;
    readonly table: string;
    readonly known: readonly string[];
  };
  'bad-fault': { readonly given: string };
  'fault-not-applicable': {
    readonly kind: string;
    readonly point: string;
    readonly effect: string;
    readonly kinds: readonly string[];
  };
  'fault-never-struck': {
    readonly fault: string;
    readonly point: string;
    readonly reached: number;
    readonly scenario: string;
  };
  /** `where` is the scenario and the state (`service.handler.state`) it came from. */
  'bad-sql': { readonly sql: string; readonly why: string; readonly where?: string };
  /** A statement whose parameters are not those of its text. */
  'bad-parameters': {
    readonly sql: string;
    readonly missing: readonly string[];
    readonly unknown: readonly string[];
    readonly where?: string;
  };
  /** A statement on a transaction that its client has ended. */
  /** Something else is asked of a transaction whose statement waits for a lock. */
  'transaction-waits': { readonly transaction: number; readonly where?: string };
  /** A statement is to go on, or to give up, and none waits. */
  'nothing-waits': { readonly transaction: number | null; readonly where?: string };
  'transaction-over': { readonly transaction: number; readonly where?: string };
  /** `line` and `column` count from 1 within the DDL's own text. */
  'bad-ddl': {
    readonly why: string;
    readonly line: number;
    readonly column: number;
    readonly where?: string;
  };
  'no-primary-key': { readonly table: string; readonly where?: string };
  'bad-catalogue': { readonly problems: readonly CatalogueProblem[] };
  /** A scenario in a file of its own. */
  'bad-scenario': { readonly problems: readonly CatalogueProblem[] };
  'no-scenario': { readonly keys: readonly string[] };
  'id-taken': { readonly id: string };
  /** A step of a flow is called as another one is, or as a state of its transaction manager. */
  'name-taken': { readonly name: string };
  'no-step-kind': { readonly known: readonly string[] };
  /** From this step no way leads to the end of its flow. */
  'no-way-out': { readonly step: string };
  /** A name, by what names are made of. */
  'bad-name': { readonly given: string };
  'needs-database': { readonly transaction: string };
  'not-utf8': { readonly encoding: string | null };
  /** In bytes. */
  'too-large': { readonly path: string; readonly size: number; readonly max: number };
  'bad-yaml': { readonly why: string };
  'bad-shape': { readonly path: string; readonly why: string };
  'no-behaviour': { readonly scenario: string; readonly known: readonly string[] };
  'no-matrix': { readonly scenario: string; readonly known: readonly string[] };
  'bad-json': { readonly why: string };
  'bad-code': {
    readonly why: 'cut' | 'edited' | 'changed' | 'version';
    readonly scenario?: string;
  };
  /** The same choices led to different ends. */
  nondeterministic: { readonly scenario: string; readonly seed: number };
  /** A run of a handler went on and on without waiting for anything. */
  endless: { readonly where: string; readonly steps: number };
  /** SQL that somebody typed went on and on, and was ended. */
  'no-end': { readonly scenario: string };
  'bad-setting': { readonly given: string };
  'bad-rows': { readonly table: string; readonly why: string };
  'cannot-read': { readonly path: string; readonly why: string };
  'cannot-write': { readonly path: string; readonly why: string };
  'file-exists': { readonly path: string };
  'cannot-serve': { readonly port: number; readonly why: string };
  /** A command that needs a terminal has none. */
  'no-terminal': { readonly command: string };
  /** What was handed in does not work at all: it threw, or its process was ended. */
  'bad-handlers': {
    readonly reason: 'threw' | 'syntax' | 'answer' | 'time' | 'cpu' | 'memory' | 'died' | 'missing';
    readonly detail: string;
  };
  /** A file of an answer that cannot be taken as it is. */
  'bad-submission': {
    readonly reason:
      | 'missing'
      | 'large'
      | 'encoding'
      | 'path'
      | 'link'
      | 'zip'
      | 'empty'
      | 'cut'
      | 'encrypted'
      | 'method';
    readonly file: string;
  };
  /** An answer.yaml; `detail` says what is unreadable, or which name sets which parameter. */
  'bad-answer': {
    readonly reason: 'unreadable' | 'other-run' | 'sets' | 'no-list' | 'no-number';
    readonly detail: string;
  };
  /** The machine's own limit was reached: that says nothing of the answer. */
  'not-judged': { readonly reason: 'time' | 'memory' };
  'not-started': { readonly exercise: string };
  'not-passed': { readonly exercise: string };
  'is-started': { readonly exercise: string; readonly folder: string };
  /** A file of progress that a newer version wrote, or that is none. */
  'bad-progress': { readonly path: string; readonly why: 'newer' | 'broken' | 'locked' };
  conflict: { readonly first: string; readonly second: string };
  'needs-option': { readonly given: string; readonly needed: string };
  usage: { readonly message: string; readonly command: string };
}

export type ErrorCode = keyof ErrorData;

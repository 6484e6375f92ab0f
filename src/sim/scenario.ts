// What a scenario is: services with their machines, databases, queues, and what must hold.
// Everything here is plain data, but the machines.

import type { AnyStateMachine } from 'xstate';
import type { FaultPoint } from './faults/index.ts';
import type { Expected, Json, MessageBody, Row, SqlValue } from './kernel/index.ts';
import { chartOf } from './kernel/index.ts';

/** Words for a person, in both languages. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** A handler's machine, and its name, the middle part of its fault points. */
export interface Handler {
  readonly name: string;
  readonly machine: AnyStateMachine;
}

/** Handles what arrives in a queue, with N consumers. */
export interface Listener extends Handler {
  readonly queue: string;
  /** Subscribes only where the parameter is one of these, as by Spring's ConditionalOnProperty. */
  readonly onlyIf?: { readonly parameter: string; readonly is: readonly SqlValue[] };
}

/** Runs by itself, a fixed delay after its last run ended, as Spring's `fixedDelay`. */
export interface Job extends Handler {
  /** The parameter that says how long the delay is, in ms. */
  readonly delayParameter: string;
  /** While this query gives rows, the job may still find something to do. */
  readonly waitsFor: string;
}

/** A process with its databases. Its memory, connections and consumers die with it. */
export interface Service {
  readonly name: string;
  /** The first is the one its effects mean if they do not name another; there may be none. */
  readonly databases: readonly string[];
  readonly listeners: readonly Listener[];
  /** What a client may call. */
  readonly entries: readonly Handler[];
  readonly jobs: readonly Job[];
}

export interface Parameter {
  readonly expected: Expected;
  readonly default: SqlValue;
  readonly about: Text;
}

/** A field of a request, and the column its value must be found in, if any. */
export interface Field {
  readonly expected: Expected;
  /** `database.table.column`: the value must be there when the run begins. */
  readonly exists?: string;
}

/** A query over the committed state. */
export interface Property {
  readonly id: string;
  /**
   * Looked at after every commit, or once nothing is left to do; rows are violations. Of
   * `sometimes` it is the other way round: some state of some run should give a row.
   */
  readonly when: 'always' | 'eventually' | 'sometimes';
  readonly text: Text;
  readonly sql: string;
}

export type OutcomeWord =
  | 'committed'
  | 'rolled-back'
  | 'compensated'
  | 'half-committed'
  | 'in-doubt'
  | 'stuck'
  /** Of a scenario about isolation: the anomaly showed, or something kept it from showing. */
  | 'anomaly'
  | 'prevented';

/** The first rule whose query gives a row names the outcome; the row fills the text's `{column}`. */
export interface OutcomeRule {
  readonly word: OutcomeWord;
  /** What brings it about: one of the causes of the scenario's matrix. */
  readonly by: string | null;
  readonly sql: string;
  readonly text: Text;
}

/** A request that a client sends, at a virtual time. */
export interface Request {
  readonly atMs: number;
  readonly service: string;
  readonly handler: string;
  readonly body: MessageBody;
}

/** What a named fault stands for, and what the catalogue expects of it. */
export interface NamedFault {
  readonly text: Text;
  readonly faults: readonly string[];
  readonly set: Readonly<Record<string, SqlValue>>;
  /** null where nothing is said of it, as in all of these. */
  readonly expect: Expectation | null;
}

export interface Expectation {
  readonly outcome: OutcomeWord;
  /** What must bring it about; null if that does not matter. */
  readonly by: string | null;
  /** Properties that this scenario, broken on purpose, must be found to violate. */
  readonly violated: readonly string[];
  readonly why: Text | null;
}

/** What one column of a matrix does to a run. */
export interface MatrixStrike {
  readonly text: Text;
  readonly set: Readonly<Record<string, SqlValue>>;
  readonly faults: Readonly<Record<string, readonly string[]>>;
}

/** What a scenario does for every choice of one parameter against every choice of another. */
export interface Matrix {
  /** The two parameters whose choices are its rows and columns. */
  readonly rows: string;
  readonly columns: string;
  /** What each choice of the rows is, in a few words. */
  readonly titles: Readonly<Record<string, Text>>;
  /** What can bring an outcome about: a word for a cell, and what it means. */
  readonly causes: Readonly<Record<string, { readonly short: Text; readonly text: Text }>>;
  /**
   * What a choice of the columns stands for: parameters it sets, and by choice of the rows the
   * faults it puts. Empty where the columns are only a parameter.
   */
  readonly strikes: Readonly<Record<string, MatrixStrike>>;
  /** By choice of the rows, then of the columns: what a run with these two must come to. */
  readonly expect: Readonly<Record<string, Readonly<Record<string, Expectation>>>>;
}

export interface ScenarioDatabase {
  readonly name: string;
  readonly ddl: string;
}

export interface Scenario {
  readonly id: string;
  /** What must be typed after a command to have this one; nothing if it is the catalogue's. */
  readonly typed?: string;
  /** The file in which it stands alone, by the name a person typed; none for a catalogue's. */
  readonly file?: string;
  readonly title: Text;
  readonly story: Text;
  /** What each service is there for, by its name. */
  readonly participants: Readonly<Record<string, Text>>;
  readonly services: readonly Service[];
  /** Every place where a fault can strike. */
  readonly points: readonly FaultPoint[];
  readonly databases: readonly ScenarioDatabase[];
  readonly queues: readonly string[];
  /** Whether what its databases have inside is shown after every step. */
  readonly inspects: boolean;
  readonly matrix: Matrix | null;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly properties: readonly Property[];
  readonly outcomes: readonly OutcomeRule[];
  readonly namedFaults: Readonly<Record<string, NamedFault>>;
  readonly expect: Expectation | null;
  /** Properties it breaks without any fault, given more than one request, and why. */
  readonly mistakes: Readonly<Record<string, Text>>;
  /** What an exploration begins with, unless a person says otherwise, and what it must find. */
  readonly explore: {
    readonly set: Readonly<Record<string, SqlValue>>;
    /** An input document. */
    readonly document?: Json;
    /** Properties that can be broken, with the fewest faults it takes. */
    readonly breaks: Readonly<Record<string, number>>;
  };
  /** First rows by `database.table`; a text `:name` stands for a parameter. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** What one may write in an input document: tables by a name of their own, and requests. */
  readonly input: {
    readonly tables: Readonly<Record<string, string>>;
    readonly requests: string;
    /** The handlers, as `service.handler`, to which each request goes. */
    readonly entries: readonly string[];
    readonly fields: Readonly<Record<string, Field>>;
    readonly request: MessageBody;
    /** The requests of a run without a document, if they are not that one alone. */
    readonly usual?: readonly MessageBody[];
  };
}

/** What a person does by hand in the middle of a run. */
export type Act = { readonly atMs: number } & (
  | { readonly database: string; readonly sql: string }
  | { readonly queue: string; readonly body: MessageBody }
);

/** What varies between runs of one scenario, besides faults and schedule. */
export interface RunInput {
  readonly parameters: Readonly<Record<string, SqlValue>>;
  /** First rows by `database.table`. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly requests: readonly Request[];
  readonly acts?: readonly Act[];
}

/** The first rows of one database, by its tables. */
export function rowsOf({ rows }: RunInput, database: string): RunInput['rows'] {
  const own = Object.entries(rows).filter(([name]) => name.startsWith(`${database}.`));
  return Object.fromEntries(own.map(([name, list]) => [name.slice(database.length + 1), list]));
}

export function handlersOf(service: Service): readonly Handler[] {
  return [...service.entries, ...service.listeners, ...service.jobs];
}

/** Every place of a scenario where a fault can strike, in the order they are written. */
export function faultPoints(scenario: Pick<Scenario, 'services'>): readonly FaultPoint[] {
  return scenario.services.flatMap((service) => {
    const hasDatabase = service.databases.length > 0;
    const id = `${service.name}.process.starting`;
    const start: FaultPoint = { id, effect: 'start', compensation: false, hasDatabase };
    const points = handlersOf(service).flatMap(({ name, machine }) =>
      chartOf(machine).states.map(({ state, effect, compensation }) => {
        return { id: `${service.name}.${name}.${state}`, effect, compensation, hasDatabase };
      }),
    );
    return [start, ...points];
  });
}

// The shape of a scenario that stands alone in a file: as an entry of scenarios.yaml, with defaults
// that let a small file suffice, and with `services:` whose behaviour is written as flows. The JSON
// schema for editors is made of it (schema/scenario.schema.json).

import { z } from 'zod';
import {
  expected,
  explore,
  expectation as fullExpectation,
  input,
  matrix,
  outcomeWord,
} from './shape.ts';

const NAME = /^[A-Za-z][\w-]*$/;
const name = z.string().regex(NAME);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const text = z
  .union([z.string().min(1), z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })])
  .describe('words for a person: one text, or one by language');
const sql = z.string().min(1);
const words = { text: text.optional(), en: z.string().optional(), zh: z.string().optional() };
const body = z
  .record(z.string(), scalar)
  .describe('names and values; `:name` stands for what the flow has in hand by that name');

/** The transaction managers that a flow can name. */
export const TRANSACTIONS = ['best-effort', 'local', 'chained', 'xa', 'none'] as const;
export type TransactionWord = (typeof TRANSACTIONS)[number];

const target = z
  .union([z.string().min(1), z.array(z.lazy(() => step))])
  .describe('the name of a step to go to, `end`, or steps of its own');

/** What a step can do; each step does one of these. */
export const KINDS = [
  'sql',
  'send',
  'receive',
  'call',
  'begin',
  'commit',
  'rollback',
  'throw',
  'reply',
  'uuid',
  'sleep',
  'do',
] as const;
export type StepKind = (typeof KINDS)[number];

// An interface of its own, for a step may hold steps.
/** A step of a flow, as it is written. */
export interface StepData {
  readonly sql?: string | undefined;
  readonly send?: string | undefined;
  readonly receive?: string | undefined;
  readonly call?: string | undefined;
  readonly begin?: string | undefined;
  readonly commit?: string | undefined;
  readonly rollback?: string | undefined;
  readonly throw?: string | undefined;
  readonly reply?: Scalar | Readonly<Record<string, Scalar>> | undefined;
  readonly uuid?: string | undefined;
  readonly sleep?: number | string | undefined;
  readonly do?: readonly StepData[] | undefined;
  readonly name?: string | undefined;
  readonly database?: string | undefined;
  readonly timeout?: number | string | undefined;
  readonly body?: Readonly<Record<string, Scalar>> | undefined;
  readonly detail?: string | undefined;
  readonly if?: Readonly<Record<string, Scalar | readonly Scalar[]>> | undefined;
  readonly when?: { readonly none?: TargetData; readonly some?: TargetData } | undefined;
  readonly 'on-error'?: TargetData | undefined;
  readonly 'go-to'?: string | undefined;
  readonly compensation?: boolean | undefined;
}
export type Scalar = string | number | boolean | null;
export type TargetData = string | readonly StepData[] | undefined;

const stepShape = {
  sql: sql.describe('a statement; `:name` is a value the flow has in hand').optional(),
  send: z.string().describe('sends a message to this queue').optional(),
  receive: z
    .string()
    .describe('takes the next message of this queue, if there is one; its fields are in hand')
    .optional(),
  call: z.string().describe('calls service.handler and waits for its answer').optional(),
  begin: z.string().describe('begins a transaction on this database').optional(),
  commit: z.string().describe('commits on this database, or `session`').optional(),
  rollback: z.string().describe('rolls back on this database, or `session`').optional(),
  throw: name.describe('throws an exception of this name').optional(),
  reply: z.union([scalar, body]).describe('what the caller is answered').optional(),
  uuid: name.describe('makes a new id, in hand by this name from then on').optional(),
  sleep: z
    .union([z.number().int().min(0), z.string()])
    .describe('waits so many ms')
    .optional(),
  do: z
    .array(z.lazy(() => step))
    .describe('steps in order, with `if` only where that holds')
    .optional(),
  name: name.describe('the name of its state, and so of its fault point').optional(),
  database: name.describe("of a statement, if it is not the service's first").optional(),
  timeout: z
    .union([z.number().int().min(0), z.string().regex(/^:[A-Za-z_]\w*$/)])
    .describe('of a receive: waits so many ms for a message; by default not at all')
    .optional(),
  body: body.optional(),
  detail: z.string().describe('of an exception: what it says').optional(),
  if: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .describe('done only while what is in hand by these names equals these values')
    .optional(),
  when: z
    .strictObject({ none: target.optional(), some: target.optional() })
    .describe('where to go when the statement found or changed no row, or no message came; or some')
    .optional(),
  'on-error': target.optional(),
  'go-to': z.string().describe('the step that follows; `end` is the end').optional(),
  compensation: z.boolean().describe('undoes, as a new business act, what was done').optional(),
};
const step: z.ZodType<StepData, StepData> = z
  .strictObject(stepShape)
  .meta({ id: 'step', description: 'one step: exactly one thing to do' });

/** What a step may say. */
export const STEP_KEYS: readonly string[] = Object.keys(stepShape);

const flow = z.array(step).min(1);
const transaction = z
  .enum(TRANSACTIONS)
  .describe('the transaction manager around the flow; none: every statement by itself');
const handler = { transaction: transaction.optional(), flow };
const entry = z.strictObject(handler);
const listener = z.strictObject({
  queue: z.string().min(1).describe('whose messages it receives'),
  ...handler,
});
const job = z.strictObject({
  every: z
    .union([z.number().int().min(1), z.string()])
    .describe('ms between two runs, or a parameter as `:name`'),
  waitsFor: sql.describe('while this query gives rows, there may be something to do'),
  ...handler,
});
const service = z.strictObject({
  text: text.optional(),
  databases: z
    .union([name, z.array(name)])
    .describe('the first is the one its statements mean; by default the one of its own name')
    .optional(),
  entries: z.record(name, entry).describe('what a client may call').default({}),
  listeners: z.record(name, listener).describe('what handles messages').default({}),
  jobs: z.record(name, job).describe('what runs by itself').default({}),
});
const expectation = z.union([outcomeWord, fullExpectation.extend({ why: text.optional() })]);
const parameter = z.union([
  scalar,
  z.strictObject({ ...expected, type: expected.type.optional(), default: scalar, ...words }),
]);
const when = z.enum(['always', 'eventually', 'sometimes']);

/** A scenario in a file of its own. */
export const fileShape = z.strictObject({
  $schema: z.string().optional(),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .describe("by default the file's name")
    .optional(),
  title: text.optional(),
  story: text.optional(),
  inspects: z.boolean().default(false),
  databases: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string())
    .describe('by name, their CREATE TABLE statements')
    .default({}),
  queues: z
    .array(z.string())
    .describe('those that nobody listens to; the others are known by their listeners')
    .default([]),
  services: z.record(name, service).refine((all) => Object.keys(all).length > 0),
  parameters: z.record(name, parameter).default({}),
  defaults: z.record(name, z.number()).describe("of the world's own parameters").default({}),
  rows: z.record(z.string(), z.array(z.record(z.string(), scalar))).default({}),
  requests: z
    .array(z.record(z.string(), scalar))
    .min(1)
    .describe('what clients ask for: `entry`, `atMs`, and the fields of the request')
    .optional(),
  input: input.partial().describe('what an input document may hold').default({}),
  properties: z
    .record(name, z.union([sql, z.strictObject({ when: when.default('always'), ...words, sql })]))
    .describe('queries over the committed state: rows are violations')
    .default({}),
  outcomes: z
    .array(z.strictObject({ word: outcomeWord, by: name.optional(), ...words, sql }))
    .describe('the first whose query gives a row names the outcome')
    .optional(),
  expect: expectation.optional(),
  mistakes: z.record(name, text).default({}),
  explore: explore.optional(),
  matrix: matrix.optional(),
  faults: z
    .record(
      name,
      z.strictObject({
        ...words,
        set: z.record(name, scalar).default({}),
        faults: z.union([z.string(), z.array(z.string())]).default([]),
        expect: expectation.optional(),
      }),
    )
    .default({}),
});

/** A file after its shape was checked. */
export type FileData = z.output<typeof fileShape>;
export type ServiceData = FileData['services'][string];
export type HandlerData = z.output<typeof entry>;

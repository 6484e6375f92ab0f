// The shape of scenarios.yaml. Only the checker loads this; a run reads what was checked before.

import { z } from 'zod';

// A folded line of YAML becomes a space, which Chinese has not.
const FOLDED = /(?<=[\u2E80-\uFFEF]) (?=[\u2E80-\uFFEF])/g;
const chinese = z
  .string()
  .min(1)
  .transform((words) => words.replace(FOLDED, ''));
const text = z.strictObject({ en: z.string().min(1), zh: chinese });
const name = z.string().regex(/^[A-Za-z][\w:.-]*$/, 'a name: letters, digits and _ : . -');
const value = z.union([z.null(), z.number(), z.string()]);
export const outcomeWord = z.enum([
  'committed',
  'rolled-back',
  'compensated',
  'half-committed',
  'in-doubt',
  'stuck',
  'anomaly',
  'prevented',
]);

export const expected = {
  type: z.enum(['integer', 'text', 'boolean']),
  min: z.number().optional(),
  max: z.number().optional(),
  maxLength: z.number().int().positive().optional(),
  optional: z.boolean().optional(),
  choices: z.array(z.string().min(1)).optional(),
};

export const expectation = z.strictObject({
  outcome: outcomeWord,
  by: name.optional(),
  violated: z.array(name).default([]),
  why: text.optional(),
});

/** Two parameters whose choices are the rows and columns of `sim matrix`. */
export const matrix = z.strictObject({
  rows: name,
  columns: name,
  titles: z.record(name, text),
  causes: z.record(name, z.strictObject({ short: text, ...text.shape })),
  /** What a choice of the columns stands for, and by choice of the rows the faults it puts. */
  strikes: z
    .record(
      name,
      z.strictObject({
        ...text.shape,
        set: z.record(name, value).default({}),
        faults: z.record(name, z.array(z.string())).default({}),
      }),
    )
    .default({}),
  /** Of each row its cells, from left to right: an outcome's word, or what brings it about. */
  expect: z.record(name, z.array(name)),
});

/** What an exploration begins with, unless a person says otherwise, and what it must find. */
export const explore = z.strictObject({
  set: z.record(name, value).default({}),
  /** An input document. */
  input: z.json().optional(),
  /** Properties that can be broken, with the fewest faults it takes. */
  breaks: z.record(name, z.number().int().min(0)).default({}),
});

export const input = z.strictObject({
  tables: z.record(name, name),
  requests: name,
  /** Each request goes to it, or to all of them; `:name` is a field or parameter's choice. */
  entry: z.union([name, z.array(name).min(1)]),
  fields: z.record(name, z.strictObject({ ...expected, exists: name.optional() })),
  request: z.record(name, value),
});

const scenario = z.strictObject({
  title: text,
  story: text,
  participants: z.record(name, text),
  /** Whether what its databases have inside is shown after every step. */
  inspects: z.boolean().default(false),
  matrix: matrix.optional(),
  databases: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/, 'a lower-case name'), z.string()),
  queues: z.array(name),
  parameters: z.record(name, z.strictObject({ ...expected, default: value, ...text.shape })),
  defaults: z.record(name, z.number()).default({}),
  rows: z.record(name, z.array(z.record(name, value))),
  input,
  properties: z.record(
    name,
    z.strictObject({
      when: z.enum(['always', 'eventually', 'sometimes']),
      ...text.shape,
      sql: z.string().min(1),
    }),
  ),
  outcomes: z.array(
    z.strictObject({
      word: outcomeWord,
      by: name.optional(),
      ...text.shape,
      sql: z.string().min(1),
    }),
  ),
  expect: expectation,
  mistakes: z.record(name, text).default({}),
  explore: explore.optional(),
  faults: z.record(
    name,
    z.strictObject({
      ...text.shape,
      set: z.record(name, value).default({}),
      faults: z.array(z.string()).default([]),
      expect: expectation,
    }),
  ),
});

export const catalogueShape = z.record(name, scenario);

/** scenarios.yaml after its shape was checked and its defaults were filled in. */
export type CatalogueData = z.infer<typeof catalogueShape>;
type Entry = CatalogueData[string];
type Expected = z.output<typeof expectation>;

/** The data of one scenario; only in a file of its own may it leave open what it expects. */
export type ScenarioData = Omit<Entry, 'expect' | 'faults' | 'input'> & {
  readonly expect?: Expected | undefined;
  readonly faults: Readonly<
    Record<string, Omit<Entry['faults'][string], 'expect'> & { expect?: Expected | undefined }>
  >;
  /** `usual` are the requests of a run without a document, if they are not the one. */
  readonly input: Entry['input'] & { readonly usual?: readonly Entry['input']['request'][] };
};

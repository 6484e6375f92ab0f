// The shape of an exercise.yaml.

import { z } from 'zod';

const text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });
const name = z.string().regex(/^[A-Za-z][\w:.-]*$/, 'a name: letters, digits and _ : . -');
const value = z.union([z.null(), z.number(), z.string()]);
const points = z.number().int().positive();

/** How a run is asked for. */
const run = {
  fail: z.array(z.string()).default([]),
  set: z.record(name, value).default({}),
  /** An input document. */
  input: z.json().optional(),
};

const explore = z.strictObject({
  faults: z.number().int().min(0).default(0),
  kinds: z.array(name).optional(),
  at: z.string().optional(),
  granularity: z.enum(['handler', 'statement']).optional(),
  preemptions: z.number().int().min(0).optional(),
  stalls: z.number().int().min(0).optional(),
  depth: z.number().int().positive().optional(),
  maxStates: z.number().int().positive().default(20_000),
});

/**
 * One thing that is checked: a run, or all that an exploration can reach. Points by property, and
 * under `outcome` for the outcome that a run must have.
 */
const check = z.strictObject({
  id: name,
  ...text.shape,
  ...run,
  outcome: name.optional(),
  explore: explore.optional(),
  /** Checks before it that must be fully right for its points to count; if not said, the first. */
  needs: z.array(name).optional(),
  points: z.record(name, points),
});

/**
 * Handlers that do nothing break no property that says what must never be. So a check counts only
 * for whoever does what the first one asks, or those that it names.
 */
const checks = z
  .array(check)
  .min(1)
  .superRefine((all, context) => {
    for (const [at, { needs = [] }] of all.entries()) {
      const before = all.slice(0, at).map(({ id }) => id);
      for (const [index, id] of needs.entries()) {
        if (before.includes(id)) continue;
        const message = `${id} is no check before this one: ${before.join(', ') || 'there is none'}`;
        context.addIssue({ code: 'custom', path: [at, 'needs', index], message });
      }
    }
  })
  .transform((all) => {
    const [first] = all;
    return all.map((one) => {
      const unsaid = first && one !== first ? [first.id] : [];
      return { ...one, needs: one.needs ?? unsaid };
    });
  });

const shared = {
  title: text,
  scenario: name,
  hints: z.array(text).min(1),
};

/** What an own property of an exercise asks, as in scenarios.yaml. */
const properties = z
  .record(
    name,
    z.strictObject({
      when: z.enum(['always', 'eventually']),
      ...text.shape,
      sql: z.string().min(1),
    }),
  )
  .default({});

/**
 * What is asked of queues: of each in a list, how many messages lie there; by name, either that
 * (`count`) or the messages themselves, by these fields of their bodies.
 */
const queues = z
  .union([z.array(name), z.record(name, z.union([z.literal('count'), z.array(name).min(1)]))])
  .default([])
  .transform(
    (asked): Readonly<Record<string, 'count' | readonly string[]>> =>
      Array.isArray(asked) ? Object.fromEntries(asked.map((queue) => [queue, 'count'])) : asked,
  );

const predict = z.strictObject({
  kind: z.literal('predict'),
  ...shared,
  ...run,
  /** What is asked: points for the outcome, by column of each table, and by queue. */
  ask: z.strictObject({
    outcome: points.optional(),
    /** The columns of each table; its first is what names a row. */
    rows: z.record(name, z.array(name).min(2)).default({}),
    queues,
  }),
});

const breaking = z.strictObject({
  kind: z.literal('break'),
  ...shared,
  set: run.set,
  input: run.input,
  properties,
  /** Which property is to be broken. */
  property: name,
  /** Points by the most faults that earn them. */
  points: z.record(z.string().regex(/^\d$/), points),
});

const written = {
  ...shared,
  properties,
  /** Which handlers the learner writes, as `service.handler`. */
  handlers: z.array(name).min(1),
  checks,
};
const mend = z.strictObject({ kind: z.literal('mend'), ...written });
const build = z.strictObject({ kind: z.literal('build'), ...written });

export const exerciseShape = z.discriminatedUnion('kind', [predict, breaking, mend, build]);

/** An exercise.yaml after its shape was checked and its defaults were filled in. */
export type ExerciseData = z.infer<typeof exerciseShape>;
export type PredictData = Extract<ExerciseData, { kind: 'predict' }>;
export type BreakData = Extract<ExerciseData, { kind: 'break' }>;
export type WrittenData = Extract<ExerciseData, { kind: 'mend' | 'build' }>;
export type Check = WrittenData['checks'][number];

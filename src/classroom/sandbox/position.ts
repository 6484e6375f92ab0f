// What a student's process may answer: a state that its chart has, plain data, and the effect that
// the chart says. Everything else is refused before the engine sees it.

import { z } from 'zod';
import type { Chart, Position } from '../../sim/index.ts';

const json = z.json();
const name = z.string().max(200);
const body = z.record(z.string(), json);
const value = z.union([z.null(), z.number(), z.string()]);
const params = z.record(z.string(), value);
const xid = z.strictObject({ xid: name, branchId: name });
const resource = z.enum(['database', 'session']);
const database = name.optional();
const branch = xid.optional();
const isolation = z
  .enum(['read-uncommitted', 'read-committed', 'repeatable-read', 'serializable'])
  .optional();
const ms = z.number().min(0);
const NOTES = [
  'joins',
  'runs-alone',
  'dooms',
  'catches',
  'before-commit',
  'after-commit',
  'heuristic-rolled-back',
  'heuristic-mixed',
  'in-doubt',
  'heuristic-hazard',
] as const;

const kind = <Kind extends string, Shape extends z.ZodRawShape>(of: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(of), ...shape });
const on = { resource, database };

/** An effect as plain data, nothing added. */
const effect = z.discriminatedUnion('kind', [
  kind('receive', {}),
  kind('decline', {}),
  kind('uuid', { form: z.enum(['uuid', 'xid']).optional() }),
  kind('begin', {
    ...{ database, isolation, branch },
    readOnly: z.boolean().optional(),
    timeoutMs: ms.optional(),
  }),
  kind('open', { branch }),
  kind('suspend', {}),
  kind('resume', {}),
  kind('savepoint', { name }),
  kind('rollback-to', { name }),
  kind('release', { name }),
  kind('note', { note: z.enum(NOTES) }),
  kind('sleep', { untilMs: ms }),
  kind('sql', { database, isolation, sql: z.string().max(10_000), params }),
  kind('send', { queue: name, body, transacted: z.boolean().optional() }),
  kind('poll', { queue: name, timeoutMs: ms, transacted: z.boolean().optional() }),
  kind('end', { ...on, branch: xid }),
  kind('prepare', { ...on, branch: xid }),
  kind('commit', { ...on, branch, onePhase: z.boolean().optional() }),
  kind('rollback', { ...on, branch, redeliverAfterMs: ms.optional() }),
  kind('recover', on),
  kind('log', {
    record: z.strictObject({
      decision: z.enum(['commit', 'forget', 'heuristic-hazard']),
      xid: name,
      branches: z.array(name),
    }),
  }),
  kind('read-log', {}),
  kind('call', { service: name, handler: name, body, timeoutMs: ms.optional() }),
  kind('reply', { value: json }),
  kind('keep', { entries: body, expecting: body.optional() }),
  kind('recall', {}),
  kind('throw', {
    error: z.strictObject({ code: name, definite: z.boolean(), detail: z.string().optional() }),
  }),
]);

const position = z.strictObject({
  state: name,
  context: z.record(z.string(), json),
  effect: effect.nullable(),
});

const places = z.array(name);
const chart = z.strictObject({
  initial: places,
  states: z
    .array(
      z.strictObject({
        state: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'a state is named in small letters'),
        effect: z.enum(effect.options.map((option) => option.shape.kind.value)),
        compensation: z.boolean(),
        done: places,
        error: places,
      }),
    )
    .max(200),
});

const charts = z.record(name, chart);

/** The first thing that is wrong, in a few words. */
function wrong({ issues }: z.ZodError): string {
  const [issue] = issues;
  return `${issue?.path.join('.')}: ${issue?.message}`.slice(0, 300);
}

/** What a student's handlers look like; or what is wrong with it. */
export function chartsOf(answer: unknown): Readonly<Record<string, Chart>> | string {
  const read = charts.safeParse(answer);
  return read.success ? (read.data as Readonly<Record<string, Chart>>) : wrong(read.error);
}

/** Where a student's machine goes next; or what is wrong with it. */
export function positionOf(answer: unknown, { states }: Chart): Position | string {
  const read = position.safeParse(answer);
  if (!read.success) return wrong(read.error);
  const { state, effect: asked } = read.data;
  const charted = states.find((one) => one.state === state);
  const isEnd = state === 'finished' || state === 'failed';
  if (!charted && !isEnd) return `there is no state ${state}`;
  if (charted?.effect !== asked?.kind) return `${state} asks for ${asked?.kind}, unlike its chart`;
  return read.data as Position;
}

// Reads a file of cases, and says which case is not one.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Case } from './format.ts';

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const result = z.looseObject({ rows: z.array(row).optional() });
const step = z
  .looseObject({
    n: z.number(),
    tx: z.string(),
    sql: z.string().optional(),
    op: z.enum(['disconnect', 'crash', 'wait']).optional(),
    lock: z.string().optional(),
    result,
    later: z.looseObject({ resumedAfterStep: z.number() }).optional(),
  })
  .refine(({ sql, op }) => (sql === undefined) !== (op === undefined), 'either sql or op');
const level = z.enum(['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE']);
const shape = z.looseObject({
  id: z.string(),
  group: z.string(),
  schema: z.array(z.string()),
  rows: z.array(z.string()),
  isolation: z.record(z.string(), level),
  session: z.record(z.string(), z.number()).optional(),
  steps: z.array(step),
  final: z.record(z.string(), z.array(row)),
});

const RECORDED = new URL('cases.json', import.meta.url);

/**
 * The cases of a file: `{"cases": [...]}`, or the list alone.
 * @throws Error that names the file, and the case where one is wrong
 */
export function readCases(file: string | URL = RECORDED): readonly Case[] {
  const content: unknown = contentOf(file);
  const list = Array.isArray(content) ? content : (content as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(list)) throw new Error(`${file}: no list of cases in it`);
  if (list.length === 0) throw new Error(`${file}: its list of cases is empty`);
  for (const [at, one] of list.entries()) {
    const { error } = shape.safeParse(one);
    if (!error) continue;
    const [issue] = error.issues;
    const id = (one as { id?: unknown } | null)?.id;
    const name = typeof id === 'string' ? `case ${id}` : `case number ${at + 1}`;
    const path = issue?.path.length ? `${issue.path.join('.')}: ` : '';
    throw new Error(`${file}: ${name}: ${path}${issue?.message}`);
  }
  return list as readonly Case[];
}

function contentOf(file: string | URL): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

// What SQLite throws, told apart: a row that breaks a rule is a modelled failure, anything else a
// mistake of who wrote the statement.

import type { Failure } from '../kernel/effect.ts';
import { BugError, SandboxError } from '../kernel/errors.ts';

const CONSTRAINTS: Readonly<Record<string, string>> = {
  SQLITE_CONSTRAINT_PRIMARYKEY: 'duplicate-key',
  SQLITE_CONSTRAINT_ROWID: 'duplicate-key',
  SQLITE_CONSTRAINT_UNIQUE: 'duplicate-key',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_NOTNULL: 'not-null',
  SQLITE_CONSTRAINT_CHECK: 'check',
};

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? '';

/** Whether a row could not stand beside another. */
export const breaksKey = (error: unknown): boolean =>
  CONSTRAINTS[codeOf(error)] === 'duplicate-key';

/** The failure a statement met. @throws SandboxError `bad-sql` if it is none */
export function failureOf(sql: string, error: unknown): Failure {
  const code = CONSTRAINTS[codeOf(error)];
  if (code === undefined) throw asMistake(sql, error);
  return { code, definite: true, detail: (error as Error).message };
}

/** What is wrong with a statement, as a mistake; our own errors stay what they are. */
export function asMistake(sql: string, error: unknown): unknown {
  if (error instanceof SandboxError || error instanceof BugError) return error;
  return new SandboxError('bad-sql', { sql, why: (error as Error).message });
}

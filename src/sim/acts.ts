// What a person does by hand in the middle of a run: a statement on a database, or a message put
// into a queue. No service hears of it, and nobody's transaction is waited for.

import { databaseOf, located, NOWHERE, note, type Parts } from './parts.ts';
import type { Act } from './scenario.ts';
import { noteSessionEnd } from './sessions.ts';

/** @throws SandboxError `bad-sql`, `unknown-name` (a queue) */
export function perform(parts: Parts, act: Act): void {
  if ('sql' in act) write(parts, act);
  else put(parts, act);
}

function write(
  parts: Parts,
  { database: name, sql }: Extract<Act, { readonly sql: string }>,
): void {
  const database = databaseOf(parts, name);
  const place = { ...NOWHERE, service: null };
  const outcome = located(`${parts.scenario.id}: ${name}`, () => database.execute(null, sql, {}));
  const seen = { kind: 'acted', database: name, sql } as const;
  if (outcome.type === 'blocked') database.timeOutWait(outcome.transaction);
  const affected = outcome.type === 'changed' ? outcome.affected : null;
  note(parts, place, { ...seen, affected }, null);
}

function put(parts: Parts, { queue, body }: Extract<Act, { readonly queue: string }>): void {
  const cause = note(parts, NOWHERE, { kind: 'put', queue, body }, null);
  const end = parts.broker.publish({ queue, body, twist: {} }, parts.clock.nowMs, cause);
  if (end) noteSessionEnd(parts, NOWHERE, end, cause);
}

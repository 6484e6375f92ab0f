// Creates the tables of a scenario from its DDL, and sees that their foreign keys lead somewhere.

import type BetterSqlite3 from 'better-sqlite3';
import { SandboxError } from '../kernel/errors.ts';
import { placeIn, type Reference, translate } from './ddl.ts';
import { refusalOf } from './foreign-keys.ts';
import { tokenize } from './tokens.ts';

/**
 * Creates the tables of a text. Returns the text as SQLite took it.
 * @throws SandboxError `bad-ddl`
 */
export function createTables(connection: BetterSqlite3.Database, ddl: string): string {
  const tokens = tokenize(ddl);
  const taken: string[] = [];
  const references: Reference[] = [];
  const refuse = (why: string, start: number): never => {
    throw new SandboxError('bad-ddl', { why, ...placeIn(ddl, start) });
  };
  for (let from = 0; from < tokens.length; ) {
    const end = tokens.findIndex(
      ({ text, kind }, at) => at >= from && text === ';' && kind === 'sign',
    );
    const own = tokens.slice(from, end < 0 ? tokens.length : end);
    from = end < 0 ? tokens.length : end + 1;
    if (own.length === 0) continue;
    const translated = translate(ddl, own);
    for (const statement of translated.statements) {
      try {
        connection.exec(statement);
      } catch (error) {
        refuse((error as Error).message, translated.start);
      }
    }
    taken.push(...translated.statements);
    references.push(...translated.references);
  }
  for (const { table, parent, start } of references) {
    const why = refusalOf(connection, table, parent);
    if (why !== null) refuse(why, start);
  }
  return taken.map((statement) => `${statement};\n`).join('');
}

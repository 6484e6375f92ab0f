// A view that breaks a key: at REPEATABLE READ a transaction may see an old row that others have
// since moved, beside the moved one that it has updated itself. InnoDB shows both; a table with
// UNIQUE keys cannot hold both, so such a view is read from a copy without any.

import BetterSqlite3 from 'better-sqlite3';
import type { Row, SqlValue } from '../kernel/effect.ts';
import { quote } from './pragmas.ts';
import { banChance, type Table } from './schema.ts';
import type { Bound } from './statement.ts';
import type { Image } from './versions.ts';

/** The rows of a table as a view sees them, by rowid. */
export type Seen = ReadonlyMap<number, Image>;

/** Runs a query over tables filled with the rows a view sees. */
export function queryCopy(
  tables: readonly (readonly [table: Table, seen: Seen])[],
  sql: string,
  params: Bound,
): readonly Row[] {
  const copy = new BetterSqlite3(':memory:');
  try {
    banChance(copy);
    for (const [{ name, columns, affinities }, seen] of tables) {
      const types = { numeric: 'NUMERIC', text: 'TEXT', none: '' };
      const listed = columns.map((column, at) => {
        return `${quote(column)} ${types[affinities[at] ?? 'none']}`;
      });
      copy.exec(`CREATE TABLE ${quote(name)} (${listed.join(', ')})`);
      const places = columns.map(() => '?').join(', ');
      const insert = copy.prepare(`INSERT INTO ${quote(name)} VALUES (${places})`);
      for (const [, image] of [...seen].toSorted(([a], [b]) => a - b)) {
        if (image) insert.run(...(image as SqlValue[]));
      }
    }
    return copy.prepare(sql).all(params) as Row[];
  } finally {
    copy.close();
  }
}

// Which index a statement uses: as MariaDB's EXPLAIN says, and as SQLite's planner decides for the
// simulation. Where they part, so do the locks, and that is the optimizer's doing.

import { Database } from '../../../src/sim/index.ts';
import type { Question } from './format.ts';

/** The steps at which the two planned otherwise, in words. */
export function otherPlans(
  { schema, steps }: Question,
  explained: ReadonlyMap<number, string>,
): readonly string[] {
  const database = new Database('plans', { ddl: schema.join(';\n'), rows: {} });
  const found = steps.flatMap(({ n, sql = '' }) => {
    const mariaDb = inWords(explained.get(n) ?? '');
    if (mariaDb === null) return [];
    const paths = database.store.compile(sql).paths();
    const simulated = paths.map(({ index, ranges }) => {
      const [first] = ranges({});
      const whole = first && first.equal.length === 0 && !first.low && !first.high;
      return whole ? `all of ${index.name}` : index.name;
    });
    if (simulated.length !== 1 || simulated[0] === mariaDb) return [];
    return [`step ${n}: MariaDB searches ${mariaDb}, SQLite ${simulated[0]}`];
  });
  database.close();
  return found;
}

// `range n_k`, `const PRIMARY`, `index PRIMARY` (the whole of it), `ALL -`; null where it read
// nothing, or more than one table.
function inWords(explained: string): string | null {
  const [type = '', key = '', ...more] = explained.split(/[ ,]+/);
  if (type === '' || type === '-' || more.length > 0) return null;
  if (type === 'ALL') return 'all of PRIMARY';
  return type === 'index' ? `all of ${key}` : key;
}

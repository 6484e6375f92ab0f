// A small persistence context, as Hibernate's: an entity that was found is watched, and what the
// program changed of it is written at the flush, just before the commit: whole, with what it had
// read. With a version column the write asks whether the row is still what was read.

import type { Row, SqlValue } from '../kernel/effect.ts';
import { managerException } from './exceptions.ts';
import { type Exit, fork, type Given, type HandlerState, step } from './handler.ts';
import { type Entity, type Kept, keep, keptIn } from './kept.ts';

const ENTITY = 'entity';

/** Which entity is to be found. */
export interface Finding<Memory> {
  readonly database?: string;
  readonly table: string;
  /** The column it is found by; its primary key is `id`. */
  readonly by?: string;
  readonly key: (given: Given<Memory>) => SqlValue;
  /** The column of its version, if it has one, as `@Version` says. */
  readonly version?: (given: Given<Memory>) => string | null;
}

/** A way on with what was found: `change` is what the program sets of the entity. */
export interface FindingExit<Memory> {
  readonly target: string;
  readonly test?: (row: Row | undefined, given: Given<Memory>) => boolean;
  readonly change?: (row: Row, given: Given<Memory>) => Row;
  readonly remember?: (given: Given<Memory>) => Memory;
}

/** A state that finds an entity, which is watched from then on. */
export function finding<Memory>(
  { database, table, by = 'id', key, version }: Finding<Memory>,
  exits: readonly FindingExit<Memory>[],
): HandlerState {
  const watched = (row: Row, change: Row, given: Given<Memory>): Entity => {
    const now = { ...row, ...change };
    return { table, id: row['id'] ?? null, loaded: row, now, version: version?.(given) ?? null };
  };
  const ways = exits.map(({ target, test, change, remember }): Exit<Memory> => {
    const manage = (kept: Kept, given: Given<Memory>): Partial<Kept> => {
      const row = given.result.rows?.[0];
      if (!row) return {};
      return { entities: [...kept.entities, watched(row, change?.(row, given) ?? {}, given)] };
    };
    const way = keep<Memory>(
      target,
      manage,
      test && ((given) => test(given.result.rows?.[0], given)),
    );
    return remember ? { ...way, remember } : way;
  });
  const found = step<Memory, 'sql'>(
    'sql',
    (given) => ({
      ...(database !== undefined && { database }),
      sql: `SELECT * FROM ${table} WHERE ${by} = :key`,
      params: { key: key(given) },
    }),
    ways,
  );
  return { ...found, tags: [ENTITY] };
}

/** Whether any of these states finds an entity: then there may be something to flush. */
export const findsEntities = (states: Readonly<Record<string, HandlerState>>): boolean =>
  Object.values(states).some(({ tags }) => tags?.includes(ENTITY));

const isDirty = ({ loaded, now }: Entity): boolean =>
  Object.keys(now).some((column) => now[column] !== loaded[column]);

const firstDirty = (kept: Kept): Entity | undefined => kept.entities.find(isDirty);

// Hibernate writes every column, whichever of them the program has set.
function updateOf({ table, id, loaded, now, version }: Entity): { sql: string; params: Row } {
  const columns = Object.keys(now).filter((column) => column !== 'id' && column !== version);
  const next = version === null ? [] : [`${version} = :${version} + 1`];
  const sets = [...columns.map((column) => `${column} = :${column}`), ...next].join(', ');
  const still = version === null ? '' : ` AND ${version} = :${version}`;
  const params = Object.fromEntries(columns.map((column) => [column, now[column] ?? null]));
  const read = version === null ? {} : { [version]: loaded[version] ?? null };
  return {
    sql: `UPDATE ${table} SET ${sets} WHERE id = :id${still}`,
    params: { ...params, ...read, id },
  };
}

/** The row is not what was read any longer, or gone. */
export const STALE = managerException(
  'ObjectOptimisticLockingFailureException',
  null,
  'Row was updated or deleted by another transaction',
);

function written(kept: Kept): Partial<Kept> {
  const one = firstDirty(kept);
  return {
    entities: kept.entities.map((each) => (each === one ? { ...each, loaded: each.now } : each)),
  };
}

/**
 * The states of a flush: `<checking>` and `<flushing>`, which writes one entity after the other and
 * leads to `clean`.
 * @param failed where a write that fails leads
 * @param stale where a write leads that has found nothing to change
 */
export function flush<Memory>(
  names: { readonly checking: string; readonly flushing: string; readonly clean: string },
  database: string | undefined,
  failed: readonly Exit<Memory>[],
  stale: Exit<Memory>,
): Readonly<Record<string, HandlerState>> {
  const { checking, flushing, clean } = names;
  const isStale = ({ result }: Given<Memory>): boolean => result.affected === 0;
  return {
    [checking]: fork<Memory>([
      { target: flushing, test: (given) => firstDirty(keptIn(given)) !== undefined },
      clean,
    ]),
    [flushing]: step<Memory, 'sql'>(
      'sql',
      (given) => {
        const entity = firstDirty(keptIn(given));
        const update = entity ? updateOf(entity) : { sql: '', params: {} };
        return { ...(database !== undefined && { database }), ...update };
      },
      [{ ...stale, test: isStale }, keep(checking, written)],
      failed,
    ),
  };
}

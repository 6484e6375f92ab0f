// A statement that takes its values from what the handler has in hand, by their names: `:amount`
// is the memory's `amount`, or else the parameter of that name, and `:now` is the virtual time.

import { type Exit, type Given, type HandlerState, type SqlValue, step } from '../sim/index.ts';

const NAMES = /:([a-z]\w*)/gi;

/**
 * @param text its `:names` are properties of the memory, or parameters
 * @param database if it is not the service's first
 */
export function statement<Memory>(
  text: string,
  exits: string | readonly (string | Exit<Memory>)[],
  database?: string,
): HandlerState {
  const names = [...text.matchAll(NAMES)].map(([, name = '']) => name);
  return step<Memory, 'sql'>(
    'sql',
    ({ memory, parameters, nowMs }) => {
      const known = { ...parameters, ...memory, now: nowMs } as Readonly<Record<string, SqlValue>>;
      return {
        ...(database !== undefined && { database }),
        sql: text,
        params: Object.fromEntries(names.map((name) => [name, known[name] ?? null])),
      };
    },
    exits,
  );
}

/** An exit that is taken where a statement has changed nothing. */
export const unchanged = <Memory>(target: string): Exit<Memory> => ({
  target,
  test: ({ result }: Given<Memory>) => result.affected === 0,
});

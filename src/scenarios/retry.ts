// Retry with backoff, for any machine: what has failed is tried again, each time after a longer
// pause, until it has failed too often. There is no jitter here: a run must be repeatable.

import { type Exit, type HandlerState, type Row, step } from '../sim/index.ts';

/** What a machine remembers of the tries that failed. */
export interface Tried {
  readonly tries: number;
}

/** The pause after so many failed tries, in ms: twice as long each time, up to `retryMaxMs`. */
export function backoffMs(tries: number, parameters: Row): number {
  const grown = Number(parameters['retryMs']) * 2 ** (tries - 1);
  return Math.min(grown, Number(parameters['retryMaxMs']));
}

/** Whether so many failed tries are enough. */
export const isExhausted = (tries: number, parameters: Row): boolean =>
  tries >= Number(parameters['triesMax']);

/** The ways out of a state that failed: it is tried again from `waits` on, or given up. */
export const again = <Memory extends Tried>(
  waits: string,
  givesUp: string,
): readonly (Exit<Memory> | string)[] => [
  {
    target: waits,
    test: ({ memory, parameters }) => !isExhausted(memory.tries + 1, parameters),
    remember: ({ memory }) => ({ ...memory, tries: memory.tries + 1 }),
  },
  givesUp,
];

/** The pause before a state is tried again. */
export const waiting = (onward: string): HandlerState =>
  step<Tried, 'sleep'>(
    'sleep',
    ({ memory, nowMs, parameters }) => ({ untilMs: nowMs + backoffMs(memory.tries, parameters) }),
    onward,
  );

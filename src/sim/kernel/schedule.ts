// Who decides what happens next. Everything that can vary in a run enters through a schedule,
// so that a run is a pure function of scenario, input, faults and choices.

import type { Task } from './agenda.ts';
import { createPrng } from './prng.ts';

/** A choice that differed from the default: at the `step`th step, candidate number `option`. */
export interface Choice {
  readonly step: number;
  readonly option: number;
}

/** Decides one step: the position of a candidate. 0 is the default, earliest first, then FIFO. */
export interface Schedule {
  choose(candidates: readonly Task<unknown>[], step: number): number;
}

/** Always the default: earliest virtual time first, first come first served. */
export const defaultSchedule: Schedule = { choose: () => 0 };

/** Repeats recorded choices; where none is recorded, the default. */
export function recordedSchedule(choices: readonly Choice[]): Schedule {
  const byStep = new Map(choices.map(({ step, option }) => [step, option]));
  return { choose: (_candidates, step) => byStep.get(step) ?? 0 };
}

/** By recorded choices if there are any, else by a seed, else the default. */
export function scheduleOf(choices: readonly Choice[] | undefined, seed: number | null): Schedule {
  if (choices) return recordedSchedule(choices);
  return seed === null ? defaultSchedule : seededSchedule(seed);
}

// One choice in 32 lets a timer overtake steps that are ready: a process that stalls for seconds.
const STALL_ONE_IN = 32;

/** Draws every choice from a seed. Steps are equally likely; a timer rarely overtakes them. */
export function seededSchedule(seed: number): Schedule {
  const prng = createPrng(seed);
  return {
    choose(candidates) {
      if (candidates.length === 1) return 0;
      const timer = candidates.findIndex((task) => task.timer);
      if (timer < 0) return prng.below(candidates.length);
      if (prng.below(STALL_ONE_IN) === 0) return timer;
      const step = prng.below(candidates.length - 1);
      return step < timer ? step : step + 1;
    },
  };
}

// Going a way again: by the positions that were chosen, or by what the steps are called, so that it
// can be gone with some of them left out. What comes of it can be given to a run.

import type { Choice, Fault } from '../sim/index.ts';
import type { WorldAction } from './world-actions.ts';
import type { WorldModel } from './world-model.ts';

/** One step of a way. */
export interface Stop {
  /** What its task is called. */
  readonly name: string;
  readonly option: number;
  /** What strikes, at which of the points the step passes. */
  readonly fault: Fault | null;
  readonly pass: number;
  /** What the default at this place is called. */
  readonly usual: string;
}

/** A way that was gone, up to where a property broke. */
export interface Followed {
  readonly stops: readonly Stop[];
  /** The faults by their occurrence in the run, as a fault plan has them. */
  readonly faults: readonly Fault[];
  /** The choices that were not the default. */
  readonly choices: readonly Choice[];
  /** How long it is in the terms of who reads it. */
  readonly length: number;
  /** Steps that cost something of the budget beside faults. */
  readonly costly: number;
  /** The properties that are broken at its end. */
  readonly broken: readonly string[];
  /** A name for the state at its end. */
  readonly end: number;
}

/** What a stop says of the action to take beside which one: what strikes it. */
type Wanted = Pick<Stop, 'fault' | 'pass'>;

const struck = (action: WorldAction, { fault, pass }: Wanted): WorldAction => {
  const { key, name, cost, task, option } = action;
  return { key, name, cost, task, option, fault, pass };
};

/** Goes a way, up to where a property breaks; stops that cannot be made are left out. */
function go<Wish extends Wanted>(
  model: WorldModel,
  wishes: readonly Wish[],
  isIt: (action: WorldAction, wish: Wish) => boolean,
  property: string | null,
): Followed {
  model.reset();
  const passes = new Map(model.prefixPasses);
  const stops: Stop[] = [];
  const faults: Fault[] = [];
  const choices: Choice[] = [...model.prefixChoices];
  let length = 0;
  let costly = 0;
  const isBroken = () => property !== null && model.broken().includes(property);
  for (const wish of wishes) {
    if (isBroken()) break;
    const enabled = model.enabled();
    const action = enabled.find((one) => isIt(one, wish));
    const usual = enabled[0];
    if (!action || !usual) continue;
    const { name, option, cost } = action;
    const { fault, pass } = wish;
    // Actions are named after the state they can be taken in: so before the step.
    stops.push({ name, option, fault, pass, usual: usual.name });
    const step = model.world.steps;
    length += model.apply(struck(action, wish)).length;
    if (cost.stalls + cost.preemptions > 0) costly += 1;
    if (option !== 0) choices.push({ step, option });
    model.passed.forEach((point, at) => {
      const occurrence = (passes.get(point) ?? 0) + 1;
      passes.set(point, occurrence);
      if (fault && at === pass && fault.point === point) faults.push({ ...fault, occurrence });
    });
  }
  const broken = model.broken();
  return { stops, faults, choices, length, costly, broken, end: model.fingerprint() };
}

/** Goes a way by what its steps are called. */
export function follow(
  model: WorldModel,
  stops: readonly (Pick<Stop, 'name'> & Wanted)[],
  property: string | null,
): Followed {
  return go(model, stops, (action, { name }) => action.name === name, property);
}

/** Goes a way by the positions of its steps among the options. */
export function retrace(
  model: WorldModel,
  stops: readonly (Pick<Stop, 'option'> & Wanted)[],
  property: string | null,
): Followed {
  return go(model, stops, (action, { option }) => action.option === option, property);
}

// Handlers that do nothing: what a check holds good of them is no merit of anybody's.

import type { AnyStateMachine } from 'xstate';
import { handlerMachine, type Scenario, step } from '../sim/index.ts';

/** Takes its message and acknowledges it. */
const listening = (name: string): AnyStateMachine =>
  handlerMachine(name, 'receiving', 'returning', {
    receiving: step('receive', {}, 'acknowledging'),
    acknowledging: step('commit', { resource: 'session' }, 'finished'),
    returning: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

/** Answers nothing. */
const answering = (name: string): AnyStateMachine =>
  handlerMachine(name, 'replying', 'failed', {
    replying: step('reply', { value: null }, 'finished'),
  });

/** Looks at its own memory, and leaves it. */
const ticking = (name: string): AnyStateMachine =>
  handlerMachine(name, 'recalling', 'failed', { recalling: step('recall', {}, 'finished') });

/** For each handler that is asked for, one that does nothing. */
export function idleHandlers(
  { services }: Scenario,
  wanted: readonly string[],
): ReadonlyMap<string, AnyStateMachine> {
  const all = services.flatMap(({ name, entries, listeners, jobs }) => [
    ...entries.map((one) => [`${name}.${one.name}`, answering] as const),
    ...listeners.map((one) => [`${name}.${one.name}`, listening] as const),
    ...jobs.map((one) => [`${name}.${one.name}`, ticking] as const),
  ]);
  const asked = all.filter(([name]) => wanted.includes(name));
  return new Map(asked.map(([name, idle]) => [name, idle(name)]));
}

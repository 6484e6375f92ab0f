// What can come next in a world, for a person to choose from: plain data.

import { pointOf } from './execution.ts';
import { type EffectKind, present, type Task } from './kernel/index.ts';
import type { Parts, Work } from './parts.ts';

/** One thing that can come next: its place among them is the option to choose. */
export interface Prospect {
  readonly work: Work['kind'];
  /** A handler's state, a service, a resource. */
  readonly place: string;
  /** The effect that a run of a handler asks for there. */
  readonly effect: EffectKind | null;
  readonly execution: number | null;
  /** On the virtual clock; in the past if it has been ready for long. */
  readonly dueMs: number;
}

// Where a task that is no run of a handler happens.
function placeOf({ input, executions }: Parts, work: Work): string {
  switch (work.kind) {
    case 'start':
      return `${work.service}.process.starting`;
    case 'restart':
      return work.name;
    case 'request': {
      const { service, handler } = present(input.requests[work.index], 'a request');
      return `${service}.${handler}`;
    }
    case 'act': {
      const act = present(input.acts?.[work.index], 'an act');
      return 'database' in act ? act.database : act.queue;
    }
    case 'tick':
      return `${work.service}.${work.job}`;
    case 'invoke':
      return `${work.service}.${work.handler}`;
    case 'answer': {
      const caller = executions.see(work.caller.execution);
      return caller ? pointOf(caller) : '';
    }
    default:
      return '';
  }
}

/** What can come next, the default first. */
export function prospectsOf(parts: Parts, options: readonly Task<Work>[]): readonly Prospect[] {
  const { executions } = parts;
  return options.map(({ work, dueMs }) => {
    const execution = 'execution' in work ? executions.see(work.execution) : null;
    return {
      work: work.kind,
      place: execution ? pointOf(execution) : placeOf(parts, work),
      effect: execution?.step.effect?.kind ?? null,
      execution: execution?.id ?? null,
      dueMs,
    };
  });
}

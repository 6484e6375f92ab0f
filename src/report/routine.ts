// What jobs do over and over, such as heartbeats: worth a look when it goes otherwise than the last
// time, or teaches the job something; in between it would only hide what matters.

import type { TraceEvent } from '../sim/index.ts';

// Only calls and memory: what touches a database or the broker is nobody's routine.
const QUIET: readonly string[] = [
  'ticked',
  'called',
  'requested',
  'replied',
  'answered',
  'kept',
  'failed',
  'ended',
];

/** Each run of a job, with all that it caused at others. */
function runsOfJobs(events: readonly TraceEvent[]): readonly (readonly TraceEvent[])[] {
  const runs = new Map<number, TraceEvent[]>();
  const runOf = new Map<number, TraceEvent[]>();
  for (const event of events) {
    const { id, cause, happening } = event;
    const run = happening.kind === 'ticked' ? [] : runOf.get(cause ?? 0);
    if (!run) continue;
    if (happening.kind === 'ticked') runs.set(id, run);
    run.push(event);
    runOf.set(id, run);
  }
  return [...runs.values()];
}

// What was kept does not count: a lease is renewed to another time at every heartbeat.
function shapeOf(run: readonly TraceEvent[]): string {
  const steps = run.map(({ place: { service, handler, state }, happening }) => {
    const told = happening.kind === 'answered' ? happening.value : null;
    const failure = happening.kind === 'failed' ? happening.failure : null;
    return [service, handler, state, happening.kind, told, failure];
  });
  return JSON.stringify(steps);
}

/** Nothing failed, nobody answered anything, and the job itself kept nothing. */
function learnsNothing(run: readonly TraceEvent[]): boolean {
  const service = run[0]?.place.service;
  return run.every(({ place, happening }) => {
    if (happening.kind === 'answered') return happening.value === null;
    return happening.kind !== 'failed' && (happening.kind !== 'kept' || place.service !== service);
  });
}

/** The ids of the events of jobs that learned nothing, or went exactly as the last time. */
export function routineEvents(events: readonly TraceEvent[]): ReadonlySet<number> {
  const last = new Map<string, string>();
  const routine = new Set<number>();
  for (const run of runsOfJobs(events)) {
    const { service, handler } = run[0]?.place ?? {};
    const job = `${service}.${handler}`;
    const shape = shapeOf(run);
    const isQuiet = run.every(({ happening }) => QUIET.includes(happening.kind));
    if (isQuiet && (learnsNothing(run) || last.get(job) === shape)) {
      for (const { id } of run) routine.add(id);
    }
    last.set(job, shape);
  }
  return routine;
}

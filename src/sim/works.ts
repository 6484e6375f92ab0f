// Carries out a task of the agenda, and what goes with it at the world's pace.

import { perform } from './acts.ts';
import { pointOf } from './execution.ts';
import type { Executor } from './executor.ts';
import { present, SandboxError, type Task, unreachable } from './kernel/index.ts';
import { restart } from './outages.ts';
import { type Parts, serviceOf, type Work } from './parts.ts';
import { Recorder } from './recorder.ts';
import { Repeats } from './repeats.ts';

function carryOut(parts: Parts, executor: Executor, { work, cause }: Task<Work>): void {
  switch (work.kind) {
    case 'step':
      executor.step(work.execution);
      break;
    case 'resume':
    case 'give-up':
      executor.resume(work.execution, work.kind === 'give-up');
      break;
    case 'invoke':
      executor.invoke(work, cause);
      break;
    case 'answer':
      executor.answer(work.caller, work.answer);
      break;
    case 'start':
      executor.startService(work.service, work.again, cause);
      break;
    case 'restart':
      restart(parts, work.what, work.name, cause);
      break;
    case 'request':
      executor.request(work.index);
      break;
    case 'act':
      perform(parts, present(parts.input.acts?.[work.index], `act ${work.index}`));
      break;
    case 'tick': {
      const service = serviceOf(parts, work.service);
      const job = service.jobs.find(({ name }) => name === work.job);
      executor.tick(service, present(job, `job ${work.job}`), cause);
      break;
    }
    case 'dispatch':
      parts.broker.wake();
      break;
    default:
      unreachable(work);
  }
}

/** Where steps take no time, so many tasks in one step are taken for a loop that never ends. */
const TASKS_MAX = 10_000;

export class Works {
  readonly #parts: Parts;
  readonly #executor: Executor;
  readonly #repeats: Repeats;

  /** @param isHeard whether somebody wants to hear of all that happens */
  constructor(parts: Parts, executor: Executor, isHeard: () => boolean) {
    this.#parts = parts;
    this.#executor = executor;
    this.#repeats = new Repeats(parts, isHeard);
  }

  /**
   * Takes a task. Unless steps take time, the runs of handlers that it starts or continues go on
   * until they end or have to wait where that is the pace, and what is due then happens at once, in
   * the order it came. `onDone` is called after each task.
   */
  take(task: Task<Work>, onDone: () => void): void {
    const { work } = task;
    const key = this.#repeats.keyOf(task);
    if (key !== null && 'execution' in work) {
      const settle = () => this.#executor.settle();
      if (this.#repeats.repeat(key, work.execution, settle)) {
        this.#parts.agenda.take(task);
        onDone();
        this.catchUp(onDone);
        return;
      }
    }
    const runs = new Set<number>();
    if (this.#parts.pace === 'handler' && 'execution' in work) runs.add(work.execution);
    this.#go(task, runs, onDone, key);
  }

  /** Takes all that is due. */
  catchUp(onDone: () => void): void {
    this.#go(this.#dueTimer, new Set(), onDone, null);
  }

  get #dueTimer(): Task<Work> | null {
    const { agenda, clock } = this.#parts;
    return agenda.dueTimer(clock.nowMs);
  }

  #endless({ work }: Task<Work>): SandboxError {
    const { executions } = this.#parts;
    const execution = 'execution' in work ? executions.see(work.execution) : null;
    const where = execution ? pointOf(execution) : work.kind;
    return new SandboxError('endless', { where, steps: TASKS_MAX });
  }

  #go(first: Task<Work> | null, runs: Set<number>, onDone: () => void, key: string | null): void {
    const { agenda, clock, executions, pace } = this.#parts;
    const goesOn = (work: Work): boolean => 'execution' in work && runs.has(work.execution);
    let tasks = 0;
    const remember = key === null ? null : this.#record(key, first);
    for (let next = first; next; ) {
      tasks += 1;
      if (tasks > TASKS_MAX) throw this.#endless(next);
      agenda.take(next);
      clock.advanceTo(next.dueMs);
      const before = executions.nextId;
      carryOut(this.#parts, this.#executor, next);
      remember?.();
      if (pace === 'handler') for (let id = before; id < executions.nextId; id++) runs.add(id);
      this.#executor.settle();
      onDone();
      if (pace === 'timed') return;
      next = agenda.stepWhere(goesOn) ?? this.#dueTimer;
    }
    this.#parts.recorder = null;
  }

  // Listens to a run, and remembers what came of it as soon as it has ended.
  #record(key: string, first: Task<Work> | null): () => void {
    const { executions } = this.#parts;
    const recorder = new Recorder();
    this.#parts.recorder = recorder;
    const id = first && 'execution' in first.work ? first.work.execution : 0;
    const databases = executions.see(id)?.service.databases ?? [];
    return () => {
      if (this.#parts.recorder !== recorder || executions.see(id)) return;
      this.#parts.recorder = null;
      this.#repeats.remember(key, recorder, databases);
    };
  }
}

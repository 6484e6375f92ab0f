// What is still to happen: tasks in the order of their virtual time, first come first served.

import { assert } from './assert.ts';

/** One thing that will happen. A *timer* never fires before its time; a *step* may come at any. */
export interface Task<Work> {
  readonly id: number;
  readonly dueMs: number;
  readonly timer: boolean;
  readonly work: Work;
  /** The id of the event that asked for it. */
  readonly cause: number | null;
}

export interface AgendaMark<Work> {
  readonly tasks: readonly Task<Work>[];
  readonly nextId: number;
}

/** The pending tasks of a world, kept sorted by time, then by arrival. */
export class Agenda<Work> {
  /** Never changed in place: a mark stands for it. */
  #tasks: readonly Task<Work>[] = [];
  #nextId = 1;

  get tasks(): readonly Task<Work>[] {
    return this.#tasks;
  }

  /** Adds a task. Returns its id, by which it can be removed. */
  add(task: Omit<Task<Work>, 'id'>): number {
    const id = this.#nextId++;
    let at = this.#tasks.length;
    while (at > 0 && (this.#tasks[at - 1]?.dueMs ?? 0) > task.dueMs) at--;
    this.#tasks = this.#tasks.toSpliced(at, 0, { id, ...task });
    return id;
  }

  /** Removes a task; one that is no longer there is ignored. */
  remove(id: number): void {
    const at = this.#tasks.findIndex((task) => task.id === id);
    if (at >= 0) this.#tasks = this.#tasks.toSpliced(at, 1);
  }

  removeWhere(test: (work: Work) => boolean): void {
    this.#tasks = this.#tasks.filter((task) => !test(task.work));
  }

  /**
   * What may happen next, the default first: every step, since a process may be slow or quick,
   * and of the timers only the earliest.
   */
  candidates(): readonly Task<Work>[] {
    let timerSeen = false;
    return this.#tasks.filter((task) => {
      if (!task.timer) return true;
      if (timerSeen) return false;
      timerSeen = true;
      return true;
    });
  }

  /** The first timer whose time has come. */
  dueTimer(nowMs: number): Task<Work> | null {
    return this.#tasks.find(({ timer, dueMs }) => timer && dueMs <= nowMs) ?? null;
  }

  /** The first step that a test finds. */
  stepWhere(test: (work: Work) => boolean): Task<Work> | null {
    return this.#tasks.find(({ timer, work }) => !timer && test(work)) ?? null;
  }

  take(task: Task<Work>): void {
    assert(this.#tasks.includes(task), `task ${task.id} is not on the agenda`);
    this.remove(task.id);
  }

  mark(): AgendaMark<Work> {
    return { tasks: this.#tasks, nextId: this.#nextId };
  }

  rewind(mark: AgendaMark<Work>): void {
    this.#tasks = mark.tasks;
    this.#nextId = mark.nextId;
  }
}

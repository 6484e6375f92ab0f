// What may happen next in a world, as actions of a search: a task that is taken, with or without a
// fault that strikes on its way. Names are made only when they are asked for: a walk needs none.

import { type Fault, type FaultKind, faultText, type Task, type Work } from '../sim/index.ts';
import type { Action, Cost } from './model.ts';

/** A task that is taken, and what strikes it. */
export interface WorldAction extends Action {
  /** What its task is called. */
  readonly name: string;
  readonly task: Task<Work>;
  /** Its position among the options. */
  readonly option: number;
  readonly fault: Fault | null;
  /** Which of the points passed by the step it strikes, from 0. */
  readonly pass: number;
}

/** The run of a handler a task belongs to; null if it belongs to none. */
export function runOf({ work }: Task<Work>): number | null {
  return 'execution' in work ? work.execution : null;
}

const threadOf = (task: Task<Work>): string => `${runOf(task) ?? task.work.kind}`;

/** One of the options, by a name that is made when it is asked for. */
export class Option implements WorldAction {
  readonly task: Task<Work>;
  readonly option: number;
  readonly cost: Cost;
  readonly fault = null;
  readonly pass = 0;
  readonly #nameOf: (task: Task<Work>) => string;
  #name: string | null = null;

  constructor(task: Task<Work>, option: number, cost: Cost, nameOf: (task: Task<Work>) => string) {
    this.task = task;
    this.option = option;
    this.cost = cost;
    this.#nameOf = nameOf;
  }

  get name(): string {
    this.#name ??= this.#nameOf(this.task);
    return this.#name;
  }

  // What it costs may differ from state to state, and a key stands for one price.
  get key(): string {
    const { preemptions, stalls } = this.cost;
    return preemptions + stalls === 0 ? this.name : `${this.name} ${preemptions} ${stalls}`;
  }

  get thread(): string {
    return threadOf(this.task);
  }
}

/** An option with what strikes it. */
export class Struck implements WorldAction {
  readonly cost: Cost;
  readonly fault: Fault;
  readonly pass: number;
  readonly #option: WorldAction;

  constructor(option: WorldAction, cost: Cost, fault: Fault, pass: number) {
    this.#option = option;
    this.cost = cost;
    this.fault = fault;
    this.pass = pass;
  }

  get name(): string {
    return this.#option.name;
  }

  get key(): string {
    return `${this.#option.key} ${faultText(this.fault)} ${this.pass}`;
  }

  get task(): Task<Work> {
    return this.#option.task;
  }

  get option(): number {
    return this.#option.option;
  }

  get thread(): string {
    return threadOf(this.task);
  }

  get part(): string {
    return faultText(this.fault);
  }

  get strikes(): FaultKind {
    return this.fault.kind;
  }
}

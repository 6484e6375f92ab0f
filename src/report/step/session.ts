// One who steps through runs: where he is, what he selected, and the branches he made, a tree. Each
// branch is a film of its own; to go back and forth is to look at another frame. It reads no key
// and draws nothing.

import { fits, type Scenario } from '../../sim/index.ts';
import { type FilmOrder, shootOrder } from '../view/shoot.ts';
import {
  type AskedWay,
  breaksOf,
  choosing,
  firstDifference,
  lastStep,
  type Showing,
  striking,
} from '../view/showing.ts';

/** One way a run may go, and where it left another. */
export interface Branch {
  /** From 1. */
  readonly number: number;
  readonly parent: Branch | null;
  /** The step at which it left its parent. */
  readonly from: number;
  /** What was chosen there; empty for the first. */
  readonly what: string;
  showing: Showing;
}

/** Films what is ordered; as `shootOrder`, perhaps elsewhere. */
export type Shooting = (scenario: Scenario, order: FilmOrder) => Showing;

export class Session {
  readonly branches: Branch[] = [];
  readonly breakpoints: string[] = [];
  #branch: Branch;
  step = 0;
  /** The row that is selected, as `database.table key`. */
  row: string | null = null;
  readonly #scenario: Scenario;
  readonly #shooting: Shooting;
  #watch: readonly string[] = [];
  #plain: Showing | null = null;

  constructor(scenario: Scenario, showing: Showing, shooting: Shooting = shootOrder) {
    this.#scenario = scenario;
    this.#shooting = shooting;
    this.#branch = this.#add(null, 0, '', showing);
  }

  get branch(): Branch {
    return this.#branch;
  }

  get watch(): readonly string[] {
    return this.#watch;
  }

  get showing(): Showing {
    const { showing } = this.#branch;
    const { watch } = showing.asked;
    if (watch !== this.#watch && this.#watch.length + watch.length > 0) {
      this.#branch.showing = this.#shoot('run', { ...showing.asked, watch: this.#watch });
    }
    return this.#branch.showing;
  }

  #shoot(kind: 'run' | 'branch', asked: AskedWay): Showing {
    const { id } = this.#scenario;
    return this.#shooting(this.#scenario, { kind, scenario: id, asked });
  }

  #add(parent: Branch | null, from: number, what: string, showing: Showing): Branch {
    const number = this.branches.length + 1;
    const branch = { number, parent, from, what, showing };
    this.branches.push(branch);
    return branch;
  }

  /** Goes to a step, or as near as there is. */
  goTo(step: number): void {
    this.step = Math.max(0, Math.min(step, lastStep(this.showing.film)));
  }

  /** Takes another of the choices that there are at this step. */
  choose(option: number, what: string): Branch {
    return this.#leave(what, choosing(this.showing, this.step, option));
  }

  /** Lets a fault strike in the step that comes next. */
  strike(fault: string): Branch {
    return this.#leave(fault, striking(this.showing, this.step, fault));
  }

  #leave(what: string, asked: AskedWay): Branch {
    const showing = this.#shoot('branch', { ...asked, watch: this.#watch });
    this.#branch = this.#add(this.#branch, this.step, what, showing);
    return this.#branch;
  }

  /** Back to the branch that this one left, to where it did. Null if this is the first. */
  undo(): Branch | null {
    const { parent, from } = this.#branch;
    if (!parent) return null;
    this.#branch = parent;
    this.goTo(from);
    return parent;
  }

  /** Goes to a branch by its number, to where it left its parent. Null if there is none. */
  visit(number: number): Branch | null {
    const branch = this.branches[number - 1];
    if (!branch) return null;
    this.#branch = branch;
    this.goTo(branch.from);
    return branch;
  }

  /** Watches queries over all databases, in all branches. */
  watchFor(queries: readonly string[]): void {
    this.#watch = queries;
  }

  /** Sets a breakpoint, or takes it away. Returns whether any step of this branch passes it. */
  toggleBreak(pattern: string): boolean {
    const at = this.breakpoints.indexOf(pattern);
    if (at >= 0) this.breakpoints.splice(at, 1);
    else this.breakpoints.push(pattern);
    const { frames } = this.showing.film;
    return frames.some(({ passed }) => passed.some(({ point }) => fits(pattern, point)));
  }

  /** Whether the step after this one passes a breakpoint. */
  readonly isBreak = (step: number): boolean => {
    const coming = this.showing.film.frames[step + 1]?.passed ?? [];
    return coming.some(({ point }) => this.breakpoints.some((one) => fits(one, point)));
  };

  /** On to where a breakpoint comes next, something breaks, or the run ends. */
  goOn(): void {
    const { film } = this.showing;
    const bad = new Set(breaksOf(film).values());
    for (let step = this.step + 1; step < lastStep(film); step++) {
      if (!this.isBreak(step) && !bad.has(step)) continue;
      this.step = step;
      return;
    }
    this.step = lastStep(film);
  }

  /**
   * The first step at which it shows something else than the run without faults; null if none does,
   * undefined if this is that run.
   */
  difference(): number | null | undefined {
    const { asked } = this.showing;
    if (asked.fails.length === 0 && asked.choices.length === 0) return undefined;
    this.#plain ??= this.#shoot('run', { ...asked, fails: [], choices: [], watch: [] });
    return firstDifference(this.showing.film, this.#plain.film);
  }
}

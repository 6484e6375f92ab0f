// A world as a model for a search: its choices are which step comes next, whether a timer comes
// before the steps that are ready, and what goes wrong on the way. It knows no scenario.

import {
  type Choice,
  COMES_TO_REST,
  type Fault,
  type FaultKind,
  Footprint,
  hashOf,
  Mixer,
  outcomeOf,
  type Pace,
  type Probe,
  type Task,
  type Work,
  type World,
} from '../sim/index.ts';
import { Coverage } from './coverage.ts';
import { Menu } from './menu.ts';
import { type Applied, type Cost, type Model, NO_COST } from './model.ts';
import { Option, runOf, Struck, type WorldAction } from './world-actions.ts';

/** What a search may do to a world. */
export interface WorldOptions {
  readonly pace: Pace;
  /** Kinds of fault to try; all by default. */
  readonly kinds?: readonly FaultKind[];
  /** Points where to try them; all by default. */
  readonly isAt?: (point: string) => boolean;
  /** Whether a switch from a run of a handler that could go on costs a preemption. */
  readonly countsPreemptions: boolean;
  /** How long a stall may last: how much later than due a step that is ready may come, in ms. */
  readonly stallMs: number;
  /** Faults that strike in any case. */
  readonly faults?: readonly Fault[];
  /** What is done before the search begins: option by option. */
  readonly prefix?: readonly number[];
}

const FAULT: Cost = { faults: 1, preemptions: 0, stalls: 0 };
const PREEMPTION: Cost = { faults: 0, preemptions: 1, stalls: 0 };
const STALL: Cost = { faults: 0, preemptions: 0, stalls: 1 };

/** What a search keeps of a world beside the world's own mark. */
interface Stall {
  /** Steps with lower numbers have been held up since; 0 while nothing is. */
  readonly below: number;
  readonly sinceMs: number;
}

const NO_STALL: Stall = { below: 0, sinceMs: 0 };

export class WorldModel implements Model<WorldAction> {
  /** What all ways together have come by. */
  readonly coverage = new Coverage();
  /** How often each point was passed before the search began, and what was chosen. */
  readonly prefixPasses = new Map<string, number>();
  prefixChoices: Choice[] = [];
  readonly #world: World;
  readonly #options: WorldOptions;
  readonly #menu: Menu;
  readonly #nameOf = (task: Task<Work>): string => this.#world.naming.option(task);
  #probe: Probe;
  #stall = NO_STALL;
  #last: number | null = null;

  constructor(world: World, options: WorldOptions) {
    this.#world = world;
    this.#options = options;
    this.#menu = new Menu(world.scenario, options);
    this.#probe = world.explore(options.pace, options.faults);
    const given = (options.faults ?? []).map(({ kind }) => kind);
    const kinds = [...this.#menu.kinds, ...given];
    world.naming.tellsOrder = kinds.some((kind) => kind.startsWith('crash'));
    world.watchMoves((point, to) => this.coverage.transitions.add(`${point} → ${to}`));
  }

  get world(): World {
    return this.#world;
  }

  /** All kinds of fault it may try. */
  get kinds(): readonly FaultKind[] {
    return this.#menu.kinds;
  }

  /** The points that the last step passed. */
  get passed(): readonly string[] {
    return this.#probe.passed;
  }

  reset(): void {
    const { pace, faults, prefix = [] } = this.#options;
    this.#probe = this.#world.explore(pace, faults);
    this.#stall = NO_STALL;
    this.#last = null;
    this.prefixPasses.clear();
    this.prefixChoices = [];
    for (const option of prefix) {
      const action = this.enabled().find((one) => one.option === option);
      if (!action) return;
      if (option !== 0) this.prefixChoices.push({ step: this.#world.steps, option });
      this.apply(action);
      for (const point of this.passed) {
        this.prefixPasses.set(point, (this.prefixPasses.get(point) ?? 0) + 1);
      }
    }
  }

  enabled(): readonly WorldAction[] {
    if (this.#world.isOver) return [];
    const { options } = this.#world;
    const enabled: WorldAction[] = [];
    options.forEach((task, at) => {
      const cost = this.#costOf(task, options);
      if (cost) enabled.push(new Option(task, at, cost, this.#nameOf));
    });
    return enabled;
  }

  // Null for a timer that would hold up the steps that are ready for too long.
  #costOf(task: Task<Work>, options: readonly Task<Work>[]): Cost | null {
    const { countsPreemptions, stallMs } = this.#options;
    if (!task.timer) {
      const last = this.#last;
      if (!countsPreemptions || last === null || runOf(task) === last) return NO_COST;
      return options.some((one) => !one.timer && runOf(one) === last) ? PREEMPTION : NO_COST;
    }
    const ready = options.filter(({ timer }) => !timer);
    if (ready.length === 0) return NO_COST;
    const goesOn = ready.every(({ id }) => id < this.#stall.below);
    const sinceMs = goesOn ? this.#stall.sinceMs : this.#world.nowMs;
    if (task.dueMs - sinceMs > stallMs) return null;
    return goesOn ? NO_COST : STALL;
  }

  apply(action: WorldAction): Applied<WorldAction> {
    const { task, fault, pass } = action;
    const { options } = this.#world;
    this.#noteStall(task, options);
    this.#probe.arm(fault, pass);
    const footprint = new Footprint();
    this.#world.take(task, footprint);
    this.#last = this.#options.countsPreemptions ? runOf(task) : null;
    if (this.#stall.below > 0 && !this.#canGoOn()) this.#stall = NO_STALL;
    for (const point of this.#probe.passed) this.coverage.points.add(point);
    const { passed } = this.#probe;
    const variants = () => (fault ? [] : this.#variants(action, passed));
    return {
      footprint: this.#swaps(action, footprint) ? footprint : null,
      length: counts(task, footprint) ? 1 : 0,
      // Made only for who asks: a walk seldom does.
      get variants() {
        return variants();
      },
    };
  }

  // What costs a preemption in one order may cost none in the other, so there both are tried; and
  // where steps take time, what comes later comes at another time.
  #swaps({ task, fault }: WorldAction, { everything }: Footprint): boolean {
    const { countsPreemptions, pace } = this.#options;
    const alone = fault || task.timer || everything;
    return !(alone || countsPreemptions || pace === 'timed' || this.#world.naming.countsOrder);
  }

  // A stall is over once the next timer is too far away to come within it.
  #canGoOn(): boolean {
    const next = this.#world.options.find(({ timer }) => timer);
    return next !== undefined && next.dueMs - this.#stall.sinceMs <= this.#options.stallMs;
  }

  #noteStall(task: Task<Work>, options: readonly Task<Work>[]): void {
    const { below } = this.#stall;
    if (!task.timer) {
      if (task.id < below) this.#stall = NO_STALL;
      return;
    }
    const ready = options.filter(({ timer }) => !timer);
    if (ready.length === 0 || ready.every(({ id }) => id < below)) return;
    const newest = Math.max(...ready.map(({ id }) => id));
    this.#stall = { below: newest + 1, sinceMs: this.#world.nowMs };
  }

  // The same step, with each fault at each point it passed.
  #variants(action: WorldAction, passed: readonly string[]): readonly WorldAction[] {
    const { cost } = action;
    const costly = cost === NO_COST ? FAULT : { ...cost, faults: 1 };
    return passed.flatMap((point, pass) =>
      this.#menu.at(point).map((fault) => new Struck(action, costly, fault, pass)),
    );
  }

  mark() {
    return { world: this.#world.mark(), stall: this.#stall, last: this.#last };
  }

  rewind(mark: unknown): void {
    const { world, stall, last } = mark as ReturnType<WorldModel['mark']>;
    this.#world.rewind(world);
    this.#stall = stall;
    this.#last = last;
  }

  fingerprint(): number {
    const mixer = new Mixer();
    mixer.add(this.#world.naming.hash());
    for (const [point, times] of this.#probe.state()) mixer.add(hashOf(`${point} ${times}`));
    this.#addStall(mixer);
    // A run may be cut off in a state that it has been in, if something is due just then.
    if (this.#world.ending === 'horizon') mixer.add(hashOf('horizon'));
    const last = this.#last;
    const task = last === null ? null : this.#world.options.find((one) => runOf(one) === last);
    if (task) mixer.add(this.#world.naming.optionHash(task));
    return mixer.hash;
  }

  #addStall(mixer: Mixer): void {
    const { below, sinceMs } = this.#stall;
    if (below === 0) return;
    mixer.add(1 + this.#world.nowMs - sinceMs);
    for (const task of this.#world.options) {
      if (!task.timer && task.id < below) mixer.addUnordered(this.#world.naming.optionHash(task));
    }
  }

  broken(): readonly string[] {
    // Asked first: what must hold at the end is looked at only there.
    const { isOver } = this.#world;
    for (const property of this.#world.shown()) this.coverage.shown.add(property);
    const broken = this.#world.broken();
    if (!isOver) return broken;
    this.coverage.outcomes.add(outcomeOf(this.#world).word);
    return this.#world.ending === 'horizon' ? [...broken, COMES_TO_REST] : broken;
  }
}

// Requests are what is given, and a job that finds nothing to do does nothing.
function counts({ work }: Task<Work>, { writes }: Footprint): boolean {
  switch (work.kind) {
    case 'request':
    case 'act':
    case 'start':
    case 'restart':
    case 'dispatch':
      return false;
    case 'tick':
      return [...writes].some((name) => name !== 'timers');
    default:
      return true;
  }
}

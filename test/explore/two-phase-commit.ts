// Two-phase commit as Gray and Lamport have it (TwoPhase.tla of *Consensus on Transaction Commit*),
// as plain values. It knows nothing of the simulator: its counts are held against those of others.

import { type Action, type Applied, type Model, NO_COST } from '../../src/explore/model.ts';

type ManagerState = 'working' | 'prepared' | 'committed' | 'aborted';
type CoordinatorState = 'init' | 'committed' | 'aborted';

interface State {
  /** One of each resource manager. */
  readonly managers: readonly ManagerState[];
  readonly coordinator: CoordinatorState;
  /** Of which the coordinator has seen the vote. */
  readonly tmPrepared: ReadonlySet<number>;
  /** All that were ever sent: a message is never taken away, so it can come late and again. */
  readonly messages: ReadonlySet<string>;
}

/** One step of the specification; what it looks at and changes is known beforehand. */
export interface CommitAction extends Action {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly next: (state: State) => State;
}

const MANAGER_STATES: readonly ManagerState[] = ['working', 'prepared', 'committed', 'aborted'];
const COORDINATOR_STATES: readonly CoordinatorState[] = ['init', 'committed', 'aborted'];

/**
 * Two-phase commit of some resource managers. With fewer votes needed than there are managers the
 * protocol is broken on purpose, so that there is something to find.
 */
export class TwoPhaseCommit implements Model<CommitAction> {
  readonly #managers: readonly number[];
  readonly #votesNeeded: number;
  #state: State;

  constructor(managers: number, votesNeeded = managers) {
    this.#managers = Array.from({ length: managers }, (_, index) => index);
    this.#votesNeeded = votesNeeded;
    this.#state = beginning(managers);
  }

  reset(): void {
    this.#state = beginning(this.#managers.length);
  }

  // A step that changes nothing (a message received once more) is left out: it leads nowhere new.
  enabled(): readonly CommitAction[] {
    return [...this.#managers.flatMap((rm) => this.#ofManager(rm)), ...this.#ofCoordinator()];
  }

  apply({ reads, writes, next }: CommitAction): Applied<CommitAction> {
    this.#state = next(this.#state);
    return {
      footprint: { reads: new Set(reads), writes: new Set(writes) },
      variants: [],
      length: 1,
    };
  }

  mark(): State {
    return this.#state;
  }

  rewind(mark: unknown): void {
    this.#state = mark as State;
  }

  // Not a hash: four bits of each manager and four more hold the whole state, up to 12 managers.
  fingerprint(): number {
    const { managers, coordinator, tmPrepared, messages } = this.#state;
    let number = COORDINATOR_STATES.indexOf(coordinator);
    for (const name of ['commit', 'abort']) number = number * 2 + Number(messages.has(name));
    for (const rm of this.#managers) {
      number = number * 4 + MANAGER_STATES.indexOf(managers[rm] ?? 'working');
      number = number * 4 + Number(tmPrepared.has(rm)) * 2 + Number(messages.has(prepared(rm)));
    }
    return number;
  }

  broken(): readonly string[] {
    const { managers } = this.#state;
    return managers.includes('committed') && managers.includes('aborted') ? ['consistent'] : [];
  }

  #ofManager(rm: number): readonly CommitAction[] {
    const { managers, messages } = this.#state;
    const own = managers[rm];
    const turn = (
      name: string,
      to: ManagerState,
      reads: string[],
      sent?: string,
    ): CommitAction => ({
      key: `${name} ${rm}`,
      cost: NO_COST,
      reads: [`rm:${rm}`, ...reads],
      writes: sent === undefined ? [`rm:${rm}`] : [`rm:${rm}`, `message:${sent}`],
      next: (state) => ({
        ...state,
        managers: state.managers.with(rm, to),
        messages: sent === undefined ? state.messages : new Set([...state.messages, sent]),
      }),
    });
    const actions: CommitAction[] = [];
    if (own === 'working') {
      actions.push(
        turn('prepare', 'prepared', [], prepared(rm)),
        turn('abort alone', 'aborted', []),
      );
    }
    if (messages.has('commit') && own !== 'committed') {
      actions.push(turn('hear commit', 'committed', ['message:commit']));
    }
    if (messages.has('abort') && own !== 'aborted') {
      actions.push(turn('hear abort', 'aborted', ['message:abort']));
    }
    return actions;
  }

  #ofCoordinator(): readonly CommitAction[] {
    const { coordinator, tmPrepared, messages } = this.#state;
    if (coordinator !== 'init') return [];
    const votes = this.#managers.filter((rm) => messages.has(prepared(rm)) && !tmPrepared.has(rm));
    const actions = votes.map(count);
    if (tmPrepared.size >= this.#votesNeeded) {
      const seen = this.#managers.map((rm) => `tm-prepared:${rm}`);
      actions.push(decide('commit', 'committed', seen));
    }
    return [...actions, decide('abort', 'aborted', [])];
  }
}

function beginning(managers: number): State {
  return {
    managers: Array.from({ length: managers }, (): ManagerState => 'working'),
    coordinator: 'init',
    tmPrepared: new Set(),
    messages: new Set(),
  };
}

const prepared = (rm: number): string => `prepared:${rm}`;

const count = (rm: number): CommitAction => ({
  key: `count vote ${rm}`,
  cost: NO_COST,
  reads: ['tm', `message:${prepared(rm)}`],
  writes: [`tm-prepared:${rm}`],
  next: (state) => ({ ...state, tmPrepared: new Set([...state.tmPrepared, rm]) }),
});

const decide = (message: string, to: CoordinatorState, seen: string[]): CommitAction => ({
  key: `decide ${message}`,
  cost: NO_COST,
  reads: ['tm', ...seen],
  writes: ['tm', `message:${message}`],
  next: (state) => ({
    ...state,
    coordinator: to,
    messages: new Set([...state.messages, message]),
  }),
});

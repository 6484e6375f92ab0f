// One run of a handler, and the table of all that are under way.

import type { Message } from './broker/index.ts';
import type { Fault } from './faults/index.ts';
import { type MachineStep, type Place, present } from './kernel/index.ts';
import type { Handler, Service } from './scenario.ts';

export interface Execution {
  readonly id: number;
  readonly service: Service;
  readonly handler: Handler;
  /** Where its machine is, and the one effect it asks for. */
  step: MachineStep;
  /** Its open database transaction. */
  transaction: number | null;
  /** Until when that transaction's statements may run, in virtual time. */
  deadlineMs: number;
  /** Transactions it has set aside, the last one last; null where there was none. */
  suspended: readonly Suspended[];
  /** Its open JMS session. */
  session: number | null;
  /** What it was started with: the message of a listener. */
  readonly message: Message | null;
  /** The last event of this run, which causes the next. */
  cause: number | null;
  /** Set while its statement waits for a lock. */
  blocked: Blocked | null;
}

interface Suspended {
  readonly transaction: number | null;
  readonly deadlineMs: number;
}

/** A statement that waits for a lock. */
interface Blocked {
  /** The transaction that waits; a statement in autocommit mode has one of its own. */
  readonly transaction: number;
  /** What strikes once the statement is through. */
  readonly after: readonly Fault[];
  /** The timer that ends the waiting. */
  readonly timer: number;
  /** The lock has come free; the statement will be tried again. */
  woken: boolean;
}

export function placeOf({ id, service, handler, step }: Execution): Place {
  return { service: service.name, handler: handler.name, state: step.state, execution: id };
}

/** The name of the fault point an execution stands at. */
export function pointOf({ service, handler, step }: Execution): string {
  return `${service.name}.${handler.name}.${step.state}`;
}

export interface ExecutionsMark {
  readonly byId: ReadonlyMap<number, Execution>;
  readonly nextId: number;
}

// An execution changes in place; a mark keeps copies.
function copied(byId: ReadonlyMap<number, Execution>): Map<number, Execution> {
  return new Map([...byId].map(([id, execution]) => [id, { ...execution }]));
}

/** The runs of handlers that are under way. */
export class Executions {
  #byId = new Map<number, Execution>();
  #nextId = 1;

  add(execution: Omit<Execution, 'id'>): Execution {
    const added = { id: this.#nextId++, ...execution };
    this.#byId.set(added.id, added);
    return added;
  }

  /** The execution as it is now; null once it has ended. */
  find(id: number): Execution | null {
    return this.#byId.get(id) ?? null;
  }

  get(id: number): Execution {
    return present(this.find(id), `execution ${id}`);
  }

  delete(id: number): void {
    this.#byId.delete(id);
  }

  where(test: (execution: Execution) => boolean): readonly Execution[] {
    return [...this.#byId.values()].filter(test);
  }

  mark(): ExecutionsMark {
    return { byId: copied(this.#byId), nextId: this.#nextId };
  }

  rewind(mark: ExecutionsMark): void {
    this.#byId = copied(mark.byId);
    this.#nextId = mark.nextId;
  }

  /** Plain data for a fingerprint. */
  state() {
    return [...this.#byId.values()].map(({ id, step, transaction, session, blocked, ...rest }) => {
      const place = [id, rest.service.name, rest.handler.name, step.state];
      const aside = rest.suspended.map((one) => one.transaction);
      return [place, step.context, transaction, aside, session, blocked?.transaction ?? null];
    });
  }
}

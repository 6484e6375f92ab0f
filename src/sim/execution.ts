// One run of a handler, and the table of all that are under way.

import type { Message, Taken } from './broker/index.ts';
import type { Fault } from './faults/index.ts';
import {
  type Failure,
  type Json,
  type MachineStep,
  type Place,
  present,
  SharedMap,
} from './kernel/index.ts';
import type { Handler, Service } from './scenario.ts';

export interface Execution {
  readonly id: number;
  readonly service: Service;
  readonly handler: Handler;
  /** Whether it has done anything. */
  begun: boolean;
  /** Where its machine is, and the one effect it asks for. */
  step: MachineStep;
  /** Its open transactions, by the name of the database. */
  transactions: Transactions;
  /** Until when their statements may run, in virtual time. */
  deadlineMs: number;
  /** Transactions it has set aside, the last one last; null where there was none. */
  suspended: readonly Suspended[];
  /** Its open JMS session. */
  session: number | null;
  /** What it was started with: the message of a listener. */
  readonly message: Message | null;
  /** The request that started it, by its number; null if none did. */
  readonly request: number | null;
  /** How many names it has made. */
  names: number;
  /** Who called it and waits for its answer; null if nobody does. */
  readonly caller: Caller | null;
  /** What its caller is told once it has ended well. */
  reply: Json;
  /** What went wrong last. */
  failure: Failure | null;
  /** The last event of this run, which causes the next. */
  cause: number | null;
  /** Set while it waits for a lock, an answer or a message. */
  waiting: Waiting | null;
}

type Transactions = Readonly<Record<string, number>>;

interface Suspended {
  readonly transactions: Transactions;
  readonly deadlineMs: number;
}

/** An execution that waits for an answer, by the timer of its waiting. */
export interface Caller {
  readonly execution: number;
  readonly timer: number;
}

/** What a caller is told: a value, or why there is none. */
export type Answer = { readonly value: Json } | { readonly failure: Failure };

/** What an execution can wait for. */
export type Awaited =
  /** The transaction that waits for a lock; a statement in autocommit mode has one of its own. */
  | { readonly kind: 'lock'; readonly database: string; readonly transaction: number }
  | { readonly kind: 'answer' }
  /** `turn` is its place among those who wait; `session` the one it receives in, if there is one. */
  | {
      readonly kind: 'message';
      readonly queue: string;
      readonly turn: number;
      readonly session: number | null;
    };

export interface Waiting {
  readonly awaited: Awaited;
  /** What strikes once the effect is through. */
  readonly after: readonly Fault[];
  /** The timer that ends the waiting. */
  readonly timer: number;
  /** What it waited for is there; it will go on. */
  readonly woken: boolean;
  /** The message that it waited for; null if it has none, or waits for something else. */
  readonly taken: Taken | null;
}

export function placeOf({ id, service, handler, step }: Execution): Place {
  return { service: service.name, handler: handler.name, state: step.state, execution: id };
}

/** The name of the fault point an execution stands at. */
export function pointOf({ service, handler, step }: Execution): string {
  return `${service.name}.${handler.name}.${step.state}`;
}

const NONE: readonly Execution[] = [];

export interface ExecutionsMark {
  readonly byId: ReadonlyMap<number, Execution>;
  readonly nextId: number;
}

/** Stands for a transaction whose connection is lost: whatever is asked of it fails. */
export const LOST = -1;

/** An execution's transaction on a database; null if it has none there. */
export function transactionOf({ transactions }: Execution, database: string): number | null {
  return transactions[database] ?? null;
}

/** Changes what an execution has open on a database. */
export function setTransaction(
  execution: Execution,
  database: string,
  transaction: number | null,
): void {
  const { [database]: _, ...others } = execution.transactions;
  execution.transactions =
    transaction === null ? others : { ...execution.transactions, [database]: transaction };
}

/** The runs of handlers that are under way. One that a mark knows is copied before it changes. */
export class Executions {
  readonly #byId = new SharedMap<number, Execution>();
  /** Those that no mark knows. */
  readonly #own = new Set<number>();
  #nextId = 1;

  add(execution: Omit<Execution, 'id'>): Execution {
    const added = { id: this.#nextId++, ...execution };
    this.#byId.set(added.id, added);
    this.#own.add(added.id);
    return added;
  }

  /** What the next one will be called. */
  get nextId(): number {
    return this.#nextId;
  }

  get count(): number {
    return this.#byId.now.size;
  }

  /** Whether any has done something and not ended. */
  get anyBegun(): boolean {
    for (const { begun } of this.#byId.now.values()) if (begun) return true;
    return false;
  }

  /** All, to look at. */
  get all(): Iterable<Readonly<Execution>> {
    return this.#byId.now.values();
  }

  /** One, to look at; null once it has ended. */
  see(id: number): Readonly<Execution> | null {
    return this.#byId.get(id) ?? null;
  }

  /** One, for somebody who may change it; null once it has ended. */
  find(id: number): Execution | null {
    const execution = this.#byId.get(id);
    if (!execution) return null;
    if (this.#own.has(id)) return execution;
    const copy = { ...execution };
    this.#byId.set(id, copy);
    this.#own.add(id);
    return copy;
  }

  get(id: number): Execution {
    return present(this.find(id), `execution ${id}`);
  }

  delete(id: number): void {
    this.#byId.delete(id);
  }

  /** Those that a test finds, for somebody who may change them. */
  where(test: (execution: Readonly<Execution>) => boolean): readonly Execution[] {
    let found: Execution[] | null = null;
    for (const execution of this.#byId.now.values()) {
      if (test(execution)) found = [...(found ?? []), execution];
    }
    return found ? found.map(({ id }) => this.get(id)) : NONE;
  }

  mark(): ExecutionsMark {
    this.#own.clear();
    return { byId: this.#byId.mark(), nextId: this.#nextId };
  }

  rewind(mark: ExecutionsMark): void {
    this.#own.clear();
    this.#byId.rewind(mark.byId);
    this.#nextId = mark.nextId;
  }

  /** Plain data for a fingerprint. */
  state() {
    return [...this.all].map(({ id, step, transactions, session, waiting, ...rest }) => {
      const place = [id, rest.service.name, rest.handler.name, step.state];
      const aside = rest.suspended.map((one) => one.transactions);
      const open = [transactions, aside, session, rest.reply, rest.caller];
      return [place, step.context, open, waiting?.awaited ?? null];
    });
  }
}

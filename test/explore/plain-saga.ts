// The ticket saga as plain values: one handler is one atomic step, any queued message comes next.
// It knows nothing of the simulator: its counts are held against those of three model checkers.

import {
  type Action,
  type Applied,
  type Cost,
  type Model,
  NO_COST,
} from '../../src/explore/model.ts';
import {
  AMOUNT,
  type Customer,
  HANDLERS,
  keyOf,
  type Message,
  SagaStep,
  type State,
} from './plain-saga-handlers.ts';

/** A message is handled, and queued no more unless `isAgain`; or the timer fires for an order. */
export type SagaAction = Action &
  (
    | { readonly kind: 'handle'; readonly message: Message; readonly isAgain: boolean }
    | { readonly kind: 'time-out'; readonly customer: Customer; readonly id: string }
  );

export interface SagaRules {
  /** Whether the timer may fire, once for each order while it is NEW. */
  readonly timer?: boolean;
  /** Whether lockTicket leaves a ticket alone that has an owner, as the original does not. */
  readonly checksOwner?: boolean;
}

// What the checkers' rules leave open, and what was chosen to reach their counts:
// - Both orders begin in `order:new`. Handling a message is one step, and so is the timer's firing.
// - A duplicate delivery handles a message and leaves it queued. How many there were belongs to the
//   state, since it says what is left of the budget.
// - An id is made of the uuid and a number, and rows are a set: nothing tells which came first.
// - `order:finish` without an id finds no order, and is done with.
// - That the timer has fired stays with the order when it is finished or has failed.
// - It is remembered that the ticket went from one customer to the other.
// It makes no difference to them whether a message has a status, an order a reason, a payment a
// customer: they are here because the original has them.
const CUSTOMERS: readonly Customer[] = [1, 2];
const DEPOSIT = 1000;
const DUPLICATE: Cost = { ...NO_COST, faults: 1 };
const BEGINNING: State = {
  ticket: { lockUser: null, owner: null, hasChangedHands: false },
  deposits: { 1: DEPOSIT, 2: DEPOSIT },
  orders: [],
  payments: [],
  bag: CUSTOMERS.map((customer) => ({ queue: 'order:new', customer, id: null, status: null })),
  duplicates: 0,
};

/** Two customers order the one ticket. How often a message comes twice is for the search's budget. */
export class PlainSaga implements Model<SagaAction> {
  readonly #rules: SagaRules;
  #state = BEGINNING;

  constructor(rules: SagaRules = {}) {
    this.#rules = rules;
  }

  reset(): void {
    this.#state = BEGINNING;
  }

  enabled(): readonly SagaAction[] {
    const { bag, orders } = this.#state;
    const messages = [...new Map(bag.map((message) => [keyOf(message), message]))];
    const overdue = this.#rules.timer
      ? orders.filter(({ status, isTimedOut }) => status === 'NEW' && !isTimedOut)
      : [];
    return [
      ...messages.map(([key, message]) => handle(key, message, NO_COST)),
      ...overdue.map(timeOut),
      ...messages.map(([key, message]) => handle(`${key} again`, message, DUPLICATE)),
    ];
  }

  apply(action: SagaAction): Applied<SagaAction> {
    const step = new SagaStep(this.#state);
    if (action.kind === 'time-out') {
      const { customer, id } = action;
      step.updateOrder(customer, id, { isTimedOut: true });
      step.send({ queue: 'order:ticket_error', customer, id, status: 'TIMEOUT' });
    } else {
      const { message, isAgain } = action;
      if (isAgain) step.deliverAgain(message);
      else step.take(message);
      HANDLERS[message.queue](step, message, this.#rules.checksOwner ?? false);
    }
    this.#state = step.state;
    return { footprint: { reads: step.reads, writes: step.writes }, variants: [], length: 1 };
  }

  mark(): State {
    return this.#state;
  }

  rewind(mark: unknown): void {
    this.#state = mark as State;
  }

  fingerprint(): number {
    return hash(JSON.stringify(this.#state));
  }

  // What is broken before the end stays so, or no reduction could find it: between two steps that
  // commute there is a moment which the other order does not have.
  broken(): readonly string[] {
    const state = this.#state;
    // No order is NEW then: as long as it is, a message of it is queued.
    const isEnd = state.bag.length === 0;
    const properties = isEnd ? [...ALWAYS, ...AT_THE_END] : ALWAYS;
    return properties.filter(([, holds]) => !holds(state)).map(([name]) => name);
  }
}

function handle(key: string, message: Message, cost: Cost): SagaAction {
  return { kind: 'handle', key, cost, message, isAgain: cost === DUPLICATE };
}

function timeOut({ customer, id }: { customer: Customer; id: string }): SagaAction {
  return { kind: 'time-out', key: `timer ${id}`, cost: NO_COST, customer, id };
}

type Property = readonly [name: string, holds: (state: State) => boolean];

const ALWAYS: readonly Property[] = [
  [
    'one customer pays',
    ({ payments }) => new Set(payments.map(({ customer }) => customer)).size <= 1,
  ],
  ['the owner never changes', ({ ticket }) => !ticket.hasChangedHands],
  [
    'an order is charged once',
    ({ payments }) => CUSTOMERS.every((customer) => paid(payments, customer) <= 1),
  ],
  ['no deposit is negative', ({ deposits }) => deposits[1] >= 0 && deposits[2] >= 0],
  [
    'what is paid is what is missing',
    ({ deposits, payments }) =>
      CUSTOMERS.every(
        (customer) => DEPOSIT - deposits[customer] === AMOUNT * paid(payments, customer),
      ),
  ],
];

const AT_THE_END: readonly Property[] = [
  [
    'a finished order owns the ticket',
    ({ orders, ticket }) =>
      orders.every(({ status, customer }) => status !== 'FINISH' || ticket.owner === customer),
  ],
  [
    'a failed order is not charged',
    ({ orders, payments }) =>
      orders.every(({ status, customer }) => status !== 'FAIL' || paid(payments, customer) === 0),
  ],
  [
    'an order has one row, and it is final',
    ({ orders }) =>
      CUSTOMERS.every(
        (customer) => orders.filter((order) => order.customer === customer).length === 1,
      ) && orders.every(({ status }) => status !== 'NEW'),
  ],
];

function paid(payments: State['payments'], customer: Customer): number {
  return payments.filter((payment) => payment.customer === customer).length;
}

// Two lanes of 32 bits that multiply and xor, each mixed at the end as MurmurHash3 does it.
function hash(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x5bd1e995);
    low ^= low >>> 15;
  }
  return (mix(high) & 0x1fffff) * 2 ** 32 + mix(low);
}

function mix(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

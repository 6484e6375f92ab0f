// What the ticket saga's handlers do to its plain values, and what each looked at and changed.
// A handler keeps the mistakes of the original; nothing here decides what is handled next.

export type Customer = 1 | 2;
export type Queue = 'new' | 'locked' | 'pay' | 'ticket_move' | 'finish' | 'ticket_error' | 'fail';

/** An `OrderDTO` on its way. A customer orders once, so the customer stands for the uuid too. */
export interface Message {
  readonly queue: `order:${Queue}`;
  readonly customer: Customer;
  readonly id: string | null;
  readonly status: string | null;
}

export interface Order {
  readonly id: string;
  readonly customer: Customer;
  readonly status: 'NEW' | 'FINISH' | 'FAIL';
  readonly reason: string | null;
  /** Whether the timer has fired for it. */
  readonly isTimedOut: boolean;
}

export interface State {
  readonly ticket: {
    readonly lockUser: Customer | null;
    readonly owner: Customer | null;
    /** Whether it ever went from one customer to the other. */
    readonly hasChangedHands: boolean;
  };
  readonly deposits: Readonly<Record<Customer, number>>;
  /** A set, as the payments are, and a bag: so they stand in the order of their text. */
  readonly orders: readonly Order[];
  readonly payments: readonly { readonly orderId: string | null; readonly customer: Customer }[];
  readonly bag: readonly Message[];
  readonly duplicates: number;
}

export const AMOUNT = 100;
const TICKET = 'ticket:110';

/** The same message has the same key. */
export function keyOf({ queue, customer, id, status }: Message): string {
  return `${queue} ${customer} ${id} ${status}`;
}

/** One step from a state to the next: a transaction and its footprint. */
export class SagaStep {
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();
  #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  read(name: string): State {
    this.reads.add(name);
    return this.#state;
  }

  write(name: string, change: Partial<State>): void {
    this.writes.add(name);
    this.#state = { ...this.#state, ...change };
  }

  send(message: Message): void {
    const bag = [...this.#state.bag, message];
    this.write(`bag:${keyOf(message)}`, { bag: inOrder(bag, keyOf) });
  }

  take(message: Message): void {
    const key = keyOf(message);
    const at = this.read(`bag:${key}`).bag.findIndex((other) => keyOf(other) === key);
    this.write(`bag:${key}`, { bag: this.#state.bag.toSpliced(at, 1) });
  }

  // Other deliveries only add to the count, so in which order they do is the same.
  deliverAgain(message: Message): void {
    const { duplicates } = this.read(`bag:${keyOf(message)}`);
    this.#state = { ...this.#state, duplicates: duplicates + 1 };
  }

  /** The orders under a customer's uuid. All rows of one are one name: an id counts them. */
  ordersOf(customer: Customer): readonly Order[] {
    return this.read(`orders:${customer}`).orders.filter((order) => order.customer === customer);
  }

  insertOrder(customer: Customer, change: Pick<Order, 'status' | 'reason'>): string {
    const id = `${customer}/${this.ordersOf(customer).length + 1}`;
    const orders = [...this.#state.orders, { id, customer, ...change, isTimedOut: false }];
    this.write(`orders:${customer}`, { orders: inOrder(orders, (order) => order.id) });
    return id;
  }

  updateOrder(customer: Customer, id: string, change: Partial<Order>): void {
    const { orders } = this.read(`orders:${customer}`);
    this.write(`orders:${customer}`, {
      orders: orders.map((order) => (order.id === id ? { ...order, ...change } : order)),
    });
  }

  pay(customer: Customer, orderId: string | null): void {
    const { deposits, payments } = this.#state;
    const paid = inOrder(
      [...payments, { orderId, customer }],
      (pay) => `${pay.orderId} ${pay.customer}`,
    );
    this.write(`pay_info:${orderId}`, { payments: paid });
    this.write(`customer:${customer}`, {
      deposits: { ...deposits, [customer]: deposits[customer] - AMOUNT },
    });
  }

  changeTicket(change: Partial<State['ticket']>): void {
    this.write(TICKET, { ticket: { ...this.#state.ticket, ...change } });
  }

  ticket(): State['ticket'] {
    return this.read(TICKET).ticket;
  }
}

function inOrder<Item>(items: readonly Item[], textOf: (item: Item) => string): readonly Item[] {
  return items.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

type Handler = (step: SagaStep, message: Message, checksOwner: boolean) => void;

/** What each queue's handler does, by the original's rules unless lockTicket `checksOwner`. */
export const HANDLERS: Readonly<Record<`order:${Queue}`, Handler>> = {
  'order:new'(step, message, checksOwner) {
    const { lockUser, owner } = step.ticket();
    if (lockUser !== null || (checksOwner && owner !== null)) {
      step.send({ ...message, queue: 'order:fail', status: 'TICKET_LOCK_FAIL' });
      return;
    }
    step.changeTicket({ lockUser: message.customer });
    step.send({ ...message, queue: 'order:locked', status: 'TICKET_LOCKED' });
  },
  'order:locked'(step, message) {
    const { customer } = message;
    const isKnown = step.ordersOf(customer).length > 0;
    const id = isKnown ? message.id : step.insertOrder(customer, { status: 'NEW', reason: null });
    step.send({ ...message, queue: 'order:pay', id, status: 'NEW' });
  },
  'order:pay'(step, message) {
    const { customer, id } = message;
    if (step.read(`pay_info:${id}`).payments.some(({ orderId }) => orderId === id)) return;
    if (step.read(`customer:${customer}`).deposits[customer] < AMOUNT) {
      step.send({ ...message, queue: 'order:ticket_error', status: 'NOT_ENOUGH_DEPOSIT' });
      return;
    }
    step.pay(customer, id);
    step.send({ ...message, queue: 'order:ticket_move', status: 'PAID' });
  },
  'order:ticket_move'(step, message) {
    const { customer } = message;
    const { lockUser, owner, hasChangedHands } = step.ticket();
    if (lockUser === customer) {
      const isOthers = owner !== null && owner !== customer;
      const changed = hasChangedHands || isOthers;
      step.changeTicket({ owner: customer, lockUser: null, hasChangedHands: changed });
    }
    step.send({ ...message, queue: 'order:finish', status: 'TICKET_MOVED' });
  },
  'order:finish'(step, { customer, id }) {
    if (id !== null) step.updateOrder(customer, id, { status: 'FINISH' });
  },
  'order:ticket_error'(step, message) {
    const { customer } = message;
    const { owner, lockUser } = step.ticket();
    if (owner === customer) step.changeTicket({ owner: null });
    if (lockUser === customer) step.changeTicket({ lockUser: null });
    step.send({ ...message, queue: 'order:fail' });
  },
  'order:fail'(step, { customer, id, status }) {
    if (id === null) {
      step.insertOrder(customer, { status: 'FAIL', reason: 'TICKET_LOCK_FAIL' });
      return;
    }
    const reason = status === 'NOT_ENOUGH_DEPOSIT' ? { reason: status } : {};
    step.updateOrder(customer, id, { status: 'FAIL', ...reason });
  },
};

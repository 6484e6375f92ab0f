// What goes from one to another in a run: calls and their answers, messages to the broker and from
// it. Pairs each arrival with its sending; what never arrives has an arrow all the same.

import type { MessageBody, TraceEvent } from '../../sim/index.ts';

/** Whose lifeline it is: the world outside, a service, the broker, or a database that goes down. */
export type Party = 'outside' | 'broker' | `service:${string}` | `database:${string}`;

export type ArrowKind = 'call' | 'reply' | 'message' | 'delivery' | 'return' | 'dead-letter';

/** Something on its way, by the event of its arrival, or of its sending if it never arrives. */
export interface Sending {
  readonly kind: ArrowKind;
  readonly from: Party;
  readonly to: Party;
  readonly arrives: boolean;
  /** A second copy, which nobody sent. */
  readonly isCopy: boolean;
  readonly isRedelivered: boolean;
  /** The event of the sending, where that is another than the arrival. */
  readonly sent: number | null;
}

type Sendings = Map<number, Sending>;

const PLAIN = { arrives: true, isCopy: false, isRedelivered: false, sent: null } as const;

const service = (name: string | null): Party => (name === null ? 'outside' : `service:${name}`);

/** A run of a handler: what it answered, and how it ended. */
interface Work {
  replied: TraceEvent | null;
  ended: TraceEvent | null;
}

/** What each event led to, and how each run of a handler went. */
class Story {
  readonly #effects = new Map<number, TraceEvent[]>();
  readonly #works = new Map<number, Work>();
  readonly #events: readonly TraceEvent[];

  constructor(events: readonly TraceEvent[]) {
    this.#events = events;
    for (const event of events) {
      const { cause, place, happening } = event;
      if (cause !== null) this.#effects.set(cause, [...this.ledTo(cause), event]);
      const work = this.#works.get(place.execution ?? 0) ?? { replied: null, ended: null };
      if (happening.kind === 'replied') work.replied = event;
      if (happening.kind === 'ended') work.ended = event;
      if (place.execution !== null) this.#works.set(place.execution, work);
    }
  }

  ledTo(event: number): readonly TraceEvent[] {
    return this.#effects.get(event) ?? [];
  }

  /** How the run of a handler that an arrival began went; null if it never began. */
  workOf(arrival: TraceEvent): Work | null {
    const first = this.ledTo(arrival.id).find(({ place }) => place.execution !== null);
    return this.#works.get(first?.place.execution ?? 0) ?? null;
  }

  /** What a caller heard of a call: an answer, or a failure. */
  heard(call: TraceEvent): TraceEvent | null {
    const { execution } = call.place;
    // Events are numbered from 1, so the call's number is where the next one stands.
    for (let at = call.id; at < this.#events.length; at++) {
      const event = this.#events[at];
      if (event?.place.execution !== execution) continue;
      const { happening } = event;
      const isFailed = happening.kind === 'failed' && happening.effect === 'call';
      if (isFailed || happening.kind === 'answered') return event;
    }
    return null;
  }
}

/** A fault loses an answer at the very end of its way: the caller sees an error instead. */
function isLost(answer: TraceEvent, story: Story): boolean {
  return story.ledTo(answer.id).some(({ happening }) => {
    return happening.kind === 'struck' && happening.fault.startsWith('lost-reply@');
  });
}

function addCall(call: TraceEvent, story: Story, sendings: Sendings): void {
  if (call.happening.kind !== 'called') return;
  const [from, to] = [service(call.place.service), service(call.happening.service)];
  const arrivals = story.ledTo(call.id).filter(({ happening }) => happening.kind === 'requested');
  const [first, ...copies] = arrivals;
  if (!first) {
    sendings.set(call.id, { ...PLAIN, kind: 'call', from, to, arrives: false });
    return;
  }
  sendings.set(first.id, { ...PLAIN, kind: 'call', from, to, sent: call.id });
  for (const { id } of copies) {
    sendings.set(id, { ...PLAIN, kind: 'call', from, to, isCopy: true, sent: call.id });
  }
  const heard = story.heard(call);
  const { replied, ended } = story.workOf(first) ?? {};
  if (!ended) return;
  const reply = { ...PLAIN, kind: 'reply', from: to, to: from } as const;
  if (heard && heard.id > ended.id) {
    const arrives = !isLost(heard, story);
    sendings.set(heard.id, { ...reply, arrives, sent: replied?.id ?? ended.id });
  } else if (replied) sendings.set(replied.id, { ...reply, arrives: false });
}

/** What a client outside asks for, and what it is told. */
function addRequest(request: TraceEvent, story: Story, sendings: Sendings): void {
  const to = service(request.place.service);
  const isRefused = story
    .ledTo(request.id)
    .some(({ happening, place }) => happening.kind === 'failed' && place.execution === null);
  sendings.set(request.id, { ...PLAIN, kind: 'call', from: 'outside', to, arrives: !isRefused });
  const { replied, ended } = story.workOf(request) ?? {};
  const isFailed = ended?.happening.kind === 'ended' && !ended.happening.success;
  const told = isFailed ? ended : replied;
  if (told) sendings.set(told.id, { ...PLAIN, kind: 'reply', from: to, to: 'outside' });
}

/** What was sent, and is not yet seen at the broker: more comes out of it only as copies. */
class Outgoing {
  #sent: { readonly key: string; readonly event: TraceEvent }[] = [];

  add(event: TraceEvent, queue: string, body: MessageBody): void {
    this.#sent.push({ key: JSON.stringify([queue, body]), event });
  }

  take(queue: string, body: MessageBody): TraceEvent | null {
    const key = JSON.stringify([queue, body]);
    const found = this.#sent.find((one) => one.key === key);
    this.#sent = this.#sent.filter((one) => one !== found);
    return found?.event ?? null;
  }

  forget(execution: number | null): void {
    this.#sent = this.#sent.filter(({ event }) => event.place.execution !== execution);
  }
}

function addMessage(event: TraceEvent, outgoing: Outgoing, sendings: Sendings): void {
  const { happening, place, id, cause } = event;
  const own = service(place.service);
  const add = (sending: Partial<Sending> & Pick<Sending, 'kind'>) =>
    sendings.set(id, { ...PLAIN, from: own, to: 'broker', ...sending });
  switch (happening.kind) {
    case 'sent':
      outgoing.add(event, happening.queue, happening.body);
      return;
    case 'rolled-back':
      if (happening.resource === 'session') outgoing.forget(place.execution);
      return;
    case 'published': {
      const { queue, body } = happening.message;
      const sent = outgoing.take(queue, body);
      // Outside a transaction the sending itself is the cause.
      const atOnce = sent !== null && sent.id === cause ? sent.id : null;
      add({ kind: 'message', isCopy: sent === null, sent: atOnce });
      return;
    }
    case 'lost':
      outgoing.take(happening.queue, happening.body);
      add({ kind: 'message', arrives: false });
      return;
    case 'put':
      add({ kind: 'message' });
      return;
    case 'received': {
      const isRedelivered = happening.message.redelivered;
      add({ kind: 'delivery', from: 'broker', to: own, isRedelivered });
      return;
    }
    case 'polled': {
      if (!happening.message) return;
      const isRedelivered = happening.message.redelivered;
      add({ kind: 'delivery', from: 'broker', to: own, isRedelivered });
      return;
    }
    case 'returned':
      add({ kind: 'return', from: place.service === null ? 'broker' : own });
      return;
    case 'dead-lettered':
      add({ kind: 'dead-letter', from: place.service === null ? 'broker' : own });
      return;
    default:
  }
}

/** All that goes from one to another, by the event that it belongs to. */
export function sendingsOf(events: readonly TraceEvent[]): ReadonlyMap<number, Sending> {
  const story = new Story(events);
  const outgoing = new Outgoing();
  const sendings: Sendings = new Map();
  const calls = new Set<number>();
  for (const event of events) {
    const { id, cause, happening } = event;
    if (happening.kind === 'called') {
      calls.add(id);
      addCall(event, story, sendings);
    } else if (happening.kind === 'requested' && !calls.has(cause ?? 0)) {
      addRequest(event, story, sendings);
    } else addMessage(event, outgoing, sendings);
  }
  return sendings;
}

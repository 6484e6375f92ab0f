// Performs what an execution asks of the broker: in its JMS session, or in none.

import { type Message, type SendTwist, seen, type Taken } from './broker/index.ts';
import { type Awaited, type Execution, placeOf } from './execution.ts';
import { present, type Xid } from './kernel/index.ts';
import type { Parts } from './parts.ts';
import { type Asked, DONE, definite, type Noting, type Performed } from './perform-sql.ts';
import { noteSessionEnd } from './sessions.ts';
import { touchSession } from './touch.ts';

export class SessionPerformer {
  readonly #parts: Parts;
  readonly #note: Noting;

  constructor(parts: Parts, note: Noting) {
    this.#parts = parts;
    this.#note = note;
  }

  receive(execution: Execution): Performed {
    const message = present(execution.message, 'a message to receive');
    const { body, deliveryCount, redelivered } = seen(message);
    this.#note(execution, { kind: 'received', message: seen(message) });
    return { type: 'done', result: { value: body, deliveryCount, redelivered } };
  }

  decline(execution: Execution): Performed {
    const { broker, clock, settings } = this.#parts;
    const { session } = execution;
    const message = present(execution.message, 'a message to leave');
    execution.session = null;
    const end = session && broker.decline(session, clock.nowMs, settings.recoveryMs);
    if (!end) return definite('connection-lost');
    const happening = { message: seen(message), againInMs: settings.recoveryMs };
    const cause = this.#note(execution, { kind: 'declined', ...happening });
    noteSessionEnd(this.#parts, placeOf(execution), end, cause);
    return DONE;
  }

  open(execution: Execution, { branch }: Asked<'open'>): Performed {
    const { broker } = this.#parts;
    const session = execution.session ?? broker.openSession();
    if (session === null) return definite('broker-down');
    if (!broker.sessions.isOpen(session)) return definite('connection-lost');
    execution.session = session;
    if (branch) broker.sessions.change(session, { branch });
    this.#note(execution, { kind: 'opened', branch: branch ?? null });
    return DONE;
  }

  send(execution: Execution, effect: Asked<'send'>, twist: SendTwist): Performed {
    const { queue, body, transacted = true } = effect;
    const { broker, clock } = this.#parts;
    if (!transacted) {
      if (!broker.up) return definite('broker-down');
      const cause = this.#note(execution, { kind: 'sent', queue, body });
      const end = present(broker.publish({ queue, body, twist }, clock.nowMs, cause), 'a session');
      noteSessionEnd(this.#parts, placeOf(execution), end, cause);
      return DONE;
    }
    const session = execution.session ?? broker.openSession();
    if (session === null) return definite('broker-down');
    if (!broker.sessions.isOpen(session)) return definite('connection-lost');
    execution.session = session;
    this.#note(execution, { kind: 'sent', queue, body });
    this.#parts.recorder?.acts.push({ kind: 'send', send: { queue, body, twist } });
    broker.send(session, { queue, body, twist });
    return DONE;
  }

  /** Takes a message at once, or waits for one. */
  poll(execution: Execution, effect: Asked<'poll'>): Performed {
    const { broker, clock, footprint } = this.#parts;
    const { queue, timeoutMs, transacted = false } = effect;
    if (!broker.up) return definite('broker-down');
    const session = transacted ? this.#sessionOf(execution) : null;
    if (session !== null && !broker.sessions.isOpen(session)) return definite('connection-lost');
    const message = broker.take(queue, session, clock.nowMs);
    if (message || timeoutMs <= 0) return this.#took(execution, queue, message, transacted);
    // It joins those who wait, and a timer: whoever comes before it makes a difference.
    if (footprint) footprint.everything = true;
    const awaited = { kind: 'message', queue, turn: broker.nextTurn(), session } as const;
    return { type: 'waiting', awaited, patienceMs: timeoutMs };
  }

  /** Goes on with what it was given, or without. */
  goOn(
    execution: Execution,
    { queue, session }: Extract<Awaited, { readonly kind: 'message' }>,
    taken: Taken | null,
  ): Performed {
    const { broker, clock, footprint } = this.#parts;
    footprint?.writes.add(`queue ${queue}`);
    const own = taken?.session ?? session;
    if (own !== null && !broker.sessions.isOpen(own)) return definite('connection-lost');
    if (!taken && !broker.up) return definite('broker-down');
    // In no session of the run's it is acknowledged as it arrives.
    if (taken && session === null) broker.commit(taken.session, clock.nowMs, execution.cause);
    return this.#took(execution, queue, taken?.message ?? null, session !== null);
  }

  #took(
    execution: Execution,
    queue: string,
    message: Message | null,
    transacted: boolean,
  ): Performed {
    const found = message && seen(message);
    this.#note(execution, {
      ...{ kind: 'polled', queue, message: found },
      ...(transacted && { transacted }),
    });
    if (!found) return { type: 'done', result: { value: null } };
    const { body, deliveryCount, redelivered } = found;
    return { type: 'done', result: { value: body, deliveryCount, redelivered }, taken: message };
  }

  // The session it has, or a new one.
  #sessionOf(execution: Execution): number | null {
    execution.session ??= this.#parts.broker.openSession();
    return execution.session;
  }

  commit(execution: Execution, branch?: Xid): Performed {
    const { broker, clock } = this.#parts;
    const { session } = execution;
    execution.session = null;
    if (session === null || !broker.sessions.isOpen(session)) return definite('connection-lost');
    const ended = { kind: 'committed', resource: 'session', database: null } as const;
    const cause = this.#note(execution, { ...ended, transaction: null, ...(branch && { branch }) });
    this.#parts.recorder?.acts.push({ kind: 'commit' });
    const end = present(broker.commit(session, clock.nowMs, cause), 'an open session');
    noteSessionEnd(this.#parts, placeOf(execution), end, cause);
    return DONE;
  }

  /** Rolls the JMS session back, if it is still open: what it received returns. */
  rollBack(execution: Execution, branch?: Xid, redeliverAfterMs?: number): Performed {
    const { broker, clock } = this.#parts;
    const { session } = execution;
    execution.session = null;
    if (session === null || !broker.sessions.isOpen(session)) return DONE;
    const ended = { kind: 'rolled-back', resource: 'session', database: null } as const;
    const cause = this.#note(execution, { ...ended, transaction: null, ...(branch && { branch }) });
    this.#parts.recorder?.acts.push({ kind: 'rollback', afterMs: redeliverAfterMs });
    const end = broker.rollback(session, clock.nowMs, cause, redeliverAfterMs);
    noteSessionEnd(this.#parts, placeOf(execution), present(end, 'an open session'), cause);
    return DONE;
  }

  /** The connection drops: what is open is rolled back, unless it is prepared. */
  disconnect(execution: Execution): void {
    const { session } = execution;
    if (session !== null && this.#parts.broker.sessions.isPrepared(session))
      execution.session = null;
    else {
      touchSession(this.#parts, execution);
      this.rollBack(execution);
    }
  }
}

// What a fault does when it strikes an execution at a step.

import type { Message, SendTwist } from './broker/index.ts';
import { type Execution, type Executions, LOST, placeOf } from './execution.ts';
import { type Fault, faultText, type Strike } from './faults/index.ts';
import { type Effect, type Failure, present } from './kernel/index.ts';
import { crashBroker, crashDatabase, crashService } from './outages.ts';
import { databaseOf, type Parts } from './parts.ts';
import type { Performer } from './perform.ts';
import { databaseNamed } from './perform-sql.ts';
import { noteSessionEnd } from './sessions.ts';

/** What is left after a strike: the execution is gone, or sees a failure, or goes on. */
export type Struck = 'gone' | Failure | null;

/** How the faults of a step bend a message it sends, or a call it makes. */
export function twistOf(faults: readonly Fault[]): SendTwist {
  const optionOf = (kind: Fault['kind']) => {
    const fault = faults.find((one) => one.kind === kind);
    return fault && (fault.options.delay ?? 0);
  };
  const delayMs = optionOf('delay');
  const copyAfterMs = optionOf('duplicate');
  const overtakenWithinMs = optionOf('reorder');
  return {
    lost: faults.some((fault) => fault.kind === 'lose'),
    ...(delayMs !== undefined && { delayMs }),
    ...(copyAfterMs !== undefined && { copyAfterMs }),
    ...(overtakenWithinMs !== undefined && { overtakenWithinMs }),
  };
}

/** A copy of what a receive takes can be made only once it has taken it. */
export function putOff({ before, after }: Strike, { kind }: Effect): Strike {
  if (kind !== 'poll' || before.length === 0) return { before, after };
  const isCopy = (fault: Fault): boolean => fault.kind === 'duplicate';
  const at = before.filter((fault) => !isCopy(fault));
  return { before: at, after: [...before.filter(isCopy), ...after] };
}

// A commit whose connection drops after it happened may have happened, as far as the caller knows.
function connectionLost(effect: Effect, when: Fault['when']): Failure {
  const definite = when === 'before' || !['commit', 'call'].includes(effect.kind);
  return { code: 'connection-lost', definite };
}

const ON_DATABASE: readonly Effect['kind'][] = [
  'begin',
  'sql',
  'savepoint',
  'rollback-to',
  'release',
];
const ON_SESSION: readonly Effect['kind'][] = ['open', 'send', 'poll'];

const usesDatabase = (effect: Effect): boolean =>
  ON_DATABASE.includes(effect.kind) || ('resource' in effect && effect.resource === 'database');

const isBuffered = (effect: Effect): boolean =>
  effect.kind === 'send' && effect.transacted !== false;

const usesSession = (effect: Effect): boolean =>
  ON_SESSION.includes(effect.kind) || ('resource' in effect && effect.resource === 'session');

export class Striker {
  readonly #parts: Parts;
  readonly #executions: Executions;
  readonly #performer: Performer;

  constructor(parts: Parts, executions: Executions, performer: Performer) {
    this.#parts = parts;
    this.#executions = executions;
    this.#performer = performer;
  }

  /**
   * Lets a fault strike an execution, before or after its effect is performed. `taken` is the
   * message that a receive took: where there is none, none is copied, and the fault has not struck.
   */
  strike(execution: Execution, fault: Fault, effect: Effect, taken: Message | null = null): Struck {
    const { when } = fault;
    const { plan, recorder } = this.#parts;
    if (fault.kind === 'duplicate' && effect.kind === 'poll' && !taken) return null;
    plan.strike(fault);
    if (recorder && fault.kind.startsWith('crash')) recorder.isRepeatable = false;
    const cause = this.#performer.note(execution, { kind: 'struck', fault: faultText(fault) });
    const restartMs = fault.options.restart ?? this.#parts.settings.restartMs;
    const { service } = execution;
    switch (fault.kind) {
      case 'crash':
        crashService(this.#parts, this.#executions, service.name, restartMs, cause);
        return 'gone';
      case 'crash-db':
        this.#crashDatabase(databaseNamed(execution, effect), restartMs, cause);
        // A commit that meets the crash may have been done, as far as its client knows.
        if (!usesDatabase(effect)) return null;
        return when === 'after' || effect.kind === 'commit'
          ? connectionLost(effect, 'after')
          : null;
      case 'crash-broker':
        crashBroker(this.#parts, restartMs, cause);
        // A send in a transaction is not waited for: the loss shows at the next that is.
        return when === 'after' && usesSession(effect) && !isBuffered(effect)
          ? connectionLost(effect, when)
          : null;
      case 'error':
        return { code: 'injected-error', definite: when === 'before' };
      case 'timeout':
        return effect.kind === 'call'
          ? { code: 'call-timed-out', definite: false }
          : { code: 'lock-wait-timeout', definite: when === 'before' };
      case 'refuse':
        this.#disconnect(execution, effect);
        return { code: 'xa-rbrollback', definite: true };
      case 'lost-reply':
        return { code: 'reply-lost', definite: false };
      case 'disconnect':
        this.#disconnect(execution, effect);
        return connectionLost(effect, when);
      case 'duplicate':
        if (effect.kind === 'receive')
          this.#copyMessage(execution, execution.message, fault, cause);
        if (effect.kind === 'poll') this.#copyMessage(execution, taken, fault, cause);
        return null;
      default:
        return null;
    }
  }

  // Whoever is connected learns of it when he next asks for something; a prepared branch stays.
  #crashDatabase(name: string, restartMs: number, cause: number): void {
    const database = databaseOf(this.#parts, name);
    crashDatabase(this.#parts, name, restartMs, cause);
    const lost = (transactions: Execution['transactions']): Execution['transactions'] => {
      const own = transactions[name];
      if (own === undefined || database.find(own)) return transactions;
      return { ...transactions, [name]: LOST };
    };
    for (const execution of this.#executions.where(() => true)) {
      execution.transactions = lost(execution.transactions);
      execution.suspended = execution.suspended.map((one) => {
        return { ...one, transactions: lost(one.transactions) };
      });
    }
  }

  #disconnect(execution: Execution, effect: Effect): void {
    if (usesDatabase(effect)) {
      this.#performer.sql.disconnect(execution, databaseNamed(execution, effect));
    } else if (usesSession(effect)) this.#performer.session.disconnect(execution);
  }

  #copyMessage(
    execution: Execution,
    given: Message | null,
    { options }: Fault,
    cause: number,
  ): void {
    const { broker, clock } = this.#parts;
    const message = present(given, 'a message to copy');
    this.#parts.recorder?.acts.push({ kind: 'copy', afterMs: options.delay ?? 0 });
    const end = broker.resend(message, options.delay ?? 0, clock.nowMs, cause);
    noteSessionEnd(this.#parts, placeOf(execution), end, cause);
  }
}

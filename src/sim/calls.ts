// Calls between services: a request that arrives at another process, and the answer that comes
// back, each a step later. Either may be lost on its way; whoever waits gives up after a while.

import type { Answer, Caller, Execution } from './execution.ts';
import type { Failure } from './kernel/index.ts';
import { type Invocation, type Parts, serviceOf, stepMs, type Work } from './parts.ts';
import type { Handler, Service } from './scenario.ts';
import { handlersOf } from './scenario.ts';

/** How a fault bends the way of a request. */
export interface CallTwist {
  readonly lost?: boolean;
  readonly delayMs?: number;
  readonly copyAfterMs?: number;
}

function put(parts: Parts, inMs: number, work: Work, cause: number | null): void {
  const { agenda, clock, footprint } = parts;
  if (inMs > 0) footprint?.writes.add('timers');
  agenda.add({ dueMs: clock.nowMs + stepMs(parts) + inMs, timer: inMs > 0, work, cause });
}

/** Sends a request on its way; a copy may follow it, whose answer goes nowhere. */
export function sendRequest(
  parts: Parts,
  { service, handler, body }: Omit<Invocation, 'caller'>,
  caller: Caller,
  twist: CallTwist,
  cause: number | null,
): void {
  const request = { kind: 'invoke', service, handler, body } as const;
  const delayMs = twist.delayMs ?? 0;
  if (!twist.lost) put(parts, delayMs, { ...request, caller }, cause);
  if (twist.copyAfterMs === undefined) return;
  put(parts, delayMs + twist.copyAfterMs, { ...request, caller: null }, cause);
}

/** Sends an answer back, if anybody waits for it. */
export function sendAnswer(
  parts: Parts,
  caller: Caller | null,
  answer: Answer,
  cause: number | null,
): void {
  if (caller) put(parts, 0, { kind: 'answer', caller, answer }, cause);
}

/** Answers that nobody listens there: certainly nothing was done. */
export function refuseCall(parts: Parts, caller: Caller | null, cause: number | null): void {
  const failure: Failure = { code: 'connection-refused', definite: true };
  sendAnswer(parts, caller, { failure }, cause);
}

/** The process that was called died: nobody knows how far it came. */
export function breakCall(parts: Parts, { caller }: Execution, cause: number | null): void {
  sendAnswer(parts, caller, { failure: { code: 'connection-lost', definite: false } }, cause);
}

/** The service and handler a request is for; null where there are none of that name. */
export function calledHandler(
  parts: Parts,
  service: string,
  handler: string,
): { readonly service: Service; readonly handler: Handler } | null {
  if (!parts.scenario.services.some(({ name }) => name === service)) return null;
  const found = serviceOf(parts, service);
  const called = handlersOf(found).find(({ name }) => name === handler);
  return called ? { service: found, handler: called } : null;
}

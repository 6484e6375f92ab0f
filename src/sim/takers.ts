// Runs of handlers that wait in a synchronous receive: who they are to the broker, and how they
// stand among all who wait for the same queue.

import type { Taker } from './broker/index.ts';
import type { Awaited, Execution, Executions } from './execution.ts';
import type { Parts } from './parts.ts';

type ForMessage = Extract<Awaited, { readonly kind: 'message' }>;

/** What a run waits for in a queue; null if it has been served, or waits for nothing there. */
function receiveOf({ waiting }: Readonly<Execution>): ForMessage | null {
  return waiting && !waiting.woken && waiting.awaited.kind === 'message' ? waiting.awaited : null;
}

/** All who wait, for the broker to serve. */
export function takersOf(executions: Executions): readonly Taker[] {
  const takers: Taker[] = [];
  for (const execution of executions.all) {
    const awaited = receiveOf(execution);
    if (awaited) takers.push({ ...awaited, execution: execution.id });
  }
  return takers;
}

/** Those whose session ended while they waited: its connection is lost, and nothing will come. */
export function cutOff({ executions, broker }: Parts): readonly Execution[] {
  return executions.where((execution) => {
    const session = receiveOf(execution)?.session ?? null;
    return session !== null && !broker.sessions.isOpen(session);
  });
}

/** How a run stands among those who wait for its queue: who is served before it. */
export function standingOf({ broker, executions }: Parts, { queue, turn }: ForMessage) {
  const before = takersOf(executions).filter((one) => one.queue === queue && one.turn < turn);
  return [before.length, broker.waitingBefore(queue, turn)];
}

// Who waits for what, where a world has come to a stop: so that one can say why nothing goes on.

import { DEAD_LETTER_QUEUE } from './broker/index.ts';
import { type Execution, pointOf } from './execution.ts';
import type { Parts } from './parts.ts';

/** One who waits. */
export interface Wait {
  /** A run of a handler by its state, a branch, a queue, or a resource. */
  readonly who: string;
  readonly what: 'lock' | 'answer' | 'message' | 'decision' | 'consumer' | 'restart';
  /** Whom or what for: holders of locks, a handler, a queue, a database. */
  readonly of: string;
}

function holdersOf(parts: Parts, name: string, transaction: number): string {
  const { transactions } = parts.revisions.at(name).insight.inspect();
  const holders = transactions.find((one) => one.transaction === transaction)?.waitsFor ?? [];
  // One may wait for what it has set aside itself.
  const owners = [...parts.executions.all].filter(({ transactions, suspended }) => {
    const own = [transactions, ...suspended.map((one) => one.transactions)];
    return own.some((open) => holders.includes(open[name] ?? Number.NaN));
  });
  return owners.map(pointOf).join(', ') || name;
}

function waitOf(parts: Parts, execution: Readonly<Execution>): readonly Wait[] {
  const { waiting, step } = execution;
  const who = pointOf(execution);
  if (!waiting) return [];
  const { awaited } = waiting;
  switch (awaited.kind) {
    case 'lock':
      return [{ who, what: 'lock', of: holdersOf(parts, awaited.database, awaited.transaction) }];
    case 'message':
      return [{ who, what: 'message', of: awaited.queue }];
    default: {
      const called = step.effect?.kind === 'call' ? step.effect : null;
      return [{ who, what: 'answer', of: called ? `${called.service}.${called.handler}` : '' }];
    }
  }
}

/** Everybody who waits in a world. */
export function waitsOf(parts: Parts): readonly Wait[] {
  const { databases, revisions, broker, processes, scenario, agenda, executions } = parts;
  const returns = (name: string) =>
    agenda.tasks.some(({ work }) => {
      return work.kind === 'restart'
        ? work.name === name
        : work.kind === 'start' && work.service === name;
    });
  const down = [
    ...scenario.services.map(({ name }) => name).filter((name) => !processes.isUp(name)),
    ...[...databases.keys()].filter((name) => !revisions.at(name).isUp),
    ...(broker.up ? [] : ['broker']),
  ];
  const branches = [...databases.keys()].flatMap((name) =>
    revisions.at(name).transactions.flatMap(({ branch }): readonly Wait[] => {
      if (branch?.state !== 'prepared') return [];
      return [{ who: `${branch.id.xid}/${branch.id.branchId}`, what: 'decision', of: name }];
    }),
  );
  const queues = broker.queueNames.filter((queue) => {
    return queue !== DEAD_LETTER_QUEUE && broker.messagesOf(queue).length > 0;
  });
  return [
    ...[...executions.all].flatMap((execution) => waitOf(parts, execution)),
    ...branches,
    ...queues.map((queue): Wait => ({ who: queue, what: 'consumer', of: queue })),
    ...down
      .filter((name) => !returns(name))
      .map((name): Wait => ({ who: name, what: 'restart', of: name })),
  ];
}

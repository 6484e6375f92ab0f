// Recovery: what a transaction manager does now and then, and after each start of its process. It
// asks every resource for branches in doubt, and decides each by its log: committed if the log
// says so, rolled back if it says nothing. A branch may belong to a transaction that is still under
// way, so it is let alone until it has been in doubt for some time.

import type { AnyStateMachine } from 'xstate';
import type { Row } from '../kernel/effect.ts';
import { type Exit, fork, type Given, type HandlerState, handlerMachine, step } from './handler.ts';
import { on, type Participant } from './two-phase.ts';

interface Doubt {
  readonly participant: Participant;
  readonly xid: string;
  readonly branchId: string;
}

interface Findings {
  readonly log: readonly Row[];
  /** When each global transaction was first found in doubt by this process, in virtual ms. */
  readonly seen: Readonly<Record<string, number>>;
  readonly doubts: readonly Doubt[];
  /** Resources that have not answered: what they have in doubt is not known. */
  readonly silent: readonly Participant[];
}

/** What a recovery knows of its world. */
export interface Recovery {
  readonly participants: readonly Participant[];
  /** How long a branch must have been in doubt, in virtual ms. */
  readonly afterMs: number;
  /** Whether it knows a resource at all: one that is not registered with it is never asked. */
  readonly knows?: (participant: Participant, parameters: Row) => boolean;
}

const decisionOf = ({ log }: Findings, xid: string): 'commit' | 'rollback' =>
  log.some((row) => row['xid'] === xid && row['decision'] === 'commit') ? 'commit' : 'rollback';

const isOver = ({ log, doubts, silent }: Findings): boolean =>
  silent.length === 0 && doubts.length === 0 && log.some((row) => row['decision'] === 'commit');

type Here = Given<Findings>;

// What is known without the first decision, which has been carried out.
function forgotten(memory: Findings): Findings {
  const over = memory.log.find((row) => row['decision'] === 'commit')?.['xid'];
  return { ...memory, log: memory.log.filter((row) => row['xid'] !== over) };
}

/** The first branch that has been in doubt for long enough. */
const nextDue = ({ memory, nowMs }: Here, afterMs: number): Doubt | undefined =>
  memory.doubts.find(({ xid }) => nowMs - (memory.seen[xid] ?? nowMs) >= afterMs);

const seenNow = ({ memory, nowMs }: Here): Findings['seen'] =>
  Object.fromEntries(memory.doubts.map(({ xid }) => [xid, memory.seen[xid] ?? nowMs]));

const found =
  (participant: Participant) =>
  ({ memory, result }: Here): Findings => {
    const doubts = (result.rows ?? []).map(({ xid, branchId }) => {
      return { participant, xid: String(xid), branchId: String(branchId) };
    });
    return { ...memory, doubts: [...memory.doubts, ...doubts] };
  };

const silent = (memory: Findings, participant: Participant): Findings => ({
  ...memory,
  silent: [...memory.silent, participant],
});

// Tells a resource what is decided about the branch that is due.
function deciding(participant: Participant, kind: 'commit' | 'rollback', afterMs: number) {
  const without = (given: Here): Findings => {
    const due = nextDue(given, afterMs);
    return { ...given.memory, doubts: given.memory.doubts.filter((one) => one !== due) };
  };
  return step<Findings, typeof kind>(
    kind,
    (given) => {
      const { xid = '', branchId = '' } = nextDue(given, afterMs) ?? {};
      return { ...on(participant), branch: { xid, branchId } };
    },
    [{ target: 'choosing', remember: without }],
    // Somebody holds it still, or the resource is down: another time.
    [{ target: 'choosing', remember: (given) => silent(without(given), participant) }],
  );
}

// Asks every resource it knows for its branches in doubt.
function asking({ participants, afterMs, knows = () => true }: Recovery) {
  const states = participants.flatMap((participant, at) => {
    const next = participants[at + 1];
    const onward = next === undefined ? 'remembering' : `asking-${next}`;
    const known = ({ parameters }: Here): boolean => knows(participant, parameters);
    const unheard: Exit<Findings> = {
      target: onward,
      remember: ({ memory }) => silent(memory, participant),
    };
    return Object.entries({
      [`asking-${participant}`]: fork<Findings>([
        { target: `recovering-${participant}`, test: known },
        onward,
      ]),
      [`recovering-${participant}`]: step<Findings, 'recover'>(
        'recover',
        on(participant),
        [{ target: onward, remember: found(participant) }],
        [unheard],
      ),
      [`committing-${participant}`]: deciding(participant, 'commit', afterMs),
      [`rolling-back-${participant}`]: deciding(participant, 'rollback', afterMs),
    });
  });
  return Object.fromEntries(states) as Readonly<Record<string, HandlerState>>;
}

/** The machine of a recovery job. */
export function recoveryMachine(id: string, recovery: Recovery): AnyStateMachine {
  const { participants, afterMs } = recovery;
  const dueAt = (participant: Participant, decision: 'commit' | 'rollback') => (given: Here) => {
    const due = nextDue(given, afterMs);
    return due?.participant === participant && decisionOf(given.memory, due.xid) === decision;
  };
  const choices = participants.flatMap((participant): readonly Exit<Findings>[] => [
    { target: `committing-${participant}`, test: dueAt(participant, 'commit') },
    { target: `rolling-back-${participant}`, test: dueAt(participant, 'rollback') },
  ]);
  return handlerMachine(id, 'reading-log', 'failed', {
    'reading-log': step<Findings, 'read-log'>('read-log', {}, [
      {
        target: 'recalling',
        remember: ({ result }) => ({ log: result.rows ?? [], seen: {}, doubts: [], silent: [] }),
      },
    ]),
    recalling: step<Findings, 'recall'>('recall', {}, [
      {
        target: `asking-${participants[0]}`,
        remember: ({ memory, result }) => {
          const { seen = {} } = (result.value ?? {}) as { seen?: Findings['seen'] };
          return { ...memory, seen };
        },
      },
    ]),
    ...asking(recovery),
    remembering: step<Findings, 'keep'>(
      'keep',
      (given) => ({ entries: { seen: seenNow(given) } }),
      [{ target: 'choosing', remember: (given) => ({ ...given.memory, seen: seenNow(given) }) }],
    ),
    choosing: fork<Findings>([
      ...choices,
      { target: 'logging-end', test: ({ memory }) => isOver(memory) },
      'finished',
    ]),
    'logging-end': step<Findings, 'log'>(
      'log',
      ({ memory }) => {
        const over = memory.log.find((row) => row['decision'] === 'commit');
        return { record: { decision: 'forget', xid: String(over?.['xid'] ?? ''), branches: [] } };
      },
      [{ target: 'choosing', remember: ({ memory }) => forgotten(memory) }],
      'failed',
    ),
  });
}

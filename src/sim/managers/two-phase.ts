// Two-phase commit by the XA specification, as a JTA transaction manager does it: every resource a
// branch, votes first, then the decision forced to a log, then the outcome told to each. By
// presumed abort only a decision to commit is logged. One resource alone commits in one phase.

import type { AnyStateMachine } from 'xstate';
import type { Failure, Xid } from '../kernel/effect.ts';
import type { Json } from '../kernel/fingerprint.ts';
import { managerException, translated, UNKNOWN } from './exceptions.ts';
import { type Exit, fork, type Given, handlerMachine, orElse, step } from './handler.ts';
import { type Kept, keep, keptIn, throwing } from './kept.ts';
import { ends } from './managed.ts';
import { type States, thrownBy } from './units.ts';

/** A resource that takes part: the JMS session, or a database by its name. */
export type Participant = 'session' | (string & {});

/** A method in a global transaction. */
export interface GlobalMethod<Memory> {
  /** In the order they are used, which is the order they prepare and commit in. */
  readonly participants: readonly Participant[];
  /** Whether it is started by a message, received within the transaction. */
  readonly listens?: boolean;
  /** An isolation level the method asks for, which JTA has no way to give. */
  readonly isolation?: (given: Given<Memory>) => string | null;
  readonly timeoutMs?: number;
  /** What comes before the transaction; a last state goes on to `called`. */
  readonly before?: States;
  readonly first: string;
  /** A step that is the last goes on to `returned`. */
  readonly states: States;
  readonly reply?: (given: Given<Memory>) => Json;
}

/** How often a commit is tried, and how long the manager waits in between. */
const TRIES_MAX = 4;
const RETRY_MS = 3000;

/** What an effect needs to be for a participant. */
export const on = (participant: Participant) =>
  participant === 'session'
    ? ({ resource: 'session' } as const)
    : ({ resource: 'database', database: participant } as const);

const branchOf = <Memory>(given: Given<Memory>, participant: Participant): Xid => ({
  xid: keptIn(given).xid,
  branchId: participant,
});

const refused = (failure: Failure | null): Failure =>
  managerException(
    'UnexpectedRollbackException',
    failure,
    'Prepare failed because one or more resources refused to commit',
  );

const thrownIn = <Memory>(failure: Failure | null, { failed }: Given<Memory>): Failure =>
  thrownBy([], failure ?? UNKNOWN, failed);

const hasStarted = (participant: Participant) => (given: { readonly managed: unknown }) =>
  keptIn(given).started.includes(participant);

/** Each participant's state leads to the next one's, the last to `then`. */
function chain(
  doing: string,
  participants: readonly Participant[],
  then: string,
  make: (participant: Participant, onward: string) => States[string],
): States {
  const entries = participants.map((participant, at) => {
    const next = participants[at + 1];
    const onward = next === undefined ? then : reachingIf(doing, next);
    return [`${doing}-${participant}`, make(participant, onward)];
  });
  return Object.fromEntries(entries) as States;
}

// Whoever has not been started need not be ended or rolled back: it is passed by.
const PASSED = ['ending', 'rolling-back'];
const reaching = (doing: string, participant: Participant): string =>
  `toward-${doing}-${participant}`;
const reachingIf = (doing: string, participant: Participant): string =>
  PASSED.includes(doing) ? reaching(doing, participant) : `${doing}-${participant}`;

function reachingEach<Memory>(
  doing: string,
  participants: readonly Participant[],
  then: string,
): States {
  const entries = participants.map((participant, at) => {
    const next = participants[at + 1];
    const own = { target: `${doing}-${participant}`, test: hasStarted(participant) };
    const past = next === undefined ? then : reaching(doing, next);
    return [reaching(doing, participant), fork<Memory>([own, past])];
  });
  return Object.fromEntries(entries) as States;
}

function starting<Memory>(method: GlobalMethod<Memory>, then: string): States {
  const { participants, timeoutMs } = method;
  const cannot = throwing<Memory>('ending', thrownIn);
  const listens = method.listens === true;
  return chain('starting', participants, then, (participant, next) => {
    const started = ({ started: before }: Kept) => ({ started: [...before, participant] });
    const away = listens && participant === 'session' ? 'receiving' : next;
    const onward = [keep<Memory>(away, started)];
    if (participant === 'session') {
      const branch = (given: Given<Memory>) => ({ branch: branchOf(given, participant) });
      return step<Memory, 'open'>('open', branch, onward, [cannot]);
    }
    return step<Memory, 'begin'>(
      'begin',
      (given) => ({
        database: participant,
        branch: branchOf(given, participant),
        ...(timeoutMs !== undefined && { timeoutMs }),
      }),
      onward,
      [cannot],
    );
  });
}

// The work is over: XA END to each, and on by what is decided so far.
function ending<Memory>(participants: readonly Participant[]): States {
  const [first = ''] = participants;
  const isDoomed = (given: Given<Memory>): boolean => keptIn(given).thrown !== null;
  const onePhase = participants.length === 1;
  return {
    ending: fork([reaching('ending', first)]),
    ...reachingEach<Memory>('ending', participants, 'ended'),
    ...chain('ending', participants, 'ended', (participant, onward) =>
      step<Memory, 'end'>(
        'end',
        (given) => ({ ...on(participant), branch: branchOf(given, participant) }),
        onward,
        [keep(onward, ({ thrown }, { failure }) => ({ thrown: thrown ?? refused(failure) }))],
      ),
    ),
    ended: fork<Memory>([
      { target: reaching('rolling-back', first), test: isDoomed },
      onePhase ? 'committing' : `preparing-${first}`,
    ]),
  };
}

function preparing<Memory>(participants: readonly Participant[]): States {
  const [first = ''] = participants;
  const refusal = throwing<Memory>(reaching('rolling-back', first), refused);
  const vote = (participant: Participant) => (kept: Kept, given: Given<Memory>) =>
    given.result.value === 'read-only' ? {} : { toCommit: [...kept.toCommit, participant] };
  return chain('preparing', participants, 'voted', (participant, onward) =>
    step<Memory, 'prepare'>(
      'prepare',
      (given) => ({ ...on(participant), branch: branchOf(given, participant) }),
      [keep(onward, vote(participant))],
      [refusal],
    ),
  );
}

const isDue = (participant: Participant) => (given: { readonly managed: unknown }) =>
  keptIn(given).toCommit.includes(participant);

const done = (participant: Participant) => (kept: Kept) => ({
  toCommit: kept.toCommit.filter((name) => name !== participant),
});

// The second phase: whoever voted to commit is told so, again and again if need be.
function deciding<Memory>(participants: readonly Participant[]): States {
  const [first = ''] = participants;
  const decided = (participant: Participant, onward: string): readonly Exit<Memory>[] => [
    // The branch is gone: somebody else has decided it, and nobody knows how.
    keep(
      onward,
      (kept) => ({ ...done(participant)(kept), hazard: true }),
      ({ failure }) => failure?.code === 'xaer-nota',
    ),
    keep(onward, () => ({})),
  ];
  const states = participants.flatMap((participant, at) => {
    const next = participants[at + 1];
    const onward = next === undefined ? 'told' : `telling-${next}`;
    return Object.entries({
      [`telling-${participant}`]: fork<Memory>([
        { target: `committing-${participant}`, test: isDue(participant) },
        onward,
      ]),
      [`committing-${participant}`]: step<Memory, 'commit'>(
        'commit',
        (given) => ({ ...on(participant), branch: branchOf(given, participant) }),
        [keep(onward, done(participant))],
        decided(participant, onward),
      ),
    });
  });
  const nobody = (given: Given<Memory>): boolean => keptIn(given).toCommit.length === 0;
  const record =
    (decision: 'commit' | 'forget' | 'heuristic-hazard') => (given: Given<Memory>) => ({
      record: { decision, xid: keptIn(given).xid, branches: keptIn(given).toCommit },
    });
  return {
    // Where all have only read, nothing is to be decided.
    voted: fork<Memory>([{ target: 'over', test: nobody }, 'logging-commit']),
    'logging-commit': step<Memory, 'log'>('log', record('commit'), `telling-${first}`, [
      throwing(reaching('rolling-back', first), refused),
    ]),
    ...Object.fromEntries(states),
    told: fork<Memory>([
      { target: 'logging-hazard', test: (given) => nobody(given) && keptIn(given).hazard },
      { target: 'logging-end', test: nobody },
      { target: 'giving-up', test: (given) => keptIn(given).tries + 1 >= TRIES_MAX },
      'waiting',
    ]),
    waiting: step<Memory, 'sleep'>('sleep', ({ nowMs }) => ({ untilMs: nowMs + RETRY_MS }), [
      keep(`telling-${first}`, ({ tries }) => ({ tries: tries + 1 })),
    ]),
    // As Atomikos does: the caller hears nothing of it; recovery will go on.
    'giving-up': step('note', { note: 'in-doubt' }, 'over'),
    'logging-hazard': step<Memory, 'log'>('log', record('heuristic-hazard'), 'over', 'over'),
    'logging-end': step<Memory, 'log'>('log', record('forget'), 'over', 'over'),
  };
}

function rollingBack<Memory>(participants: readonly Participant[]): States {
  const states = chain('rolling-back', participants, 'out', (participant, onward) =>
    step<Memory, 'rollback'>(
      'rollback',
      (given) => ({
        ...on(participant),
        branch: branchOf(given, participant),
        ...(participant === 'session' && { redeliverAfterMs: 0 }),
      }),
      onward,
      // Whoever does not hear of it has not been told to commit: recovery will roll it back.
      onward,
    ),
  );
  return { ...reachingEach<Memory>('rolling-back', participants, 'out'), ...states };
}

function onePhase<Memory>(participant: Participant): States {
  return {
    committing: step<Memory, 'commit'>(
      'commit',
      (given) => ({ ...on(participant), branch: branchOf(given, participant), onePhase: true }),
      'over',
      [throwing(`rolling-back-${participant}`, refused)],
    ),
  };
}

/**
 * A handler whose method runs in a global transaction: `naming`, `starting-<participant>`, the
 * body, `ending-…`, `preparing-…`, `logging-commit`, `committing-…`, `logging-end`.
 */
export function globalHandler<Memory>(id: string, method: GlobalMethod<Memory>): AnyStateMachine {
  const { participants, first, states, before, isolation, listens, reply } = method;
  const [start = ''] = participants;
  // A listener's session comes first; databases are used once there is a message.
  const [, second] = participants;
  const afterReceive = second === undefined ? first : `starting-${second}`;
  const fails = throwing<Memory>('ending', thrownIn);
  const own = (list: States, exit: Exit<Memory>): States =>
    Object.fromEntries(Object.entries(list).map(([name, state]) => [name, orElse(state, [exit])]));
  const noLevels = managerException(
    'InvalidIsolationLevelException',
    null,
    'JtaTransactionManager does not support custom isolation levels by default',
  );
  const hasLevel = (given: Given<Memory>): boolean => (isolation?.(given) ?? null) !== null;
  const receiving = step<Memory, 'receive'>('receive', {}, [
    { target: afterReceive, remember: ({ result }) => result.value as Memory },
  ]);
  const entry = Object.keys(before ?? {})[0] ?? 'called';
  return handlerMachine(id, entry, listens ? 'failed' : 'throwing', {
    ...own(
      before ?? {},
      throwing('out', (failure) => translated(failure ?? UNKNOWN)),
    ),
    called: fork<Memory>([throwing('out', () => noLevels, hasLevel), 'naming']),
    naming: step<Memory, 'uuid'>('uuid', { form: 'xid' }, [
      keep(`starting-${start}`, (_, { result }) => ({ xid: String(result.value) })),
    ]),
    ...starting(method, first),
    ...(listens ? { receiving } : {}),
    ...own(states, fails),
    returned: fork(['ending']),
    ...ending<Memory>(participants),
    ...(participants.length === 1 ? onePhase<Memory>(start) : {}),
    ...(participants.length > 1 ? preparing<Memory>(participants) : {}),
    ...(participants.length > 1 ? deciding<Memory>(participants) : {}),
    ...rollingBack<Memory>(participants),
    over: fork([listens ? 'finished' : 'replying']),
    out: fork([listens ? 'failed' : 'throwing']),
    ...(listens ? {} : ends(reply)),
  });
}

// A branch is committed if the log has a decision to commit, and rolled back if it has nothing:
// nobody can have been told to commit then (presumed abort). But a branch may also belong to a
// transaction that is still under way, so it is let alone until it has been in doubt for 10 s. Its
// session holds it meanwhile, and an attempt would fail; not every database is so careful. A
// decision is closed only once every database has answered, and none has a branch of it left.

import { fork, type Given, handlerMachine, step } from 'indoubt/words';

type Doubt = { readonly database: string; readonly xid: string; readonly branchId: string };
type Findings = {
  readonly decided: readonly string[];
  /** When this process first found a transaction in doubt. */
  readonly seen: Readonly<Record<string, number>>;
  readonly doubts: readonly Doubt[];
  readonly due: readonly Doubt[];
  /** Whether every database has answered. */
  readonly heard: boolean;
};
type Here = Given<Findings>;

const AFTER_MS = 10_000;

const asking = (database: string, onward: string) =>
  step<Findings, 'recover'>(
    'recover',
    { resource: 'database', database },
    [
      {
        target: onward,
        remember: ({ memory, result }) => {
          const found = (result.rows ?? []).map(({ xid, branchId }) => {
            return { database, xid: String(xid), branchId: String(branchId) };
          });
          return { ...memory, doubts: [...memory.doubts, ...found] };
        },
      },
    ],
    [{ target: onward, remember: ({ memory }) => ({ ...memory, heard: false }) }],
  );

const seenNow = ({ memory: { doubts, seen }, nowMs }: Here): Findings['seen'] =>
  Object.fromEntries(doubts.map(({ xid }) => [xid, seen[xid] ?? nowMs]));

const isDecided = ({ memory: { due, decided } }: Here): boolean =>
  due[0] !== undefined && decided.includes(due[0].xid);

const ended = ({ memory }: Here): Findings => ({
  ...memory,
  due: memory.due.slice(1),
  doubts: memory.doubts.filter((one) => one !== memory.due[0]),
});
// Another time.
const postponed = ({ memory }: Here): Findings => ({ ...memory, due: memory.due.slice(1) });

const ending = (kind: 'commit' | 'rollback') =>
  step<Findings, typeof kind>(
    kind,
    ({ memory }) => {
      const { database = '', xid = '', branchId = '' } = memory.due[0] ?? {};
      return { resource: 'database', database, branch: { xid, branchId } };
    },
    [{ target: 'choosing', remember: ended }],
    [{ target: 'choosing', remember: postponed }],
  );

const recovery = handlerMachine('app.recovery', 'reading-log', 'failed', {
  'reading-log': step<Findings, 'read-log'>('read-log', {}, [
    {
      target: 'recalling',
      remember: ({ result }) => {
        const commits = (result.rows ?? []).filter(({ decision }) => decision === 'commit');
        const decided = commits.map(({ xid }) => String(xid));
        return { decided, seen: {}, doubts: [], due: [], heard: true };
      },
    },
  ]),
  recalling: step<Findings, 'recall'>('recall', {}, [
    {
      target: 'asking-user',
      remember: ({ memory, result }) => {
        const { seen = {} } = (result.value ?? {}) as Partial<Findings>;
        return { ...memory, seen };
      },
    },
  ]),
  'asking-user': asking('user', 'asking-order'),
  'asking-order': asking('order', 'remembering'),
  remembering: step<Findings, 'keep'>('keep', (here) => ({ entries: { seen: seenNow(here) } }), [
    {
      target: 'choosing',
      remember: (here) => {
        const seen = seenNow(here);
        const isDue = ({ xid }: Doubt) => here.nowMs - (seen[xid] ?? here.nowMs) >= AFTER_MS;
        return { ...here.memory, seen, due: here.memory.doubts.filter(isDue) };
      },
    },
  ]),
  choosing: fork<Findings>([
    { target: 'committing', test: isDecided },
    { target: 'rolling-back', test: ({ memory }) => memory.due.length > 0 },
    {
      target: 'logging-end',
      test: ({ memory: { heard, doubts, decided } }) => {
        return heard && doubts.length === 0 && decided.length > 0;
      },
    },
    'finished',
  ]),
  committing: ending('commit'),
  'rolling-back': ending('rollback'),
  'logging-end': step<Findings, 'log'>(
    'log',
    ({ memory: { decided } }) => {
      return { record: { decision: 'forget', xid: decided[0] ?? '', branches: [] } };
    },
    [
      {
        target: 'choosing',
        remember: ({ memory }) => ({ ...memory, decided: memory.decided.slice(1) }),
      },
    ],
    'failed',
  ),
});

export const handlers = { 'app.recovery': recovery };

// Who else meets a branch in doubt: an operator who decides it by hand, and a session that wants
// the row it has locked.

import {
  type Exit,
  fork,
  type Given,
  handlerMachine,
  type Participant,
  type States,
  step,
} from '../sim/index.ts';

interface Doubt {
  readonly xid: string;
  readonly branchId: string;
}

type Found = Given<Doubt>;

const waiting = (parameter: string, exit: string) =>
  step<Doubt, 'sleep'>(
    'sleep',
    ({ parameters }) => ({ untilMs: Number(parameters[parameter]) }),
    exit,
  );

const on = (participant: Participant) =>
  participant === 'session'
    ? ({ resource: 'session' } as const)
    : ({ resource: 'database', database: participant } as const);

const RESOURCES: readonly Participant[] = ['user', 'order', 'session'];

/** The operator asks one resource what it has in doubt, and decides the first branch. */
export function decideByHand(decision: 'commit' | 'rollback') {
  const word = decision === 'commit' ? 'committing' : 'rolling-back';
  const asked = (participant: Participant): Exit<Doubt> => ({
    target: `recovering-${participant}`,
    test: ({ parameters }) => parameters['operatorOn'] === participant,
  });
  const states = RESOURCES.map((participant): States => {
    const found: readonly (string | Exit<Doubt>)[] = [
      { target: 'finished', test: ({ result }) => result.rows?.length === 0 },
      {
        target: `${word}-${participant}`,
        remember: ({ result }) => {
          const { xid = '', branchId = '' } = result.rows?.[0] ?? {};
          return { xid: String(xid), branchId: String(branchId) };
        },
      },
    ];
    return {
      [`recovering-${participant}`]: step<Doubt, 'recover'>('recover', on(participant), found),
      [`${word}-${participant}`]: step<Doubt, typeof decision>(
        decision,
        ({ memory: branch }: Found) => ({ ...on(participant), branch }),
        'finished',
      ),
    };
  });
  return handlerMachine(`operator.${decision}`, 'waiting', 'failed', {
    waiting: waiting('operatorAtMs', 'choosing'),
    choosing: fork([...RESOURCES.map(asked), 'finished']),
    ...(Object.assign({}, ...states) as States),
  });
}

/** Reads the customer, which sees the old value, and then wants to write, which waits. */
export const touchCustomer = () =>
  handlerMachine('other.touch', 'waiting', 'failed', {
    waiting: waiting('otherAtMs', 'reading'),
    reading: step(
      'sql',
      { sql: 'SELECT deposit FROM customer WHERE id = 1', params: {} },
      'writing',
    ),
    writing: step(
      'sql',
      { sql: 'UPDATE customer SET deposit = deposit - 1 WHERE id = 1', params: {} },
      'finished',
    ),
  });

// The business case in one process with both databases: one write after the other, two transactions
// chained, two-phase commit.

import {
  globalHandler,
  managedHandler,
  recoveryMachine,
  type States,
  synchronizedHandler,
  type Unit,
} from '../sim/index.ts';
import {
  charging,
  numbering,
  ordering,
  type Purchase,
  refusingPayment,
  reply,
  telling,
} from './compare-words.ts';

const body: States = {
  ...charging('refusing-payment', 'asking'),
  ...ordering('telling'),
  telling: telling('returned'),
  ...refusingPayment,
};

/** Each write commits by itself. */
export const oneByOne = () =>
  managedHandler<Purchase>('shop.one-by-one', {
    units: [],
    before: numbering('called'),
    first: 'charging',
    states: { ...body, telling: telling('returned', false) },
    reply,
  });

const CHAIN: readonly Unit[] = [
  { name: 'user', kind: 'jdbc', database: 'user' },
  { name: 'order', kind: 'jdbc', database: 'order' },
];

/** Two database transactions in a chain, and a session that follows them. */
export const chained = () =>
  synchronizedHandler<Purchase>('shop.chained', {
    units: CHAIN,
    before: numbering('called'),
    first: 'charging',
    states: body,
    reply,
  });

const PARTICIPANTS = ['user', 'order', 'session'] as const;

export const twoPhase = () =>
  globalHandler<Purchase>('shop.xa', {
    participants: PARTICIPANTS,
    before: numbering('called'),
    first: 'charging',
    states: body,
    reply,
  });

export const recovery = () =>
  recoveryMachine('shop.recovery', { participants: PARTICIPANTS, afterMs: 10_000 });

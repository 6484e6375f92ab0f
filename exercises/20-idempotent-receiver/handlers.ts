// A bank charges an account when it receives a POST. Whoever hears no answer asks again, with the
// same idempotencyKey. Write the handler: a purchase is charged once, and each request for it is
// given the same answer, whatever is lost, comes twice, or dies.
//
//   request   { purchase, amount, idempotencyKey }
//   answers   { status: 201, purchase, charge }   charge: the id of the row in the table charge
//             { status: 402, purchase }           the account has too little; nothing is taken
//   tables    account(id, balance, daily_limit)   the account has id 1
//             charge(id, purchase, amount)        the id is given by the table
//             idempotency_key(idempotency_key PRIMARY KEY, charge_id)

import { handlerMachine, step } from 'indoubt/words';

/** What the handler has in hand: it begins with the request. */
type Charging = {
  readonly purchase: string;
  readonly amount: number;
  readonly idempotencyKey: string;
};

const post = handlerMachine('bank.post', 'replying', 'rolling-back', {
  replying: step<Charging, 'reply'>(
    'reply',
    ({ memory: { purchase } }) => ({ value: { status: 501, purchase } }),
    'finished',
  ),
  // Whatever fails, and says nothing else, leads here.
  'rolling-back': step('rollback', { resource: 'database' }, 'failed', 'failed'),
});

export const handlers = { 'bank.post': post };

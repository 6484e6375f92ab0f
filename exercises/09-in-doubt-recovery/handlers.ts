// A transaction manager commits an order over two databases, user and order, in two phases. If it
// dies in between, branches stay prepared: in doubt, with all their locks. Write its recovery, a
// job that runs at each start of the process and now and then, and ends every branch in doubt.
//
// What a recovery may ask and do, each as a step:
//   read-log   {}                                 rows { decision: 'commit', xid } that are open
//   recover    { resource: 'database', database } rows { xid, branchId } in doubt there
//   commit     { resource: 'database', database, branch: { xid, branchId } }
//   rollback   the same
//   log        { record: { decision: 'forget', xid, branches: [] } }   closes an open decision
//   keep       { entries: { … } }                 remembers in the memory of the process,
//   recall     {}                                 and reads that again: result.value, or null

import { handlerMachine, step } from 'indoubt/words';

const recovery = handlerMachine('app.recovery', 'reading-log', 'failed', {
  'reading-log': step('read-log', {}, 'finished'),
});

export const handlers = { 'app.recovery': recovery };

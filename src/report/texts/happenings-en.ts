// What happens in a run, and what fails, in English.

import {
  branchText,
  type Ending,
  type HappeningTexts,
  onlyValue,
  pairs,
  plain,
  type Texts,
} from './texts.ts';

const delivery = ({ deliveryCount }: { deliveryCount: number }): string =>
  deliveryCount === 1 ? '' : `, delivery ${deliveryCount}`;

const at = (database: string | null): string =>
  database === null ? 'at the broker' : `at database ${database}`;

function ending(verb: string, { resource, transaction, database, branch }: Ending): string {
  if (branch) return `XA ${verb} ${branchText(branch)} ${at(database)}`;
  if (transaction !== null) return `${verb} transaction ${transaction}`;
  return database === null ? `${verb} ${resource}` : `${verb} database ${database}`;
}

export const englishHappenings: HappeningTexts = {
  suspended: ({ transaction }) =>
    transaction === null
      ? 'sets nothing aside: no transaction'
      : `sets transaction ${transaction} aside`,
  resumed: ({ transaction }) =>
    transaction === null
      ? 'goes on without a transaction'
      : `takes transaction ${transaction} up again`,
  marked: ({ mark, name }) =>
    ({
      savepoint: `SAVEPOINT ${name}`,
      'rollback-to': `ROLLBACK TO SAVEPOINT ${name}`,
      release: `RELEASE SAVEPOINT ${name}`,
    })[mark],
  noted: ({ note, transaction }) =>
    ({
      joins: `joins transaction ${transaction}`,
      'runs-alone': 'runs in no transaction: each statement commits by itself',
      dooms: `marks ${transaction === null ? 'the transaction' : `transaction ${transaction}`} rollback-only: it can no longer commit`,
      catches: 'catches the exception and goes on',
      'before-commit': 'calls beforeCommit of what was registered',
      'after-commit': 'calls afterCommit of what was registered',
      'heuristic-rolled-back': 'reports a heuristic completion: rolled back',
      'heuristic-mixed': 'reports a heuristic completion: mixed',
      'in-doubt': 'gives up waiting: the branch stays in doubt until recovery',
      'heuristic-hazard': 'somebody else has decided the branch: what became of it is unknown',
    })[note],
  inspected: () => 'inspected',
  requested: ({ body }) => `request ${pairs(body)}`,
  ticked: () => 'timer',
  received: ({ message }) => `receives ${message.queue}${delivery(message)}`,
  named: ({ uuid }) => `names it ${uuid}`,
  began: ({ database, transaction, isolation, readOnly, timeoutMs, branch }) => {
    const level = isolation === null ? [] : [isolation.replace('-', ' ').toUpperCase()];
    const rights = readOnly ? ['READ ONLY'] : [];
    const time = timeoutMs === null ? [] : [`at most ${timeoutMs} ms`];
    const what = branch
      ? `XA START ${branchText(branch)} at database ${database}`
      : `BEGIN transaction ${transaction}`;
    return [what, ...level, ...rights, ...time].join(', ');
  },
  queried: ({ rows }) => onlyValue(rows) ?? `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`,
  changed: ({ affected }) => `${affected} ${affected === 1 ? 'row' : 'rows'}`,
  blocked: ({ lock, waitsFor }) =>
    `waits for lock ${lock}, held by transaction ${waitsFor.join(', ')}`,
  opened: ({ branch }) =>
    branch ? `XA START ${branchText(branch)} at the broker` : 'opens a JMS session',
  'branch-ended': ({ branch, database }) => `XA END ${branchText(branch)} ${at(database)}`,
  prepared: ({ branch, database, vote }) =>
    `XA PREPARE ${branchText(branch)} ${at(database)}: votes ${vote}`,
  recovered: ({ database, branches }) =>
    `XA RECOVER ${at(database)}: ${branches.map(branchText).join(', ') || 'no branch'}`,
  logged: ({ record: { decision, xid } }) =>
    ({
      commit: `forces "commit ${xid}" to its log`,
      forget: `writes "${xid} is over" to its log`,
      'heuristic-hazard': `writes "${xid}: heuristic hazard" to its log`,
    })[decision],
  'log-read': ({ records }) =>
    `reads its log: ${records.map(({ decision, xid }) => `${decision} ${xid}`).join(', ') || 'empty'}`,
  called: ({ service, handler, body }) => `calls ${service}.${handler} ${pairs(body)}`.trimEnd(),
  answered: ({ value }) => `is answered ${plain(value)}`,
  replied: ({ value }) => `answers ${plain(value)}`,
  kept: ({ entries }) => `keeps ${pairs(entries)}`,
  acted: ({ database, sql, affected }) =>
    `by hand at database ${database}: ${sql}${affected === null ? ': refused' : ''}`,
  put: ({ queue, body }) => `by hand into ${queue}: ${pairs(body)}`,
  polled: ({ queue, message, transacted }) => {
    if (!message) return `finds nothing in ${queue}`;
    return `${transacted ? 'receives' : 'takes from'} ${queue}${delivery(message)}`;
  },
  sent: ({ queue }) => `sends ${queue}`,
  published: ({ message }) => `${message.queue} is visible`,
  committed: (happening) => ending('COMMIT', happening),
  'rolled-back': (happening) => ending('ROLLBACK', happening),
  returned: ({ message }) => `${message.queue} returns`,
  declined: ({ message, againInMs }) => `leaves ${message.queue} for ${againInMs} ms`,
  'dead-lettered': ({ message }) => `${message.queue} becomes a dead letter`,
  failed: ({ failure }) => {
    const what = englishFailures[failure.code] ?? failure.code;
    const detail = failure.detail ? `: ${failure.detail}` : '';
    return `${what}${detail}${failure.definite ? '' : ' (it may have happened)'}`;
  },
  struck: ({ fault }) => `fault ${fault}`,
  lost: ({ queue }) => `${queue} is lost on its way`,
  ended: ({ success }) => (success ? 'done' : 'failed'),
  crashed: ({ what }) => `the ${what} crashes`,
  restarted: ({ what }) => `the ${what} is up again`,
  violated: ({ property }) => `property broken: ${property}`,
  'at-rest': () => 'nothing is left to do',
  horizon: () => 'time is up',
};

export const englishFailures: Texts['failures'] = {
  'record-changed': 'the record has changed since the snapshot: rolled back',
  'read-only-transaction': 'refused: the transaction is read-only',
  'transaction-timed-out': 'the transaction has run out of time',
  'transaction-in-progress': 'refused: a transaction is in progress',
  'xaer-nota': 'XAER_NOTA: there is no such branch, or its connection still holds it',
  'xaer-rmfail': 'XAER_RMFAIL: the state of the branch does not allow it',
  'xaer-dupid': 'XAER_DUPID: there is such a branch already',
  'xaer-outside': 'XAER_OUTSIDE: the connection is in another transaction',
  'xaer-inval': 'XAER_INVAL: a prepared branch is not committed in one phase',
  'xa-rbrollback': 'XA_RBROLLBACK: the branch has been rolled back',
  'xa-rbdeadlock': 'XA_RBDEADLOCK: the branch has been rolled back as a deadlock victim',
  'no-such-savepoint': 'there is no such savepoint',
  'row-referenced': 'refused: other rows refer to it',
  deadlock: 'deadlock: rolled back as the victim',
  'lock-wait-timeout': 'lock wait timeout',
  'connection-lost': 'connection lost',
  'connection-refused': 'connection refused: the service is down',
  'database-down': 'the database is down',
  'broker-down': 'the broker is down',
  'duplicate-key': 'duplicate key',
  'foreign-key': 'foreign key',
  'not-null': 'null is not allowed',
  check: 'check constraint',
  'injected-error': 'injected error',
  'reply-lost': 'no reply',
  'call-timed-out': 'no answer in time',
};

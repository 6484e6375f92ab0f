// The English texts.

import { englishErrors } from './errors-en.ts';
import { type HappeningTexts, onlyValue, pairs, type Texts } from './texts.ts';

const delivery = ({ deliveryCount }: { deliveryCount: number }): string =>
  deliveryCount === 1 ? '' : `, delivery ${deliveryCount}`;

const ended = (resource: string, transaction: number | null): string =>
  transaction === null ? resource : `transaction ${transaction}`;

const happenings: HappeningTexts = {
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
      dooms: `marks transaction ${transaction} rollback-only: it can no longer commit`,
      catches: 'catches the exception and goes on',
    })[note],
  inspected: () => 'inspected',
  requested: ({ body }) => `request ${pairs(body)}`,
  ticked: () => 'timer',
  received: ({ message }) => `receives ${message.queue}${delivery(message)}`,
  named: ({ uuid }) => `names it ${uuid}`,
  began: ({ transaction, isolation, readOnly, timeoutMs }) => {
    const level = isolation === null ? [] : [isolation.replace('-', ' ').toUpperCase()];
    const rights = readOnly ? ['READ ONLY'] : [];
    const time = timeoutMs === null ? [] : [`at most ${timeoutMs} ms`];
    return [`BEGIN transaction ${transaction}`, ...level, ...rights, ...time].join(', ');
  },
  queried: ({ rows }) => onlyValue(rows) ?? `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`,
  changed: ({ affected }) => `${affected} ${affected === 1 ? 'row' : 'rows'}`,
  blocked: ({ lock, waitsFor }) =>
    `waits for lock ${lock}, held by transaction ${waitsFor.join(', ')}`,
  sent: ({ queue }) => `sends ${queue}`,
  published: ({ message }) => `${message.queue} is visible`,
  committed: ({ resource, transaction }) => `COMMIT ${ended(resource, transaction)}`,
  'rolled-back': ({ resource, transaction }) => `ROLLBACK ${ended(resource, transaction)}`,
  returned: ({ message }) => `${message.queue} returns`,
  declined: ({ message, againInMs }) => `leaves ${message.queue} for ${againInMs} ms`,
  'dead-lettered': ({ message }) => `${message.queue} becomes a dead letter`,
  failed: ({ failure }) => {
    const what = failures[failure.code] ?? failure.code;
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

const failures: Texts['failures'] = {
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
};

export const en: Texts = {
  ...englishErrors,
  happenings,
  failures,
  outcomes: {
    committed: 'committed',
    'rolled-back': 'rolled back',
    compensated: 'compensated',
    'half-committed': 'half-committed',
    'in-doubt': 'in doubt',
    stuck: 'stuck',
    anomaly: 'the anomaly shows',
    prevented: 'the anomaly is prevented',
  },
  effects: {
    suspend: 'sets a transaction aside',
    resume: 'takes a transaction up again',
    savepoint: 'sets a savepoint',
    'rollback-to': 'rolls back to a savepoint',
    release: 'releases a savepoint',
    note: 'decision',
    sleep: 'waits',
    receive: 'receive',
    recover: 'recovery',
    uuid: 'new id',
    begin: 'begin',
    sql: 'statement',
    send: 'send',
    commit: 'commit',
    rollback: 'rollback',
    throw: 'exception',
    start: 'process start',
  },
  faultKinds: {
    error: 'an exception instead of the step, or after it',
    crash: 'the service dies and restarts',
    'crash-db': "the service's database dies and restarts",
    'crash-broker': 'the broker dies and restarts',
    duplicate: 'the message comes twice',
    lose: 'the message is lost',
    delay: 'the message comes late',
    reorder: 'the next message overtakes it',
    'lost-reply': 'it happened, the caller sees an error',
    refuse: 'a participant votes rollback',
    disconnect: 'the connection drops',
    timeout: 'the statement waits too long for a lock',
  },
  headings: {
    timeline: 'Timeline',
    rows: 'Rows',
    queues: 'Queues',
    properties: 'Properties',
    outcome: 'Outcome',
    replay: 'Replay',
    story: 'Story',
    participants: 'Participants',
    parameters: 'Parameters',
    points: 'Fault points',
    faults: 'Named faults',
    input: 'Input',
  },
  run: {
    seed: (seed) => `order of steps drawn from seed ${seed}`,
    compensated: 'as it was: changed, then compensated',
    noTables: 'no row changed',
    emptyQueues: 'all empty, no dead letters',
    messages: (count) => `${count} ${count === 1 ? 'message' : 'messages'}`,
    from: (queue) => `from ${queue}`,
    broken: 'broken',
    notYet: 'cannot be said yet',
    expectedBroken: 'broken, as expected',
    asExpected: 'as the catalogue expects',
    notAsExpected: 'not as the catalogue expects',
    noExpectation: 'nothing broke that the catalogue does not know of',
    expectedOutcome: (word) => `expected outcome: ${word}`,
    unexpected: (property) => `unexpected: "${property}" is broken`,
    missing: (property) => `missing: "${property}" should have been broken`,
    horizon: (ms) =>
      `It was cut off after ${ms} ms of virtual time, before it came to rest; --set horizonMs=… gives it more.`,
    legend: '✓ commit  × rollback  ↻ redelivery  ↩ compensation  † dead letter  ! trouble',
    skipped: (ms) => `${ms} ms later`,
    exported: (path) => `wrote ${path}`,
  },
  show: {
    always: 'after every commit',
    eventually: 'once nothing is left to do',
    pointsHint: 'write kind@point:before or kind@point:after, and #2 for the second time',
    default: (value) => `default ${value}`,
    stands: (lines) => `= ${lines}`,
    expects: (word) => `outcome: ${word}`,
    breaks: (properties) => `breaks: ${properties}`,
    request: 'one request, a list of them (with "atMs"), or an object with these lists:',
    applies: 'kinds of fault:',
    try: 'Try:',
  },
  inside: {
    legend:
      '✓ commit  × rollback  … goes on  ! waits, trouble  + lock taken  - released  A → B: A waits for B  now ← before  ? uncommitted  S shared, X exclusive',
    labels: { view: 'view ', locks: 'locks', waits: 'waits', undo: 'undo ' },
    view: (who, commit) =>
      commit === 0
        ? `${who} reads what was there at the start`
        : `${who} reads as of commit ${commit}`,
    holds: (who, lock) => `+ ${who} ${lock}`,
    waits: (who, lock) => `! ${who} waits: ${lock}`,
    releases: (who, count) => `- ${who} ${count} ${count === 1 ? 'lock' : 'locks'}`,
    nobodyWaits: 'nobody',
    waitsFor: (holders) => `waits for ${holders}`,
    commit: (commit) => `commit ${commit}`,
    deleted: 'deleted',
    noRow: 'no row',
    noRows: 'no rows',
  },
  matrix: {
    shows: 'shows',
    unexpected: 'not as the catalogue expects',
    cell: (row, column, expected, seen) => `${row} at ${column}: expected ${expected}, got ${seen}`,
    rows: 'The rows',
    one: 'See one of them:',
  },
  help: {
    titles: {
      'Usage:': 'Usage:',
      'Arguments:': 'Arguments:',
      'Options:': 'Options:',
      'Commands:': 'Commands:',
    },
    program: 'Run distributed transactions, break them, and see why.',
    examples: 'Examples:',
    commands: {
      list: 'list the scenarios',
      show: 'tell the story of a scenario and what can be broken in it',
      run: 'run a scenario and show what happened',
      matrix: 'run a scenario for every pair of choices and print a table',
      replay: 'repeat a run by its code',
      completion: 'print a completion script for a shell',
    },
    arguments: {
      scenario: 'the id of a scenario, as "sim list" shows it',
      code: 'the replay code that a run printed',
      shell: 'bash, zsh or fish',
    },
    options: {
      lang: 'language of the output: en or zh',
      color: 'no colours',
      scenarios: 'another catalogue than the built-in scenarios.yaml',
      fail: 'a named fault, or kind@service.handler.state[:before|after][#n]; may be repeated',
      set: 'set a parameter; may be repeated',
      input: 'requests as JSON, from a file or from standard input (-)',
      seed: 'draw the order of steps from a seed',
      json: 'print one JSON document',
      reporter: 'ndjson: one JSON line per event, while it runs',
      quiet: 'print the verdict only',
      export: 'write each database as an SQLite file into a folder',
      force: 'overwrite files that are there',
      help: 'show this help',
      version: 'show the version',
    },
  },
  error: 'error',
  fix: 'fix',
  bug: 'this is a bug in Indoubt; please report it with this line:',
};

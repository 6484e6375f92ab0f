// Plays a case on the simulated database, and writes down what it did as the recorder of the real
// one does.

import {
  Connection,
  Database,
  type Isolation,
  kindText,
  type Reply,
  SandboxError,
  type SeenLock,
} from '../../../src/sim/index.ts';
import type { Answer, LaterResult, Question, StepResult, Wait } from './format.ts';

const ERRORS: Readonly<Record<string, string>> = {
  deadlock: 'ER_LOCK_DEADLOCK',
  'record-changed': 'ER_CHECKREAD',
  'duplicate-key': 'ER_DUP_ENTRY',
  'lock-wait-timeout': 'ER_LOCK_WAIT_TIMEOUT',
  'no-such-savepoint': 'ER_SP_DOES_NOT_EXIST',
  'read-only-transaction': 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'not-null': 'ER_BAD_NULL_ERROR',
  check: 'ER_CONSTRAINT_FAILED',
  'foreign-key': 'ER_NO_REFERENCED_ROW_2',
  'row-referenced': 'ER_ROW_IS_REFERENCED_2',
  'xaer-nota': 'ER_XAER_NOTA',
  'xaer-rmfail': 'ER_XAER_RMFAIL',
  'xaer-outside': 'ER_XAER_OUTSIDE',
  'xaer-dupid': 'ER_XAER_DUPID',
  'xaer-inval': 'ER_XAER_INVAL',
  'xa-rbrollback': 'ER_XA_RBROLLBACK',
  'xa-rbdeadlock': 'ER_XA_RBDEADLOCK',
  'transaction-in-progress': 'ER_CANT_CHANGE_TX_CHARACTERISTICS',
};
const ROLLED_BACK = ['ER_LOCK_DEADLOCK', 'ER_CHECKREAD'];
const SUFFIXES: Readonly<Record<string, string>> = {
  update: ' FOR UPDATE',
  share: ' LOCK IN SHARE MODE',
  'update-nowait': ' FOR UPDATE NOWAIT',
  'update-skip-locked': ' FOR UPDATE SKIP LOCKED',
  'share-nowait': ' LOCK IN SHARE MODE NOWAIT',
  'share-skip-locked': ' LOCK IN SHARE MODE SKIP LOCKED',
};

type Asked = Question['steps'][number];
type Seen = { n: number; result: StepResult; later?: LaterResult; waits?: Wait };
/** The locks of each connection after a step, in the words of InnoDB's monitor. */
export type LocksSeen = Readonly<Record<string, readonly string[]>>;

const levelOf = (level = 'REPEATABLE READ') =>
  level.toLowerCase().replaceAll(' ', '-') as Isolation;

function errorOf(error: unknown): StepResult {
  if (!(error instanceof SandboxError)) throw error;
  const { why } = (error as SandboxError<'bad-sql'>).data;
  const name = why.startsWith('no such table')
    ? 'ER_NO_SUCH_TABLE'
    : why.startsWith('no such column')
      ? 'ER_BAD_FIELD_ERROR'
      : 'ER_PARSE_ERROR';
  return { error: name };
}

function resultOf(reply: Reply): StepResult {
  switch (reply.type) {
    case 'ok':
      return { ok: true };
    case 'rows':
      return { rows: reply.rows };
    case 'changed':
      return { affected: reply.affected };
    case 'blocked':
      return { blocked: true };
    default:
      return { error: ERRORS[reply.failure.code] ?? reply.failure.code };
  }
}

/** One case under way. */
class SimulatedCase {
  readonly #question: Question;
  readonly #database: Database;
  readonly #connections = new Map<string, Connection>();
  readonly #seen = new Map<number, Seen>();
  /** The step each connection is blocked in, in the order they blocked. */
  readonly #blocked = new Map<string, number>();
  readonly #queued: Asked[] = [];
  /** Connections whose transaction the server has rolled back, by what error. */
  readonly #lost = new Map<string, string>();

  constructor(question: Question) {
    this.#question = question;
    const ddl = question.schema.join(';\n');
    const snapshotIsolation = question.session?.['innodb_snapshot_isolation'] === 1;
    this.#database = new Database('case', { ddl, rows: {}, snapshotIsolation });
    for (const sql of question.rows) this.#database.execute(null, sql, {});
  }

  #connection(name: string): Connection {
    let connection = this.#connections.get(name);
    if (!connection) {
      connection = new Connection(this.#database, levelOf(this.#question.isolation[name]));
      this.#connections.set(name, connection);
    }
    return connection;
  }

  /** Takes one step, and lets all who are woken by it go on. */
  step(asked: Asked): void {
    if (this.#blocked.has(asked.tx) && !asked.op) {
      this.#queued.push(asked);
      this.#seen.set(asked.n, { n: asked.n, result: { queued: true } });
      return;
    }
    this.#seen.set(asked.n, { n: asked.n, result: this.#perform(asked, asked.n) });
    this.#settle(asked.n);
  }

  #perform(asked: Asked, now: number): StepResult {
    const { tx, op, sql = '', lock } = asked;
    if (op) return this.#operate(op, tx, now);
    const lost = this.#lost.get(tx);
    if (lost !== undefined) {
      const ends = /^(commit|rollback|begin|start)\b(?! to)/i.test(sql);
      if (!ends && !this.#question.continueAfterRollback) return { skipped: lost };
      this.#lost.delete(tx);
    }
    return this.#note(tx, asked.n, () => {
      return this.#connection(tx).execute(lock ? `${sql}${SUFFIXES[lock] ?? ''}` : sql);
    });
  }

  #operate(op: string, tx: string, now: number): StepResult {
    if (op === 'wait') {
      const step = this.#blocked.get(tx);
      if (step !== undefined) this.#finish(tx, step, now, () => this.#connection(tx).timeOut());
    } else if (op === 'disconnect') {
      this.#connection(tx).close();
      this.#connections.delete(tx);
    } else {
      this.#database.crash();
      this.#database.takeWoken();
      this.#database.restart();
      this.#connections.clear();
      this.#blocked.clear();
    }
    return { ok: true };
  }

  #note(tx: string, n: number, act: () => Reply): StepResult {
    const { begun } = this.#connection(tx);
    let result: StepResult;
    try {
      const reply = act();
      result = resultOf(reply);
      if (reply.type === 'blocked') this.#blocked.set(tx, n);
    } catch (error) {
      result = errorOf(error);
    }
    const { error } = result;
    if (error !== undefined && begun && ROLLED_BACK.includes(error)) this.#lost.set(tx, error);
    return result;
  }

  #finish(tx: string, step: number, now: number, act: () => Reply): void {
    this.#blocked.delete(tx);
    const result = this.#note(tx, step, act);
    if (result.blocked) return;
    const seen = this.#seen.get(step);
    // Who goes on within the very step in which it blocked was never seen to wait.
    if (step === now) this.#seen.set(step, { n: step, result });
    else if (seen) seen.later = { resumedAfterStep: now, ...result };
  }

  // A client sends what it had to keep back once the server has answered: by then, the others who
  // were woken have gone on.
  #sendQueued(now: number): boolean {
    const queued = this.#queued.find(({ tx }) => !this.#blocked.has(tx));
    if (!queued) return false;
    this.#queued.splice(this.#queued.indexOf(queued), 1);
    const own = this.#seen.get(queued.n);
    const then = this.#perform(queued, now);
    if (own && !then.blocked) own.later = { resumedAfterStep: now, ...then };
    return true;
  }

  #settle(now: number): void {
    for (;;) {
      const woken = this.#database.takeWoken();
      if (woken.length === 0 && !this.#sendQueued(now)) return;
      for (const transaction of woken) {
        const found = [...this.#connections].find(([, one]) => one.transaction === transaction);
        const step = found && this.#blocked.get(found[0]);
        if (!found || step === undefined) continue;
        this.#finish(found[0], step, now, () => found[1].resume());
      }
    }
  }

  /** What each connection holds and waits for. */
  locks(): LocksSeen {
    const names = new Map(
      [...this.#connections].map(([name, { transaction }]) => [transaction, name] as const),
    );
    const structs = new Map<number, SeenLock[]>();
    for (const lock of this.#database.insight.locks()) {
      structs.set(lock.struct, [...(structs.get(lock.struct) ?? []), lock]);
    }
    const seen: Record<string, string[]> = {};
    for (const locks of structs.values()) {
      const [first] = locks;
      const name = names.get(first?.transaction ?? null);
      if (!first || name === undefined) continue;
      const kind = `${first.table}.${first.index} ${kindText(first)}`;
      const line = `${first.waiting ? 'WAITS ' : ''}${kind}: ${locks.map(recordText).sort(byRecord).join(',')}`;
      seen[name] = [...(seen[name] ?? []), line].sort();
    }
    return seen;
  }

  /** Ends what is open, and says what was seen. */
  answer(): Answer {
    for (const connection of this.#connections.values()) connection.close();
    const final = [...this.#database.tables.keys()].map((table) => {
      return [table, this.#database.committedRows(table)] as const;
    });
    this.#database.close();
    return { steps: [...this.#seen.values()], final: Object.fromEntries(final) };
  }
}

const recordText = ({ key, deleted }: SeenLock): string =>
  key === null
    ? 'supremum'
    : `${deleted ? 'del:' : ''}${key.map((one) => one ?? 'NULL').join(' ')}`;

function byRecord(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => Number(text.replace('del:', '')));
  if (Number.isNaN(left)) return 1;
  return Number.isNaN(right) ? -1 : (left ?? 0) - (right ?? 0);
}

/** What the simulated database answers. */
export function answerOf(
  question: Question,
  onStep?: (n: number, locks: LocksSeen) => void,
): Answer {
  const played = new SimulatedCase(question);
  for (const step of question.steps) {
    played.step(step);
    onStep?.(step.n, played.locks());
  }
  return played.answer();
}

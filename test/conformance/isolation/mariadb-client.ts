// One connection name (`tx`) of a case, on MariaDB: at most one statement is under way; what comes
// meanwhile queues. After an error that rolled its transaction back it sends nothing but an end.

import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Row } from '../../../src/sim/index.ts';
import type { Level, Question, Step, StepResult } from './format.ts';

export type Asked = Question['steps'][number];

const LOCK_SUFFIXES: Readonly<Record<string, string>> = {
  update: ' FOR UPDATE',
  share: ' LOCK IN SHARE MODE',
  'update-skip-locked': ' FOR UPDATE SKIP LOCKED',
  'update-nowait': ' FOR UPDATE NOWAIT',
};

/** mysql2 knows MySQL's names only. */
const MARIADB_NAMES: Readonly<Record<number, string>> = { 1020: 'ER_CHECKREAD' };

/** Errors by which InnoDB rolls the whole transaction back. */
const ROLLS_BACK = new Set(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);
const BEGINS = /^\s*(BEGIN|START TRANSACTION|XA START)\b/i;
const ENDS = /^\s*(COMMIT|ROLLBACK(?!\s+(WORK\s+)?TO\b)|XA (COMMIT|ROLLBACK))\b/i;

function sqlOf(step: Pick<Step, 'sql' | 'lock'>): string {
  const suffix = step.lock === undefined ? '' : LOCK_SUFFIXES[step.lock];
  if (step.sql === undefined || suffix === undefined) {
    throw new Error(`Not a statement: ${JSON.stringify(step)}`);
  }
  return step.sql + suffix;
}

function errorName(error: unknown): string {
  const { errno, code } = error as { errno?: number; code?: string };
  if (errno === undefined || errno < 1000) throw error;
  return MARIADB_NAMES[errno] ?? code ?? `ERRNO_${errno}`;
}

/** Plain objects; the name of a branch (XA RECOVER) comes as bytes. */
export function rowsOf(answer: readonly RowDataPacket[]): Row[] {
  return answer.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        Buffer.isBuffer(value) ? value.toString('latin1') : value,
      ]),
    ),
  );
}

function resultOf(sql: string, answer: unknown): StepResult {
  if (Array.isArray(answer)) return { rows: rowsOf(answer as RowDataPacket[]) };
  const { affectedRows, changedRows } = answer as ResultSetHeader;
  if (!/^\s*(INSERT|REPLACE|UPDATE|DELETE)\b/i.test(sql)) return { ok: true };
  return /^\s*UPDATE\b/i.test(sql) && changedRows !== affectedRows
    ? { affected: affectedRows, changed: changedRows }
    : { affected: affectedRows };
}

export class MariaDbClient {
  readonly connection: Connection;
  readonly #goesOn: boolean;
  readonly #report: (step: Asked, result: StepResult) => void;
  readonly #queue: Asked[] = [];
  #inTransaction = false;
  #rolledBackBy: string | null = null;
  #underWay: Promise<void> | null = null;
  #failure: unknown = null;
  #dropped = false;

  private constructor(
    connection: Connection,
    goesOn: boolean,
    report: (step: Asked, result: StepResult) => void,
  ) {
    this.connection = connection;
    this.#goesOn = goesOn;
    this.#report = report;
    connection.on('error', () => undefined);
  }

  /** `report` is told every result, when it is there. */
  static async open(
    connection: Connection,
    level: Level,
    question: Pick<Question, 'session' | 'continueAfterRollback'>,
    report: (step: Asked, result: StepResult) => void,
  ): Promise<MariaDbClient> {
    const client = new MariaDbClient(connection, question.continueAfterRollback === true, report);
    await connection.query(`SET SESSION TRANSACTION ISOLATION LEVEL ${level}`);
    for (const [name, value] of Object.entries(question.session ?? {})) {
      await connection.query(`SET SESSION ${name} = ${value}`);
    }
    return client;
  }

  get threadId(): number {
    return this.connection.threadId;
  }

  get busy(): boolean {
    return this.#underWay !== null;
  }

  /** Sends the step, or queues it behind the one under way. */
  send(step: Asked): void {
    if (this.#underWay === null) this.#underWay = this.#run(step);
    else this.#queue.push(step);
  }

  /** Until nothing is under way. @throws what was no answer of the server. */
  async idle(): Promise<void> {
    while (this.#underWay !== null) await this.#underWay;
    if (this.#failure !== null) throw this.#failure;
  }

  /** From now on nothing is reported. */
  drop(): void {
    this.#dropped = true;
    this.#queue.length = 0;
    this.connection.destroy();
  }

  async #run(step: Asked): Promise<void> {
    for (let next: Asked | undefined = step; next !== undefined; next = this.#queue.shift()) {
      try {
        const result = await this.#answerOf(next);
        if (this.#dropped) break;
        this.#report(next, result);
      } catch (error) {
        if (!this.#dropped) this.#failure = error;
        break;
      }
    }
    this.#underWay = null;
  }

  async #answerOf(step: Asked): Promise<StepResult> {
    const sql = sqlOf(step);
    if (this.#rolledBackBy !== null) {
      if (!BEGINS.test(sql) && !ENDS.test(sql)) return { skipped: this.#rolledBackBy };
      this.#rolledBackBy = null;
    }
    try {
      const [answer] = await this.connection.query(sql);
      if (BEGINS.test(sql)) this.#inTransaction = true;
      else if (ENDS.test(sql)) this.#inTransaction = false;
      return resultOf(sql, answer);
    } catch (error) {
      const name = errorName(error);
      if (ROLLS_BACK.has(name)) {
        if (this.#inTransaction && !this.#goesOn) this.#rolledBackBy = name;
        this.#inTransaction = false;
      }
      return { error: name };
    }
  }
}

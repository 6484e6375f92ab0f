// What MariaDB answers to a case: a fresh schema, one connection for each name, step after step. A
// step is over when every statement under way is answered or seen waiting, not after a mere delay.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Row } from '../../../src/sim/index.ts';
import type { Answer, LaterResult, Question, StepResult } from './format.ts';
import { type Asked, MariaDbClient, rowsOf } from './mariadb-client.ts';
import { MariaDbServer } from './mariadb-server.ts';
import { allGone, allWait, purgeIsThrough } from './mariadb-waits.ts';

/** A statement that is neither answered nor seen waiting for so long counts as blocked. */
const BLOCKED_AFTER_MS = 3_000;
const CHANGES_NOTHING = /^\s*(BEGIN|SELECT|SAVEPOINT)\b/i;

export interface MariaDb {
  /** `waits` is left out. */
  answerOf(question: Question): Promise<Answer>;
  /** By step: access type and index, as EXPLAIN says of the fresh tables. */
  plansOf(question: Question): Promise<ReadonlyMap<number, string>>;
  stop(): Promise<void>;
}

interface Seen {
  result?: StepResult;
  later?: LaterResult;
}

/** One case under way. */
class CaseRun {
  readonly #question: Question;
  readonly #server: MariaDbServer;
  readonly #schema: string;
  readonly #seen = new Map<number, Seen>();
  readonly #clients = new Map<string, MariaDbClient>();
  #control: Connection;
  #step = 0;

  constructor(question: Question, server: MariaDbServer, control: Connection, schema: string) {
    this.#question = question;
    this.#server = server;
    this.#control = control;
    this.#schema = schema;
  }

  /** A crash replaces it. */
  get control(): Connection {
    return this.#control;
  }

  async answer(): Promise<Answer> {
    try {
      for (const step of this.#question.steps) {
        this.#step = step.n;
        const seen: Seen = {};
        this.#seen.set(step.n, seen);
        await this.#take(step);
        await this.#settle();
        seen.result ??= { blocked: true };
        if (!CHANGES_NOTHING.test(step.sql ?? '')) await purgeIsThrough(this.#control);
      }
    } finally {
      await this.#dropAll([...this.#clients.keys()]);
    }
    return { steps: this.#question.steps.map((step) => this.#stepSeen(step)), final: {} };
  }

  async #take(step: Asked): Promise<void> {
    if (step.op === undefined) {
      const client = await this.#clientOf(step.tx);
      if (client.busy) this.#note(step, { queued: true });
      client.send(step);
      return;
    }
    if (step.op === 'disconnect') await this.#dropAll([step.tx]);
    if (step.op === 'crash') await this.#crash();
    if (step.op === 'wait') await this.#clients.get(step.tx)?.idle();
    this.#note(step, { ok: true });
  }

  async #clientOf(tx: string): Promise<MariaDbClient> {
    const open = this.#clients.get(tx);
    if (open !== undefined) return open;
    const level = this.#question.isolation[tx];
    if (level === undefined) throw new Error(`${this.#question.id}: no isolation level of ${tx}`);
    const connection = await this.#server.connect(this.#schema);
    const client = await MariaDbClient.open(connection, level, this.#question, this.#note);
    this.#clients.set(tx, client);
    return client;
  }

  readonly #note = (step: Asked, result: StepResult): void => {
    const seen = this.#seen.get(step.n);
    if (seen === undefined) return;
    if (seen.result === undefined) seen.result = result;
    else seen.later = { resumedAfterStep: this.#step, ...result };
  };

  #stepSeen(step: Asked): Answer['steps'][number] {
    const { result, later } = this.#seen.get(step.n) ?? {};
    if (result === undefined) throw new Error(`${this.#question.id}: step ${step.n} gave nothing`);
    return { n: step.n, result, ...(later === undefined ? {} : { later }) };
  }

  /** Until every statement under way is answered or waits. */
  async #settle(): Promise<void> {
    const deadline = performance.now() + BLOCKED_AFTER_MS;
    for (;;) {
      // An answer that has arrived is read before anyone is asked who waits.
      await sleep(0);
      const busy = [...this.#clients.values()].filter((client) => client.busy);
      for (const client of this.#clients.values()) if (!client.busy) await client.idle();
      if (busy.length === 0 || performance.now() > deadline) return;
      const threads = busy.map((client) => client.threadId);
      if (await allWait(this.#control, threads)) return;
    }
  }

  /** The server does not notice a lost connection while its statement waits: it is told. */
  async #dropAll(names: readonly string[]): Promise<void> {
    const threads: number[] = [];
    for (const name of names) {
      const client = this.#clients.get(name);
      if (client === undefined) continue;
      this.#clients.delete(name);
      threads.push(client.threadId);
      const { busy } = client;
      client.drop();
      if (busy) await this.#control.query(`KILL ${client.threadId}`).catch(() => undefined);
    }
    while (!(await allGone(this.#control, threads))) await sleep(1);
  }

  async #crash(): Promise<void> {
    for (const client of this.#clients.values()) client.drop();
    this.#clients.clear();
    this.#control.destroy();
    await this.#server.crash();
    await this.#server.restart();
    this.#control = await openControl(this.#server);
  }
}

async function openControl(server: MariaDbServer): Promise<Connection> {
  const control = await server.connect();
  control.on('error', () => undefined);
  return control;
}

function tablesOf(question: Question): string[] {
  return question.schema.flatMap((sql) => /^\s*CREATE TABLE (\w+)/i.exec(sql)?.[1] ?? []);
}

class RunningMariaDb implements MariaDb {
  readonly #server: MariaDbServer;
  #control: Connection;
  #cases = 0;

  constructor(server: MariaDbServer, control: Connection) {
    this.#server = server;
    this.#control = control;
  }

  async answerOf(question: Question): Promise<Answer> {
    const schema = `case_${++this.#cases}`;
    const tables = tablesOf(question);
    await this.#setUp(schema, question, tables);
    const run = new CaseRun(question, this.#server, this.#control, schema);
    let answer: Answer;
    try {
      answer = await run.answer();
    } finally {
      this.#control = run.control;
    }
    const final: Record<string, readonly Row[]> = {};
    for (const table of tables) final[table] = await this.#content(schema, table);
    await this.#clear(schema);
    return { ...answer, final };
  }

  async plansOf(question: Question): Promise<ReadonlyMap<number, string>> {
    const schema = `plans_${++this.#cases}`;
    await this.#setUp(schema, question, tablesOf(question));
    const plans = new Map<number, string>();
    for (const { n, sql } of question.steps) {
      if (sql === undefined || !/^\s*(SELECT|UPDATE|DELETE)\b/i.test(sql)) continue;
      try {
        const [rows] = await this.#control.query<RowDataPacket[]>(`EXPLAIN ${sql}`);
        plans.set(n, rows.map((row) => `${row['type'] ?? '-'} ${row['key'] ?? '-'}`).join(', '));
      } catch {
        // The statement itself is at fault: it has no plan.
      }
    }
    await this.#clear(schema);
    return plans;
  }

  async stop(): Promise<void> {
    this.#control.destroy();
    await this.#server.stop();
  }

  async #setUp(schema: string, question: Question, tables: readonly string[]): Promise<void> {
    await this.#control.query(`CREATE DATABASE ${schema}`);
    await this.#control.query(`USE ${schema}`);
    for (const sql of [...question.schema, ...question.rows]) await this.#control.query(sql);
    for (const table of tables) await this.#control.query(`ANALYZE TABLE ${table}`);
    await purgeIsThrough(this.#control);
  }

  /** By the first column: the primary key in every case. */
  async #content(schema: string, table: string): Promise<Row[]> {
    const sql = `SELECT * FROM ${schema}.${table} ORDER BY 1`;
    const [rows] = await this.#control.query<RowDataPacket[]>(sql);
    return rowsOf(rows);
  }

  /** Prepared branches outlive their case, and would hold its tables. */
  async #clear(schema: string): Promise<void> {
    const [branches] = await this.#control.query<RowDataPacket[]>('XA RECOVER');
    for (const branch of branches) {
      const length = Number(branch['gtrid_length']);
      const data = String(branch['data']);
      const id = [data.slice(0, length), data.slice(length)];
      await this.#control.query('XA ROLLBACK ?, ?', id).catch(unlessRolledBack);
    }
    await this.#control.query(`DROP DATABASE ${schema}`);
  }
}

/** A branch that changed nothing has gone with its connection, though it is still listed. */
function unlessRolledBack(error: unknown): void {
  if ((error as { code?: string }).code !== 'ER_XA_RBROLLBACK') throw error;
}

/** Null if no MariaDB is installed. Its server ends with `stop`, or with this process. */
export async function startMariaDb(): Promise<MariaDb | null> {
  const server = await MariaDbServer.start();
  return server === null ? null : new RunningMariaDb(server, await openControl(server));
}

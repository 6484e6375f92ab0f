// Plain XA statements as a coordinator would send them to two MariaDB servers, with kills in
// between: each line of a measured case is said to the simulated databases, and must be answered
// the same.

import { describe, expect, it } from 'vitest';
import { Connection, Database, type Reply } from '../../../src/sim/index.ts';
import { cases, type Measured } from './cases.ts';

const PORTS: Readonly<Record<string, string>> = { 3306: 'user', 3307: 'order' };

const DDL: Readonly<Record<string, string>> = {
  user: `CREATE TABLE customer (id INTEGER PRIMARY KEY AUTO_INCREMENT, user_name VARCHAR(50),
    password VARCHAR(50), role VARCHAR(20), deposit INT);`,
  order: `CREATE TABLE customer_order (id INTEGER PRIMARY KEY AUTO_INCREMENT, customer_id BIGINT,
    title VARCHAR(50), amount INT);`,
};

// MariaDB's numbers, by the codes here.
const CODES: Readonly<Record<string, number>> = {
  'xaer-nota': 1397,
  'xaer-inval': 1398,
  'xaer-rmfail': 1399,
  'xaer-outside': 1400,
  'xa-rbrollback': 1402,
  'xaer-dupid': 1440,
  'xa-rbdeadlock': 1614,
  deadlock: 1213,
  'lock-wait-timeout': 1205,
  'connection-lost': 2013,
  'database-down': 2013,
};

class Servers {
  readonly #databases = new Map(
    Object.keys(DDL).map((name) => {
      const rows = name === 'user' ? { customer: [{ id: 1, deposit: 1000 }] } : {};
      return [name, new Database(name, { ddl: DDL[name] ?? '', rows })] as const;
    }),
  );
  readonly #connections = new Map<string, Connection>();

  database(name: string): Database {
    const found = this.#databases.get(name);
    if (!found) throw new Error(`no database ${name}`);
    return found;
  }

  connection(who: string, name: string): Connection {
    const key = `${who}@${name}`;
    const known = this.#connections.get(key) ?? new Connection(this.database(name));
    this.#connections.set(key, known);
    return known;
  }

  /** What an answer says, as the reference writes it. */
  ask(who: string, name: string, sql: string): string {
    // How long to wait, and how to show an xid, are the client's own business.
    if (/^SET innodb_lock_wait_timeout/.test(sql)) return 'OK rows=0';
    const connection = this.connection(who, name);
    let reply: Reply = connection.execute(sql.replace(/ FORMAT='SQL'/, ''));
    if (reply.type === 'blocked') reply = connection.timeOut();
    if (reply.type === 'failed') return `ERROR ${CODES[reply.failure.code] ?? reply.failure.code}`;
    if (reply.type === 'rows') {
      return JSON.stringify(
        reply.rows.map((row) =>
          'gtrid_length' in row ? [String(row['gtrid_length'])] : Object.values(row).map(String),
        ),
      );
    }
    return `OK rows=${reply.type === 'changed' ? reply.affected : 0}`;
  }

  /** Kills and restarts, as the reference says them. */
  disturb(line: string): void {
    const [, killed = ''] = /^KILL (\w+) connection/.exec(line) ?? [];
    const own = killed === '' ? null : this.connection(killed, killed).transaction;
    if (own !== null) this.database(killed).disconnect(own);
    const [, port = ''] = /(?:kill -9|graceful stop of) (\d+)/.exec(line) ?? [];
    if (port === '') return;
    this.database(PORTS[port] ?? '').crash();
    this.database(PORTS[port] ?? '').restart();
  }

  close(): void {
    for (const database of this.#databases.values()) database.close();
  }
}

const LINE = /^(\w+)@(\d+): (.*?) -> (.*)$/;

// The reference's own wording, cut to what can be compared.
function wanted(answer: string): string {
  const [, code] = /^ERROR \w+ \((\d+),/.exec(answer) ?? [];
  if (code !== undefined) return `ERROR ${code}`;
  if (!answer.startsWith('[')) return answer;
  const rows = JSON.parse(answer.replaceAll(`"'`, `"`).replaceAll(`'"`, `"`).replaceAll("'", '"'));
  return JSON.stringify(
    (rows as string[][]).map((row) => (row.length === 4 ? [row[1]] : row.map(String))),
  );
}

function play({ actions }: Measured, servers: Servers): void {
  for (const line of actions) {
    const [, who = '', port = '', sql = '', answer = ''] = LINE.exec(line) ?? [];
    if (who === '') servers.disturb(line);
    else expect([line, servers.ask(who, PORTS[port] ?? '', sql)]).toEqual([line, wanted(answer)]);
  }
}

const xaCases = cases.filter(({ id }) => id.startsWith('xa-'));

describe.each(xaCases.map((one) => [one.id, one] as const))('%s', (_id, measured) => {
  it('answers every statement alike, and leaves the same rows', () => {
    const servers = new Servers();
    play(measured, servers);
    for (const [name, rows] of Object.entries(measured.observed.tables)) {
      const [, schema = '', table = ''] = /imooc_(\w+)\.(\w+)@/.exec(name) ?? [];
      const own = servers.database(schema).committedRows(table);
      const columns = Object.keys(rows[0] ?? {});
      const shown = own.map((row) => Object.fromEntries(columns.map((one) => [one, row[one]])));
      expect(rows.length === 0 ? own : shown).toEqual(rows);
    }
    servers.close();
  });
});

it('has cases to play', () => {
  expect(xaCases.length).toBeGreaterThan(5);
});

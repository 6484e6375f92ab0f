import { describe, expect, it } from 'vitest';
import { cycleFrom, victimOf } from '../../../src/sim/database/deadlock.ts';
import { type LockMode, type LockSpan, LockTable } from '../../../src/sim/database/locks.ts';
import { Observatory } from '../../../src/sim/database/observatory.ts';
import { Store } from '../../../src/sim/database/store.ts';
import { quoteSchemas, tokenize } from '../../../src/sim/database/tokens.ts';
import { Versions } from '../../../src/sim/database/versions.ts';
import { Database, SandboxError } from '../../../src/sim/index.ts';

describe('tokenize', () => {
  it('tells words, names, strings, parameters and signs apart', () => {
    const sql = `SELECT "a b", 'it''s' FROM t -- no
      WHERE x=:id /* neither */ AND y >= 1.5`;
    expect(tokenize(sql).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'word select',
      'quoted a b',
      'sign ,',
      "string 'it''s'",
      'word from',
      'word t',
      'word where',
      'word x',
      'sign =',
      'parameter :id',
      'word and',
      'word y',
      'sign >',
      'sign =',
      'number 1.5',
    ]);
  });

  it('counts the parentheses around a token', () => {
    const depths = tokenize('a (b (c) d) e').filter(({ kind }) => kind === 'word');
    expect(depths.map(({ depth }) => depth)).toEqual([0, 1, 2, 1, 0]);
  });

  it('survives what is never closed', () => {
    expect(tokenize(`'open`).map(({ kind }) => kind)).toEqual(['string']);
    expect(tokenize('/* open')).toEqual([]);
  });
});

describe('quoteSchemas', () => {
  it('quotes a schema before a dot, and nothing else', () => {
    const schemas = new Set(['order']);
    const sql = "SELECT order.a, x.order, 'order.b' FROM order.t ORDER BY 1";
    const quoted = `SELECT "order".a, x.order, 'order.b' FROM "order".t ORDER BY 1`;
    expect(quoteSchemas(sql, schemas)).toBe(quoted);
  });
});

const record = (key: number | null) => ({ index: 't.PRIMARY', key: key === null ? null : [key] });
const kind = (mode: LockMode, span: LockSpan = 'record', insertion = false) => {
  return { mode, span, insertion };
};
const SHARED = kind('shared');
const EXCLUSIVE = kind('exclusive');
const INSERTION = kind('exclusive', 'gap', true);

describe('LockTable', () => {
  it('shares shared locks and makes an exclusive one wait', () => {
    const locks = new LockTable();
    expect(locks.request(1, record(1), SHARED)).toEqual([]);
    expect(locks.request(2, record(1), SHARED)).toEqual([]);
    expect(locks.request(3, record(1), EXCLUSIVE)).toEqual([1, 2]);
    expect(locks.request(4, record(1), SHARED)).toEqual([3]);
    expect(locks.release(1)).toEqual([]);
    expect(locks.release(2)).toEqual([3]);
    expect(locks.release(3)).toEqual([4]);
    expect(locks.release(4)).toEqual([]);
    expect(locks.state(String)).toEqual([]);
  });

  it('is re-entrant, and makes an upgrade wait for the other who shares', () => {
    const locks = new LockTable();
    locks.request(1, record(1), SHARED);
    locks.request(2, record(1), SHARED);
    expect(locks.request(1, record(1), SHARED)).toEqual([]);
    expect(locks.request(1, record(1), EXCLUSIVE)).toEqual([2]);
    expect(locks.request(2, record(1), EXCLUSIVE)).toEqual([1]);
  });

  it('lets gap locks be, and makes an insertion wait for them, the waiting ones too', () => {
    const locks = new LockTable();
    expect(locks.request(1, record(30), kind('exclusive', 'gap'))).toEqual([]);
    expect(locks.request(2, record(30), kind('shared', 'gap'))).toEqual([]);
    expect(locks.request(3, record(30), EXCLUSIVE)).toEqual([]);
    expect(locks.request(4, record(30), kind('exclusive', 'next-key'))).toEqual([3]);
    expect(locks.request(5, record(30), INSERTION, true)).toEqual([1, 2, 4]);
    expect([1, 2, 3].map((one) => locks.release(one))).toEqual([[], [], [4]]);
    expect(locks.release(4)).toEqual([5]);
  });

  it('takes every lock behind the last record for one of the gap', () => {
    const locks = new LockTable();
    expect(locks.request(1, record(null), kind('exclusive', 'next-key'))).toEqual([]);
    expect(locks.request(2, record(null), kind('exclusive', 'next-key'))).toEqual([]);
    expect(locks.request(3, record(null), INSERTION, true)).toEqual([1, 2]);
  });

  it('keeps an implicit lock out of the table unless it must wait', () => {
    const locks = new LockTable();
    expect(locks.request(1, record(1), EXCLUSIVE, true)).toEqual([]);
    expect(locks.empty).toBe(true);
  });

  it('counts the structures that weigh: one per index and kind, one more for each wait', () => {
    const locks = new LockTable();
    locks.request(2, record(3), SHARED);
    for (const key of [1, 2]) locks.request(1, record(key), EXCLUSIVE);
    expect(locks.structsOf(1)).toBe(1);
    locks.request(1, record(3), EXCLUSIVE);
    expect(locks.structsOf(1)).toBe(2);
  });
});

describe('deadlocks', () => {
  const waits = new Map([
    [1, [2]],
    [2, [3, 1]],
    [3, [1]],
    [4, [1]],
  ]);
  const blockersOf = (transaction: number) => waits.get(transaction) ?? [];

  it('are cycles of those who are first in the way', () => {
    expect(cycleFrom(2, blockersOf)).toEqual([2, 3, 1]);
    expect(cycleFrom(4, blockersOf)).toBeNull();
    expect(cycleFrom(5, blockersOf)).toBeNull();
  });

  it('cost the lightest; of equals the one that asked, then the first it waits for', () => {
    expect(victimOf([2, 3, 1], (one) => (one === 1 ? 2 : 5))).toBe(1);
    expect(victimOf([2, 3, 1], () => 4)).toBe(2);
    expect(victimOf([2, 3, 1], (one) => (one === 2 ? 9 : 4))).toBe(3);
  });
});

describe('Versions', () => {
  it('walks past every version a view may not see', () => {
    const versions = new Versions();
    versions.push('t', 1, 10, ['old']);
    versions.commit(10);
    versions.push('t', 1, 11, ['mid']);
    const seenBy = (reader: number | null, upTo: number) =>
      versions.hidden('t', { reader, upTo }).get(1);
    expect(seenBy(null, 0)).toEqual(['old']);
    expect(seenBy(null, 1)).toEqual(['mid']);
    expect(seenBy(11, 1)).toBeUndefined();
    versions.commit(11);
    versions.purge(1);
    expect(seenBy(null, 1)).toEqual(['mid']);
    versions.purge(2);
    expect(versions.any).toBe(false);
  });
});

describe('Store', () => {
  it('is an SQLite file when exported: without triggers, with the committed rows', async () => {
    const ddl = 'CREATE TABLE t (id INTEGER PRIMARY KEY, x)';
    const database = new Database('d', { ddl, rows: { t: [{ id: 1, x: 'a"\'💥' }] } });
    const open = database.begin();
    database.execute(open, "UPDATE t SET x = 'uncommitted'", {});
    const bytes = database.store.exportFile();
    const { default: BetterSqlite3 } = await import('better-sqlite3');
    const file = new BetterSqlite3(Buffer.from(bytes));
    expect(file.prepare('SELECT * FROM t').all()).toEqual([{ id: 1, x: 'a"\'💥' }]);
    expect(
      file.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'trigger'").get(),
    ).toEqual({ n: 0 });
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it.each([
    ['CREATE TABEL t (id)', {}, 'bad-ddl'],
    ['CREATE TABLE t (id)', {}, 'no-primary-key'],
    ['CREATE TABLE t (id INT PRIMARY KEY)', { u: [{ id: 1 }] }, 'bad-rows'],
    ['CREATE TABLE t (id INT PRIMARY KEY NOT NULL)', { t: [{ id: null }] }, 'bad-rows'],
  ])('refuses %s', (ddl, rows, code) => {
    expect(() => new Store({ ddl, rows })).toThrow(SandboxError);
    expect(() => new Store({ ddl, rows })).toThrow(code);
  });
});

describe('Observatory', () => {
  const make = () => {
    const ddl = 'CREATE TABLE customer (id INTEGER PRIMARY KEY, deposit INT)';
    const rows = { customer: [{ id: 1, deposit: 10 }] };
    const databases = ['user', 'order'].map((name) => new Database(name, { ddl, rows }));
    const observatory = new Observatory(databases);
    observatory.remember();
    return { observatory, databases };
  };

  it('joins databases, now and as they were, and sees committed rows only', () => {
    const { observatory, databases } = make();
    const [user] = databases;
    const query =
      observatory.compile(`SELECT u.deposit AS now, b.deposit AS before, o.deposit AS other
      FROM user.customer u JOIN user_before.customer b USING (id) JOIN order.customer o USING (id)
      WHERE u.deposit < :limit`);
    const id = user?.begin() ?? null;
    user?.execute(id, 'UPDATE customer SET deposit = 3', {});
    expect(observatory.look(query, { limit: 99, unused: 1 })).toEqual([
      { now: 10, before: 10, other: 10 },
    ]);
    user?.commit(id ?? 0);
    expect(observatory.look(query, { limit: 99 })).toEqual([{ now: 3, before: 10, other: 10 }]);
    expect(observatory.look(query, { limit: 3 })).toEqual([]);
  });

  it('refuses SQL that does not work', () => {
    expect(() => make().observatory.compile('SELECT x FROM user.nothing')).toThrow('bad-sql');
  });
});

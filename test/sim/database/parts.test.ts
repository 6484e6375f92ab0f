import { describe, expect, it } from 'vitest';
import { LockTable } from '../../../src/sim/database/locks.ts';
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

describe('LockTable', () => {
  it('shares shared locks and makes an exclusive one wait', () => {
    const locks = new LockTable();
    expect(locks.request(1, 'r', 'shared')).toEqual([]);
    expect(locks.request(2, 'r', 'shared')).toEqual([]);
    expect(locks.request(3, 'r', 'exclusive')).toEqual([1, 2]);
    expect(locks.request(4, 'r', 'shared')).toEqual([3]);
    expect(locks.release(1)).toEqual([]);
    expect(locks.release(2)).toEqual([3]);
    expect(locks.release(3)).toEqual([4]);
    expect(locks.release(4)).toEqual([]);
    expect(locks.state()).toEqual([]);
  });

  it('is re-entrant, and sees an upgrade past another waiter as a deadlock', () => {
    const locks = new LockTable();
    locks.request(1, 'r', 'shared');
    locks.request(2, 'r', 'shared');
    expect(locks.request(1, 'r', 'shared')).toEqual([]);
    expect(locks.request(1, 'r', 'exclusive')).toEqual([2]);
    expect(locks.cycleFrom(1)).toBeNull();
    locks.request(2, 'r', 'exclusive');
    expect(locks.cycleFrom(2)).toEqual([2, 1]);
  });

  it('finds a cycle of three', () => {
    const locks = new LockTable();
    for (const n of [1, 2, 3]) locks.request(n, `r${n}`, 'exclusive');
    locks.request(1, 'r2', 'exclusive');
    locks.request(2, 'r3', 'exclusive');
    expect(locks.cycleFrom(2)).toBeNull();
    locks.request(3, 'r1', 'exclusive');
    expect(locks.cycleFrom(3)).toEqual([3, 1, 2]);
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
    ['CREATE TABEL t (id)', {}, 'bad-sql'],
    ['CREATE TABLE t (id)', { u: [{ id: 1 }] }, 'bad-rows'],
    ['CREATE TABLE t (id INT NOT NULL)', { t: [{ id: null }] }, 'bad-rows'],
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

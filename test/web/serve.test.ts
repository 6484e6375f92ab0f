// `sim serve` as a process: for this machine only, and gone when it is interrupted.

import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { shoot } from '../../src/report/view/shoot.ts';
import { decodeRecording, encodeRecording } from '../../src/scenarios/index.ts';
import { received } from '../../src/web/carry.ts';
import { file, folder, sim } from '../cli/sim.ts';
import { ROOT, scenarioOf, ticketSaga } from '../support.ts';
import { recordedIn } from './recorded.ts';
import { served } from './served.ts';

const ENDLESS = 'WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c';

it('is small enough to be sent along', () => {
  const page = ['page.js', 'page.css'].map((name) => readFileSync(join(ROOT, 'dist/web', name)));
  expect(gzipSync(Buffer.concat(page)).length).toBeLessThanOrEqual(120 * 1024);
});

it('answers only from this machine, and frees its port when interrupted', async () => {
  const { url, process: first } = await served();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect((await fetch(url)).status).toBe(200);
  first.kill('SIGINT');
  const [code] = await once(first, 'exit');
  expect(code).toBe(0);
  const again = await served(new URL(url).port);
  expect(again.url).toBe(url);
  const taken = sim(['serve', '--port', new URL(url).port]);
  expect([taken.code, taken.err]).toEqual([2, expect.stringContaining('sim serve --port 0')]);
  again.process.kill('SIGINT');
  await once(again.process, 'exit');
});

it('ends a query that has no end, and answers others meanwhile', async () => {
  const { url, process: own } = await served();
  const film = async (sql: string, document?: object) => {
    const way = { fails: [], settings: {}, choices: [], pace: 'timed', watch: [sql], document };
    const body = JSON.stringify({ scenario: 'ticket-saga', way });
    return await (await fetch(`${url}api/film`, { method: 'POST', body })).text();
  };
  const act = { atMs: 0, database: 'user', sql: `UPDATE customer SET deposit = (${ENDLESS})` };
  const order = { customerId: 1, amount: 100, ticketNum: 100, title: 't' };
  const endless = [film(ENDLESS), film('SELECT 1', { orders: [order], acts: [act] })];
  const [quick] = received(await film('SELECT deposit FROM user.customer'));
  expect(quick?.showing.film.frames[0]?.watched).toEqual([[{ deposit: 1000 }]]);
  const [watched = '', acted] = await Promise.all(endless);
  expect(received(watched)[0]?.showing.film.frames[0]?.watched).toEqual([{ endless: 'time' }]);
  expect(acted).toContain('"no-end"');
  const last = film(ENDLESS);
  own.kill('SIGINT');
  await Promise.all([once(own, 'exit'), expect(last).rejects.toThrow()]);
});

/** The code of a run whose document has an act without an end; nobody can have run it. */
function endlessCode(): string {
  const orders = [{ customerId: 1, amount: 100, ticketNum: 100, title: 't' }];
  const asked = (sql: string) => ({ orders, acts: [{ atMs: 0, database: 'user', sql }] });
  const document = asked('UPDATE customer SET deposit = 1');
  const { code } = shoot(ticketSaga, { fails: [], settings: {}, document });
  const endless = asked(`UPDATE customer SET deposit = (${ENDLESS})`);
  return encodeRecording(ticketSaga, { ...decodeRecording(ticketSaga, code), document: endless });
}

/** Explores on a served page. */
const exploring = (url: string, code: string, init: RequestInit = {}) =>
  fetch(
    `${url}api/explore?${new URLSearchParams({ code, step: '3', faults: '1', lang: 'zh' })}`,
    init,
  );

/** The processes that one has started. */
const startedBy = ({ pid }: ChildProcess): string =>
  spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout;

it('ends an exploration that has no end, and answers others meanwhile', async () => {
  const { url, process: own } = await served();
  const endless = exploring(url, endlessCode()).then((response) => response.text());
  const { code } = shoot(scenarioOf('chained-jdbc'), { fails: [], settings: {} });
  const told = await (await exploring(url, code)).text();
  expect(told).toContain('event: report');
  expect(told).toContain('"property":"charged-what-was-ordered"');
  const text = await endless;
  expect(text).toContain('event: wrong');
  expect(text).toContain('"no-end"');
  expect(text).toContain('迟迟没有结束');
  expect(startedBy(own)).toBe('');
  own.kill('SIGINT');
  await once(own, 'exit');
});

it('ends an exploration whose client has left, or when it is interrupted', async () => {
  const { url, process: own } = await served();
  const isBusy = () => startedBy(own) !== '';
  for (const leave of [(left: AbortController) => left.abort(), () => own.kill('SIGINT')]) {
    const left = new AbortController();
    const text = exploring(url, endlessCode(), { signal: left.signal }).then((one) => one.text());
    const gone = expect(text).rejects.toThrow();
    await vi.waitUntil(isBusy, 5000);
    leave(left);
    await gone;
    await vi.waitUntil(() => !isBusy(), 3000);
  }
});

it.each([
  [['serve', '--port', '70000'], '--port'],
  [['serve', '--port', 'x'], '--port'],
  [['serve', '--scenarios', 'nowhere.yaml'], 'nowhere.yaml'],
])('refuses %j', (args, hint) => {
  const { code, out, err } = sim(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(hint);
});

it('never overwrites a page without --force (22)', () => {
  const path = file('there.html', 'mine');
  const args = ['run', 'ticket-saga', '-q', '--html', path];
  const { code, err } = sim(args);
  expect([code, err]).toEqual([2, expect.stringContaining('there.html')]);
  expect(err).toContain('--force');
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(sim([...args, '--force']).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toContain('<!doctype html>');
  expect(readFileSync(path).length).toBeLessThan(300_000);
});

it('writes what an exploration found as one page', () => {
  const path = join(folder, 'found.html');
  const { code } = sim(['explore', 'chained-jdbc', '-q', '--html', path, '--force']);
  expect(code).toBe(0);
  expect(recordedIn(readFileSync(path, 'utf8'))).toContain('charged-what-was-ordered · ');
});

it('writes the page of an exploration that goes on from a run, and says so', () => {
  const { replay } = JSON.parse(sim(['run', 'chained-jdbc', '--json']).out);
  const path = join(folder, 'from-there.html');
  const args = ['replay', replay, '--then', 'explore', '--html', path, '--force'];
  expect(sim(args).err).toContain('from-there.html');
  expect(recordedIn(readFileSync(path, 'utf8'))).toContain('charged-what-was-ordered · ');
});

it('shows what was explored, with its input, where nothing was found', () => {
  const input = file('poor.json', JSON.stringify({ customerId: 1, ticketNum: 110, amount: 40 }));
  const path = join(folder, 'nothing.html');
  const asked = ['ticket-saga', '--faults', '0', '--input', input, '-q'];
  sim(['explore', ...asked, '--html', path, '--force']);
  const [first] = received(recordedIn(readFileSync(path, 'utf8')))[0]?.showing.film.events ?? [];
  expect(first?.happening).toMatchObject({ kind: 'requested', body: { amount: 40 } });
});

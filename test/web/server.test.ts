// The page's server as a function: what it answers, to whom, and what it refuses.

import { describe, expect, it } from 'vitest';
import { shoot, shootOrder } from '../../src/report/view/shoot.ts';
import { SandboxError } from '../../src/sim/index.ts';
import { carried, received } from '../../src/web/carry.ts';
import { recordedPage } from '../../src/web/html.ts';
import { pageServer, type ServerParts } from '../../src/web/server.ts';
import { catalogue, scenarioOf } from '../support.ts';
import { recordedIn } from './recorded.ts';

const HOST = '127.0.0.1:7070';
const bundle = { script: 'const end = "</script>";', style: 'body{}' };
const WAY = { fails: [], settings: {}, choices: [], pace: 'timed', watch: [] };

function server(parts: Partial<ServerParts> = {}) {
  let ms = 0;
  const app = pageServer({
    bundle,
    hosts: () => [HOST],
    catalogue: async () => catalogue,
    explore: async () => ({ guarantee: 'complete', findings: [] }),
    apart: async (order, steps) => shootOrder(scenarioOf(order.scenario), order, { steps }),
    nowMs: () => {
      ms += 1;
      return ms;
    },
    ...parts,
  });
  const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    app.request(`http://${HOST}${path}`, { ...init, headers: { host: HOST, ...init.headers } });
  const post = (path: string, body: unknown) =>
    ask(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { ask, post };
}

const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, ...error };
};

describe('the server', () => {
  it('gives away its page and its two files, and nothing else', async () => {
    const { ask } = server();
    expect(await (await ask('/')).text()).toContain('<script type="module" src="/page.js">');
    expect(await (await ask('/page.js')).text()).toBe(bundle.script);
    expect((await ask('/page.css')).headers.get('content-type')).toContain('text/css');
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/page.js/../../x',
      '/dist/web/page.js',
      '//etc/passwd',
    ]) {
      expect((await ask(path)).status, path).toBe(404);
    }
  });

  it.each([
    [{ host: 'evil.example' }, 403],
    [{ host: '127.0.0.1:9999' }, 403],
    [{ host: '127.0.0.1' }, 403],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `http://${HOST}` }, 200],
  ])('answers %o with %i', async (headers, status) => {
    expect((await server().ask('/api/scenarios', { headers })).status).toBe(status);
  });

  it('lets a page ask nobody else, and be framed by nobody', async () => {
    const { headers } = await server().ask('/');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('films a run, which carries over as it is', async () => {
    const way = { ...WAY, fails: ['deposit'], watch: ['SELECT deposit FROM user.customer'] };
    const response = await server().post('/api/film', { scenario: 'ticket-saga', way });
    const [titled] = received(await response.text());
    const { fails, watch, pace } = way;
    const wanted = shoot(scenarioOf('ticket-saga'), { fails, watch, settings: {}, pace: 'timed' });
    expect(pace).toBe('timed');
    expect(titled?.showing.film).toEqual(wanted.film);
    expect(titled?.showing.code).toBe(wanted.code);
  });

  it('films what a code repeats, and says of a bad one what is wrong', async () => {
    const { code, film } = shoot(scenarioOf('ticket-saga'), { fails: ['sold'], settings: {} });
    const { post } = server();
    const [titled] = received(await (await post('/api/film', { code })).text());
    expect(titled?.showing.film.events).toEqual(film.events);
    expect(await errorOf(await post('/api/film', { code: code.slice(0, -3) }))).toMatchObject({
      status: 400,
      code: 'bad-code',
    });
    const chinese = await errorOf(await post('/api/film?lang=zh', { code: '1.ticket-saga.AAAA' }));
    expect(chinese.message).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['another shape', { scenario: 7 }],
    ['an unknown scenario', { scenario: 'gone', way: WAY }],
    ['an unknown fault', { scenario: 'ticket-saga', way: { ...WAY, fails: ['nowhere'] } }],
    ['an unknown parameter', { scenario: 'ticket-saga', way: { ...WAY, settings: { x: 1 } } }],
    [
      'choices that are not there',
      { scenario: 'ticket-saga', way: { ...WAY, choices: [{ step: 0, option: 99 }] } },
    ],
    ['a prototype', '{"scenario":"__proto__","way":{}}'],
  ])('answers %s with what is wrong', async (_, body) => {
    const { status, message } = await errorOf(await server().post('/api/film', body));
    expect(status).toBe(400);
    expect(message).not.toBe('');
  });

  it('says in the language of the page what it cannot read', async () => {
    const { post } = server();
    const told = async (body: string) =>
      (await errorOf(await post('/api/film?lang=zh', body))).message;
    expect(await told('{')).toMatch(/^看不懂这个请求：/);
    expect(await told('null')).toBe('看不懂这个请求：Invalid input');
    expect(await told('x'.repeat(70_000))).toMatch(/^内容太长：/);
  });

  it('refuses more than it can read', async () => {
    const { status, code } = await errorOf(await server().post('/api/film', 'x'.repeat(5_000_000)));
    expect([status, code]).toEqual([413, 'too-large']);
  });

  it('stops a run when its time is up, and shows it that far', async () => {
    let ms = 0;
    const slow = server({
      nowMs: () => {
        ms += 1000;
        return ms;
      },
    });
    const response = await slow.post('/api/film', { scenario: 'ticket-saga', way: WAY });
    const [titled] = received(await response.text());
    expect(titled?.showing.film.ending).toBe('stopped');
    expect(titled?.showing.film.frames.length).toBeLessThan(10);
  });

  it('shows a run whose queries do not end without their answers', async () => {
    const { post } = server({ apart: async () => null });
    const way = { ...WAY, watch: ['SELECT 1', 'SELECT 2'] };
    const response = await post('/api/film', { scenario: 'ticket-saga', way });
    const [titled] = received(await response.text());
    const endless = { endless: 'time' };
    expect(titled?.showing.asked.watch).toEqual(way.watch);
    for (const { watched } of titled?.showing.film.frames ?? [])
      expect(watched).toEqual([endless, endless]);
  });

  it('says of a run whose acts do not end that it was stopped', async () => {
    const { post } = server({ apart: async () => null });
    const document = { customerId: 1, amount: 100, ticketNum: 100, title: 't' };
    const way = { ...WAY, document };
    const told = { status: 400, code: 'no-end' };
    const film = (body: object) => post('/api/film', body);
    expect(await errorOf(await film({ scenario: 'ticket-saga', way }))).toMatchObject(told);
    const { code } = shoot(scenarioOf('ticket-saga'), { fails: [], settings: {}, document });
    expect(await errorOf(await film({ code }))).toMatchObject(told);
  });

  it('says that a scenario is gone while a page still shows it', async () => {
    const { post } = server({
      catalogue: async () => Object.assign(new Map(), { titles: () => [] }),
    });
    const error = await errorOf(await post('/api/film', { scenario: 'ticket-saga', way: WAY }));
    expect(error).toMatchObject({ status: 400, code: 'unknown-name' });
    expect(error.message).toContain('ticket-saga');
  });

  it('tells of an exploration as it goes', async () => {
    const { ask } = server({
      explore: async ({ faults }, _language, { onProgress }) => {
        onProgress({ states: 5, steps: 6, broken: [] });
        return { guarantee: `complete for ${faults}`, findings: [] };
      },
    });
    const text = await (await ask('/api/explore?code=x&step=3&faults=2')).text();
    expect(text).toContain('event: progress\ndata: {"states":5,"steps":6,"broken":[]}');
    expect(text).toContain('event: report\ndata: {"guarantee":"complete for 2","findings":[]}');
    const failing = server({
      explore: () => Promise.reject(new SandboxError('bad-code', { why: 'cut' })),
    });
    expect(await (await failing.ask('/api/explore?code=x&step=0&faults=1')).text()).toContain(
      'event: wrong',
    );
    expect((await ask('/api/explore?code=x&step=-1&faults=1')).status).toBe(400);
    expect((await ask('/api/explore?code=x&step=0&faults=9')).status).toBe(400);
  });
});

describe('a recorded page', () => {
  const runs = [...catalogue.keys()].map((id) => {
    return { title: id, showing: shoot(scenarioOf(id), { fails: [], settings: {} }) };
  });

  it.each(runs)('carries $title as it is', (run) => {
    expect(received(carried([run]))).toEqual([run]);
  });

  it('ends no script before its end, whatever it carries', () => {
    const [run] = runs;
    const evil = '</script><script>alert(1)</script><!--';
    const showing = { ...run?.showing, scenario: evil } as (typeof runs)[number]['showing'];
    const html = recordedPage([{ title: evil, showing }], bundle, 'zh');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(received(recordedIn(html))[0]?.title).toBe(evil);
  });
});

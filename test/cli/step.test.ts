// `sim step` as a person meets it: by keys given beforehand, and in a terminal of tmux.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import stringWidth from 'string-width';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { folder, SIM, sim } from './sim.ts';

const step = (...args: string[]) => sim(['step', ...args]);

describe('sim step --keys', () => {
  it('prints a frame before any key and after each, exactly as high as the terminal', () => {
    const { code, out } = step('ticket-saga', '--keys', 'n n f1 p');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('── '))).toEqual([
      '── n',
      '── n',
      '── f1',
      '── p',
    ]);
    expect(lines).toHaveLength(5 * 24 + 4);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });

  it('prints the same bytes each time, wherever', () => {
    const [one, other] = ['Asia/Shanghai', 'America/Lima'].map((TZ) =>
      sim(['step', 'ticket-saga', '--seed', '7', '--keys', 'g30 f1'], { env: { TZ } }),
    );
    expect(one?.out).toBe(other?.out);
  });

  it('takes quoted arguments, and speaks Chinese', () => {
    const keys = `w'SELECT deposit FROM user.customer' g$`;
    const { out } = sim(['step', 'ticket-saga', '--keys', keys, '--lang', 'zh'], {
      env: { COLUMNS: '100', LINES: '30' },
    });
    expect(out).toContain('{"deposit":900}');
    expect(out).toContain('─ 观察 ─');
  });

  it('takes a sign that is written in two units, and an argument of several lines', () => {
    const { out } = step('ticket-saga', '--keys', "😀 w'SELECT deposit\nFROM user.customer'");
    expect(out).toContain('"😀" is no key here');
    expect(out).toContain('{"deposit":1000}');
  });

  it('ends a query that has no end, and goes on', () => {
    const count = 'WITH c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c) SELECT count(*) FROM c';
    const { code, out } = step('ticket-saga', '--keys', `w'${count}' n w w'SELECT 7 AS n'`);
    expect(code).toBe(0);
    expect(out).toContain('! it did not end in time');
    expect(out).toContain('{"n":7}');
  });

  it('opens a code where something first breaks', () => {
    const run = sim(['run', 'ticket-saga', '--fail=sold', '--json']);
    const { replay } = JSON.parse(run.out);
    const { out } = step(replay, '--keys', '');
    expect(out).toContain('✗ broken: sold-once');
    expect(out).not.toMatch(/step 0 of/);
  });

  it('writes a frame or the film into a file, and never over another', () => {
    const own = folder;
    const args = [
      '--keys',
      `n e'${own}/seen.txt' e'${own}/film.json' e'${own}/seen.txt' e'${own}/page.html'`,
    ];
    const { code, out } = step('ticket-saga', ...args);
    expect(code).toBe(0);
    expect(readFileSync(`${own}/seen.txt`, 'utf8')).toContain('step 1 of');
    expect(JSON.parse(readFileSync(`${own}/film.json`, 'utf8')).scenario).toBe('ticket-saga');
    expect(readFileSync(`${own}/page.html`, 'utf8')).toContain('<!doctype html>');
    expect(out).toContain('is there already and is not overwritten');
  });

  it.each([
    [['ticket-sga'], 'ticket-saga'],
    [['ticket-saga', '--fail=depositt'], 'deposit'],
    [['ticket-saga', '--set', 'amont=1'], 'amount'],
    [['2.ticket-saga.AAAA'], 'code'],
    [['ticket-saga', '--seed', 'x'], '--seed'],
  ])('refuses %s', (args, hint) => {
    const { code, out, err } = step(...args, '--keys', 'n');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(hint);
  });

  it('says of a breakpoint that nothing passes it', () => {
    const { code, out } = step('ticket-saga', '--break', 'user.pay.chargin', '--keys', '');
    expect([code, out]).toEqual([0, expect.stringContaining('no step passes "user.pay.chargin"')]);
  });
});

it('does not hang without a terminal (19)', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SIM, 'step', 'ticket-saga'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 10_000,
  });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('sim step ticket-saga --keys "n n p"');
});

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const where = hasTmux ? 'in a terminal' : 'in a terminal (not run: tmux is not installed)';

describe.runIf(hasTmux)(where, () => {
  // A server of its own for each test: one that is just ending would take the next one's session
  // with it.
  const sockets = mkdtempSync(join(tmpdir(), 'indoubt-tmux-'));
  let opened = 0;
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', join(sockets, `${opened}`), ...args], { encoding: 'utf8' });
  const screen = (): string => tmux('capture-pane', '-p');
  async function until(test: (text: string) => boolean): Promise<string> {
    for (let tries = 0; tries < 100; tries++) {
      const text = screen();
      if (test(text)) return text;
      await sleep(100);
    }
    throw new Error(`not seen:\n${screen()}`);
  }
  const open = async (...args: string[]): Promise<void> => {
    opened++;
    tmux('new-session', '-d', '-x', '80', '-y', '24', 'env PS1=ready: bash --norc --noprofile');
    await until((text) => text.includes('ready:'));
    tmux('send-keys', `${process.execPath} ${SIM} step ${args.join(' ')}; echo left $?`, 'Enter');
    await until((text) => text.includes('step 0 of'));
  };
  afterEach(() => {
    tmux('kill-server');
  });
  afterAll(() => {
    rmSync(sockets, { recursive: true });
  });

  it('steps, types, resizes, leaves, and gives the terminal back', async () => {
    await open('ticket-saga');
    tmux('send-keys', 'n', 'n', 'Left', 'Right', 'n');
    await until((text) => text.includes('step 3 of'));
    tmux('send-keys', 'g', '2', '4');
    await until((text) => text.includes('go to step: 24▏'));
    tmux('send-keys', 'Enter', 'f', '3', 'Enter');
    await until((text) => /branch 2 of 2/.test(text) && /crash@user\.pay/.test(text));
    tmux('resize-window', '-x', '100', '-y', '30');
    const wide = await until((text) => text.split('\n')[0]?.length === 100);
    expect(wide).toContain('step 25 of');
    tmux('send-keys', '😀');
    await until((text) => text.includes('"😀" is no key here'));
    tmux('send-keys', '/');
    tmux('send-keys', '-l', `${'long '.repeat(20)}end`);
    await until((text) => /search for: ….*long end▏/.test(text));
    tmux('send-keys', 'Escape');
    // An escape followed at once by a letter would be another key.
    await until((text) => !text.includes('search for'));
    tmux('send-keys', 'q');
    const left = await until((text) => text.includes('left 0'));
    expect(left).not.toContain('step 25 of');
    tmux('send-keys', 'echo still here', 'Enter');
    await until((text) => /^still here$/m.test(text));
  }, 60_000);

  const signalled = (signal: string) => (): unknown =>
    execFileSync('pkill', [`-${signal}`, '-f', `${SIM} step ticket-saga --seed 77`]);

  it.each([
    ['is interrupted', (): unknown => tmux('send-keys', 'C-c'), 130],
    ['is interrupted from outside', signalled('INT'), 130],
    ['is told to end', signalled('TERM'), 143],
    ['is hung up on', signalled('HUP'), 129],
  ])(
    'gives the terminal back when it %s',
    async (_, end, code) => {
      await open('ticket-saga', '--seed', '77');
      end();
      await until((text) => text.includes(`left ${code}`));
      tmux('send-keys', 'echo still here', 'Enter');
      await until((text) => /^still here$/m.test(text));
    },
    60_000,
  );
});

// The command as a person meets it. Each case names the line of the list of expectations it stands
// for.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { CATALOGUE_TEXT, ticketSaga } from '../support.ts';
import { file, folder, run, SIM, sim } from './sim.ts';

describe('sim run (5, 6, 15)', () => {
  it('ends as the catalogue expects, exit 0, under every named fault', () => {
    for (const name of Object.keys(ticketSaga.namedFaults)) {
      const { code, out, err } = run(`--fail=${name}`, '--quiet');
      expect([code, err], name).toEqual([0, '']);
      expect(out).toContain('as the catalogue expects');
    }
  });

  it("takes the original's request: ticket 100 does not exist, 110 does", () => {
    const request = { customerId: 1, title: 'new_order', amount: 100, ticketNum: 100 };
    const input = (ticketNum: number) => JSON.stringify({ ...request, ticketNum });
    const ended = (text: string) => {
      const args = ['run', 'ticket-saga', '--input', '-', '--json'];
      const { code, out } = sim(args, { input: text });
      expect(code).toBe(0);
      return JSON.parse(out).after;
    };
    expect(ended(input(100))['order.customer_order']).toMatchObject([
      { status: 'FAIL', reason: 'TICKET_LOCK_FAIL', ticket_num: 100 },
    ]);
    const sold = ended(input(110));
    expect(sold['order.customer_order']).toMatchObject([{ status: 'FINISH', reason: null }]);
    expect(sold['user.customer']).toMatchObject([{ deposit: 900 }]);
    expect(sold['ticket.ticket']).toMatchObject([{ owner: 1, lock_user: null }]);
  });

  it('exits 1 with a replay line for a violation nobody expected, and replay does the same', () => {
    const { code, out } = run('--fail=crash@user.pay.committing:after', '--quiet');
    expect(code).toBe(1);
    const [, replay = ''] = out.match(/^sim replay (\S+)$/m) ?? [];
    const again = sim(['replay', replay, '--json']);
    expect(again.code).toBe(1);
    const first = JSON.parse(run('--fail=crash@user.pay.committing:after', '--json').out);
    expect(JSON.parse(again.out).fingerprint).toBe(first.fingerprint);
  });

  it('exits 3, and judges nothing that is not over, where a limit cut it off', () => {
    for (const horizonMs of [20, 33, 35]) {
      const { code, out } = run('--set', `horizonMs=${horizonMs}`);
      expect(code).toBe(3);
      expect(out).toContain(`cut off after ${horizonMs} ms`);
      expect(out).toContain('? at rest every order is FINISH or FAIL: cannot be said yet');
    }
    const timeout = run('--fail=timeout', '--set', 'horizonMs=30000', '--quiet');
    expect([timeout.code, timeout.out]).toEqual([3, expect.stringContaining('stuck')]);
  });

  it('exits 1 where an expected violation is missing', () => {
    const text = CATALOGUE_TEXT.replace(
      'violated: [charged-once]',
      'violated: [charged-once, sold-once]',
    );
    const path = file('missing.yaml', text);
    const { code, out } = run('--fail=duplicate-locked', '--scenarios', path);
    expect(code).toBe(1);
    expect(out).toContain(
      'missing: "a ticket once sold is not sold again" should have been broken',
    );
  });
});

describe('--export-db', () => {
  it('writes each database as a file that SQLite opens, and overwrites nothing', () => {
    const target = join(folder, 'export');
    const { code, err } = run('--fail=deposit', '--export-db', target);
    expect(code).toBe(0);
    expect(err).toContain(join(target, 'order.sqlite'));
    const order = new BetterSqlite3(join(target, 'order.sqlite'), { readonly: true });
    expect(order.prepare('SELECT status, reason FROM customer_order').all()).toEqual([
      { status: 'FAIL', reason: 'NOT_ENOUGH_DEPOSIT' },
    ]);
    expect(order.pragma('integrity_check', { simple: true })).toBe('ok');
    const again = run('--export-db', target);
    expect([again.code, again.out]).toEqual([2, '']);
    expect(again.err).toContain('not overwritten');
    expect(run('--export-db', target, '--force').code).toBe(0);
  });

  it('does nothing where the run is refused', () => {
    const target = join(folder, 'refused');
    expect(run('--fail=crash@user.pay.rolling-back', '--export-db', target).code).toBe(2);
    expect(existsSync(target)).toBe(false);
    const { code } = run('--export-db', join(SIM, 'below-a-file'));
    expect(code).toBe(2);
  });
});

describe('completion (23)', () => {
  it('bash scripts are valid and complete scenarios and faults', () => {
    const path = file('completion.bash', sim(['completion', 'bash']).out);
    execFileSync('bash', ['-n', path]);
    const complete = (line: string) => {
      const words = line.split(' ');
      const script = `source ${path}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
        COMP_CWORD=${words.length - 1}; _sim; echo "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim();
    };
    expect(complete('sim ru')).toBe('run');
    expect(complete('sim run propa')).toBe('propagation');
    expect(complete('sim run ticket-saga --fail = dep')).toBe('deposit');
    expect(complete('sim run ticket-saga --fail dep')).toBe('deposit');
    expect(complete('sim run ticket-saga --set amo')).toBe('amount=');
    file('own.yaml', '');
    expect(complete(`sim run ${folder}/ow`)).toBe(`${folder}/own.yaml`);
  });

  it.each(['zsh', 'fish'])('knows %s', (shell) => {
    const { code, out } = sim(['completion', shell]);
    expect(code).toBe(0);
    expect(out).toContain('late-payment');
  });
});

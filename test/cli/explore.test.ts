// `sim explore` and what goes with it, as a person meets them. Numbers are those of the list of
// expectations.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support.ts';
import { file, folder, SIM, sim } from './sim.ts';

const explore = (...args: string[]) => sim(['explore', ...args]);
const validates = (name: string, text: string): unknown => {
  const schema = JSON.parse(readFileSync(join(ROOT, `schema/${name}.schema.json`), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(text));
  return validate.errors;
};
const DUPLICATE = ['ticket-saga', '--kinds', 'duplicate'];

describe('sim explore', () => {
  it('proves what it says, as text and as JSON', () => {
    const text = explore(...DUPLICATE);
    expect(text.code).toBe(0);
    expect(text.out).toContain('complete for ≤ 1 fault (duplicate), every order of handlers:');
    expect(text.out).toContain('sold-once  shortest way: 7 messages and timers handled, no fault');
    const { code, out } = explore(...DUPLICATE, '--json');
    expect(code).toBe(0);
    expect(validates('explore', out)).toBeNull();
    const { findings, complete, states } = JSON.parse(out);
    expect(complete).toBe(true);
    expect(text.out.replace(/\s+/g, ' ')).toContain(`${states.toLocaleString('en-US')} states`);
    expect(findings).toHaveLength(6);
  });

  it('shows counterexamples whose codes are short and repeat the break (14)', () => {
    const { findings } = JSON.parse(explore(...DUPLICATE, '--json').out);
    for (const { property, replay } of findings) {
      expect(replay.length).toBeLessThanOrEqual(40);
      const { code, out } = sim(['replay', replay, '--json']);
      expect(code).toBe(0);
      const { properties } = JSON.parse(out);
      expect(properties).toContainEqual(expect.objectContaining({ id: property, holds: false }));
    }
  });

  it.each([40, 80])('speaks Chinese, and fits %i columns (20)', (columns) => {
    const env = { COLUMNS: String(columns) };
    const { out } = sim(['explore', ...DUPLICATE, '--lang', 'zh'], { env });
    expect(out).toContain('已穷尽');
    expect(out).toContain('◆ 导致破坏的事件');
    for (const line of out.split('\n')) {
      // A command to copy stands on a line of its own, however long.
      if (line.trim().startsWith('sim ')) continue;
      expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it('says in one line what it came to (15)', () => {
    const { code, out } = explore('chained-jdbc', '--quiet');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  it('exits 3 at a limit, and says how far it came', () => {
    const { code, out } = explore('ticket-saga', '--max-states', '200');
    expect(code).toBe(3);
    expect(out).toContain('not complete: stopped at 200 states, frontier');
  });

  it('exits 1 where the catalogue does not know what breaks (6)', () => {
    const text = readFileSync(join(ROOT, 'scenarios.yaml'), 'utf8');
    const unaware = text.replace('breaks: { nothing-lost: 1 }', 'breaks: {}');
    expect(unaware).not.toBe(text);
    const { code, out } = explore('jms-session', '--scenarios', file('unaware.yaml', unaware));
    expect(code).toBe(1);
    expect(out).toContain('the catalogue does not know of it');
  });

  it.each([
    [['--faults', 'many'], '--faults cannot be "many"'],
    [['--depth', '300'], '--depth cannot be "300"'],
    [['--kinds', 'crush'], 'crash'],
    [['--at', 'nowhere.*'], 'there is no fault point "nowhere.*"'],
    [['--granularity', 'line'], 'handler, statement'],
    [['--strategy', 'bfs'], 'breadth'],
    [['--time', 'long'], '--time cannot be "long"'],
    [['--shard', '0/2'], '--shard cannot be "0/2"'],
    [['--shard', '3/2'], '--shard cannot be "3/2"'],
    [['--jobs', '0'], '--jobs cannot be "0"'],
    [['--jobs', '2', '--shard', '1/2'], '--jobs and --shard'],
  ])('refuses %j with exit code 2', (args, words) => {
    const { code, out, err } = explore('ticket-saga', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err.replaceAll('"', '')).toContain(words.replaceAll('"', ''));
  });
});

describe('shares (18)', () => {
  it('put together find what one run finds', () => {
    const whole = JSON.parse(explore(...DUPLICATE, '--json').out);
    const paths = [1, 2].map((index) => join(folder, `share${index}.json`));
    paths.forEach((path, at) => {
      const { code, out } = explore(...DUPLICATE, '--shard', `${at + 1}/2`, '--save', path);
      expect(code).toBe(0);
      expect(out).toContain(`share ${at + 1}/2 only`);
    });
    const { code, out } = sim(['merge', ...paths, '--json']);
    expect(code).toBe(0);
    const { findings, states, complete, outcomes } = JSON.parse(out);
    const told = (list: typeof findings) =>
      list.map((one: { property: string; length: number; faults: string[] }) => {
        return [one.property, one.length, one.faults.length];
      });
    expect({ states, complete, outcomes }).toEqual({
      states: whole.states,
      complete: true,
      outcomes: whole.outcomes,
    });
    expect(told(findings).toSorted()).toEqual(told(whole.findings).toSorted());
    const missing = sim(['merge', paths[0] ?? '']);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('shard 2/2')]);
  });

  it('by worker threads too', () => {
    const whole = JSON.parse(explore(...DUPLICATE, '--json').out);
    const { code, out } = explore(...DUPLICATE, '--jobs', '2', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ states: whole.states, complete: true });
  });

  it('by worker threads, up to a limit that is for all of them', () => {
    const wide = ['ticket-saga', '--faults', '3', '--stalls', '2', '--max-states', '300'];
    const { code, out } = explore(...wide, '--jobs', '2', '--json');
    expect(code).toBe(3);
    const { states } = JSON.parse(out);
    expect(states).toBeGreaterThanOrEqual(300);
    // Each goes on for a step or two before it sees that the limit is reached.
    expect(states).toBeLessThan(310);
  });

  it('are refused if a file is no share', () => {
    const { code, err } = sim(['merge', file('other.json', '{}')]);
    expect([code, err]).toEqual([2, expect.stringContaining('no part of an exploration')]);
  });
});

describe('a checkpoint', () => {
  const path = join(folder, 'checkpoint.json');
  const limited = [...DUPLICATE, '--max-states', '700', '--checkpoint', path];

  it('is written at a limit, and goes on to the same end', () => {
    const whole = JSON.parse(explore(...DUPLICATE, '--json').out);
    const { code, err } = explore(...limited);
    expect([code, err]).toEqual([3, `go on with: sim explore --resume ${path}\n`]);
    const resumed = explore('--resume', path, '--max-states', '100000', '--json');
    expect(resumed.code).toBe(0);
    const { states, steps, outcomes, findings, complete } = JSON.parse(resumed.out);
    const { outcomes: ends } = whole;
    expect({ states, steps, complete, outcomes }).toEqual({
      states: whole.states,
      steps: whole.steps,
      complete: true,
      outcomes: ends,
    });
    expect(findings).toEqual(whole.findings);
  });

  it('of something else is refused', () => {
    const { code, err } = explore('--resume', file('none.json', '{"kind":"other"}'));
    expect([code, err]).toEqual([2, expect.stringContaining('no checkpoint')]);
    expect(explore('--resume', join(folder, 'nowhere')).code).toBe(2);
    expect(explore().code).toBe(2);
  });
});

describe('sim replay', () => {
  const code = JSON.parse(explore(...DUPLICATE, '--json').out).findings[0].replay;

  it('stops where one asks, and keeps the code', () => {
    const { out } = sim(['replay', code, '--upto', '3', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ending: 'stopped', steps: 3, replay: code });
  });

  it('goes on exploring from there', () => {
    const { out } = sim(['replay', code, '--upto', '3', '--then', 'explore', '--faults', '0']);
    expect(out).toContain('complete for no fault');
  });

  it('goes on from a plain run at its own pace, with nothing else changed', () => {
    const plain = JSON.parse(sim(['run', 'ticket-saga', '--json']).out).replay;
    const from = ['replay', plain, '--upto', '17', '--then', 'explore'];
    const { code, out } = sim([...from, '--kinds', 'crash,duplicate', '--json']);
    const { findings } = JSON.parse(out);
    const broken = findings.map(({ property }: { property: string }) => property);
    // Without redelivery, as the catalogue explores it, orders would stay undecided.
    expect([code, broken]).toEqual([0, expect.arrayContaining(['charged-once'])]);
    expect(broken).not.toContain('orders-decided');
    for (const { replay } of findings) expect(sim(['replay', replay]).out).toContain('broken');
  });

  it('refuses to go on with anything else', () => {
    const { code: exit, err } = sim(['replay', code, '--then', 'exploer']);
    expect([exit, err]).toEqual([2, expect.stringContaining('explore')]);
  });
});

describe('sim diff', () => {
  const codeOf = (...args: string[]) =>
    JSON.parse(sim(['run', 'ticket-saga', ...args, '--json']).out).replay;
  const [plain, struck] = [codeOf(), codeOf('--fail=crash-after-commit')];

  it('shows the first difference, and the rows that differ in the end', () => {
    const { code, out } = sim(['diff', plain, struck]);
    expect(code).toBe(0);
    expect(out).toContain('crash@user.pay.committing:after#1');
    expect(out).toContain('~ order.customer_order  id=1  status FINISH → FAIL');
    const json = sim(['diff', plain, struck, '--json']).out;
    expect(validates('diff', json)).toBeNull();
  });

  it('says so if there is none', () => {
    expect(sim(['diff', plain, plain]).out).toContain('the two runs are the same');
  });

  it('refuses codes of different scenarios', () => {
    const other = JSON.parse(sim(['run', 'outbox', '--json']).out).replay;
    expect(sim(['diff', plain, other]).code).toBe(2);
  });
});

it('tells its totals when interrupted, exits 130 and leaves no file (7)', async () => {
  const before = readdirSync(folder);
  const args = [SIM, 'explore', 'ticket-saga', '--faults', '3', '--stalls', '2'];
  const child = spawn(process.execPath, args, { cwd: folder });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await new Promise((resolve) => setTimeout(resolve, 2500));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(code).toBe(130);
  expect(out).toContain('not complete: interrupted, frontier');
  expect(readdirSync(folder)).toEqual(before);
  expect(existsSync(join(folder, 'core'))).toBe(false);
}, 30_000);

it('shows where the time went with --profile', () => {
  const { out } = explore(...DUPLICATE, '--profile', '--json');
  const { profile } = JSON.parse(out);
  expect(validates('explore', out)).toBeNull();
  expect(Object.keys(profile)).toEqual(expect.arrayContaining(['machine', 'SQL', 'hashing']));
});

// The command as a person meets it. Each case names the line of the list of expectations it stands
// for.

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ROOT, ticketSaga } from '../support.ts';
import { folder, run, SIM, sim } from './sim.ts';

const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(ROOT, `schema/${name}.schema.json`), 'utf8'));
const validates = (name: string, text: string): unknown => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schemaOf(name));
  validate(JSON.parse(text));
  return validate.errors;
};
const ESCAPE = '\u001b[';

describe('JSON (8, 9, 10, 13)', () => {
  it('validates against the shipped schemas, schemaVersion first', () => {
    const documents = [
      ['list', sim(['list', '--json']).out],
      ['show', sim(['show', 'ticket-saga', '--json']).out],
      ['run', run('--json', '--quiet').out],
      ...[[], ...Object.keys(ticketSaga.namedFaults).map((name) => [`--fail=${name}`])].map(
        (args) => ['run', run('--json', ...args).out],
      ),
    ];
    for (const [name = '', text = ''] of documents) {
      expect(text.trimStart().startsWith('{\n  "schemaVersion": 1')).toBe(true);
      expect(validates(name, text)).toBeNull();
    }
  });

  it('knows every kind of event there is', () => {
    const source = readFileSync(join(ROOT, 'src/sim/kernel/trace.ts'), 'utf8');
    const kinds = [...source.matchAll(/readonly kind: ([^;]+);/g)]
      .flatMap(([, list = '']) => [...list.matchAll(/'([\w-]+)'/g)])
      .map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(30);
    const known = schemaOf('run').$defs.event.properties.kind.enum;
    expect(kinds.filter((kind) => !known.includes(kind))).toEqual([]);
  });

  it('answers a mistake as JSON too, with the same exit code', () => {
    for (const args of [['--fail=depositt'], ['--set', 'amount=-1'], ['--nonsense']]) {
      const { code, out, err } = run('--json', ...args);
      expect(code).toBe(2);
      expect(err).toContain('error: ');
      expect(validates('error', out)).toBeNull();
    }
  });

  it('prints a line per event with --reporter=ndjson, and the verdict last', () => {
    const lines = run('--reporter=ndjson')
      .out.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { events } = JSON.parse(run('--json').out);
    expect(lines.slice(0, -1)).toEqual(events);
    expect(lines.at(-1)).toMatchObject({ kind: 'verdict', outcome: { word: 'committed' } });
  });

  it('is the same bytes whatever the time zone, language and folder', () => {
    for (const args of [['--seed', '7'], ['--fail=late-payment'], []]) {
      const all = ['run', 'ticket-saga', '--json', ...args];
      const here = sim(all, { env: { TZ: 'UTC', LANG: 'C' } });
      const there = sim(all, { env: { TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8' }, cwd: '/' });
      expect(here.code).toBe(0);
      expect(there.out).toBe(here.out);
    }
    expect(run('--seed', '7', '--json').out).not.toBe(run('--seed', '8', '--json').out);
  });
});

describe('the terminal (11, 12, 20)', () => {
  it('colours only for a person, or when forced', () => {
    const coloured = (env: Record<string, string>, ...args: string[]) =>
      sim(['run', 'ticket-saga', ...args], { env }).out.includes(ESCAPE);
    expect(coloured({})).toBe(false);
    expect(coloured({ FORCE_COLOR: '1' })).toBe(true);
    expect(coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(coloured({ FORCE_COLOR: '1', TERM: 'dumb' })).toBe(false);
    expect(coloured({ FORCE_COLOR: '1' }, '--no-color')).toBe(false);
  });

  it('says the same in colour and without', () => {
    for (const args of [
      ['run', 'ticket-saga', '--fail=late-payment'],
      ['show', 'ticket-saga'],
      ['list'],
    ]) {
      const coloured = sim(args, { env: { FORCE_COLOR: '1' } }).out;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are looked for
      expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(sim(args).out);
    }
  });

  it('writes out what could steer a terminal', () => {
    const { out } = run('--set', 'title=a\nb\u001b[31m');
    expect(out).not.toContain('\u001b');
    expect(out).toContain('title=a\\nb\\u001b[31m');
  });

  it('says that a disk is full, without a stack', () => {
    const shell = `"${process.execPath}" "${SIM}" run ticket-saga --json > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', shell], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^sim: .*ENOSPC.*\n$/);
  });

  it('survives a reader that goes away, and is never cut short', () => {
    const shell = (command: string) =>
      spawnSync('bash', ['-c', `set -o pipefail; ${command}`], { encoding: 'utf8', cwd: folder });
    const head = shell(`"${process.execPath}" "${SIM}" run ticket-saga --json | head -1`);
    expect([head.stdout, head.stderr]).toEqual(['{\n', '']);
    const path = join(folder, 'whole.json');
    shell(`"${process.execPath}" "${SIM}" run ticket-saga --json > ${path}`);
    expect(readFileSync(path, 'utf8')).toBe(run('--json').out);
  });

  it('speaks Chinese by --lang or LANG, and keeps ids English', () => {
    const asked = run('--lang', 'zh', '--fail=deposit');
    const set = sim(['run', 'ticket-saga', '--fail=deposit'], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(asked.out).toBe(set.out);
    expect(asked.out).toContain('与目录的预期一致');
    expect(asked.out).toContain('order.customer_order');
    expect(sim(['rnu'], { env: { LC_ALL: 'zh_CN.UTF-8' } }).err).toContain('错误: ');
  });
});

describe('an interrupt', () => {
  it('ends the program at once', async () => {
    const child = spawn(process.execPath, [SIM, 'run', 'ticket-saga', '--input', '-']);
    await new Promise((resolve) => setTimeout(resolve, 400));
    child.kill('SIGINT');
    const signal = await new Promise((resolve) => child.on('exit', (_code, name) => resolve(name)));
    expect(signal).toBe('SIGINT');
  });
});

// The command as a person meets it: real processes, real streams, real exit codes. Each case names
// the line of the project's list of expectations it stands for.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import BetterSqlite3 from 'better-sqlite3';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE_TEXT, ROOT, ticketSaga } from '../support.ts';

const SIM = join(ROOT, 'dist/bin/sim.js');
const COMMANDS = ['list', 'show', 'run', 'replay', 'completion'];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'indoubt-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

function sim(args: readonly string[], { env = {}, input = '', cwd = folder }: Options = {}) {
  const plain = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const result = spawnSync(process.execPath, [SIM, ...args], {
    env: { ...plain, ...env },
    input,
    cwd,
    encoding: 'utf8',
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const run = (...args: string[]) => sim(['run', 'ticket-saga', ...args]);
const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(ROOT, `schema/${name}.schema.json`), 'utf8'));
const validates = (name: string, text: string): unknown => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schemaOf(name));
  validate(JSON.parse(text));
  return validate.errors;
};
const ESCAPE = '\u001b[';

describe('help and version (1, 2, 3)', () => {
  it.each([[], ...COMMANDS.map((name) => [name])])('sim %s --help', (...command) => {
    for (const language of ['en', 'zh']) {
      const { code, out, err } = sim([...command, '--help', '--lang', language]);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/\n {2}(source <\()?sim /);
    }
  });

  it.each([40, 80])('fits %i columns, errors too', (columns) => {
    const env = { COLUMNS: String(columns) };
    for (const language of ['en', 'zh']) {
      for (const command of [[], ...COMMANDS.map((name) => [name])]) {
        const { out } = sim([...command, '--help', '--lang', language], { env });
        for (const line of out.split('\n'))
          expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      }
      const { err } = sim(['run', 'ticket-saga', '--fail=depositt', '--lang', language], { env });
      for (const line of err.split('\n'))
        expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it('prints the version alone', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(sim(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('guesses what was meant', () => {
    const { code, out, err } = sim(['rnu']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('did you mean run');
  });

  it.each([
    [['run']],
    [['run', 'ticket-saga', '--jsno']],
    [['list', 'more']],
    [['completion', 'tcsh']],
    [['run', 'ticket-saga', '--lang', 'fr']],
    [['run', 'ticket-saga', '--reporter', 'xml']],
    [['run', 'ticket-saga', '--seed', '1.5']],
  ])('refuses %j', (args) => {
    const { code, out, err } = sim(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: .+\n( {2}.+\n)? {2}fix: .+\n/);
  });
});

describe('mistakes (4)', () => {
  it.each([
    [['run', 'ticket-sga'], 'did you mean ticket-saga?', 'valid: ticket-saga'],
    [['run', 'ticket-saga', '--fail=depositt'], 'did you mean deposit?', 'valid: deposit, locked'],
    [['run', 'ticket-saga', '--set', 'amont=1'], 'did you mean amount?', 'valid: customerId'],
    [
      ['run', 'ticket-saga', '--fail=crash@user.pay.chargin'],
      'did you mean user.pay.charging?',
      'sim show',
    ],
    [['run', 'ticket-saga', '--fail=crash@user.pay.charging#9'], 'never struck', 'reached 1 time'],
    [
      ['run', 'ticket-saga', '--fail=deposit', '--set', 'deposit=60'],
      'cannot both be',
      'leave one',
    ],
    [['show', 'ticket'], 'there is no scenario', 'ticket-saga'],
    [['replay', '1.ticket-saga.2'], 'not whole', 'copy the whole line'],
    [['replay', 'nonsense'], 'not a replay code', 'copy'],
    [['run', 'ticket-saga', '--input', 'nowhere.json'], 'cannot read nowhere.json', 'ls -l'],
  ])('%j', (args, message, more) => {
    const { code, out, err } = sim(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).toContain(more);
  });

  it('with a near name are answered with the command that was meant', () => {
    expect(run('--fail=depositt', '--set', 'title=a b').err).toMatch(
      /\n {2}fix: sim run ticket-saga --fail=deposit --set 'title=a b'\n$/,
    );
  });

  it('in an input are shown with file, line and column', () => {
    const path = file('bad.json', '{\n  "customerId": 1,\n  "amount": -5, "ticketNum": 110 }');
    expect(run('--input', path).err).toContain(`${path}:3:13: amount cannot be "-5"`);
    const cut = file('cut.json', '{\n  "customerId": 1,');
    expect(run('--input', cut).err).toContain(`${cut}:2:`);
    const twice = file('twice.json', '{"amount": 1, "amount": 2}');
    expect(run('--input', twice).err).toContain(`${twice}:1:15`);
    for (const text of ['{"__proto__": 1}', '[[]]', '', 'null', '{"customerId":1,}', '// x']) {
      expect(sim(['run', 'ticket-saga', '--input', '-'], { input: text }).code).toBe(2);
    }
    const deep = file('deep.json', '['.repeat(100_000));
    expect(run('--input', deep).err).toMatch(/not valid JSON/);
    const binary = join(folder, 'binary.json');
    writeFileSync(binary, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(run('--input', binary).err).toContain('NotUtf8');
    expect(run('--input', folder).code).toBe(2);
    const directory = spawnSync('bash', [
      '-c',
      `"${process.execPath}" "${SIM}" run ticket-saga --input - < /tmp`,
    ]);
    expect(directory.status).toBe(2);
    const bom = sim(['run', 'ticket-saga', '--input', '-', '--quiet'], {
      input: '\ufeff{"customerId":1,"amount":1,"ticketNum":110}',
    });
    expect(bom.code).toBe(0);
  });
});

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
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
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

describe('a broken catalogue (16)', () => {
  it('is shown with file, line, column and frame, all mistakes at once, exit 2', () => {
    const text = CATALOGUE_TEXT.replace('SELECT id, deposit FROM', 'SELECT id, FROM').replace(
      'crash@user.pay.committing:after',
      'crash@user.pay.comitting:after',
    );
    const { code, out, err } = run('--scenarios', file('broken.yaml', text));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/broken\.yaml:\d+:\d+: this SQL does not work/);
    expect(err).toMatch(/broken\.yaml:\d+:\d+: there is no fault point .*did you mean/);
    expect(err).toMatch(/\n +\d+ \| .*SELECT id, FROM.*\n +\^\n/);
    expect(err).toContain('the catalogue has 2 mistakes');
  });

  it('is not needed twice: an unchanged copy elsewhere gives the same run', () => {
    const copy = run('--json', '--scenarios', file('copy.yaml', CATALOGUE_TEXT));
    const edited = run('--json', '--scenarios', file('edited.yaml', `${CATALOGUE_TEXT}\n# more\n`));
    expect(copy.out).toBe(run('--json').out);
    expect(edited.out).toBe(copy.out);
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
    expect(complete('sim run tick')).toBe('ticket-saga');
    expect(complete('sim run ticket-saga --fail = dep')).toBe('deposit');
    expect(complete('sim run ticket-saga --fail dep')).toBe('deposit');
    expect(complete('sim run ticket-saga --set amo')).toBe('amount=');
  });

  it.each(['zsh', 'fish'])('knows %s', (shell) => {
    const { code, out } = sim(['completion', shell]);
    expect(code).toBe(0);
    expect(out).toContain('late-payment');
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

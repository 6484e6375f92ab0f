// The command as a person meets it. Each case names the line of the list of expectations it stands
// for.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { CATALOGUE_TEXT, ROOT } from '../support.ts';
import { file, folder, run, SIM, sim } from './sim.ts';

const COMMANDS = ['list', 'show', 'run', 'matrix', 'replay', 'completion'];

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
    [['replay', '2.ticket-saga.2'], 'not whole', 'copy the whole line'],
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
    expect(directory.stderr.toString()).toContain('cannot read -: it is a directory');
    const bom = sim(['run', 'ticket-saga', '--input', '-', '--quiet'], {
      input: '\ufeff{"customerId":1,"amount":1,"ticketNum":110}',
    });
    expect(bom.code).toBe(0);
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

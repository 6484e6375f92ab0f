// A scenario in a file of its own as a person meets it: named by its path in every command.

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support.ts';
import { file, folder, sim } from './sim.ts';

const TEXT = readFileSync(`${ROOT}examples/half-commit.yaml`, 'utf8');
const HALF = './half.yaml';
file('half.yaml', TEXT);
mkdirSync(join(folder, 'my own'));
copyFileSync(`${ROOT}examples/transfer-saga.yaml`, join(folder, 'my own', 'saga.yml'));

const CODE = /sim replay (\S+) --scenarios (\S+|'[^']+')$/m;

/** The arguments of the replay command that an output ends with. */
function replayOf(out: string): readonly string[] {
  const [, code = '', path = ''] = CODE.exec(out) ?? [];
  expect(code, out).not.toBe('');
  return ['replay', code, '--scenarios', path.replace(/^'|'$/g, '')];
}

const validates = (name: string, text: string): unknown => {
  const schema = JSON.parse(readFileSync(join(ROOT, `schema/${name}.schema.json`), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(text));
  return validate.errors;
};

describe('a path', () => {
  it('is run, with a line that repeats it', () => {
    const first = sim(['run', HALF]);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('✓ as the file expects');
    const again = sim(replayOf(first.out));
    expect([again.code, again.out]).toEqual([0, first.out]);
  });

  it('may have blanks, and end in .yml', () => {
    const { code, out } = sim(['run', 'my own/saga.yml', '--fail=closed']);
    expect(code).toBe(0);
    expect(out).toContain("--scenarios 'my own/saga.yml'\n");
    expect(sim(replayOf(out)).out).toContain('↩ refunding');
  });

  it('breaks a property where that is not expected: exit 1', () => {
    const { code, out } = sim(['run', HALF, '--fail=error@bank.transfer.committing']);
    expect(code).toBe(1);
    expect(out).toContain('✗ not as the file expects');
    expect(sim(replayOf(out)).code).toBe(1);
    const quiet = sim(['run', HALF, '--fail=error@bank.transfer.committing', '--quiet']);
    expect(quiet.code).toBe(1);
    expect(sim(replayOf(quiet.out)).code).toBe(1);
    expect(sim(['run', HALF, '--fail=crash', '--lang', 'zh']).out).toContain('与文件的预期一致');
  });

  it('is shown, listed and drawn', () => {
    const shown = sim(['show', HALF]);
    expect(shown.out).toContain('Try: sim run ./half.yaml --fail=crash');
    expect(shown.out).toContain('bank.transfer.depositing  statement');
    expect(validates('show', sim(['show', HALF, '--json']).out)).toBeNull();
    expect(validates('run', sim(['run', HALF, '--json']).out)).toBeNull();
    expect(sim(['list', '--scenarios', HALF]).out).toMatch(/^half {2}A transfer without/);
    expect(sim(['run', HALF, '--diagram', 'mermaid']).out).toMatch(/^sequenceDiagram/);
    const chart = sim(['show', HALF, '--diagram', 'text', '--handler', 'bank.transfer']);
    expect(chart.out).toContain('withdrawing');
  });

  it('is stepped through, from its id or its code, and written as a page', () => {
    const step = sim(['step', HALF, '--keys', 'n n']);
    expect([step.code, step.err]).toEqual([0, '']);
    const watch = 'SELECT balance AS seen FROM north.account';
    const watched = sim(['step', HALF, '--keys', 'n n', '--watch', watch]);
    expect([watched.code, watched.err]).toEqual([0, '']);
    expect(watched.out).toContain(`{"seen":100}`);
    const [, code = '', ...where] = replayOf(sim(['run', HALF]).out);
    expect(sim(['step', code, ...where, '--keys', 'n']).code).toBe(0);
    expect(sim(['run', HALF, '--html', 'half.html']).code).toBe(0);
    const page = readFileSync(join(folder, 'half.html'), 'utf8');
    expect(page).toContain('<title>half · Indoubt</title>');
    expect(sim(['run', HALF, '--html', 'half.html']).code).toBe(2);
  });

  it('is explored, by itself, by workers, and in shares', () => {
    const { code, out } = sim(['explore', HALF, '--no-progress']);
    expect(code).toBe(0);
    expect(out).toContain(
      '✗ money-conserved: no money is made or lost\n  broken, as the file knows',
    );
    const one = sim(['explore', HALF, '--json', '--no-progress']);
    expect(validates('explore', one.out)).toBeNull();
    const { findings } = JSON.parse(one.out);
    for (const { replay } of findings) {
      expect(sim(['replay', replay, '--scenarios', HALF]).out).toContain('broken');
    }
    const team = JSON.parse(sim(['explore', HALF, '--json', '--jobs', '2', '--no-progress']).out);
    expect(team.findings.map((found: { property: string }) => found.property)).toEqual([
      'money-conserved',
    ]);
    for (const share of ['1', '2']) {
      const save = ['--shard', `${share}/2`, '--save', `part${share}.json`];
      expect(sim(['explore', HALF, ...save, '--no-progress']).code).toBe(0);
    }
    const merged = sim(['merge', 'part1.json', 'part2.json']);
    expect(merged.code).toBe(0);
    expect(merged.out).toContain('money-conserved');
    const stopped = ['--max-states', '3', '--checkpoint', 'stands.json', '--no-progress'];
    expect(sim(['explore', HALF, ...stopped]).code).toBe(3);
    const resumed = sim(['explore', '--resume', 'stands.json', '--max-states', '1000']);
    expect([resumed.code, resumed.err]).toEqual([0, '']);
  });

  it('takes what is set, and an input document', () => {
    const input = JSON.stringify({ 'north-account': [{ balance: 10 }] });
    const { out } = sim(['run', HALF, '--set', 'amount=5', '--input', '-'], { input });
    expect(out).toContain('balance 10 → 5');
  });

  it('is not what an id is: that stays one of the catalogue', () => {
    expect(sim(['run', 'half']).err).toContain('there is no scenario "half"');
    const both = sim(['run', HALF, '--scenarios', HALF]);
    expect(both.code).toBe(2);
    expect(both.err).toContain('cannot both be');
    expect(sim(['run', 'half', '--scenarios', HALF]).code).toBe(0);
  });
});

describe('mistakes on the command line', () => {
  it('name the file in what they advise', () => {
    const never = sim(['run', HALF, '--fail=crash@bank.transfer.refusing']);
    expect([never.code, never.out]).toEqual([2, '']);
    expect(never.err).toContain('sim run ./half.yaml   shows');
    const fault = sim(['run', HALF, '--fail=crsh']);
    expect(fault.err).toContain('fix: sim run ./half.yaml --fail=crash\n');
    const [, code = ''] = replayOf(sim(['run', HALF]).out);
    file('other.yaml', `id: half\n${TEXT.replace('balance: 100', 'balance: 200')}`);
    const changed = sim(['replay', code, '--scenarios', './other.yaml']);
    expect(changed.code).toBe(2);
    expect(changed.err).toContain('sim run half --scenarios ./other.yaml   makes a new one');
    expect(sim(['step', HALF]).err).toContain('sim step ./half.yaml --keys');
  });
});

describe('a file that is none', () => {
  const wide = (text: string) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  mkdirSync(join(folder, 'folder.yaml'));
  writeFileSync(join(folder, 'wide.yaml'), wide(TEXT));
  writeFileSync(join(folder, 'binary.yaml'), Buffer.from([0x61, 0xff, 0x62]));
  file('big.yaml', `# ${'x'.repeat(5_000_000)}\n${TEXT}`);
  file('empty.yaml', '');
  file('list.yaml', '- services\n');
  file('tabs.yaml', TEXT.replaceAll('  ', '\t'));
  file('ticket-saga.yaml', TEXT);
  file('proto.yaml', `__proto__: { a: 1 }\n${TEXT}`);

  it.each([
    ['./empty.yaml', 'empty.yaml:1:1: this file holds no scenario', '此文件中没有场景'],
    ['./list.yaml', 'list.yaml:1:1: this file holds no scenario', '此文件中没有场景'],
    ['./tabs.yaml', 'tabs.yaml:4:1: not valid YAML: Tabs are not allowed', 'YAML 语法有误'],
    ['./wide.yaml', 'this file is UTF-16, not UTF-8', '此文件的编码是 UTF-16'],
    ['./binary.yaml', 'this file is not UTF-8 text', '此文件不是 UTF-8 文本'],
    ['./folder.yaml', 'cannot read ./folder.yaml: EISDIR', '无法读取 ./folder.yaml'],
    ['./nowhere.yaml', 'cannot read ./nowhere.yaml: ENOENT', '无法读取 ./nowhere.yaml'],
    ['./big.yaml', './big.yaml has 5002018 bytes', '场景文件最大 1000000 字节'],
    [
      './ticket-saga.yaml',
      'ticket-saga is a scenario of the catalogue already',
      '场景目录中已有 ticket-saga',
    ],
    ['./proto.yaml', 'proto.yaml:1:1: there is no key "__proto__"', '没有名为“__proto__”的键'],
  ])('%s', (path, message, chinese) => {
    const { code, out, err } = sim(['run', path]);
    expect([code, out]).toEqual([2, '']);
    const pattern = message.replace('5002018', String(5_000_003 + Buffer.byteLength(TEXT)));
    expect(err).toContain(pattern);
    expect(err).toMatch(/\n {2}fix: /);
    expect(sim(['run', path, '--lang', 'zh']).err).toContain(chinese);
    expect(existsSync(join(folder, 'polluted'))).toBe(false);
  });

  it('shows every mistake with file, line, column and frame, and as JSON', () => {
    const broken = TEXT.replace(
      'sql: UPDATE account SET balance = balance +',
      'sgl: UPDATE account SET balance = balance +',
    )
      .replace('none: refusing', 'none: refusin')
      .replace('FROM north.account n', 'FROM north.acount n');
    file('broken.yaml', broken);
    const { code, out, err } = sim(['explore', './broken.yaml']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/broken\.yaml:20:\d+: there is no step "refusin"; did you mean refusing\?/);
    expect(err).toMatch(/broken\.yaml:23:13: there is no key "sgl"; did you mean sql\?/);
    expect(err).toMatch(/broken\.yaml:\d+:\d+: this SQL does not work.*acount/);
    expect(err).toMatch(/\n +20 \| .*none: refusin .*\n +\^\n/);
    expect(err).toContain('the scenario has 3 mistakes');
    const json = sim(['run', './broken.yaml', '--json']);
    expect(json.code).toBe(2);
    expect(validates('error', json.out)).toBeNull();
    expect(JSON.parse(json.out).error).toMatchObject({
      code: 'bad-scenario',
      place: { file: './broken.yaml' },
    });
  });
});

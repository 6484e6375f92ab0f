// `sim matrix` and `sim run isolation` as a person meets them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { CATALOGUE_TEXT, ROOT } from '../support.ts';
import { file, sim } from './sim.ts';

function problemsOf(name: string, text: string): unknown {
  const schema = JSON.parse(readFileSync(join(ROOT, `schema/${name}.schema.json`), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(text));
  return validate.errors;
}

describe('sim matrix', () => {
  it('prints a table, exit 0, in both languages', () => {
    const { code, out, err } = sim(['matrix', 'isolation']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/\nP4 +✗ shows +✗ shows +✗ shows +✓ deadlock\n/);
    const chinese = sim(['matrix', 'isolation', '--lang', 'zh']);
    expect(chinese.out).toMatch(/\nP4 +✗ 出现 +✗ 出现 +✗ 出现 +✓ 死锁\n/);
    expect(sim(['matrix', 'isolation', '-q']).out).toBe('isolation: as the catalogue expects\n');
  });

  it('prints JSON that its schema allows', () => {
    const { code, out } = sim(['matrix', 'isolation', '--json']);
    expect(code).toBe(0);
    expect(out.startsWith('{\n  "schemaVersion": 1')).toBe(true);
    expect(problemsOf('matrix', out)).toBeNull();
    const { cells } = JSON.parse(out);
    expect(cells).toContainEqual(
      expect.objectContaining({
        row: 'P4',
        column: 'serializable',
        expected: { outcome: 'prevented', by: 'deadlock' },
      }),
    );
  });

  it('compares the patterns where no scenario is named, as a table, CSV or Markdown', () => {
    const { code, out } = sim(['matrix']);
    expect(code).toBe(0);
    expect(out).toMatch(/\nxa +✓1 +✓2/);
    expect(out).toContain('in doubt at worst');
    const some = ['matrix', '--patterns', 'xa,saga', '--faults', 'crash-between'];
    const csv = sim([...some, '--csv']).out.split('\n');
    expect(csv[0]).toBe(
      'pattern,fault,outcome,by,as expected,latency ms,locked ms,in doubt ms,messages',
    );
    expect(csv[1]).toMatch(/^xa,crash-between,committed,correct,yes,,\d+,\d{5},1$/);
    expect(sim([...some, '--markdown']).out).toMatch(/^\| pattern \| crash-between \|\n\| --- \|/);
    expect(problemsOf('matrix', sim([...some, '--json']).out)).toBeNull();
    const wrong = sim(['matrix', '--patterns', 'xaa']);
    expect([wrong.code, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toContain('did you mean xa?');
  });

  it('exits 1 where a cell is not as the catalogue expects, and so does that run', () => {
    const text = CATALOGUE_TEXT.replace('P4: [anomaly, anomaly', 'P4: [anomaly, view');
    const wrong = ['--scenarios', file('wrong.yaml', text)];
    const { code, out } = sim(['matrix', 'isolation', ...wrong]);
    expect(code).toBe(1);
    expect(out).toContain('P4 at read-committed: expected view, got shows');
    const cell = ['--set', 'anomaly=P4', '--set', 'level=read-committed', '-q'];
    expect(sim(['run', 'isolation', ...cell, ...wrong]).code).toBe(1);
    expect(sim(['run', 'isolation', ...cell]).code).toBe(0);
  });

  it('refuses a scenario without a matrix, and names those that have one', () => {
    const { code, out, err } = sim(['matrix', 'ticket-saga']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('ticket-saga has no matrix');
    expect(err).toContain('isolation');
    expect(sim(['matrix', 'isolatoin']).err).toContain('did you mean isolation?');
    const json = sim(['matrix', 'ticket-saga', '--json']);
    expect(json.code).toBe(2);
    expect(problemsOf('error', json.out)).toBeNull();
  });

  it('is completed with the scenarios that have a matrix', () => {
    const script = sim(['completion', 'bash']).out;
    expect(script).toMatch(/matrix\) COMPREPLY=\(\$\(compgen -W "isolation/);
  });
});

describe('sim run isolation', () => {
  const run = (...args: string[]) => sim(['run', 'isolation', ...args]);

  it('prints JSON with what the database has inside, as the schemas allow', () => {
    for (const args of [[], ['--fail=deadlock'], ['--fail=phantom'], ['--set', 'anomaly=OTV']]) {
      const { code, out } = run('--json', ...args);
      expect(code).toBe(0);
      expect(problemsOf('run', out)).toBeNull();
      expect(out).toContain('"inspection"');
    }
    expect(problemsOf('show', sim(['show', 'isolation', '--json']).out)).toBeNull();
  });

  it('names the nearest anomaly and the nearest level', () => {
    const anomaly = run('--set', 'anomaly=G1');
    expect(anomaly.code).toBe(2);
    expect(anomaly.err).toContain('valid: G0, G1a, G1b');
    const level = run('--set', 'level=serialisable');
    expect(level.code).toBe(2);
    expect(level.err).toContain('did you mean serializable?');
    expect(level.err).toContain('fix: sim run isolation --set level=serializable');
  });

  it('is told by show, with every anomaly', () => {
    const { out } = sim(['show', 'isolation']);
    expect(out).toContain('      G1c: circular information flow');
    expect(out).toContain('read-uncommitted, read-committed');
    expect(out).toContain('Try: sim matrix isolation');
  });

  it('replays, and takes a request that says nothing', () => {
    const replay =
      run('--fail=write-skew')
        .out.match(/sim (replay \S+)/)?.[1]
        ?.split(' ') ?? [];
    expect(sim(replay).code).toBe(0);
    const asked = sim(['run', 'isolation', '--input', '-', '-q'], { input: '{}' });
    expect(asked).toMatchObject({ code: 0, err: '' });
  });
});

// Every exercise is done once, as a learner would: from an empty folder, with the built command.

import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Sqlite from 'better-sqlite3';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { exerciseNames, readExercise } from '../../src/classroom/exercises.ts';
import { ROOT } from '../support.ts';
import { folder, SIM, sim } from './sim.ts';

const EXERCISES = join(ROOT, 'exercises');
const names = exerciseNames(EXERCISES);

/** A learner with an empty folder and a home of their own. */
function learner(name: string) {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const env = { INDOUBT_HOME: join(cwd, 'home') };
  const exercise = (...args: string[]) => sim(['exercise', ...args], { cwd, env });
  return { cwd, env, exercise };
}

describe.each(names)('%s', (name) => {
  const { cwd, exercise } = learner(`course-${name}`);
  const { file, title, data } = readExercise(EXERCISES, name);
  const own = join(cwd, name);

  it('is started, in one folder, without its solution', () => {
    expect(exercise('start', String(Number(name.slice(0, 2))))).toMatchObject({ code: 0, err: '' });
    const files = readdirSync(own).sort();
    expect(files).toEqual(
      ['README.md', file, ...(file.endsWith('.ts') ? ['tsconfig.json'] : [])].sort(),
    );
    expect(readFileSync(join(own, 'README.md'), 'utf8').length).toBeGreaterThan(400);
  });

  it('is not passed by what one is given, and says why', () => {
    const { code, out } = exercise('check');
    expect(code).toBe(1);
    expect(out).toContain(title.en);
    expect(out).toContain('Not yet.');
    expect(out).toContain('✗');
    expect(out).toContain('sim exercise hint');
  });

  it('gives its hints one after another, and keeps its solution', () => {
    const { code, err } = exercise('solution');
    expect([code, err.includes('--give-up')]).toEqual([2, true]);
    data.hints.forEach((_, at) => {
      const hint = exercise('hint').out;
      expect(hint).toContain(`Hint ${at + 1} of ${data.hints.length}`);
      expect(hint).not.toContain(`Hint ${at + 2} of`);
    });
    expect(exercise('hint').out).toContain('--give-up');
  });

  it('is passed by its solution within three seconds, and names the next', () => {
    copyFileSync(join(EXERCISES, name, 'solution', file), join(own, file));
    const began = performance.now();
    const { code, out, err } = exercise('check');
    const tookMs = performance.now() - began;
    expect(err).toBe('');
    expect(out).toContain('Passed.');
    expect(code).toBe(0);
    // Wanted are three seconds, on a quiet machine: three times that anywhere.
    expect(tookMs).toBeLessThan(9000);
    const next = names[names.indexOf(name) + 1];
    expect(out).toContain(next ? `sim exercise start ${Number(next.slice(0, 2))}` : 'the last one');
    expect(exercise('solution').out).toContain(readFileSync(join(own, file), 'utf8').trim());
    expect(exercise('status').out).toContain(`✓ ${name}`);
  });
});

describe('sim exercise', () => {
  const { cwd, env, exercise } = learner('anna');

  it('lists the course, in both languages', () => {
    const { out } = exercise('list');
    for (const name of names) expect(out).toContain(`· ${name.slice(0, 2)}  `);
    expect(exercise('list', '--lang', 'zh').out).toContain('修复');
    const { exercises } = JSON.parse(exercise('list', '--json').out);
    expect(exercises.map((one: { name: string }) => one.name)).toEqual(names);
  });

  it('says what to do where nothing is begun', () => {
    expect(exercise('status').out).toContain('sim exercise start 1');
    expect(exercise('check')).toMatchObject({ code: 2 });
    expect(exercise('check', '12').err).toContain('sim exercise start 12');
    expect(exercise('chek').err).toContain('did you mean check');
    expect(exercise('start', '99').err).toContain('there is no exercise "99"');
  });

  it('writes over nothing, and puts the starter back beside what was written', () => {
    expect(exercise('start', '12').code).toBe(0);
    expect(exercise('start', '12')).toMatchObject({ code: 2 });
    const file = join(cwd, '12-sold-twice/handlers.ts');
    writeFileSync(file, 'mine');
    expect(exercise('reset').out).toContain('handlers.ts.1');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('mine');
    expect(readFileSync(file, 'utf8')).toBe(
      readFileSync(join(EXERCISES, '12-sold-twice/handlers.ts'), 'utf8'),
    );
  });

  it.each([
    ['has a mistake of syntax', 'const x = ;\n', /handlers\.ts:1:\d+: this is not TypeScript/],
    ['is in UTF-16', Buffer.from('const x = 1;', 'utf16le'), /not text in UTF-8/],
    ['is 50 MB large', Buffer.alloc(50_000_000, 'x'), /too large/],
    ['throws', "\n  throw new Error('no')\n", /handlers\.ts:2:\d+: .*no/],
    ['has no handlers', 'export const x = 1;', /must export an object/],
    ['lacks the handler', 'export const handlers = {};', /does not export .* ticket\.new/],
  ])('says so where the file %s', (_name, content, message) => {
    const file = join(cwd, '12-sold-twice/handlers.ts');
    writeFileSync(file, content);
    const { code, out, err } = exercise('check', '12');
    expect([1, 2]).toContain(code);
    expect((out + err).replace(/\s+/g, ' ')).toMatch(message);
  });

  it('says so where there is no file, and brings it back', () => {
    const file = join(cwd, '12-sold-twice/handlers.ts');
    rmSync(file);
    expect(exercise('check', '12')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is not there/),
    });
    expect(exercise('reset', '12').code).toBe(0);
    expect(exercise('check', '12').code).toBe(1);
  });

  it('checks where one is, and runs what one wrote by its number', () => {
    const inside = { cwd: join(cwd, '12-sold-twice'), env };
    const { out } = sim(['exercise', 'check'], inside);
    const [, code = ''] = /sim replay (\S+) --exercise 12/.exec(out) ?? [];
    const replay = sim(['replay', code, '--exercise', '12'], inside);
    expect(replay.out).toContain('a ticket once sold is not sold again');
    expect(sim(['replay', code], inside)).not.toEqual(replay);
    const explore = ['explore', 'ticket-saga', '--faults', '0', '-q', '--exercise', '12'];
    expect(sim(explore, inside).out).toContain('sold-once');
    copyFileSync(
      join(EXERCISES, '12-sold-twice/solution/handlers.ts'),
      join(inside.cwd, 'handlers.ts'),
    );
    expect(sim(explore, inside).out).not.toContain('sold-once');
    const alone = sim(['run', 'ticket-saga', '--handlers', 'x.ts'], inside);
    expect(alone).toMatchObject({ code: 2, err: expect.stringContaining('--exercise N') });
  });

  it('says as JSON what its schema allows, right or wrong', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'schema/verdict.schema.json'), 'utf8'));
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
    const file = join(cwd, '12-sold-twice/handlers.ts');
    const before = readFileSync(file);
    for (const text of [String(before), 'for (;;);', 'const x = ;']) {
      writeFileSync(file, text);
      const { code, out } = exercise('check', '12', '--json');
      const verdict = JSON.parse(out);
      expect([validate(verdict), validate.errors]).toEqual([true, null]);
      expect(out.startsWith('{\n  "schemaVersion": 1')).toBe(true);
      expect(code).toBe(verdict.passed ? 0 : 1);
    }
    writeFileSync(file, before);
  });

  it('keeps handlers in one process', () => {
    const explore = ['explore', 'ticket-saga', '--exercise', '12', '--jobs', '2'];
    expect(sim(explore, { cwd, env })).toMatchObject({ code: 2 });
  });

  it.each(['en', 'zh'])('fits 40 columns: %s', (lang) => {
    const narrow = { cwd, env: { ...env, COLUMNS: '40' } };
    const file = join(cwd, '12-sold-twice/handlers.ts');
    const before = readFileSync(file);
    copyFileSync(join(EXERCISES, '12-sold-twice/handlers.ts'), file);
    for (const args of [['list'], ['status'], ['hint', '12'], ['check', '12']]) {
      const { out } = sim(['exercise', ...args, '--lang', lang], narrow);
      for (const line of out.split('\n')) {
        // A replay code is one word, and stays whole where nobody looks at a terminal.
        if (!line.includes('sim replay'))
          expect([stringWidth(line) <= 40, line]).toEqual([true, line]);
      }
    }
    writeFileSync(file, before);
  });

  it('watches: checks when the file is saved, until it is interrupted', async () => {
    const file = join(cwd, '12-sold-twice/handlers.ts');
    copyFileSync(join(EXERCISES, '12-sold-twice/handlers.ts'), file);
    const watching = spawn(process.execPath, [SIM, 'exercise', 'watch', '12', '--lang', 'en'], {
      cwd,
      env: { ...process.env, ...env },
    });
    let said = '';
    watching.stdout.on('data', (text) => {
      said += text;
    });
    const until = async (test: () => boolean) => {
      for (let at = 0; at < 200 && !test(); at += 1)
        await new Promise((done) => setTimeout(done, 100));
      expect(test(), said).toBe(true);
    };
    await until(() => said.includes('Watching'));
    expect(said).toContain('Not yet.');
    copyFileSync(join(EXERCISES, '12-sold-twice/solution/handlers.ts'), `${file}.new`);
    renameSync(`${file}.new`, file);
    await until(() => said.includes('Passed.'));
    watching.kill('SIGINT');
    const code = await new Promise((done) => watching.on('exit', done));
    expect(code).toBe(130);
  });

  it('keeps its progress where two terminals check at once', async () => {
    const before = attempts();
    const both = ['12', '12'].map(
      (number) =>
        new Promise((done) => {
          const args = [SIM, 'exercise', 'check', number];
          spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } }).on('exit', done);
        }),
    );
    expect(await Promise.all(both)).toEqual([0, 0]);
    expect(attempts()).toBe(before + 2);
  });

  it('refuses the progress of a newer version, and what is none, and touches neither', () => {
    const home = { INDOUBT_HOME: join(cwd, 'newer') };
    mkdirSync(home.INDOUBT_HOME);
    const file = join(home.INDOUBT_HOME, 'progress.sqlite');
    const db = new Sqlite(file);
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(file);
    const status = () => sim(['exercise', 'status'], { cwd, env: home });
    expect(status()).toMatchObject({ code: 2, err: expect.stringMatching(/newer version/) });
    expect(readFileSync(file)).toEqual(before);
    writeFileSync(file, 'this is no database, but it is long enough to be read as one'.repeat(20));
    expect(status()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not a file of progress/),
    });
    const nowhere = sim(['exercise', 'status'], { cwd, env: { INDOUBT_HOME: '/dev/null/x' } });
    expect(nowhere).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cannot write|cannot be/),
    });
  });

  const attempts = (): number => {
    const db = new Sqlite(join(env.INDOUBT_HOME, 'progress.sqlite'), { readonly: true });
    const { n } = db.prepare('SELECT count(*) AS n FROM attempt').get() as { n: number };
    db.close();
    return n;
  };
});

it('checks, lints and grades an exercise about a scenario of its own', () => {
  const { cwd, env, exercise } = learner('author');
  const own = ['--exercises', 'course', '--scenarios', join(ROOT, 'examples/half-commit.yaml')];
  expect(exercise('new', 'half', '--kind', 'predict', '--exercises', 'course').code).toBe(0);
  const at = join(cwd, 'course/01-half');
  const texts = ['title: { en: Half, zh: 一半 }', 'hints: [{ en: Look, zh: 看 }]'].join('\n');
  const data = `kind: predict\nscenario: half-commit\n${texts}\nask: { outcome: 1 }\n`;
  writeFileSync(join(at, 'exercise.yaml'), data);
  writeFileSync(join(at, 'answer.yaml'), 'outcome: stuck\n');
  writeFileSync(join(at, 'solution/answer.yaml'), 'outcome: committed\n');
  expect(exercise('lint', ...own)).toMatchObject({ code: 0, err: '' });
  expect(exercise('lint', 'course/01-half/', ...own)).toMatchObject({ code: 0, err: '' });
  expect(exercise('start', '1', ...own).code).toBe(0);
  expect(exercise('check', '1', ...own).code).toBe(1);
  mkdirSync(join(cwd, 'class/anna'), { recursive: true });
  copyFileSync(join(at, 'solution/answer.yaml'), join(cwd, 'class/anna/answer.yaml'));
  const { out } = sim(['grade', 'class', '--json', ...own], { cwd, env });
  expect(JSON.parse(out).grades[0]).toMatchObject({ student: 'anna', passed: true });
  // Without the file there is no such scenario.
  expect(exercise('check', '1', '--exercises', 'course').code).not.toBe(0);
});

// The code holds to its own rules, and every rule is proved by a planted violation.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support.ts';
import { determinism, floors, packages, shape, sizes, type Tree, words } from './rules.ts';

const files = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[jt]sx?$/.test(path))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
);
const tree: Tree = new Map(files.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));

const RULES = { floors, packages, determinism, sizes, shape, words };
const HEAD = '// Planted.\n';
const plant = (path: string, text: string): Tree => new Map([...tree, [path, HEAD + text]]);

describe('the code', () => {
  it('is there', () => {
    expect(tree.size).toBeGreaterThan(50);
  });

  it.each(Object.entries(RULES))('keeps to the rule of %s', (_name, rule) => {
    expect(rule(tree)).toEqual([]);
  });
});

describe('a planted violation is found:', () => {
  it.each<[keyof typeof RULES, string, string, string]>([
    [
      'floors',
      'src/sim/kernel/bad.ts',
      "import type { World } from '../world.ts';",
      'floor 0 imports',
    ],
    [
      'floors',
      'src/sim/broker/bad.ts',
      "import { Database } from '../database/index.ts';",
      'floor 2 imports',
    ],
    ['floors', 'src/sim/faults/bad.ts', "export * from '../managers/index.ts';", 'floor 1 imports'],
    [
      'floors',
      'src/explore/bad.ts',
      "import { judge } from '../scenarios/index.ts';",
      'floor 5 imports',
    ],
    [
      'floors',
      'src/scenarios/bad.ts',
      "import { en } from '../report/texts/en.ts';",
      'floor 5 imports',
    ],
    ['floors', 'src/report/bad.ts', "const x = await import('../cli/load.ts');", 'floor 6 imports'],
    ['floors', 'src/report/deep.ts', "import { World } from '../sim/world.ts';", 'not by its door'],
    ['floors', 'src/misc/bad.ts', '', 'stands on no floor'],
    ['floors', 'src/cli/bad.ts', "import { x } from './gone.ts';", 'not there'],
    ['packages', 'src/report/bad.ts', "import Sqlite from 'better-sqlite3';", 'only the database'],
    [
      'packages',
      'src/classroom/bad.ts',
      "import Sqlite from 'better-sqlite3';",
      'only the database',
    ],
    [
      'packages',
      'src/scenarios/bad.ts',
      "import { readFileSync } from 'node:fs';",
      'only floors 7 and 8',
    ],
    ['determinism', 'src/sim/bad.ts', 'export const now = () => Date.now();', 'Date'],
    ['determinism', 'src/explore/bad.ts', 'export const x = Math.random();', 'Math'],
    ['determinism', 'src/scenarios/bad.ts', 'export const x = process.env;', 'process'],
    ['determinism', 'src/sim/kernel/bad.ts', 'export async function f() {}', 'async'],
    ['sizes', 'src/sim/long.ts', 'x\n'.repeat(300), '301 lines'],
    ['sizes', 'test/long.test.ts', 'x\n'.repeat(300), '301 lines'],
    ['sizes', 'src/sim/wide.ts', `// ${'x'.repeat(98)}`, 'too wide'],
    ['floors', 'src/web/page/bad.tsx', "import { x } from '../../cli/load.ts';", 'floor 7 imports'],
    ['sizes', 'src/web/page/long.tsx', 'x\n'.repeat(300), '301 lines'],
    ['shape', 'src/sim/BadName.ts', '', 'kebab-case'],
    ['shape', 'src/sim/bad.ts', 'export default 1;', 'default export'],
    ['words', 'src/sim/bad.ts', 'export const txId = 1;', 'txId'],
    ['words', 'src/sim/bad.ts', '// TODO later', 'TODO'],
  ])('%s in %s', (rule, path, text, found) => {
    const problems = RULES[rule](plant(path, text));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(found);
  });

  it('a file that does not say what it is', () => {
    expect(shape(new Map([['src/sim/bad.ts', 'export const x = 1;']]))).toHaveLength(1);
  });
});

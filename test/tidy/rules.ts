// The rules of the code about itself: floors, sizes, what may be imported where, and words that
// must not stand. Each takes the tree as text, so that a test can plant a violation.

import { dirname, posix } from 'node:path';

/** Text by path, from the project's root. */
export type Tree = ReadonlyMap<string, string>;

const LINES_MAX = 300;
const WIDTH = 100;

// The first that fits counts. Siblings on one floor stand in rooms of their own.
const FLOORS: readonly (readonly [pattern: RegExp, floor: number, room: string])[] = [
  [/^src\/sim\/kernel\//, 0, 'kernel'],
  [/^src\/sim\/faults\//, 1, 'faults'],
  [/^src\/sim\/transaction\//, 1, 'transaction'],
  [/^src\/sim\/database\//, 2, 'database'],
  [/^src\/sim\/broker\//, 2, 'broker'],
  [/^src\/sim\/network\//, 2, 'network'],
  [/^src\/sim\/managers\//, 3, 'managers'],
  [/^src\/sim\//, 4, 'sim'],
  [/^src\/scenarios\//, 5, 'scenarios'],
  [/^src\/explore\//, 5, 'explore'],
  [/^src\/report\//, 6, 'report'],
  [/^src\/classroom\//, 7, 'classroom'],
  [/^src\/web\//, 7, 'web'],
  [/^src\/(cli|index)\b/, 8, 'cli'],
];

const DETERMINISTIC = /^src\/(sim|scenarios|explore)\//;

interface Import {
  readonly from: string;
  readonly specifier: string;
}

function placeOf(path: string): { readonly floor: number; readonly room: string } | null {
  const found = FLOORS.find(([pattern]) => pattern.test(path));
  return found ? { floor: found[1], room: found[2] } : null;
}

/** The program without comments, so that a word in prose is no violation. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function importsOf(path: string, text: string): readonly Import[] {
  const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)'([^']+)'/g;
  return [...code(text).matchAll(pattern)].map(([, specifier = '']) => ({ from: path, specifier }));
}

function resolved({ from, specifier }: Import): string | null {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : null;
}

function sources(tree: Tree): readonly (readonly [string, string])[] {
  return [...tree].filter(([path]) => path.startsWith('src/') && /\.tsx?$/.test(path));
}

/** A floor imports only lower floors; siblings do not import each other; doors are used. */
export function floors(tree: Tree): readonly string[] {
  return sources(tree).flatMap(([path, text]) => {
    const own = placeOf(path);
    if (!own) return [`${path}: stands on no floor`];
    return importsOf(path, text).flatMap((one) => {
      const target = resolved(one);
      if (!target) return [];
      const other = placeOf(target);
      if (!tree.has(target) && !target.endsWith('.css'))
        return [`${path}: imports ${target}, which is not there`];
      if (!other) return [`${path}: imports ${target}, which stands on no floor`];
      if (other.room === own.room) return [];
      if (other.floor >= own.floor) return [`${path}: floor ${own.floor} imports ${target}`];
      if (own.floor > 4 && other.floor <= 4 && target !== 'src/sim/index.ts') {
        return [`${path}: enters sim by ${target}, not by its door`];
      }
      return [];
    });
  });
}

/** What a package may be used for, and where. */
export function packages(tree: Tree): readonly string[] {
  return sources(tree).flatMap(([path, text]) =>
    importsOf(path, text).flatMap(({ specifier }) => {
      const floor = placeOf(path)?.floor ?? 0;
      const keeps = path.startsWith('src/sim/database/') || path === 'src/classroom/progress.ts';
      if (specifier === 'better-sqlite3' && !keeps) {
        return [`${path}: only the database, and a learner's progress, use better-sqlite3`];
      }
      const isFile = ['node:fs', 'node:fs/promises', 'fs'].includes(specifier);
      if (isFile && floor < 7) return [`${path}: only floors 7 and 8 read and write files`];
      return [];
    }),
  );
}

/** Runs are pure: no clock, no chance, no environment, nothing asynchronous. */
export function determinism(tree: Tree): readonly string[] {
  const banned: readonly RegExp[] = [
    /\bDate\b/,
    /\bMath\.random\b/,
    /\bprocess\.(env|argv|cwd|exit|hrtime|nextTick|std\w+|platform|pid|memoryUsage)\b/,
    /\bsetTimeout\b/,
    /\bsetInterval\b/,
    /\bperformance\b/,
    /\basync\b/,
    /\bawait\b/,
    /\bPromise\b/,
    /\bfetch\(/,
    /randomUUID/,
  ];
  return sources(tree)
    .filter(([path]) => DETERMINISTIC.test(path))
    .flatMap(([path, text]) => {
      const plain = code(text).replace(/'[^'\n]*'/g, "''");
      return banned
        .filter((word) => word.test(plain))
        .map((word) => `${path}: uses ${word.source}`);
    });
}

/** No file is too long, the tests included; no comment runs past the width. */
export function sizes(tree: Tree): readonly string[] {
  return [...tree].flatMap(([path, text]) => {
    const lines = text.split('\n');
    const wide = lines.filter((line) => /^\s*(\/\/|\*)/.test(line) && line.length > WIDTH);
    return [
      ...(lines.length - 1 > LINES_MAX ? [`${path}: ${lines.length - 1} lines`] : []),
      ...wide.map((line) => `${path}: too wide: ${line.trim()}`),
    ];
  });
}

/** Files open with what lives there, and export by name. */
export function shape(tree: Tree): readonly string[] {
  return sources(tree).flatMap(([path, text]) => {
    const problems: string[] = [];
    const opening = text.replace(/^#!.*\n/, '');
    if (!opening.startsWith('// ')) problems.push(`${path}: does not say what lives there`);
    if (!/^[a-z0-9-]+\.tsx?$/.test(posix.basename(path)))
      problems.push(`${path}: is not kebab-case`);
    if (/\bexport default\b|^(export )?(const )?enum /m.test(code(text))) {
      problems.push(`${path}: has a default export or an enum`);
    }
    return problems;
  });
}

// The field's terms, from the house style: what stands left is not used for what it means.
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\btxId\b/, 'xid or transaction'],
  [/\berrorQueue\b/, 'deadLetterQueue'],
  [/\bdedupId\b/, 'idempotencyKey'],
  [/\bTODO\b(?!\(#\d+\))/, 'a TODO with its issue number'],
  [/\bFIXME\b|\bXXX\b/, 'nothing'],
  [/\/\/\s*(=|-|\*){4,}/, 'no banner'],
];

/** Words that the house does not use. */
export function words(tree: Tree): readonly string[] {
  return sources(tree).flatMap(([path, text]) =>
    WORDS.filter(([word]) => word.test(text)).map(([word, better]) => {
      return `${path}: ${word.source}, rather ${better}`;
    }),
  );
}

// A learner's folder for an exercise: written when it is started, and read when it is checked. A
// folder is there whole or not at all.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SandboxError } from '../sim/index.ts';
import { ANSWER_MAX, answerText } from './answer-file.ts';
import type { Exercise } from './exercises.ts';

type Language = 'en' | 'zh';

function cannotWrite<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    throw new SandboxError('cannot-write', { path, why: (error as Error).message });
  }
}

/** For an editor: where the types of the words are. */
function editorSettings(types: string): string {
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    paths: { 'indoubt/words': [types] },
  };
  return `${JSON.stringify({ compilerOptions, include: ['*.ts'] }, null, 2)}\n`;
}

/** The files a learner is given, by name. The solution is not among them. */
function filesOf({ folder, file }: Exercise, language: Language, types: string) {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return new Map([
    ['README.md', read(`README.${language}.md`)],
    [file, read(file)],
    ...(file.endsWith('.ts') ? ([['tsconfig.json', editorSettings(types)]] as const) : []),
  ]);
}

/**
 * Writes the folder of an exercise.
 * @param types where the types of `indoubt/words` lie
 * @throws SandboxError `file-exists`, `cannot-write`
 */
export function layOut(exercise: Exercise, path: string, language: Language, types: string): void {
  if (existsSync(path) && readdirSync(path).length > 0) {
    throw new SandboxError('file-exists', { path });
  }
  cannotWrite(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const draft = mkdtempSync(`${path}.`);
    try {
      const files = filesOf(exercise, language, types);
      for (const [name, text] of files) writeFileSync(join(draft, name), text);
      chmodSync(draft, 0o755);
      if (existsSync(path)) rmSync(path, { recursive: true });
      renameSync(draft, path);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      throw error;
    }
  });
}

/** Puts the starter back; what was written is kept beside it. Returns where. */
export function putBack({ folder, file }: Exercise, path: string): string | null {
  const target = join(path, file);
  return cannotWrite(target, () => {
    mkdirSync(path, { recursive: true });
    const starter = readFileSync(join(folder, file), 'utf8');
    let kept: string | null = null;
    if (existsSync(target) && readFileSync(target, 'utf8') !== starter) {
      const free = (number: number): string => {
        const name = `${target}.${number}`;
        return existsSync(name) ? free(number + 1) : name;
      };
      kept = free(1);
      renameSync(target, kept);
    }
    writeFileSync(`${target}.new`, starter);
    renameSync(`${target}.new`, target);
    return kept;
  });
}

/** What the learner wrote. @throws SandboxError `bad-submission`, `cannot-read` */
export function handedIn({ file }: Exercise, path: string): string {
  const target = join(path, file);
  if (!existsSync(target)) return answerText(null, target);
  try {
    if (statSync(target).size > ANSWER_MAX) {
      throw new SandboxError('bad-submission', { reason: 'large', file: target });
    }
    return answerText(readFileSync(target), target);
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    throw new SandboxError('cannot-read', { path: target, why: (error as Error).message });
  }
}

/** The reference solution. */
export const solutionOf = ({ folder, file }: Exercise): string =>
  readFileSync(join(folder, 'solution', file), 'utf8');

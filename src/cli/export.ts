// Writes each database of a finished run as a file that the `sqlite3` program opens.

import { mkdirSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from '../sim/index.ts';

function found(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null; // Nothing is there, or nothing can be: writing will say why.
  }
}

const fileName = (database: string): string => `${database}.sqlite`;

/**
 * Makes sure that nothing is in the way, before anything runs.
 * @throws SandboxError `file-exists`
 */
export function checkExport(folder: string, databases: readonly string[], force: boolean): void {
  for (const database of databases) {
    const path = join(folder, fileName(database));
    const there = found(path);
    if (there && !(force && there.isFile())) throw new SandboxError('file-exists', { path });
  }
}

/** Writes the files. Returns their paths. @throws SandboxError `cannot-write` */
export function writeExport(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return [...files].map(([database, bytes]) => {
      const path = join(folder, fileName(database));
      writeFileSync(path, bytes);
      return path;
    });
  } catch (error) {
    throw new SandboxError('cannot-write', { path: folder, why: (error as Error).message });
  }
}

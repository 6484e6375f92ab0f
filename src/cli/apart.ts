// Films in a process of their own. SQL that somebody typed may never come to an end, and SQLite
// cannot be interrupted from within: but a process can be ended.

import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FilmOrder } from '../report/view/shoot.ts';
import type { Showing } from '../report/view/showing.ts';
import { SandboxError } from '../sim/index.ts';
import { received } from '../web/carry.ts';

/** What the process is told. */
export interface ApartOrder {
  readonly order: FilmOrder;
  /** The catalogue; the usual one if it is not named. */
  readonly scenarios?: string | undefined;
  readonly steps?: number;
  /** For how long it may go on to another step. */
  readonly ms?: number;
}

/** After this time it is ended. */
const APART_MS = 8000;

const SIZE_MAX = 256 * 1024 * 1024;
const WORKER = [fileURLToPath(new URL('./film-worker.js', import.meta.url))];

/** What a process has said; null if it was ended, or broke down. @throws SandboxError as filming */
function heard(text: string | null): Showing | null {
  if (!text) return null;
  if (text.startsWith('{')) {
    const { code, data } = JSON.parse(text) as Pick<SandboxError, 'code' | 'data'>;
    throw new SandboxError(code, data);
  }
  return received(text)[0]?.showing ?? null;
}

const ending = { timeout: APART_MS, killSignal: 'SIGKILL', maxBuffer: SIZE_MAX } as const;

/** Films, and waits for it. Null if it does not come to an end. @throws SandboxError as filming */
export function shootApartNow(order: ApartOrder): Showing | null {
  const { status, stdout } = spawnSync(process.execPath, WORKER, {
    ...ending,
    input: JSON.stringify(order),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return heard(status === 0 ? stdout : null);
}

/**
 * Films. Null if it does not come to an end.
 * @param signal ends it at once
 * @throws SandboxError as filming
 */
export async function shootApart(order: ApartOrder, signal: AbortSignal): Promise<Showing | null> {
  const text = await new Promise<string | null>((resolve) => {
    const child = execFile(process.execPath, WORKER, { ...ending, signal }, (error, stdout) =>
      resolve(error ? null : stdout),
    );
    // One that is gone already is heard of above.
    child.stdin?.on('error', () => {});
    child.stdin?.end(JSON.stringify(order));
  });
  return heard(text);
}

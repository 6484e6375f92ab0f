// Films and explores in a process of its own. SQL that somebody typed may never come to an end, and
// SQLite cannot be interrupted from within: but a process can be ended.

import { execFile, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Language } from '../report/index.ts';
import type { FilmOrder } from '../report/view/shoot.ts';
import type { Showing } from '../report/view/showing.ts';
import { scenarioOfCode } from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import { received } from '../web/carry.ts';
import type { ExploreAsked, ExploreReport, Progress } from '../web/server.ts';

/** To film. */
export interface ApartFilm {
  readonly kind: 'film';
  readonly order: FilmOrder;
  /** The catalogue; the usual one if it is not named. */
  readonly scenarios?: string | undefined;
  readonly steps?: number;
  /** For how long it may go on to another step. */
  readonly ms?: number;
}

/** To explore from a run. */
export interface ApartExploration extends ExploreAsked {
  readonly kind: 'explore';
  readonly scenarios: string | undefined;
  readonly language: Language;
  /** After so many it stops by itself, and says what it found by then. */
  readonly seconds: number;
}

/** What the process is told. */
export type ApartOrder = ApartFilm | ApartExploration;

type Wrong = Pick<SandboxError, 'code' | 'data'>;

/** What a process says while it explores, each on a line. */
export type SaidApart =
  | { readonly progress: Progress }
  | { readonly report: ExploreReport }
  | Wrong;

/** After this time it is ended; one that explores, if it was silent for so long. */
const APART_MS = 8000;

const SIZE_MAX = 256 * 1024 * 1024;
const WORKER = [fileURLToPath(new URL('./apart-worker.js', import.meta.url))];

/** What a process has said; null if it was ended, or broke down. @throws SandboxError as filming */
function heard(text: string | null): Showing | null {
  if (!text) return null;
  if (text.startsWith('{')) {
    const { code, data } = JSON.parse(text) as Wrong;
    throw new SandboxError(code, data);
  }
  return received(text)[0]?.showing ?? null;
}

const ending = { timeout: APART_MS, killSignal: 'SIGKILL', maxBuffer: SIZE_MAX } as const;

type Filming = Omit<ApartFilm, 'kind'>;
const filming = (order: Filming): string => JSON.stringify({ kind: 'film', ...order });

/** Films, and waits for it. Null if it does not come to an end. @throws SandboxError as filming */
export function shootApartNow(order: Filming): Showing | null {
  const { status, stdout } = spawnSync(process.execPath, WORKER, {
    ...ending,
    input: filming(order),
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
export async function shootApart(order: Filming, signal: AbortSignal): Promise<Showing | null> {
  const text = await new Promise<string | null>((resolve) => {
    const child = execFile(process.execPath, WORKER, { ...ending, signal }, (error, stdout) =>
      resolve(error ? null : stdout),
    );
    // One that is gone already is heard of above.
    child.stdin?.on('error', () => {});
    child.stdin?.end(filming(order));
  });
  return heard(text);
}

/**
 * Explores, and tells how far it has come.
 * @param signal ends it at once
 * @throws SandboxError as exploring; `no-end` for one that falls silent, or breaks down
 */
export async function exploreApart(
  order: Omit<ApartExploration, 'kind'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<ExploreReport> {
  const scenario = scenarioOfCode(order.code);
  const stdio = ['pipe', 'pipe', 'ignore'] as const;
  const child = spawn(process.execPath, WORKER, {
    stdio: [...stdio],
    killSignal: 'SIGKILL',
    signal,
  });
  const silence = setTimeout(() => child.kill('SIGKILL'), APART_MS);
  // One that is gone already is heard of when its lines end.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify({ kind: 'explore', ...order }));
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      silence.refresh();
      const said = JSON.parse(line) as SaidApart;
      if ('report' in said) return said.report;
      if ('code' in said) throw new SandboxError(said.code, said.data);
      onProgress(said.progress);
    }
    throw new SandboxError('no-end', { scenario });
  } finally {
    clearTimeout(silence);
    child.kill('SIGKILL');
  }
}
